package meetings

import (
	"time"

	"ronda/city/meetings/recur"
	"ronda/platform/event"
)

// Rule is how a series repeats.
type Rule = recur.Rule

// The units of a rule.
const (
	EveryWeek  = recur.Week
	EveryMonth = recur.Month
)

// Series is a meeting that repeats. Its occurrences are Meetings.
type Series struct {
	ID          string
	Number      string // "SER-2026-0003"
	Kind        Kind
	Title       string
	Purpose     string
	Place       string
	Link        string
	Chair       string // code of the post
	Secretaries Codes  // codes of posts
	First       time.Time
	Clock       string // "10:00" on the wall of the city
	Length      int    // minutes
	Capacity    int
	Quorum      int
	Private     bool
	Rule        Rule
	Axis        string
	Guests      []Guest // filled by Series and by acts, not in lists
	Continues   string  // id of the series it goes on from
	Called      time.Time
	Ended       time.Time // when somebody ended it or split it off; its Rule says from when
	Why         string
	Made        time.Time
	Until       time.Time // occurrences are made up to here
	UID         string
	Sequence    int
	Changed     time.Time
	Version     int
	Invented    bool
}

// Subject names the series for events and followers.
func (s Series) Subject() event.Subject { return event.Subject{Kind: SubjectSeries, ID: s.ID} }

// SeriesView is a series as its page shows it to one person.
type SeriesView struct {
	Case
	Series   Series
	Coming   []Meeting // the next, first to come first
	Past     []Meeting // the latest, newest first
	Backlog  []Item
	Previous *Series // that it goes on from
	Next     *Series // that goes on from it
	May      map[Action]bool
}
