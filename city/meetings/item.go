package meetings

import (
	"time"

	"ronda/platform/clock"
	"ronda/platform/event"
)

// Item is a point of an agenda, or of a backlog while Meeting is empty.
type Item struct {
	ID          string        `db:"id"`
	Meeting     string        `db:"meeting"`
	Series      string        `db:"series"` // of the backlog; empty in one of no series
	Position    int           `db:"position"`
	Title       string        `db:"title"`
	Text        string        `db:"text"`
	SubjectKind string        `db:"subject_kind"` // see Subject
	SubjectID   string        `db:"subject_id"`
	Wanted      Wanted        `db:"wanted"`
	Minutes     int           `db:"minutes"`
	Presenter   string        `db:"presenter"` // code of a post or a body, or a name from outside
	Section     string        `db:"section"`   // code of the ministry, in the monthly meeting
	Documents   Documents     `db:"documents"`
	Private     bool          `db:"private"` // never released, and not for officials who are not of the meeting
	State       ItemState     `db:"state"`
	Outcome     Outcome       `db:"outcome"`
	OutcomeText string        `db:"outcome_text"`
	Released    bool          `db:"released"`
	Proposed    string        `db:"proposed_by"` // post that proposed it
	Body        string        `db:"proposed_body"`
	OpenedAt    time.Time     `db:"opened_at"` // zero unless open
	ClosedAt    time.Time     `db:"closed_at"`
	Spent       time.Duration `db:"spent"`     // until it was last paused or closed
	From        string        `db:"from_item"` // id of the item it was put off from
	Made        time.Time     `db:"made_at"`
	Version     int           `db:"version"`
}

// Subject is what the item is about: an initiative, an idea; zero for none.
func (i Item) Subject() event.Subject { return event.Subject{Kind: i.SubjectKind, ID: i.SubjectID} }

// Elapsed is the time the item took, up to now while it is open.
func (i Item) Elapsed(now time.Time) time.Duration {
	if i.State != ItemOpen {
		return i.Spent
	}
	return i.Spent + max(0, now.Sub(i.OpenedAt))
}

// Budget is an agenda's time against the meeting's length, in minutes.
type Budget struct{ Length, Planned, Spent int }

// Over says by how many minutes the agenda is too long; 0 when it fits.
func (b Budget) Over() int { return max(0, b.Planned-b.Length) }

// Line is something a module brings to a ministry's section of the monthly
// meeting.
type Line struct {
	Section string // code of the ministry
	Title   string
	Detail  string
	Href    string
	Due     clock.Day
	Subject event.Subject
}

// Section is a ministry's part of an agenda.
type Section struct {
	Ministry string
	Lines    []Line
	Items    []Item
}

// Group is a working group that a crowded meeting is split into.
type Group struct {
	Title  string
	Place  string
	Starts time.Time
	Length int
	Chair  string   // code of the post
	Items  []string // ids of the items it takes
	Guests []string // keys of the guests it takes
}
