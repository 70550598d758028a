package ideas

import (
	"slices"
	"time"

	"ronda/platform/event"
)

// Phase is where a challenge stands.
type Phase string

// The phases, in the order of a life.
const (
	PhaseDraft      Phase = "draft"
	PhaseOpen       Phase = "open"       // takes ideas, from Opens to Closes
	PhaseEvaluating Phase = "evaluating" // closed; nobody outside sees the evaluation
	PhaseAnswered   Phase = "answered"   // every idea has its answer
	PhaseChosen     Phase = "chosen"     // the result is published
	PhaseTakenUp    Phase = "taken_up"   // an initiative of the roundtable came of it
	PhaseExecuted   Phase = "executed"
	PhaseCancelled  Phase = "cancelled"
)

// Phases lists the phases in that order.
var Phases = []Phase{PhaseDraft, PhaseOpen, PhaseEvaluating, PhaseAnswered, PhaseChosen, PhaseTakenUp, PhaseExecuted, PhaseCancelled}

// Known says whether p is a phase.
func (p Phase) Known() bool { return slices.Contains(Phases, p) }

// Method is how ideas are chosen.
type Method string

// The methods.
const (
	MethodJury             Method = "jury"
	MethodEqualShares      Method = "equal-shares"
	MethodEqualSharesAdd1  Method = "equal-shares-add1"
	MethodGreedy           Method = "greedy"
	MethodPhragmen         Method = "phragmen"
	MethodSTAR             Method = "star"
	MethodSchulze          Method = "schulze"
	MethodRankedPairs      Method = "ranked-pairs"
	MethodMajorityJudgment Method = "majority-judgment"
	MethodDuels            Method = "duels"
	MethodDots             Method = "dots"
	MethodNone             Method = "none"
)

// Methods lists the methods.
var Methods = []Method{MethodJury, MethodEqualShares, MethodEqualSharesAdd1, MethodGreedy, MethodPhragmen, MethodSTAR, MethodSchulze,
	MethodRankedPairs, MethodMajorityJudgment, MethodDuels, MethodDots, MethodNone}

// Votes says whether everybody votes by the method.
func (m Method) Votes() bool { return m != MethodJury && m != MethodNone }

// The kinds of ballot.
const (
	BallotApproval = "approval"
	BallotPoints   = "points"
	BallotRanking  = "ranking"
)

// When ideas of a challenge are read by a moderator.
const (
	ModerateBefore = "before" // before anybody sees them
	ModerateAfter  = "after"  // published at once, but for somebody's first one
)

// Criterion is what evaluators grade, 1 to 5, with a word for each grade.
type Criterion struct {
	Code   string    `json:"code"`
	Name   string    `json:"name"`
	Weight int       `json:"weight"` // of 100
	Words  [5]string `json:"words"`
}

// Rules are what a challenge promises. They are frozen and hashed when it opens.
type Rules struct {
	Title      string      `json:"title"`
	Question   string      `json:"question"`
	Terms      string      `json:"terms"`
	Body       string      `json:"body"` // who asks
	Axis       string      `json:"axis"` // code, empty: none
	Prize      string      `json:"prize"`
	Territory  string      `json:"territory"` // code of a part of the city, empty: all of it
	Opens      time.Time   `json:"opens"`
	Closes     time.Time   `json:"closes"`
	VoteOpens  time.Time   `json:"vote_opens"`
	VoteCloses time.Time   `json:"vote_closes"`
	Budget     int64       `json:"budget"` // centavos, 0: none
	Currency   string      `json:"currency"`
	Jury       []string    `json:"jury"` // person ids; published and hashed as their names and posts
	Criteria   []Criterion `json:"criteria"`
	Method     Method      `json:"method"`
	BallotKind string      `json:"ballot_kind"`
	MaxChoices int         `json:"max_choices"` // 0: no limit
	Moderation string      `json:"moderation"`
	HoldHours  int         `json:"hold_hours"`  // by when a held idea is read
	AnswerDays int         `json:"answer_days"` // to answer an idea, from the closing on
	Statements bool        `json:"statements"`  // whether there is a map of opinion
}

// Challenge is a question put to everybody, with its rules.
type Challenge struct {
	ID     string
	Number string // DES-2026-0003
	Phase  Phase
	Rules
	RulesHash    string // hex SHA-256 of the published rules, empty in a draft
	RulesVersion int    // 1 at opening
	Ideas        int    // published ones
	Answered     int    // of those
	Created      time.Time
	Opened       time.Time
	Evaluated    time.Time // when every idea had its answer
	Published    time.Time // the result
	Conclusion   Conclusion
	Invented     bool
	Version      int // grows with each edit of the draft
}

// Subject names the challenge for events and followers.
func (c Challenge) Subject() event.Subject { return event.Subject{Kind: SubjectChallenge, ID: c.ID} }

// Public says whether everybody may know of the challenge.
func (c Challenge) Public() bool { return c.ID != "" && c.Phase != PhaseDraft && !c.Opened.IsZero() }

// TakesIdeas says whether ideas may be sent now: by phase and by the clock.
func (c Challenge) TakesIdeas(now time.Time) bool {
	return c.Phase == PhaseOpen && !now.Before(c.Opens) && now.Before(c.Closes)
}

// Voting says whether everybody may vote now. Votes are cast on what is
// published, between two times of the rules, while the result is not.
func (c Challenge) Voting(now time.Time) bool {
	live := c.Phase == PhaseOpen || c.Phase == PhaseEvaluating || c.Phase == PhaseAnswered
	return live && c.Method.Votes() && !c.VoteOpens.IsZero() && !now.Before(c.VoteOpens) && now.Before(c.VoteCloses)
}

// Sealed says whether what evaluators and voters said is still nobody's to see.
func (c Challenge) Sealed() bool { return c.Published.IsZero() && c.Phase != PhaseCancelled }

// RuleVersion is the rules as they were published once.
type RuleVersion struct {
	Version int       `db:"version"`
	JSON    string    `db:"json"` // canonical: the hash is of these bytes
	Hash    string    `db:"hash"`
	Reason  string    `db:"reason"` // why they changed, empty at opening
	At      time.Time `db:"at"`
}

// Conclusion says how the result was found.
type Conclusion struct {
	Method   Method `json:"method"`
	Digest   string `json:"digest"`   // hash of the votes or grades as exported, so that anybody can recompute it
	Override bool   `json:"override"` // the body departed from what the method gave
	Reason   string `json:"reason"`   // needed for that
}
