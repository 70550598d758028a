package meetings

import (
	"time"

	"ronda/platform/clock"
)

// Decision is a recorded decision: a commitment of whoever owns it, not an
// administrative act.
type Decision struct {
	ID         string    `db:"id"`
	Number     string    `db:"number"`  // "DEC-2026-0007"
	Meeting    string    `db:"meeting"` // id
	Item       string    `db:"item"`    // id; empty when it fell outside of the agenda
	Text       string    `db:"text"`
	Owner      string    `db:"owner"` // code of a body or of a post
	Ministry   string    `db:"ministry"`
	Due        clock.Day `db:"due"`
	State      DueState  `db:"state"`
	Public     bool      `db:"public"`
	Private    bool      `db:"private"` // of a private meeting or item
	Initiative string    `db:"initiative"`
	DoneText   string    `db:"done_text"`
	At         time.Time `db:"at"`
	ClosedAt   time.Time `db:"closed_at"`
}

// Commitment is what somebody undertook to do.
type Commitment struct {
	ID         string    `db:"id"`
	Number     string    `db:"number"` // "COM-2026-0011"
	Meeting    string    `db:"meeting"`
	Item       string    `db:"item"`
	What       string    `db:"what"`
	Who        string    `db:"who"`      // see WhoKind
	WhoKind    string    `db:"who_kind"` // post, body, person (Who is the id) or outside (Who is a name)
	Ministry   string    `db:"ministry"`
	Due        clock.Day `db:"due"`
	State      DueState  `db:"state"`
	Public     bool      `db:"public"`
	Private    bool      `db:"private"`
	Initiative string    `db:"initiative"`
	Agenda     int       `db:"agenda"` // version of the common agenda it came in with; 0: none
	DoneText   string    `db:"done_text"`
	At         time.Time `db:"at"`
	ClosedAt   time.Time `db:"closed_at"`
}

// The kinds of whoever owes a commitment.
const (
	WhoPost    = "post"
	WhoBody    = "body"
	WhoPerson  = "person"
	WhoOutside = "outside"
)

// Late says whether it is open after its day.
func (d Decision) Late(today clock.Day) bool { return late(d.State, d.Due, today) }

// Late says whether it is open after its day.
func (c Commitment) Late(today clock.Day) bool { return late(c.State, c.Due, today) }

func late(s DueState, due, today clock.Day) bool { return s == DueOpen && due != "" && due < today }

// Register picks rows of the registers of decisions and commitments; the zero
// Register is all that the person may see.
type Register struct {
	Owner      string   // code of the body or post (commitments: any Who)
	Ministry   string   // code
	Meeting    string   // id
	Series     string   // id
	Initiative string   // id
	State      DueState // "" for any
	Late       bool     // open after its day
	Mine       bool     // owed by the person, a post or a body of theirs
}

// DecisionRow is a row of the register of decisions.
type DecisionRow struct {
	Decision
	MeetingNumber string    `db:"meeting_number"`
	MeetingTitle  string    `db:"meeting_title"`
	MeetingKind   Kind      `db:"meeting_kind"`
	Starts        time.Time `db:"starts"`
}

// CommitmentRow is a row of the register of commitments.
type CommitmentRow struct {
	Commitment
	MeetingNumber string    `db:"meeting_number"`
	MeetingTitle  string    `db:"meeting_title"`
	MeetingKind   Kind      `db:"meeting_kind"`
	Starts        time.Time `db:"starts"`
}

// CommonAgenda is a version of what those present at collaborative meetings of
// an initiative agreed to do.
type CommonAgenda struct {
	Initiative string
	Version    int // from 1
	Meeting    string
	Number     string // of the meeting
	At         time.Time
	Lines      []AgreedLine
}

// AgreedLine is a line of a common agenda as it was agreed.
type AgreedLine struct {
	Commitment string    `json:"commitment"` // number
	What       string    `json:"what"`
	Who        string    `json:"who"`
	WhoKind    string    `json:"who_kind"`
	Due        clock.Day `json:"due"`
}

// TimeGiven is what people gave of their time to meetings (M69).
type TimeGiven struct {
	Ministry string        `db:"ministry"` // code; empty: from outside
	Spent    time.Duration `db:"spent"`
	Meetings int           `db:"meetings"`
	Stays    int           `db:"stays"` // attendances
}
