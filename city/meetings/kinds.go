package meetings

import "slices"

// Kind is what a meeting is for.
type Kind string

// The kinds. Talks and visits are the cycle for senior officials.
const (
	Weekly        Kind = "weekly"
	Monthly       Kind = "monthly"
	Talk          Kind = "talk"
	Visit         Kind = "visit"
	Collaborative Kind = "collaborative" // of an initiative, with those interested
	Workshop      Kind = "workshop"      // of the laboratory
	Free          Kind = "free"
)

// Kinds lists the kinds.
var Kinds = []Kind{Weekly, Monthly, Talk, Visit, Collaborative, Workshop, Free}

// Known says whether k is a kind.
func (k Kind) Known() bool { return slices.Contains(Kinds, k) }

// Cycle says whether the kind is of the cycle of meetings and visits.
func (k Kind) Cycle() bool { return k == Talk || k == Visit }

// State is where a meeting stands.
type State string

// The states, in the order of a life.
const (
	Planned   State = "planned"
	Called    State = "called" // invitations went out
	Running   State = "running"
	Held      State = "held"
	Minuted   State = "minuted" // the chair approved the minutes
	Signed    State = "signed"  // the coordination signed them
	Cancelled State = "cancelled"
)

// States lists the states in that order.
var States = []State{Planned, Called, Running, Held, Minuted, Signed, Cancelled}

// Coming says whether the meeting is still to begin.
func (s State) Coming() bool { return s == Planned || s == Called }

// Over says whether the meeting has taken place.
func (s State) Over() bool { return s == Held || s == Minuted || s == Signed }

// Wanted is what an item wants of the meeting.
type Wanted string

// What an item may want.
const (
	Inform  Wanted = "inform"
	Discuss Wanted = "discuss"
	Decide  Wanted = "decide"
)

// Wants lists what an item may want.
var Wants = []Wanted{Inform, Discuss, Decide}

// Outcome is what came of an item; empty while it is not closed.
type Outcome string

// The outcomes.
const (
	Decided  Outcome = "decision" // at least one decision is recorded
	Tasked   Outcome = "task"     // at least one commitment is recorded
	Deferred Outcome = "deferral" // to the next meeting of the series, with a reason
	Moved    Outcome = "moved"    // to the backlog, with a reason
	Informed Outcome = "informed" // only of an item that wants to inform
)

// Outcomes lists the outcomes.
var Outcomes = []Outcome{Decided, Tasked, Deferred, Moved, Informed}

// PutsOff says whether the item comes back by it.
func (o Outcome) PutsOff() bool { return o == Deferred || o == Moved }

// ItemState is where an item stands.
type ItemState string

// The states of an item. One item is open at a time.
const (
	ItemWaiting ItemState = "waiting"
	ItemOpen    ItemState = "open"
	ItemClosed  ItemState = "closed"
)

// DueState is where a decision or a commitment stands. Late is no state: it is
// open after its day.
type DueState string

// The states of decisions and commitments.
const (
	DueOpen DueState = "open"
	DueDone DueState = "done"
	Dropped DueState = "dropped"
)

// GuestRole is what somebody is invited as.
type GuestRole string

// The roles of guests.
const (
	RoleChair    GuestRole = "chair"
	RoleRequired GuestRole = "required"
	RoleOptional GuestRole = "optional"
	RoleGuest    GuestRole = "guest" // a speaker, a specialist, a neighbour
	RoleOut      GuestRole = "out"   // of the series, but not of this meeting
)

// Answer is a guest's answer to an invitation, empty without one.
type Answer string

// The answers.
const (
	Accepted  Answer = "accepted"
	Declined  Answer = "declined"
	Tentative Answer = "tentative"
)

// Ranks of attendees that are not ranks of posts.
const (
	RankGuest      = "guest"
	RankSpecialist = "specialist"
	RankCitizen    = "citizen"
)

// What may be said to a date of a poll.
const (
	VoteYes   = "yes"
	VoteMaybe = "maybe"
	VoteNo    = "no"
)
