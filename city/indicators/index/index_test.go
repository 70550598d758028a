package index_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ronda/city/indicators/index"
)

var year = index.Year(2026, time.UTC)

// day is noon of a day of 2026.
func day(n int) time.Time { return time.Date(2026, 1, n, 12, 0, 0, 0, time.UTC) }

var six = index.Rules{
	{Code: "s1", Items: []string{"budget", "goals", "gantt", "equipment", "legal"}},
	{Code: "s2", Items: []string{"presentation", "discussed", "minutes"}},
	{Code: "s3", Items: []string{"call", "held", "agenda"}},
	{Code: "s4", Items: []string{"specialist", "initiative", "procedures", "present"}},
	{Code: "s5", Items: []string{"indicator", "beneficiaries", "threshold"}},
	{Code: "s6", Items: []string{"message", "audience", "score"}},
}

// facts are initiatives in a city of n ministries, m0 to m9.
func facts(n int, all ...index.Initiative) *index.Facts {
	f := &index.Facts{Rules: map[string]index.Rules{"v1": six}, Initiatives: all}
	for m := range n {
		f.Ministries = append(f.Ministries, index.Ministry{Code: fmt.Sprintf("m%d", m)})
	}
	return f
}

func filed() index.Initiative {
	return index.Initiative{Number: "INI-2026-0001", Axis: "a", Ministry: "m0", Rules: "v1", Filed: day(5)}
}

func invited(i index.Initiative, ministries ...string) index.Initiative {
	for _, m := range ministries {
		i.Listed = append(i.Listed, index.Listed{Ministry: m, Span: index.Span{From: day(6)}})
	}
	return i
}

func acted(i index.Initiative, ministries ...string) index.Initiative {
	for _, m := range ministries {
		i.Acts = append(i.Acts, index.Act{Ministry: m, Kind: index.Commitment, At: day(9), Ref: "COM-" + m})
	}
	return i
}

