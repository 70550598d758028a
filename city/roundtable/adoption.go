package roundtable

import (
	"slices"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/fault"
)

// StepState is where one step stands.
type StepState string

// The states of a step.
const (
	Open     StepState = "open"     // waits for earlier steps
	InCourse StepState = "current"  // with its office
	Returned StepState = "returned" // back with the sponsor
	Signed   StepState = "signed"
)

// Step is one step of one initiative.
type Step struct {
	Initiative string        `db:"initiative"`
	Code       string        `db:"code"`
	Number     int           `db:"number"`
	Office     string        `db:"office"` // code of the body that signs
	State      StepState     `db:"state"`
	Flagged    bool          `db:"flagged"`    // signed, but an earlier step was re-opened since
	Entered    time.Time     `db:"entered_at"` // since when it is with the office; zero when it is not
	Due        clock.Day     `db:"due"`        // last day for the office
	Spent      time.Duration `db:"spent"`      // time with the office in earlier rounds
	Returns    int           `db:"returns"`
	SignedAt   time.Time     `db:"signed_at"`
	Signer     string        `db:"signer"`      // person id; never public
	SignerPost string        `db:"signer_post"` // code
	PresentAt  time.Time     `db:"present_at"`  // when the attendance was recorded; zero if not
}

// Whole says whether the step counts as done: signed and not flagged.
func (s Step) Whole() bool { return s.State == Signed && !s.Flagged }

// TimeWith is how long the step has been with its office, up to now.
func (s Step) TimeWith(now time.Time) time.Duration {
	if s.Entered.IsZero() {
		return s.Spent
	}
	return s.Spent + now.Sub(s.Entered)
}

// Round is the way of one initiative through the steps of its charter.
type Round struct {
	Flow  charter.Flow
	Zone  *time.Location
	Steps []Step // by number
}

// NewRound opens the steps of a charter for an initiative.
func NewRound(ch *charter.Charter, initiative string, now time.Time) *Round {
	r := &Round{Flow: ch.Flow, Zone: ch.City.Zone}
	for _, s := range ch.Flow.Steps.All() {
		r.Steps = append(r.Steps, Step{Initiative: initiative, Code: s.Code, Number: s.Number, Office: ch.Office(s.Office), State: Open})
	}
	r.advance(now)
	return r
}

// Act is what can be done to a step.
type Act string

// The acts on a step.
const (
	Sign     Act = "sign"     // close it, or confirm it when it is flagged
	Return   Act = "return"   // send it back to the sponsor
	Resubmit Act = "resubmit" // the sponsor gives it back to the office
	Reopen   Act = "reopen"   // take a signature back
	Present  Act = "present"  // record the attendance it needs
)

// Move does an act to a step, or says why it cannot be: the one place that
// changes the state of steps. It knows nothing of people or evidence. Faults
// are Conflict (the step stands otherwise) or NotFound.
func (r *Round) Move(code string, act Act, now time.Time) error {
	i := slices.IndexFunc(r.Steps, func(s Step) bool { return s.Code == code })
	if i < 0 {
		return fault.New(fault.NotFound, "fault.notfound")
	}
	if err := r.allowed(&r.Steps[i], act); err != nil {
		return err
	}
	s := &r.Steps[i]
	switch act {
	case Sign:
		s.leave(now)
		s.State, s.Flagged, s.SignedAt = Signed, false, now
	case Return:
		s.leave(now)
		if s.State == Signed {
			r.flagAfter(code) // returning a flagged step takes its signature back
		}
		s.unsign()
		s.State = Returned
		s.Returns++
	case Resubmit:
		s.State = Open
	case Reopen:
		s.leave(now)
		s.unsign()
		s.State = Open
		r.flagAfter(code)
	case Present:
		s.PresentAt = now
	}
	r.advance(now)
	return nil
}

