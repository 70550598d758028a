package ical

import "time"

// Method says what a calendar is sent for.
type Method string

// The methods that are written; answers are read by ReadReplies.
const (
	Publish Method = "PUBLISH"
	Request Method = "REQUEST"
	Cancel  Method = "CANCEL"
)

// Calendar is what stands in one file, or in one part of a mail.
type Calendar struct {
	Name    string         // shown by clients that subscribe; may be empty
	Zone    *time.Location // in which events are held; nil: UTC
	Method  Method         // empty for CalDAV, which forbids it
	Refresh time.Duration  // how often subscribers should look; 0: not said
	Events  []Event
	Parts   []Part // in the same zone as the calendar
}

// Event is one event, a series (with Rule) or one changed occurrence of a series
// (with Occurrence and the UID of the series).
type Event struct {
	UID      string
	Sequence int       // grows with each change of time or place
	Stamp    time.Time // of the last change, not of the writing

	Start  time.Time
	Length time.Duration

	Summary, Description, Location, URL string
	Private                             bool
	Cancelled                           bool

	Organizer Party // no organizer without an address
	Attendees []Attendee

	Rule       *Rule
	Except     []time.Time // original instants of the rule that are not held
	Extra      []time.Time // instants beside those of the rule
	Occurrence time.Time   // original instant of the occurrence that this replaces
}

// End is when the event is over.
func (e Event) End() time.Time { return e.Start.Add(e.Length) }

// Party is a person as calendars know them.
type Party struct {
	Name    string // may be empty
	Address string // of mail
}

// Attendee is somebody invited.
type Attendee struct {
	Party
	Chair    bool
	Optional bool
	Answer   Answer // empty: none yet
	Ask      bool   // wants an answer
}

// Answer is what somebody says to an invitation.
type Answer string

// The answers that are understood.
const (
	Accepted  Answer = "ACCEPTED"
	Declined  Answer = "DECLINED"
	Tentative Answer = "TENTATIVE"
)

// Rule repeats an event each Every weeks or months on the weekday of its start,
// until Count occurrences or the instant Until, whichever is set.
type Rule struct {
	Monthly bool // else weekly
	Every   int  // 1: each week or month
	Weekday time.Weekday
	Nth     int // monthly: 1 to 4, or -1 for the last such weekday
	Count   int
	Until   time.Time // last possible instant, inclusive
}
