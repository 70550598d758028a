package roundtable

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/platform/fault"
)

var start = time.Date(2026, 3, 24, 13, 0, 0, 0, time.UTC)

func city(t testing.TB, name string) *charter.Charter {
	t.Helper()
	files, err := cities.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	ch, err := charter.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return ch
}

// attended records the presence a step needs, so that it can be signed.
func attended(t *testing.T, r *Round, code string) {
	t.Helper()
	if step, _ := r.Flow.Steps.Get(code); step.Attendance != "" {
		if err := r.Move(code, Present, start); err != nil {
			t.Fatal(err)
		}
	}
}

func TestStepsGoOneAfterAnother(t *testing.T) {
	r := NewRound(city(t, "buenosaires"), "x", start)
	if r.Ring() != "cooooo" {
		t.Fatalf("a new round is %q", r.Ring())
	}
	for n, s := range slices.Clone(r.Steps) {
		if n+1 < len(r.Steps) {
			if err := r.Move(r.Steps[n+1].Code, Sign, start); !fault.Is(err, fault.Conflict) {
				t.Errorf("step %d was signed before step %d: %v", n+2, n+1, err)
			}
		}
		attended(t, r, s.Code)
		if err := r.Move(s.Code, Sign, start.Add(time.Hour)); err != nil {
			t.Fatalf("step %d: %v", n+1, err)
		}
	}
	if r.Ring() != "ssssss" || !r.Whole() || r.Current() != 0 {
		t.Errorf("at the end %q, current %d", r.Ring(), r.Current())
	}
}

func TestAttendanceComesBeforeTheSignature(t *testing.T) {
	r := NewRound(city(t, "buenosaires"), "x", start)
	for _, s := range slices.Clone(r.Steps[:3]) {
		if err := r.Move(s.Code, Sign, start); err != nil {
			t.Fatal(err)
		}
	}
	fourth := r.Steps[3].Code
	if err := r.Move(fourth, Sign, start); !fault.Is(err, fault.Conflict) {
		t.Errorf("signed without the attendance: %v", err)
	}
	attended(t, r, fourth)
	if err := r.Move(fourth, Sign, start); err != nil {
		t.Error(err)
	}
}

func TestAReopenedStepFlagsTheLaterOnes(t *testing.T) {
	r := NewRound(city(t, "buenosaires"), "x", start)
	for _, s := range slices.Clone(r.Steps[:3]) {
		if err := r.Move(s.Code, Sign, start); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Move(r.Steps[0].Code, Reopen, start); err != nil {
		t.Fatal(err)
	}
	if r.Ring() != "cffooo" {
		t.Fatalf("after re-opening %q", r.Ring())
	}
	if err := r.Move(r.Steps[1].Code, Sign, start); err == nil {
		t.Error("a flagged step was confirmed before the re-opened one")
	}
	for _, s := range slices.Clone(r.Steps[:3]) {
		if err := r.Move(s.Code, Sign, start); err != nil {
			t.Errorf("%s: %v", s.Code, err)
		}
	}
	if r.Ring() != "ssscoo" {
		t.Errorf("after confirming %q", r.Ring())
	}
}

func TestAReturnedStepKeepsItsTime(t *testing.T) {
	r := NewRound(city(t, "buenosaires"), "x", start)
	code := r.Steps[0].Code
	day := 24 * time.Hour
	for i, act := range []Act{Return, Resubmit, Return, Resubmit, Sign} {
		if err := r.Move(code, act, start.Add(time.Duration(i+1)*day)); err != nil {
			t.Fatal(err)
		}
	}
	if s := r.Step(code); s.TimeWith(start.Add(99*day)) != 3*day || s.Returns != 2 {
		t.Errorf("with the office %v, %d returns; want 72h, 2", s.Spent, s.Returns)
	}
}

func TestStepsThatMayGoInParallel(t *testing.T) {
	r := NewRound(city(t, "villaflores"), "x", start)
	if len(r.Steps) != 4 {
		t.Fatalf("Villa Flores has %d steps", len(r.Steps))
	}
	if err := r.Move(r.Steps[0].Code, Sign, start); err != nil {
		t.Fatal(err)
	}
	if strings.Count(r.Ring(), "c") < 2 {
		t.Errorf("after the first step %q: two should go side by side", r.Ring())
	}
}

// Whatever is done in whatever order: a step is whole only behind whole steps it
// waits for or flagged, exactly the reached open steps are with an office, the
// letters tell the state, and time with an office never shrinks.
func TestRoundKeepsItsInvariants(t *testing.T) {
	for _, name := range cities.Names() {
		ch := city(t, name)
		rapid.Check(t, func(rt *rapid.T) {
			r, now := NewRound(ch, "x", start), start
			acts := []Act{Sign, Sign, Sign, Return, Resubmit, Reopen, Present}
			for range rapid.IntRange(1, 60).Draw(rt, "length") {
				s := rapid.SampledFrom(r.Steps).Draw(rt, "step")
				act := rapid.SampledFrom(acts).Draw(rt, "act")
				now = now.Add(time.Duration(rapid.IntRange(0, 1000).Draw(rt, "minutes")) * time.Minute)
				before := slices.Clone(r.Steps)
				err := r.Move(s.Code, act, now)
				if err != nil && !slices.Equal(before, r.Steps) {
					rt.Fatalf("a refused %s changed the round", act)
				}
				checkRound(rt, r, before, now)
			}
		})
	}
}

func checkRound(rt *rapid.T, r *Round, before []Step, now time.Time) {
	for i, s := range r.Steps {
		reached := true
		for _, b := range r.Flow.Before(s.Code) {
			reached = reached && r.Step(b.Code).Whole()
		}
		if s.Whole() && !reached {
			rt.Fatalf("%s is whole behind an open step: %s", s.Code, r.Ring())
		}
		waits := s.State == InCourse || s.State == Signed && s.Flagged && reached
		if waits != !s.Entered.IsZero() || waits != (s.Due != "") {
			rt.Fatalf("%s %s: with the office %v, due %q", s.Code, s.State, s.Entered, s.Due)
		}
		if (s.State == InCourse) && !reached || s.State == Open && reached {
			rt.Fatalf("%s is %s, reached %v", s.Code, s.State, reached)
		}
		if s.TimeWith(now) < before[i].Spent || s.Returns < before[i].Returns {
			rt.Fatalf("the history of %s shrank", s.Code)
		}
		if s.Flagged && s.State != Signed {
			rt.Fatalf("%s is flagged and %s", s.Code, s.State)
		}
	}
	if r.Whole() != (strings.Trim(r.Ring(), "s") == "") || (r.Current() == 0) != r.Whole() {
		rt.Fatalf("ring %s, whole %v, current %d", r.Ring(), r.Whole(), r.Current())
	}
}
