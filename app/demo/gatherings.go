package demo

import (
	"bytes"
	"fmt"
	"io/fs"

	"go.yaml.in/yaml/v3"

	"ronda/city/meetings"
)

const meetingsFile = "meetings.yaml"

// agenda is meetings.yaml: the meetings of the roundtable.
type agenda struct {
	By       string      `yaml:"by"`     // key of who plans, calls and signs
	Writes   string      `yaml:"writes"` // key of who writes down what happens
	Series   []cycle     `yaml:"series"`
	Meetings []gathering `yaml:"meetings"` // of no series
}

// cycle is a meeting that repeats, on the weekday of a day that is never today:
// so none of it goes on while the story is told.
type cycle struct {
	Key         string        `yaml:"key"`
	Kind        meetings.Kind `yaml:"kind"`
	Title       string        `yaml:"title"`
	Purpose     string        `yaml:"purpose"`
	Place       string        `yaml:"place"`
	Chair       string        `yaml:"chair"`       // post
	Secretaries []string      `yaml:"secretaries"` // posts
	WeekdayOf   int           `yaml:"weekday_of"`  // day
	Unit        string        `yaml:"unit"`        // week or month
	Nth         int           `yaml:"nth"`         // of a month
	Clock       string        `yaml:"clock"`
	Length      int           `yaml:"length"` // minutes
	Capacity    int           `yaml:"capacity"`
	Quorum      int           `yaml:"quorum"`
	Past        int           `yaml:"past"`  // how many took place before today
	Count       int           `yaml:"count"` // of all
	Guests      []string      `yaml:"guests"`
	Accept      []string      `yaml:"accept"` // keys of persons who come to all
	Backlog     []waiting     `yaml:"backlog"`
	Meetings    []gathering   `yaml:"meetings"`
}

// gathering is one meeting. Of a series it says which: -1 is the last one before
// today, 1 the next one.
type gathering struct {
	Nth         int           `yaml:"nth"`
	Kind        meetings.Kind `yaml:"kind"`
	Title       string        `yaml:"title"`
	Purpose     string        `yaml:"purpose"`
	Place       string        `yaml:"place"`
	Chair       string        `yaml:"chair"`       // post
	Secretaries []string      `yaml:"secretaries"` // posts
	Made        int           `yaml:"made"`        // day on which it is planned
	Day         int           `yaml:"day"`
	Running     int           `yaml:"running"` // began so many minutes before the story is told
	Clock       string        `yaml:"clock"`
	Length      int           `yaml:"length"`
	Capacity    int           `yaml:"capacity"`
	Quorum      int           `yaml:"quorum"`
	Guests      []string      `yaml:"guests"` // posts, "@key" of a person, or a name from outside
	Initiative  string        `yaml:"initiative"`
	Open        bool          `yaml:"open"`
	Guest       string        `yaml:"guest"`
	Host        string        `yaml:"host"`
	Logistics   string        `yaml:"logistics"`
	Materials   []link        `yaml:"materials"`
	Items       []point       `yaml:"items"`
	Present     []string      `yaml:"present"` // posts, or a name from outside
	Approved    int           `yaml:"approved"`
	Signed      int           `yaml:"signed"`
	Released    int           `yaml:"released"` // all three: working days after; 0: not yet
	Moved       int           `yaml:"moved"`    // days later
	Cancelled   bool          `yaml:"cancelled"`
	Why         string        `yaml:"why"`
	Agreed      bool          `yaml:"agreed"` // its commitments are the common agenda
	Answers     []answer      `yaml:"answers"`
	Wishes      []wish        `yaml:"wishes"`
	Poll        []option      `yaml:"poll"`
	Group       *group        `yaml:"group"`

	place string // file and line
}

// point is an item of an agenda with what came of it.
type point struct {
	Title       string           `yaml:"title"`
	Text        string           `yaml:"text"`
	About       string           `yaml:"about"` // name of a chapter
	Wanted      meetings.Wanted  `yaml:"wanted"`
	Minutes     int              `yaml:"minutes"`
	Presenter   string           `yaml:"presenter"`
	Section     string           `yaml:"section"`
	Private     bool             `yaml:"private"`
	Back        bool             `yaml:"back"` // put off before: it comes by itself
	Took        int              `yaml:"took"` // minutes, if not as planned
	Notes       string           `yaml:"notes"`
	Outcome     meetings.Outcome `yaml:"outcome"`
	Said        string           `yaml:"said"` // with the outcome
	Decisions   []pledge         `yaml:"decisions"`
	Commitments []pledge         `yaml:"commitments"`
	Specialists []specialist     `yaml:"specialists"`
	Speakers    []string         `yaml:"speakers"` // posts that ask for the floor; the first one has it
	Public      bool             `yaml:"public"`   // when the meeting is released
}

