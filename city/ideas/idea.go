package ideas

import (
	"strings"
	"time"

	"ronda/platform/clock"
	"ronda/platform/event"
)

// State is whether an idea can be seen.
type State string

// The states of an idea.
const (
	Held      State = "held" // waits for a moderator, up to HeldUntil
	Published State = "published"
	Hidden    State = "hidden"    // by a moderator, with a reason
	Withdrawn State = "withdrawn" // by its author
)

// States lists the states.
var States = []State{Held, Published, Hidden, Withdrawn}

// Outcome is what the city made of an idea.
type Outcome string

// The outcomes.
const (
	Waiting   Outcome = ""
	Answered  Outcome = "answered"
	Chosen    Outcome = "chosen"
	NotChosen Outcome = "not_chosen"
	TakenUp   Outcome = "taken_up" // an initiative came of it
	Executed  Outcome = "executed"
)

// Outcomes lists the outcomes.
var Outcomes = []Outcome{Waiting, Answered, Chosen, NotChosen, TakenUp, Executed}

// Lengths of texts, in characters, and other limits.
const (
	TitleMax     = 120
	TextMin      = 20
	TextMax      = 8000
	SignatureMax = 60
	ReasonMin    = 10
	ReasonMax    = 2000
	CommentMax   = 2000
	AnswerMax    = 8000
	ImagesMax    = 4
	TagsMax      = 8
)

// Idea is what somebody proposes to the city.
type Idea struct {
	ID         string    `db:"id"`
	Number     string    `db:"number"`    // IDEA-2026-00042
	Challenge  string    `db:"challenge"` // id, empty: the standing door
	State      State     `db:"state"`
	Outcome    Outcome   `db:"outcome"`
	Title      string    `db:"title"`
	Text       string    `db:"text"`
	Place      string    `db:"place"` // code of a part of the city, empty: none
	Lat        float64   `db:"lat"`   // with Lon: 0 is none
	Lon        float64   `db:"lon"`
	Author     string    `db:"author"`    // person id, never public; empty: imported, or the account ended
	Signature  string    `db:"signature"` // the public name the author chose, or empty
	Supports   int       `db:"supports"`
	Elsewhere  int       `db:"elsewhere"` // supports in the program it was imported from; never added to ours
	Comments   int       `db:"comments"`  // in sight
	Family     string    `db:"family"`    // id, empty: none
	Cost       int64     `db:"cost"`      // centavos, set by the office; 0: none yet
	Body       string    `db:"body"`      // who owes the answer
	AnswerDue  clock.Day `db:"answer_due"`
	AnsweredAt time.Time `db:"answered_at"`
	Initiative string    `db:"initiative"` // number, once taken up
	Axis       string    `db:"axis"`
	Tags       string    `db:"tags"`     // separated by blanks; see Labels
	Imported   string    `db:"imported"` // "source:id" of what it came from
	Source     string    `db:"source"`   // address of the page it came from
	Invented   bool      `db:"invented"` // of a demonstration
	HeldUntil  time.Time `db:"held_until"`
	Created    time.Time `db:"created_at"`
	Published  time.Time `db:"published_at"`
	Moved      time.Time `db:"moved_at"`
	Images     int       `db:"images"`
	Why        string    `db:"why"`     // why it is hidden or withdrawn
	Version    int       `db:"version"` // of the words
}

// Subject names the idea for events and followers.
func (i Idea) Subject() event.Subject { return event.Subject{Kind: SubjectIdea, ID: i.ID} }

// Public says whether everybody may read the idea. Of one that is hidden or
// withdrawn everybody may know that it was there, and why it is not.
func (i Idea) Public() bool { return i.State == Published }

// Known says whether everybody may know of the idea.
func (i Idea) Known() bool { return i.State != Held && !i.Published.IsZero() }

// Labels are the idea's tags.
func (i Idea) Labels() []string { return strings.Fields(i.Tags) }

// Words are an idea's text in one version.
type Words struct {
	Version   int       `db:"version"`
	Title     string    `db:"title"`
	Text      string    `db:"text"`
	Place     string    `db:"place"`
	Lat       float64   `db:"lat"`
	Lon       float64   `db:"lon"`
	Signature string    `db:"signature"`
	At        time.Time `db:"at"`
}

// Draft is an idea that is being written, by a person or by a visitor.
type Draft struct {
	ID        string    `db:"id"`    // empty: a new one
	Owner     string    `db:"owner"` // person id, or what stands for a visitor; filled in
	Challenge string    `db:"challenge"`
	Title     string    `db:"title"`
	Text      string    `db:"text"`
	Place     string    `db:"place"`
	Lat       float64   `db:"lat"`
	Lon       float64   `db:"lon"`
	Signature string    `db:"signature"`
	Created   time.Time `db:"created_at"`
	At        time.Time `db:"at"`
	Version   int       `db:"version"` // the one the typing began from; Conflict when the stored one moved on
	Images    []string  // ids, filled in
}

// Image is a picture of an idea: always a JPEG of ours, without what the camera
// wrote into it.
type Image struct {
	ID     string    `db:"id"`
	Draft  string    `db:"draft"` // while there is no idea yet
	Idea   string    `db:"idea"`
	Width  int       `db:"width"`
	Height int       `db:"height"`
	Size   int64     `db:"size"`
	SHA256 string    `db:"sha256"`
	At     time.Time `db:"at"`
}
