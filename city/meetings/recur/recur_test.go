package recur

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ronda/platform/clock"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func all(t testing.TB, r Rule, first clock.Day, at, city string) []string {
	t.Helper()
	z := zone(t, city)
	var out []string
	for _, x := range r.Times(r.Start(first), at, z, time.Time{}, time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)) {
		out = append(out, x.Format("2006-01-02T15:04Z"))
	}
	return out
}

func TestRulesFallOnTheWallClock(t *testing.T) {
	cases := []struct {
		name     string
		rule     Rule
		first    clock.Day
		at, city string
		want     []string
	}{
		{"each week, over the end of winter time", Rule{Every: 1, Unit: Week, Weekday: time.Tuesday, Count: 3}, "2026-03-23", "10:00", "Europe/Madrid",
			[]string{"2026-03-24T09:00Z", "2026-03-31T08:00Z", "2026-04-07T08:00Z"}},
		{"each second week until a day", Rule{Every: 2, Unit: Week, Weekday: time.Monday, Until: "2026-02-02"}, "2026-01-05", "09:30", "America/Argentina/Buenos_Aires",
			[]string{"2026-01-05T12:30Z", "2026-01-19T12:30Z", "2026-02-02T12:30Z"}},
		{"the last Friday of a month", Rule{Every: 1, Unit: Month, Weekday: time.Friday, Nth: -1, Count: 3}, "2026-01-31", "10:00", "America/Argentina/Buenos_Aires",
			[]string{"2026-02-27T13:00Z", "2026-03-27T13:00Z", "2026-04-24T13:00Z"}},
		{"the first Monday of each third month", Rule{Every: 3, Unit: Month, Weekday: time.Monday, Nth: 1, Count: 3}, "2026-06-01", "10:00", "America/Santiago",
			[]string{"2026-06-01T14:00Z", "2026-09-07T13:00Z", "2026-12-07T13:00Z"}},
		{"a time that the clocks leave out", Rule{Every: 1, Unit: Week, Weekday: time.Sunday, Count: 2}, "2026-03-29", "02:30", "Europe/Madrid",
			[]string{"2026-03-29T01:30Z", "2026-04-05T00:30Z"}},
		{"a time that is there twice", Rule{Every: 1, Unit: Week, Weekday: time.Sunday, Count: 2}, "2026-10-25", "02:30", "Europe/Madrid",
			[]string{"2026-10-25T00:30Z", "2026-11-01T01:30Z"}},
		{"a rule that is none", Rule{Every: 0, Unit: Week}, "2026-10-25", "02:30", "Europe/Madrid", nil},
	}
	for _, c := range cases {
		if got := all(t, c.rule, c.first, c.at, c.city); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %v\nwant %v", c.name, got, c.want)
		}
	}
}

func TestProblemNamesTheField(t *testing.T) {
	good := Rule{Every: 1, Unit: Month, Weekday: time.Monday, Nth: 1}
	for want, spoil := range map[string]func(*Rule){
		"":        func(*Rule) {},
		"every":   func(r *Rule) { r.Every = 0 },
		"unit":    func(r *Rule) { r.Unit = "day" },
		"weekday": func(r *Rule) { r.Weekday = 7 },
		"nth":     func(r *Rule) { r.Nth = 5 },
		"count":   func(r *Rule) { r.Count, r.Until = 3, "2026-12-31" },
		"until":   func(r *Rule) { r.Until = "2026-02-30" },
	} {
		r := good
		spoil(&r)
		if got := r.Problem(); got != want {
			t.Errorf("%+v: problem %q, want %q", r, got, want)
		}
	}
}

// TestDaysAreThoseOfACalendar compares the rule with a walk over every day.
func TestDaysAreThoseOfACalendar(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := Rule{Every: rapid.IntRange(1, 4).Draw(rt, "every"), Unit: rapid.SampledFrom([]string{Week, Month}).Draw(rt, "unit"),
			Weekday: time.Weekday(rapid.IntRange(0, 6).Draw(rt, "weekday")), Count: rapid.IntRange(1, 20).Draw(rt, "count")}
		if r.Unit == Month {
			r.Nth = rapid.SampledFrom([]int{1, 2, 3, 4, -1}).Draw(rt, "nth")
		}
		start := time.Date(2024, 1, 1+rapid.IntRange(0, 900).Draw(rt, "start"), 0, 0, 0, 0, time.UTC)
		first := r.Start(clock.DayOf(start, time.UTC))
		var want []clock.Day
		for d, units := start, 0; len(want) < r.Count; d = d.AddDate(0, 0, 1) {
			if !fits(r, d) {
				continue
			}
			if units%r.Every == 0 {
				want = append(want, clock.DayOf(d, time.UTC))
			}
			units++
		}
		if got := slices.Collect(r.Days(first)); !slices.Equal(got, want) {
			rt.Fatalf("%+v from %s:\n got %v\nwant %v", r, first, got, want)
		}
	})
}

func fits(r Rule, d time.Time) bool {
	if d.Weekday() != r.Weekday {
		return false
	}
	switch {
	case r.Unit == Week:
		return true
	case r.Nth < 0:
		return d.AddDate(0, 0, 7).Month() != d.Month()
	}
	return (d.Day()+6)/7 == r.Nth
}
