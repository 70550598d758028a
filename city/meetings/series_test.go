package meetings

import (
	"slices"
	"testing"
	"time"

	"ronda/platform/db"
	"ronda/platform/fault"
)

// instants are when the coming meetings of all series begin, in order.
func (w *town) instants() []time.Time {
	w.t.Helper()
	list, err := db.Query[time.Time](w.as(), w.db, `SELECT starts FROM meetings_meeting WHERE series <> '' AND state IN ('planned', 'called') ORDER BY starts`)
	w.must(err)
	return list
}

func TestASeriesMakesItsOccurrences(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		s := w.weeklySeries()
		if s.Number != "SER-2026-0001" {
			t.Errorf("number %s", s.Number)
		}
		got := w.instants()
		if len(got) != 16 || !got[0].Equal(w.at("2026-03-26", "10:00")) || !got[15].Equal(w.at("2026-07-09", "10:00")) {
			t.Fatalf("instants: %v", got)
		}
		p, err := w.List(w.as(director), Filter{Series: s.ID}, "", 10)
		w.must(err)
		if len(p.Meetings) != 10 || p.Meetings[0].Number != "REU-2026-0001" || p.Next == "" {
			t.Fatalf("page: %+v", p)
		}
		rest, err := w.List(w.as(director), Filter{Series: s.ID}, p.Next, 10)
		w.must(err)
		if len(rest.Meetings) != 6 || rest.Next != "" {
			t.Errorf("the rest: %d", len(rest.Meetings))
		}
		v := w.view("REU-2026-0003")
		if len(v.Attendees) != 5 || v.Attendees[0].Role != RoleChair || v.Series.ID != s.ID {
			t.Errorf("guests: %+v", v.Attendees)
		}
	})
}

func TestAnEndlessSeriesIsMadeAYearAhead(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		s := w.weekly()
		s.Rule.Count = 0
		_, err := w.CreateSeries(w.as(team), s)
		w.must(err)
		n := len(w.instants())
		if n < 52 || n > 54 {
			t.Fatalf("%d occurrences", n)
		}
		w.now = w.now.AddDate(0, 6, 0)
		for range 3 {
			w.must(w.Tick(w.as()))
		}
		all := w.instants()
		if len(all) < n+24 || len(all) > n+28 {
			t.Errorf("%d occurrences half a year later", len(all))
		}
		for i := 1; i < len(all); i++ {
			if all[i].Sub(all[i-1]) != 7*24*time.Hour {
				t.Fatalf("%s after %s", all[i], all[i-1])
			}
		}
	})
}

func TestOneIsMovedOneIsCancelledTheRestIsSplit(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		s := w.weeklySeries()
		w.must(w.CallSeries(w.as(coordinator), s.Number))
		if len(w.notices) != 1 || w.notices[0].Method != Request || w.notices[0].Series == nil || len(w.notices[0].Guests) != 5 {
			t.Fatalf("the call: %+v", w.notices)
		}
		moved := w.view("REU-2026-0002").Meeting
		to := moved
		to.Starts = w.at("2026-04-03", "15:00")
		w.must(w.MoveMeeting(w.as(team), moved.Number, moved.Version, to, "Es feriado"))
		w.must(w.CancelMeeting(w.as(team), "REU-2026-0004", "Nadie puede"))
		after := w.view(moved.Number).Meeting
		if !after.Occurrence.Equal(moved.Occurrence) || !after.Starts.Equal(to.Starts) || after.Sequence != moved.Sequence+1 || after.UID != s.UID {
			t.Errorf("moved: %+v", after)
		}
		if w.MoveMeeting(w.as(team), moved.Number, moved.Version, to, "otra vez") == nil {
			t.Error("an old version moves")
		}
		i := w.addItem("REU-2026-0010", "Lo que sigue", Discuss)
		from := w.view("REU-2026-0008").Meeting.Occurrence
		next := w.weekly()
		next.First, next.Clock, next.Rule = from, "11:30", Rule{Every: 1, Unit: EveryWeek, Weekday: time.Wednesday, Count: 5}
		next.First = w.at("2026-05-13", "11:30")
		n, err := w.SplitSeries(w.as(team), s.Number, from, "Otro día", next)
		w.must(err)
		want := []time.Time{}
		for _, d := range []string{"2026-03-26", "2026-04-09", "2026-04-23", "2026-04-30", "2026-05-07"} {
			want = append(want, w.at(d, "10:00"))
		}
		want = append(want, to.Starts)
		for _, d := range []string{"2026-05-13", "2026-05-20", "2026-05-27", "2026-06-03", "2026-06-10"} {
			want = append(want, w.at(d, "11:30"))
		}
		slices.SortFunc(want, time.Time.Compare)
		if got := w.instants(); !slices.EqualFunc(got, want, time.Time.Equal) {
			t.Errorf("instants\n got %v\nwant %v", got, want)
		}
		ten := w.view("REU-2026-0010")
		if ten.Meeting.Series != n.ID || len(ten.Items) != 1 || ten.Items[0].ID != i.ID || ten.Meeting.UID != n.UID {
			t.Errorf("a meeting of the rest: %+v", ten.Meeting)
		}
		old, err := w.Series(w.as(team), s.Number)
		w.must(err)
		if old.Series.Rule.Until != "2026-05-13" || old.Next == nil || old.Next.ID != n.ID {
			t.Errorf("the old series: %+v", old.Series)
		}
		last := w.notices[len(w.notices)-2:]
		if last[0].Series.ID != s.ID || last[0].Method != Request || last[1].Series.ID != n.ID || last[1].Method != Request {
			t.Errorf("told: %+v", last)
		}
		_, err = w.SplitSeries(w.as(team), s.Number, from, "otra vez", next)
		w.wantKind("a series that ended is split", err, fault.Conflict)
	})
}

