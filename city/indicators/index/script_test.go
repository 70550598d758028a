package index_test

import (
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"ronda/city/indicators/index"
)

// grown is a city of n initiatives in which anything may have happened. The same
// seed grows the same city.
func grown(n int, seed uint64) *index.Facts {
	r := rand.New(rand.NewPCG(seed, 1))
	f := facts(10)
	f.Ministries[9].To = time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	at := func() time.Time {
		return time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(r.Int64N(int64(600 * 24 * time.Hour)))).Truncate(time.Microsecond)
	}
	span := func() index.Span {
		s := index.Span{From: at()}
		if r.IntN(4) == 0 {
			s.To = s.From.Add(time.Duration(r.Int64N(int64(60 * 24 * time.Hour)))).Truncate(time.Microsecond)
		}
		return s
	}
	ministry := func() string { return fmt.Sprintf("m%d", r.IntN(10)) }
	for k := range n {
		i := index.Initiative{Number: fmt.Sprintf("INI-%05d", k), Axis: fmt.Sprintf("a%d", r.IntN(5)), Ministry: ministry(), Rules: "v1", Filed: at()}
		if o := r.IntN(6); o < 3 {
			i.Outcome = []index.Outcome{index.Adopted, index.Declined, index.Withdrawn}[o]
			i.Decided = i.Filed.Add(time.Duration(1+r.IntN(200)) * 24 * time.Hour)
		}
		for range r.IntN(4) {
			i.Listed = append(i.Listed, index.Listed{Ministry: ministry(), Span: span()})
			i.Acts = append(i.Acts, index.Act{Ministry: ministry(), Kind: index.Commitment, At: at(), Ref: "COM"})
			i.Calls = append(i.Calls, index.Call{Ministry: ministry(), Meeting: "R", At: at(), Came: r.IntN(3) > 0,
				Stayed: time.Duration(r.IntN(30)) * time.Minute, Length: time.Duration(r.IntN(40)) * time.Minute})
			i.Returns = append(i.Returns, index.Return{Step: "s1", At: at()})
		}
		for _, s := range six[:r.IntN(7)] {
			i.Signed = append(i.Signed, index.Signed{Step: s.Code, Items: s.Items[:len(s.Items)-r.IntN(2)], Span: span()})
			i.Times = append(i.Times, index.StepTime{Step: s.Code, Signed: at(), Spent: time.Duration(r.Int64N(int64(30 * 24 * time.Hour))).Truncate(time.Microsecond)})
		}
		f.Initiatives = append(f.Initiatives, i)
	}
	return f
}

// figures are what the script prints, as this package computes it.
func figures(f *index.Facts, p index.Period) map[string]index.Value {
	i1, i2 := f.Participation(p), f.Compliance(p)
	out := map[string]index.Value{"I1/": i1.City, "I1 breadth/": i1.Breadth, "I1 intensity/": i1.Intensity,
		"I2/": i2.City, "I2 strict/": i2.Strict, "I2 adopted whole/": i2.WholeShare, "I2 returns/": i2.Returns}
	for _, x := range i1.Parts {
		out["P/"+x.Initiative.Number] = x.P
	}
	for _, x := range i1.Ministries {
		out["I1 ministry/"+x.Ministry] = x.Value
	}
	for _, x := range i1.Axes {
		out["I1 axis/"+x.Axis] = x.Value
	}
	for _, x := range i2.Axes {
		out["I2 axis/"+x.Axis] = x.Value
	}
	for _, x := range i2.Ministries {
		out["I2 ministry/"+x.Ministry] = x.Value
	}
	for _, x := range i2.Steps {
		out["I2 days/"+x.Step] = x.Median
	}
	return out
}

// again computes the figures with the script that is published beside the file.
func again(t *testing.T, f *index.Facts, zone, first, last string) map[string]string {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed: the published script was not run")
	}
	name := filepath.Join(t.TempDir(), "indices.csv")
	file, err := os.Create(name)
	if err == nil {
		err = f.WritePublic(file, zone)
	}
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
	cmd := exec.Command(python, "../../../docs/indices.py", name, first, last)
	cmd.Stderr = os.Stderr
	pipe, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(pipe).ReadAll()
	if err != nil || cmd.Wait() != nil {
		t.Fatalf("the script failed: %v", err)
	}
	out := map[string]string{}
	for _, r := range rows[1:] {
		out[r[0]+"/"+r[1]] = r[2]
	}
	return out
}

func TestTheScriptComputesTheSameFromThePublicFile(t *testing.T) {
	zone, err := time.LoadLocation("America/Argentina/Buenos_Aires")
	if err != nil {
		t.Fatal(err)
	}
	f := grown(400, 7)
	ours, theirs := figures(f, index.Year(2026, zone)), again(t, f, zone.String(), "2026-01-01", "2027-01-01")
	if len(ours) != len(theirs) {
		t.Errorf("%d figures here, %d there", len(ours), len(theirs))
	}
	for name, v := range ours {
		text, ok := theirs[name]
		n, _ := strconv.ParseFloat(text, 64)
		if !ok || (text == "") == v.Known || math.Abs(n-v.Rounded()) > 0.1+1e-9 {
			t.Errorf("%s: %q here, %q there", name, v, text)
		}
	}
}

// Both indices of a year over 20,000 initiatives take well under a second.
func BenchmarkYear(b *testing.B) {
	f := grown(20_000, 7)
	for b.Loop() {
		f.Participation(year)
		f.Compliance(year)
	}
}
