package demo

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"ronda/city/charter"
)

//go:embed buenosaires
var stories embed.FS

// story is the invented life of a city: one folder of files that people write.
type story struct {
	cast     cast
	chapters []chapter // in the order of their names

	neighbours neighbourhood
	tenders    []tender
	agenda     agenda
	execution  execution
}

// cast is people.yaml: who there is, and as whom a visitor may enter.
type cast struct {
	Begins         int        `yaml:"begins"`         // day on which accounts and posts begin
	Administrators []string   `yaml:"administrators"` // keys of persons, the first one first
	People         []player   `yaml:"people"`
	Roles          []entrance `yaml:"roles"`
	Acts           []act      `yaml:"acts"` // on no initiative
}

// player is an invented person, with a post or without one.
type player struct {
	Key   string `yaml:"key"` // by which the acts call the person
	Name  string `yaml:"name"`
	Post  string `yaml:"post"`
	Since *int   `yaml:"since"` // first day in the post; when the story begins if absent
	Until *int   `yaml:"until"` // last day; open if absent
}

type entrance struct {
	Code   string       `yaml:"code"`
	Person string       `yaml:"person"`
	Label  charter.Name `yaml:"label"`
}

// chapter is one initiative: what it is and what happened to it.
type chapter struct {
	Name    string  `yaml:"-"` // of the file, without its ending
	Title   string  `yaml:"title"`
	Line    string  `yaml:"line"`
	WhyNew  string  `yaml:"why_new"`
	Dossier dossier `yaml:"dossier"`
	Acts    []act   `yaml:"acts"`
}

// dossier is what the sponsor writes. In an act it holds only what changes.
type dossier struct {
	Line        string    `yaml:"line"`
	Change      string    `yaml:"change"`
	Problem     string    `yaml:"problem"`
	Type        string    `yaml:"type"`
	Axis        string    `yaml:"axis"`
	Axes        []string  `yaml:"axes"`
	Goals       []string  `yaml:"goals"`
	Purposes    []string  `yaml:"purposes"`
	SDG         string    `yaml:"sdg"`
	Targets     []string  `yaml:"targets"`
	Territories []string  `yaml:"territories"`
	Planned     []planned `yaml:"planned"`
	Links       []link    `yaml:"links"`
}

type planned struct {
	Group     string `yaml:"group"`
	Territory string `yaml:"territory"`
	People    int64  `yaml:"people"`
}

type link struct {
	Label string `yaml:"label"`
	URL   string `yaml:"url"`
}

// act is something that somebody did on a day. Which fields it has depends on
// what was done, see verbs.
type act struct {
	Day int    `yaml:"day"` // from today: -3 is three days ago
	By  string `yaml:"by"`  // key of a person
	Do  string `yaml:"do"`

	Text       string         `yaml:"text"`
	Step       string         `yaml:"step"`
	Items      map[string]any `yaml:"items"` // evidence by item, see proofsOf
	On         *int           `yaml:"on"`    // the day that evidence or a barrier tells of
	Body       string         `yaml:"body"`
	Kind       string         `yaml:"kind"` // of a barrier
	Ref        string         `yaml:"ref"`  // by which a later act calls this question or barrier
	Into       string         `yaml:"into"` // name of another chapter
	Until      int            `yaml:"until"`
	File       string         `yaml:"file"`
	Inside     bool           `yaml:"inside"` // the file is for officials
	Dossier    *dossier       `yaml:"dossier"`
	Specialist *specialist    `yaml:"specialist"`
	Post       string         `yaml:"post"`
	To         string         `yaml:"to"`   // key of a person
	From       int            `yaml:"from"` // first day of a delegation
	Role       string         `yaml:"role"`
	Ideas      []string       `yaml:"ideas"` // keys of ideas of which the initiative comes

	place string // file and line
}

type specialist struct {
	Name         string `yaml:"name"`
	Organisation string `yaml:"organisation"`
	Area         string `yaml:"area"`
	Procedure    string `yaml:"procedure"`
	Stance       string `yaml:"stance"`
	Text         string `yaml:"text"`
}

const castFile = "people.yaml"

// load reads the folder of a city. Errors name the file and the line.
func load(fsys fs.FS, city string, days calendar) (story, error) {
	var s story
	files, err := fs.Glob(fsys, path.Join(city, "*.yaml"))
	if err != nil || len(files) == 0 {
		return s, fmt.Errorf("no story is told of city %q", city)
	}
	for _, file := range files {
		if path.Base(file) == castFile {
			if err := read(fsys, file, days, &s.cast, &s.cast.Acts); err != nil {
				return s, err
			}
			continue
		}
		if base := path.Base(file); base == meetingsFile || base == executionFile {
			continue // they speak of the chapters
		}
		c := chapter{Name: strings.TrimSuffix(path.Base(file), ".yaml")}
		if err := read(fsys, file, days, &c, &c.Acts); err != nil {
			return s, err
		}
		s.chapters = append(s.chapters, c)
	}
	if file := path.Join(city, meetingsFile); slices.Contains(files, file) {
		if s.agenda, err = loadMeetings(fsys, file, days, s.chapters); err != nil {
			return s, err
		}
	}
	if file := path.Join(city, executionFile); slices.Contains(files, file) {
		if s.execution, err = loadExecution(fsys, file, days, s.chapters); err != nil {
			return s, err
		}
	}
	s.neighbours, s.tenders, err = loadIdeas(fsys, city, days)
	return s, err
}

// read decodes one file strictly and checks the days and verbs of its acts.
func read(fsys fs.FS, file string, days calendar, into any, acts *[]act) error {
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return err
	}
	data = []byte(days.fill(string(data)))
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	var places struct {
		Acts []yaml.Node `yaml:"acts"`
	}
	if err := yaml.Unmarshal(data, &places); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	for n := range *acts {
		a := &(*acts)[n]
		a.place, a.Text = fmt.Sprintf("%s:%d", file, places.Acts[n].Line), strings.TrimSpace(a.Text)
	}
	return check(*acts)
}

// check finds what no use case would: acts out of order, in the future, or of no
// known kind.
func check(acts []act) error {
	last := act{Day: -1 << 30}
	for _, a := range acts {
		switch {
		case verbs[a.Do] == nil:
			return fmt.Errorf("%s: nobody knows how to %q", a.place, a.Do)
		case a.Day >= 0:
			return fmt.Errorf("%s: day %d is not past", a.place, a.Day)
		case a.Day < last.Day:
			return fmt.Errorf("%s: day %d comes after day %d", a.place, a.Day, last.Day)
		}
		last = a
	}
	return nil
}
