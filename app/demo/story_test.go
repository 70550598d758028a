package demo

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

var calendarOfMay = newCalendar(time.Date(2026, 5, 20, 15, 0, 0, 0, time.UTC), time.UTC) // a Wednesday

func TestAMistakeInAFileIsNamedWithItsLine(t *testing.T) {
	for text, want := range map[string]string{
		"title: x\ntitel: y\n":                                    "line 2: field titel",
		"title: x\nacts:\n  - {day: -1, by: a, do: fly}":          `town/a.yaml:3: nobody knows how to "fly"`,
		"acts:\n  - {day: 0, by: a, do: file}":                    "town/a.yaml:2: day 0 is not past",
		"acts:\n  - {day: -1, by: a, do: file, stp: x}":           "line 2: field stp",
		"acts:\n  - {day: -1, do: file}\n  - {day: -2, do: file}": "town/a.yaml:3: day -2 comes after day -1",
	} {
		_, err := load(fstest.MapFS{"town/a.yaml": {Data: []byte(text)}}, "town", calendarOfMay)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v, want %s", text, err, want)
		}
	}
	if _, err := load(fstest.MapFS{}, "town", calendarOfMay); err == nil {
		t.Error("a story was made of nothing")
	}
}

func TestDaysAreFilledIn(t *testing.T) {
	for text, want := range map[string]string{
		"para el {+2}":        "para el 22 de mayo",
		"el sábado {+3}":      "el sábado 22 de mayo",
		"hace mucho, {-200}":  "hace mucho, 31 de octubre de 2025",
		"Ley {year-200}":      "Ley 2025",
		"{day: -3} queda así": "{day: -3} queda así",
	} {
		if got := calendarOfMay.fill(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestAMistakeInAFileOfIdeasIsNamed(t *testing.T) {
	for text, want := range map[string]string{
		"acts:\n  - {day: -1, by: a, do: fly}": `town/ideas/a.yaml: nobody knows how to "fly"`,
		"acts:\n  - {day: 1, by: a, do: seal}": `town/ideas/a.yaml: day 1 of "seal" is not past`,
		"ideas:\n  - {day: 0, title: x}":       `town/ideas/a.yaml: day 0 of "x" is not past`,
		"ideas:\n  - {titel: x}":               "line 2: field titel",
	} {
		_, err := load(fstest.MapFS{"town/b.yaml": {Data: []byte("title: x")}, "town/ideas/a.yaml": {Data: []byte(text)}}, "town", calendarOfMay)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v, want %s", text, err, want)
		}
	}
}

func TestAMistakeInMeetingsIsNamedWithItsLine(t *testing.T) {
	for text, want := range map[string]string{
		"meetings:\n  - {titel: x}":                                                                     "line 2: field titel",
		"meetings:\n  - {made: 1, day: 3}":                                                              "town/meetings.yaml:2: day 1 is not past",
		"meetings:\n  - {made: -2, day: 3, initiative: z}":                                              `town/meetings.yaml:2: no file is called "z"`,
		"meetings:\n  - {made: -9, day: -3, items: [{title: a}]}":                                       `town/meetings.yaml:2: "a" has no outcome`,
		"meetings:\n  - {made: -9, day: 3, items: [{title: a, outcome: task}]}":                         `town/meetings.yaml:2: "a" has an outcome before the meeting`,
		"series:\n  - {key: k, past: 1, count: 2, meetings: [{nth: 2}]}":                                `town/meetings.yaml:2: there is no meeting 2 in the series "k"`,
		"series:\n  - key: k\n    past: 1\n    count: 2\n    meetings:\n      - nth: 1\n        why: x": `of 1 past meetings of "k" 0 are told`,
	} {
		_, err := load(fstest.MapFS{"town/b.yaml": {Data: []byte("title: x")}, "town/meetings.yaml": {Data: []byte(text)}}, "town", calendarOfMay)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v, want %s", text, err, want)
		}
	}
}

// A verb that no story uses is a verb that nobody has tried.
func TestEveryVerbIsUsed(t *testing.T) {
	s, err := load(stories, "buenosaires", calendarOfMay)
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, c := range s.chapters {
		for _, a := range c.Acts {
			used[a.Do] = true
		}
	}
	for _, a := range s.cast.Acts {
		used[a.Do] = true
	}
	for _, t := range s.tenders {
		for _, d := range t.Acts {
			used[d.Do] = true
		}
	}
	all := slices.Collect(maps.Keys(verbs))
	for _, verb := range slices.AppendSeq(all, maps.Keys(duties)) {
		if !used[verb] {
			t.Errorf("no story has %q", verb)
		}
	}
}