func TestPlanningIsChecked(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		for name, c := range map[string]struct {
			spoil      func(*Series)
			field, key string
		}{
			"no title":       {func(s *Series) { s.Title = " " }, "title", "fault.required"},
			"bad text":       {func(s *Series) { s.Purpose = "a\xff" }, "purpose", "fault.encoding"},
			"a past day":     {func(s *Series) { s.First = w.now.AddDate(0, 0, -20) }, "first", "meetings.fault.past"},
			"a far day":      {func(s *Series) { s.First = w.now.AddDate(9, 0, 0) }, "first", "meetings.fault.far"},
			"no clock":       {func(s *Series) { s.Clock = "25:00" }, "clock", "meetings.fault.clock"},
			"a rule of none": {func(s *Series) { s.Rule.Every = 0 }, "every", "meetings.fault.rule.every"},
			"ends twice":     {func(s *Series) { s.Rule.Count, s.Rule.Until = 3, "2027-03-01" }, "count", "meetings.fault.rule.both"},
			"too often":      {func(s *Series) { s.Rule.Count = 5000 }, "count", "meetings.fault.rule.count"},
			"until before":   {func(s *Series) { s.Rule.Count, s.Rule.Until = 0, "2026-03-01" }, "until", "meetings.fault.until"},
			"no such post":   {func(s *Series) { s.Chair = "nadie" }, "chair", "meetings.fault.post"},
			"no such guest":  {func(s *Series) { s.Guests = []Guest{{Post: "nadie"}} }, "guests", "meetings.fault.guest"},
			"a bad address":  {func(s *Series) { s.Guests = []Guest{{Name: "Ana", Address: "ana"}} }, "guests", "fault.email"},
			"too long":       {func(s *Series) { s.Length = 2000 }, "length", "fault.range"},
			"quorum":         {func(s *Series) { s.Capacity, s.Quorum = 5, 6 }, "quorum", "meetings.fault.quorum"},
			"a script":       {func(s *Series) { s.Link = "javascript:alert(1)" }, "link", "fault.url"},
		} {
			s := w.weekly()
			c.spoil(&s)
			_, err := w.CreateSeries(w.as(team), s)
			w.wantField(name, err, c.field, c.key)
		}
		for _, bad := range [][2]string{{"2026-02-30", "10:00"}, {"", "10:00"}, {"ayer", "10:00"}} {
			_, err := w.When(w.as(), bad[0], bad[1])
			w.wantField(bad[0], err, "day", "fault.day")
		}
		if n := len(w.instants()); n != 0 {
			t.Errorf("%d meetings of series that were refused", n)
		}
		_, err := w.CreateSeries(w.as(director), w.weekly())
		w.wantKind("a director plans the weekly meeting", err, fault.Forbidden)
	})
}
