package meetings

import "time"

// Room is the whole state of a running meeting.
type Room struct {
	View
	Seq   int64 // of the last change in it
	Notes []Note
	Queue []Turn // those who speak or wait to, in order
	Now   time.Time
}

// Note is what the secretaries write: of an item, or of the meeting when Item is
// empty.
type Note struct {
	Meeting string    `db:"meeting"`
	Item    string    `db:"item"`
	Version int       `db:"version"` // 0: nothing written yet
	Text    string    `db:"text"`
	Post    string    `db:"post"` // who wrote last
	At      time.Time `db:"at"`
	Merged  bool      `db:"-"` // Note gave back more than was sent: what another wrote meanwhile
}

// TurnState is where a speaker stands.
type TurnState string

// The states of a turn.
const (
	TurnWaiting  TurnState = "waiting"
	TurnSpeaking TurnState = "speaking"
	TurnDone     TurnState = "done"
	TurnLeft     TurnState = "left"
)

// Turn is one in the queue of speakers.
type Turn struct {
	ID      string    `db:"id"`
	Meeting string    `db:"meeting"`
	Item    string    `db:"item"`
	Key     string    `db:"key"` // of the attendee
	State   TurnState `db:"state"`
	Seconds int       `db:"seconds"` // that the turn may last; 0: no limit
	Asked   time.Time `db:"asked_at"`
	Began   time.Time `db:"began_at"`
	Ended   time.Time `db:"ended_at"`
}

// Change is one numbered act in a room.
type Change struct {
	Meeting string            `db:"meeting"`
	Seq     int64             `db:"seq"`
	At      time.Time         `db:"at"`
	Kind    string            `db:"kind"` // see the Change constants
	Data    map[string]string `db:"-"`
	Hidden  bool              `db:"hidden"` // about a private item: only those of the meeting may read Data
}

// The kinds of change, each with its data. Followers read the room again for
// what the data leaves out.
const (
	ChangeBegan       = "began"
	ChangeItemOpened  = "item_opened"  // item
	ChangeItemPaused  = "item_paused"  // item, spent (seconds)
	ChangeItemClosed  = "item_closed"  // item, outcome, spent
	ChangeItems       = "items"        // the agenda changed; item
	ChangeIn          = "in"           // key, rank
	ChangeOut         = "out"          // key
	ChangeAsked       = "asked"        // turn, key
	ChangeFloor       = "floor"        // turn, key, seconds
	ChangeTurnEnded   = "turn_ended"   // turn, key
	ChangeTurnLeft    = "turn_left"    // turn, key
	ChangeNote        = "note"         // item, version
	ChangeDecided     = "decided"      // decision (number), item
	ChangeCommitted   = "committed"    // commitment (number), item
	ChangeAgreed      = "agreed"       // initiative, version
	ChangeDropped     = "dropped"      // number
	ChangeGuests      = "guests"       // key
	ChangeSpecialist  = "specialist"   // item, stance
	ChangeEnded       = "ended"        //
	ChangeMinuted     = "minuted"      // minutes approved
	ChangeMinutesBack = "minutes_back" //
	ChangeSigned      = "signed"       //
)

// Closing is how an item closes. Decisions and Commitments are recorded with it;
// only Text, Owner/Who/What, Due and Public of them are read.
type Closing struct {
	Outcome     Outcome
	Text        string // the reason of a deferral; else optional
	Decisions   []Decision
	Commitments []Commitment
}