// allowed says whether the act fits the state of the step.
func (r *Round) allowed(s *Step, act Act) error {
	ready := s.State == InCourse || s.State == Signed && s.Flagged && r.reached(s.Code)
	fits := map[Act]bool{
		Sign: ready, Return: ready, Resubmit: s.State == Returned,
		Reopen: s.State == Signed, Present: s.State == InCourse && s.PresentAt.IsZero(),
	}
	if !fits[act] {
		return fault.New(fault.Conflict, "roundtable.fault.step_"+string(act))
	}
	step, _ := r.Flow.Steps.Get(s.Code)
	if act == Sign && step.Attendance != "" && s.PresentAt.IsZero() {
		return fault.New(fault.Conflict, "roundtable.fault.attendance")
	}
	return nil
}

// unsign takes the signature off the step; it stays in the list of signatures.
// Who attended then has to attend again.
func (s *Step) unsign() {
	s.Flagged, s.SignedAt, s.Signer, s.SignerPost, s.PresentAt = false, time.Time{}, "", "", time.Time{}
}

// leave ends the step's time with its office.
func (s *Step) leave(now time.Time) {
	s.Spent = s.TimeWith(now)
	s.Entered, s.Due = time.Time{}, ""
}

// flagAfter marks the later signed steps: what they were signed on has changed.
func (r *Round) flagAfter(code string) {
	for _, later := range r.Flow.After(code) {
		if s := r.Step(later.Code); s.State == Signed {
			s.Flagged = true
		}
	}
}

// reached says whether everything before the step is whole.
func (r *Round) reached(code string) bool {
	for _, before := range r.Flow.Before(code) {
		if !r.Step(before.Code).Whole() {
			return false
		}
	}
	return true
}

// advance gives each step that has been reached to its office, with a due day,
// and takes back those whose earlier steps were re-opened. What was returned
// stays with the sponsor. A flagged step that is reached is with its office too.
func (r *Round) advance(now time.Time) {
	for i := range r.Steps {
		s := &r.Steps[i]
		reached := r.reached(s.Code)
		switch {
		case reached && (s.State == Open || s.State == Signed && s.Flagged && s.Entered.IsZero()):
			step, _ := r.Flow.Steps.Get(s.Code)
			if s.State == Open {
				s.State = InCourse
			}
			s.Entered = now
			s.Due = clock.DayOf(now.AddDate(0, 0, step.DueDays), r.Zone)
		case !reached && !s.Entered.IsZero():
			s.leave(now)
			if s.State == InCourse {
				s.State = Open
			}
		}
	}
}

// Step is the step with that code, nil when there is none.
func (r *Round) Step(code string) *Step {
	for i := range r.Steps {
		if r.Steps[i].Code == code {
			return &r.Steps[i]
		}
	}
	return nil
}

// Whole says whether every step is.
func (r *Round) Whole() bool {
	return !slices.ContainsFunc(r.Steps, func(s Step) bool { return !s.Whole() })
}

// OpenSteps are the codes of the steps that are not whole.
func (r *Round) OpenSteps() []string {
	var open []string
	for _, s := range r.Steps {
		if !s.Whole() {
			open = append(open, s.Code)
		}
	}
	return open
}

// Ring is one letter a step: s signed, f flagged, c in course, r returned, o
// open. It is the initiative's face in lists.
func (r *Round) Ring() string {
	b := make([]byte, len(r.Steps))
	for i, s := range r.Steps {
		b[i] = s.letter()
	}
	return string(b)
}

// RingIn is Ring for an initiative in a state: once the round is over, no step goes
// on, and those that nobody signed stand open.
func (r *Round) RingIn(s State) string {
	ring := r.Ring()
	if !s.Over() {
		return ring
	}
	return strings.Map(func(seat rune) rune {
		if seat == 's' || seat == 'f' {
			return seat
		}
		return 'o'
	}, ring)
}

func (s Step) letter() byte {
	if s.State == Signed && s.Flagged {
		return 'f'
	}
	return s.State[0]
}

// Current is the number of the first step that is not whole, 0 when all are.
func (r *Round) Current() int {
	for _, s := range r.Steps {
		if !s.Whole() {
			return s.Number
		}
	}
	return 0
}

// SignedCount is how many steps are signed, flagged ones included.
func (r *Round) SignedCount() int {
	n := 0
	for _, s := range r.Steps {
		if s.State == Signed {
			n++
		}
	}
	return n
}