func want(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

// The example of the rule: four ministries of ten, of which three acted.
func TestParticipationOfTheExample(t *testing.T) {
	got := facts(10, acted(invited(filed(), "m1", "m2", "m3"), "m0", "m1", "m2", "m7")).Participation(year)
	want(t, "P", got.Parts[0].P.String(), "75.0")
	want(t, "B", got.Parts[0].Breadth.String(), "30.0")
	want(t, "T without meetings", got.Parts[0].Intensity.String(), "")
	want(t, "city", got.City.String(), "75.0")
	if n := len(got.Parts[0].Acts); n != 3 {
		t.Errorf("counted %d acts; what a ministry does that is not in the list does not count", n)
	}
	want(t, "m3, which did nothing", got.Ministries[3].Value.String(), "0.0")
	want(t, "m9, which nobody invited", got.Ministries[9].Value.String(), "")
}

// The example of the rule: step 1 with four of five items, step 2 whole.
func TestComplianceOfTheExample(t *testing.T) {
	i := filed()
	i.Signed = []index.Signed{{Step: "s1", Items: six[0].Items[:4], Span: index.Span{From: day(7)}}, {Step: "s2", Items: six[1].Items, Span: index.Span{From: day(8)}}}
	got := facts(10, i).Compliance(year)
	want(t, "level", got.City.String(), "30.0")
	want(t, "strict", got.Strict.String(), "0.0")
	want(t, "adopted whole, of none", got.WholeShare.String(), "")
}

func TestNothingGivesNoValue(t *testing.T) {
	p, c := facts(3).Participation(year), facts(3).Compliance(year)
	for _, v := range []index.Value{p.City, p.Breadth, p.Intensity, c.City, c.Strict, c.WholeShare, c.Returns} {
		want(t, "of nothing", v.String(), "")
	}
}

func TestAMinistryAloneIsReportedApart(t *testing.T) {
	got := facts(3, acted(filed(), "m0")).Participation(year)
	want(t, "city", got.City.String(), "")
	if got.Alone != 1 || got.AloneActed != 1 {
		t.Errorf("alone %d, acted %d", got.Alone, got.AloneActed)
	}
}

func TestWhoLeftTheListStays(t *testing.T) {
	i := acted(invited(filed(), "m1"), "m0")
	i.Listed[0].To = day(20)
	want(t, "the year it left", facts(3, i).Participation(year).City.String(), "50.0")
	next := facts(3, i).Participation(index.Year(2027, time.UTC))
	if next.Counted != 0 || next.Alone != 1 {
		t.Errorf("the year after: %+v", next)
	}
}

func TestAShortVisitIsNoAttendance(t *testing.T) {
	call := func(came bool, stayed, length time.Duration) index.Call {
		return index.Call{Ministry: "m1", Meeting: "R", At: day(9), Came: came, Stayed: stayed, Length: length}
	}
	for _, c := range []struct {
		call index.Call
		want string
	}{
		{call(true, 10*time.Minute, 20*time.Minute), "50.0"}, {call(true, 9*time.Minute, 20*time.Minute), "0.0"},
		{call(true, 0, 20*time.Minute), "50.0"}, {call(false, 0, 0), "0.0"},
	} {
		i := invited(filed(), "m1")
		i.Calls = []index.Call{c.call}
		want(t, fmt.Sprint(c.call), facts(3, i).Participation(year).City.String(), c.want)
	}
}

func TestIntensityIsTheMeanOverThoseInvited(t *testing.T) {
	i := invited(filed(), "m1", "m2")
	for n, came := range []bool{true, false, false, true} {
		i.Calls = append(i.Calls, index.Call{Ministry: "m1", At: day(9 + n), Came: came})
	}
	i.Calls = append(i.Calls, index.Call{Ministry: "m2", At: day(9), Came: true})
	want(t, "T", facts(3, i).Participation(year).Intensity.String(), "75.0")
}

func TestAPeriodIsClosedOpen(t *testing.T) {
	q1, q2 := index.Quarter(2026, 1, time.UTC), index.Quarter(2026, 2, time.UTC)
	i := filed()
	i.Filed = q2.From
	f := facts(3, i)
	if f.Compliance(q1).Counted != 0 || f.Compliance(q2).Counted != 1 {
		t.Error("what is filed at the first instant of a quarter is of that quarter alone")
	}
}

func TestADeclinedOneKeepsTheValueOfItsDay(t *testing.T) {
	i := filed()
	i.Signed = []index.Signed{{Step: "s1", Items: six[0].Items, Span: index.Span{From: day(7), To: day(20)}}}
	want(t, "open, taken back", facts(3, i).Compliance(year).City.String(), "0.0")
	i.Outcome, i.Decided = index.Declined, day(10)
	got := facts(3, i).Compliance(year)
	want(t, "level", got.City.String(), "16.7")
	want(t, "strict", got.Strict.String(), "16.7")
	if facts(3, i).Compliance(index.Year(2027, time.UTC)).Counted != 0 {
		t.Error("it counts after it ended")
	}
}

func TestAnOverrideShowsAmongTheAdopted(t *testing.T) {
	open, whole := filed(), filed()
	for _, s := range six {
		whole.Signed = append(whole.Signed, index.Signed{Step: s.Code, Items: s.Items, Span: index.Span{From: day(7)}})
	}
	open.Outcome, open.Decided, whole.Outcome, whole.Decided = index.Adopted, day(10), index.Adopted, day(10)
	whole.Returns = []index.Return{{Step: "s1", At: day(6)}}
	whole.Times = []index.StepTime{{Step: "s1", Signed: day(7), Spent: 36 * time.Hour}, {Step: "s1", Signed: day(8), Spent: 60 * time.Hour}}
	got := facts(3, open, whole).Compliance(year)
	want(t, "whole", got.WholeShare.String(), "50.0")
	want(t, "returns per dossier", got.Returns.String(), "0.5")
	want(t, "median days", got.Steps[0].Median.String(), "2.0")
}

func TestEvidenceThatIsTakenOutNoLongerCounts(t *testing.T) {
	got := index.Cover(six[1], index.Span{From: day(8)}, map[string][]index.Span{
		"presentation": {{From: day(6)}}, "discussed": {{From: day(6), To: day(10)}}, "minutes": {{From: day(7)}, {From: day(9)}}})
	last := got[len(got)-1]
	if !slices.Equal(got[0].Items, six[1].Items) || !slices.Equal(last.Items, []string{"presentation", "minutes"}) || !last.From.Equal(day(10)) {
		t.Errorf("%+v", got)
	}
}

func TestHalvesGoAwayFromZero(t *testing.T) {
	for exact, text := range map[float64]string{8.35: "8.4", 12.25: "12.3", 66.649999: "66.6", 100: "100.0", 100.0 / 3: "33.3"} {
		want(t, fmt.Sprint(exact), index.Of(exact).String(), text)
	}
}

// drawn is an initiative with ministries that do something or nothing.
func drawn(t *rapid.T) index.Initiative {
	code := rapid.SampledFrom([]string{"m0", "m1", "m2", "m3", "m4"})
	i := filed()
	for range rapid.IntRange(0, 5).Draw(t, "listed") {
		i = invited(i, code.Draw(t, "ministry"))
	}
	for range rapid.IntRange(0, 5).Draw(t, "acts") {
		i = acted(i, code.Draw(t, "actor"))
	}
	for range rapid.IntRange(0, 6).Draw(t, "calls") {
		i.Calls = append(i.Calls, index.Call{Ministry: code.Draw(t, "called"), At: day(rapid.IntRange(-20, 60).Draw(t, "at")), Came: rapid.Bool().Draw(t, "came")})
	}
	for _, s := range six {
		n := rapid.IntRange(0, len(s.Items)).Draw(t, "items")
		i.Signed = append(i.Signed, index.Signed{Step: s.Code, Items: s.Items[:n], Span: index.Span{From: day(7)}})
	}
	return i
}

func TestValuesStayInRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		i := drawn(t)
		f := facts(5, i, drawn(t))
		p, c := f.Participation(year), f.Compliance(year)
		for _, v := range []index.Value{p.City, p.Breadth, p.Intensity, c.City, c.Strict, p.Parts[0].P, c.Levels[0].Value} {
			if v.Known && (v.Exact < 0 || v.Exact > 100+1e-9) {
				t.Fatalf("%v is out of range", v)
			}
		}
		if c.Strict.Exact > c.City.Exact+1e-9 {
			t.Fatalf("strict %v above level %v", c.Strict, c.City)
		}
	})
}

func TestAMinistryAddedAtTheEndDoesNotRaise(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		i := drawn(t)
		before := facts(9, i).Participation(year).Parts[0].P
		i.Listed = append(slices.Clone(i.Listed), index.Listed{Ministry: "m8", Span: index.Span{From: year.To.Add(-time.Minute)}})
		if after := facts(9, i).Participation(year).Parts[0].P; after.Exact > before.Exact {
			t.Fatalf("%v became %v", before, after)
		}
	})
}
