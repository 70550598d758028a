package plan

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// holidays are some of Argentina's of 2026, with a Saturday worked instead.
func holidays() []Exception {
	return []Exception{
		{From: Date(2026, 3, 23), To: Date(2026, 3, 24), Name: "Memoria"},
		{From: Date(2026, 4, 2), To: Date(2026, 4, 3), Name: "Malvinas, Viernes Santo"},
		{From: Date(2026, 3, 28), To: Date(2026, 3, 28), Working: true, Name: "Recuperación"},
	}
}

func calendar(t testing.TB, exceptions ...Exception) *Calendar {
	t.Helper()
	c, err := NewCalendar(WorkingWeek(), exceptions)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestDaysAreThoseOfTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := Day(rapid.Int32Range(int32(First), int32(Last)).Draw(t, "day"))
		if DayOf(day.Time()) != day || day.Weekday() != day.Time().Weekday() {
			t.Fatalf("day %d is %s, %s", day, day.Time(), day.Weekday())
		}
		text, _ := json.Marshal(day)
		var again Day
		if err := json.Unmarshal(text, &again); err != nil || again != day {
			t.Fatalf("%s read as %d, %v", text, again, err)
		}
	})
	if First.String() != "1984-01-01" || Last.String() != "2149-12-31" || NoDay.String() != "" {
		t.Errorf("the days go from %s to %s, none is %q", First, Last, NoDay)
	}
	for _, text := range []string{"2026-02-29", "1983-12-31", "2150-01-01", "24/03/2026", "x"} {
		if day, err := ParseDay(text); err == nil {
			t.Errorf("%q is read as %s", text, day)
		}
	}
}

func TestCalendarCountsWorkingDays(t *testing.T) {
	c := calendar(t, holidays()...)
	if n := c.Between(Date(2026, 3, 16), Date(2026, 4, 6)); n != 13 {
		t.Errorf("16 March to 6 April has %d working days, not 13", n)
	}
	if day := c.Add(Date(2026, 3, 20), 1); day != Date(2026, 3, 25) {
		t.Errorf("the day after Friday 20 March is %s", day)
	}
	if day := c.Add(Date(2026, 3, 27), 1); day != Date(2026, 3, 28) {
		t.Errorf("the Saturday made up for is not worked: %s", day)
	}
	if day := c.Add(Date(2026, 4, 4), -1); day != Date(2026, 4, 1) {
		t.Errorf("the working day before the Saturday of Easter is %s", day)
	}
	rapid.Check(t, func(t *rapid.T) {
		from := Date(2026, 3, 1) + Day(rapid.IntRange(0, 60).Draw(t, "from"))
		to := from + Day(rapid.IntRange(-5, 60).Draw(t, "length"))
		count := 0
		for day := from; day <= to; day++ {
			if slowWorks(day) {
				count++
			}
			if c.Works(day) != slowWorks(day) {
				t.Fatalf("%s worked: %v", day, c.Works(day))
			}
		}
		if n := c.Between(from, to); n != count {
			t.Fatalf("%s to %s has %d working days, not %d", from, to, n, count)
		}
	})
}

// slowWorks says by itself whether a day is worked, with the holidays above.
func slowWorks(day Day) bool {
	works := day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
	for _, e := range holidays() {
		if e.From <= day && day <= e.To {
			works = e.Working
		}
	}
	return works
}

func TestCalendarRefusesNonsense(t *testing.T) {
	week := WorkingWeek()
	for name, e := range map[string]Exception{
		"backwards": {From: Date(2026, 3, 2), To: Date(2026, 3, 1)},
		"too early": {From: First - 1, To: First},
		"too late":  {From: Last, To: Last + 1},
		"no day":    {},
	} {
		if _, err := NewCalendar(week, []Exception{e}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := NewCalendar(Week{}, nil); err == nil {
		t.Error("a calendar without working days is accepted")
	}
	if _, err := NewCalendar(Week{}, []Exception{{From: First, To: First, Working: true}}); err != nil {
		t.Errorf("one working day is refused: %v", err)
	}
}
