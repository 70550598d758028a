package meetings

import (
	"time"

	"ronda/platform/clock"
)

// View is a meeting as its page shows it to one person. For whom only the public
// part is for (Inside false) it holds that alone.
type View struct {
	Case
	Inside      bool // agenda, attendance and records are for this person
	Series      *Series
	Items       []Item
	Attendees   []Attendee
	Decisions   []Decision
	Commitments []Commitment
	Slots       []Slot // of the date poll
	Wishes      []Wish // who is interested; the own one alone for whom it does not convene
	Parent      *Meeting
	Groups      []Meeting
	Budget      Budget
	Warnings    []Warning
	Me          string // key of the person's own attendee, empty without one
	May         map[Action]bool
	Today       clock.Day
}

// Warning is what is wrong with a meeting's numbers; Key and Args are a message.
type Warning struct {
	Code string // agenda, capacity, quorum
	Key  string
	Args []any
}

// Slot is a date of a poll with its votes by the voter's key.
type Slot struct {
	ID      string    `db:"id"`
	Meeting string    `db:"meeting"`
	Starts  time.Time `db:"starts"`
	Yes     int       `db:"-"`
	Maybe   int       `db:"-"`
	No      int       `db:"-"`
	Mine    string    `db:"-"`
}

// Wish is somebody's interest in an open meeting.
type Wish struct {
	ID           string    `db:"id"`
	Meeting      string    `db:"meeting"`
	Person       string    `db:"person"`
	Post         string    `db:"post"`
	Organisation string    `db:"organisation"` // in whose name, as typed
	Text         string    `db:"text"`
	State        WishState `db:"state"`
	At           time.Time `db:"at"`
}

// WishState is what became of a wish.
type WishState string

// The states of a wish.
const (
	WishOpen    WishState = "open"
	WishInvited WishState = "invited"
	WishNo      WishState = "refused"
)

// Filter picks meetings; the zero Filter is all that the person may know of,
// those to come first to come first.
type Filter struct {
	Kind       Kind
	Series     string // id
	Initiative string // id: of it, or with it on the agenda
	Parent     string // id: its working groups
	From, To   time.Time
	State      State
	Mine       bool // the person is invited
	Past       bool // what was, newest first; else from From (now when zero) on
}

// Page is a page of a list; Next continues it, empty at the end.
type Page struct {
	Meetings []Meeting
	Next     string
}

// Occasion is one entry of a person's calendar: a series with what differs from
// its rule, or a single meeting.
type Occasion struct {
	Series  *Series
	Meeting *Meeting
	Mark    Mark      // of a single meeting
	Apart   []Meeting // of a series: occurrences moved, changed or cancelled
	Role    GuestRole
	Reply   Answer
	Changed time.Time
}

// Mark names a meeting in one of its states: what calendars show of it is the same
// as long as the mark is.
type Mark struct {
	ID       string
	Revision int   // version and sequence, which both only grow
	Changed  int64 // unix microseconds
}

// Mark is the meeting's as it stands.
func (x Meeting) Mark() Mark { return Mark{x.ID, x.Version + x.Sequence, x.Changed.UnixMicro()} }

// Minutes is the document of a meeting. Once approved it is what was frozen then.
type Minutes struct {
	Meeting     MinutedMeeting    `json:"meeting"`
	Present     []MinutedPerson   `json:"present"`
	Absent      []MinutedPerson   `json:"absent"`
	Items       []MinutedItem     `json:"items"`
	Notes       string            `json:"notes"` // of the meeting itself
	Decisions   []MinutedDecision `json:"decisions"`
	Commitments []MinutedTask     `json:"commitments"`

	Frozen       bool      `json:"-"`
	SHA256       string    `json:"-"` // hex, of the frozen document
	Version      int       `json:"-"` // 0 while it was never approved
	ApprovedAt   time.Time `json:"-"`
	ApprovedPost string    `json:"-"`
	SignedAt     time.Time `json:"-"`
	SignedPost   string    `json:"-"`
	Returned     string    `json:"-"` // why the last version went back
	PublicOnly   bool      `json:"-"` // holds the released part alone
	Text         string    `json:"-"` // the frozen text, as it was hashed
}

// MinutedMeeting is the head of minutes.
type MinutedMeeting struct {
	ID      string    `json:"id"`
	Number  string    `json:"number"`
	Kind    Kind      `json:"kind"`
	Title   string    `json:"title"`
	Purpose string    `json:"purpose,omitempty"`
	Place   string    `json:"place,omitempty"`
	Starts  time.Time `json:"starts"`
	Began   time.Time `json:"began"`
	Ended   time.Time `json:"ended"`
	Chair   string    `json:"chair"`
	Quorum  int       `json:"quorum,omitempty"`
	Guest   string    `json:"guest,omitempty"`
	Host    string    `json:"host,omitempty"`
}

// MinutedPerson is somebody of the attendance. Name stands only for those from
// outside, who are no officials.
type MinutedPerson struct {
	Key      string `json:"key,omitempty"` // while the minutes are not frozen
	Post     string `json:"post,omitempty"`
	Body     string `json:"body,omitempty"`
	Ministry string `json:"ministry,omitempty"`
	Name     string `json:"name,omitempty"`
	Rank     string `json:"rank"`
	For      string `json:"for,omitempty"`
	Minutes  int    `json:"minutes"`
}

// MinutedItem is an item with what came of it.
type MinutedItem struct {
	ID          string    `json:"id"`
	Title       string    `json:"title"`
	Text        string    `json:"text,omitempty"`
	SubjectKind string    `json:"subject_kind,omitempty"`
	SubjectID   string    `json:"subject_id,omitempty"`
	Wanted      Wanted    `json:"wanted"`
	Presenter   string    `json:"presenter,omitempty"`
	Section     string    `json:"section,omitempty"`
	Private     bool      `json:"private,omitempty"`
	Outcome     Outcome   `json:"outcome"`
	OutcomeText string    `json:"outcome_text,omitempty"`
	Notes       string    `json:"notes,omitempty"`
	Minutes     int       `json:"minutes"`
	ClosedAt    time.Time `json:"closed_at"`
}

// MinutedDecision is a decision as the minutes hold it.
type MinutedDecision struct {
	Number string    `json:"number"`
	Item   string    `json:"item,omitempty"`
	Text   string    `json:"text"`
	Owner  string    `json:"owner,omitempty"`
	Due    clock.Day `json:"due,omitempty"`
}

// MinutedTask is a commitment as the minutes hold it.
type MinutedTask struct {
	Number  string    `json:"number"`
	Item    string    `json:"item,omitempty"`
	What    string    `json:"what"`
	Who     string    `json:"who"`
	WhoKind string    `json:"who_kind"`
	Due     clock.Day `json:"due,omitempty"`
}

// Release is what of signed minutes becomes public. Private items and their
// records never do.
type Release struct {
	Items       []string // ids
	Decisions   []string // numbers
	Commitments []string // numbers
}

// Compilation is the minutes of a series over some time, oldest first.
type Compilation struct {
	Series  Series
	Minutes []Minutes
}