// pledge is a decision or a commitment, and what became of it.
type pledge struct {
	What    string `yaml:"what"`
	Who     string `yaml:"who"` // post, body, or a name from outside
	Due     *int   `yaml:"due"` // day
	Done    *int   `yaml:"done"`
	Dropped *int   `yaml:"dropped"`
	By      string `yaml:"by"` // key of who says so
	How     string `yaml:"how"`
}

// waiting is a point in the backlog of a series.
type waiting struct {
	Day   int    `yaml:"day"`
	By    string `yaml:"by"`
	point `yaml:",inline"`
}

// answer is what somebody says to an invitation, or to the dates of a poll in
// their order.
type answer struct {
	By    string          `yaml:"by"`
	Day   int             `yaml:"day"`
	Says  meetings.Answer `yaml:"says"`
	Votes []string        `yaml:"votes"`
}

// wish is somebody who wants to come where the call is open.
type wish struct {
	By           string `yaml:"by"`
	Day          int    `yaml:"day"`
	Organisation string `yaml:"organisation"`
	Text         string `yaml:"text"`
	Invited      bool   `yaml:"invited"` // the working day after
}

type option struct {
	Day   int    `yaml:"day"`
	Clock string `yaml:"clock"`
}

// group is a working group that a meeting is split into.
type group struct {
	Title  string   `yaml:"title"`
	Place  string   `yaml:"place"`
	Chair  string   `yaml:"chair"`
	Items  []string `yaml:"items"` // titles
	Guests []string `yaml:"guests"`
}

// loadMeetings reads meetings.yaml of a city, where there is one.
func loadMeetings(fsys fs.FS, file string, days calendar, chapters []chapter) (agenda, error) {
	var a agenda
	if err := decode(fsys, file, days, &a); err != nil {
		return a, err
	}
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return a, err
	}
	var places struct {
		Series []struct {
			Meetings []yaml.Node `yaml:"meetings"`
		} `yaml:"series"`
		Meetings []yaml.Node `yaml:"meetings"`
	}
	if err := yaml.NewDecoder(bytes.NewReader([]byte(days.fill(string(data))))).Decode(&places); err != nil {
		return a, fmt.Errorf("%s: %w", file, err)
	}
	for n := range a.Series {
		place(a.Series[n].Meetings, places.Series[n].Meetings, file)
	}
	place(a.Meetings, places.Meetings, file)
	return a, a.check(file, chapters)
}

// place notes on which line each meeting stands.
func place(list []gathering, nodes []yaml.Node, file string) {
	for n := range list {
		list[n].place = fmt.Sprintf("%s:%d", file, nodes[n].Line)
	}
}

// check finds what no use case would.
func (a agenda) check(file string, chapters []chapter) error {
	known := map[string]bool{"": true}
	for _, c := range chapters {
		known[c.Name] = true
	}
	for _, s := range a.Series {
		told := 0
		for _, g := range s.Meetings {
			if g.Nth == 0 || g.Nth < -s.Past || g.Nth > s.Count-s.Past {
				return fmt.Errorf("%s: there is no meeting %d in the series %q", g.place, g.Nth, s.Key)
			}
			if g.Nth < 0 {
				told++
			}
			if err := g.check(known, g.Nth < 0); err != nil {
				return err
			}
		}
		if told != s.Past {
			return fmt.Errorf("%s: of %d past meetings of %q %d are told", file, s.Past, s.Key, told)
		}
	}
	for _, g := range a.Meetings {
		if g.Made >= 0 {
			return fmt.Errorf("%s: day %d is not past", g.place, g.Made)
		}
		if err := g.check(known, g.Running == 0 && g.Day < 0); err != nil {
			return err
		}
	}
	return nil
}

// check says which of its items a meeting cannot have: what took place closes all
// of them, what is to come none.
func (g gathering) check(chapters map[string]bool, past bool) error {
	if !chapters[g.Initiative] {
		return fmt.Errorf("%s: no file is called %q", g.place, g.Initiative)
	}
	for _, p := range g.Items {
		switch {
		case !chapters[p.About]:
			return fmt.Errorf("%s: %q: no file is called %q", g.place, p.Title, p.About)
		case past && !g.Cancelled && p.Outcome == "":
			return fmt.Errorf("%s: %q has no outcome", g.place, p.Title)
		case !past && g.Running == 0 && p.Outcome != "":
			return fmt.Errorf("%s: %q has an outcome before the meeting", g.place, p.Title)
		}
	}
	return nil
}
