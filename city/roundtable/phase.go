package roundtable

import (
	"slices"

	"ronda/city/people"
	"ronda/platform/fault"
)

// during says in which states of an initiative an action fits. An action that
// is not listed fits in every state.
var during = map[Action][]State{
	TakeUp:     {Idea},
	Join:       {Idea, Draft},
	Edit:       {Idea, Draft, Filed, Deferred},
	File:       {Draft},
	Prove:      {Filed},
	SignStep:   {Filed},
	ReturnStep: {Filed},
	ReopenStep: {Filed},
	Resend:     {Filed},
	Attend:     {Filed},
	Confirm:    {Filed},
	Decide:     {Filed, Deferred},
	Overrule:   {Filed, Deferred},
	Withdraw:   {Filed, Deferred},
	Obstacle:   {Idea, Draft, Filed, Adopted, Deferred},
	Invite:     {Draft, Filed, Adopted, Deferred},
	Ask:        {Filed, Adopted, Deferred},
	Accept:     {Draft, Filed, Adopted, Deferred},
	Opine:      {Filed, Adopted, Deferred, Declined, Withdrawn},
}

// Fits is Conflict when the initiative is in a state in which the action is not
// done, whoever asks.
func (c Case) Fits(action Action) error {
	states, listed := during[action]
	if !listed {
		return nil
	}
	return c.onlyIn(states...)
}

// May says whether the person may do the action and the initiative is in a state
// for it: what a page offers. What may still keep it from being done, such as
// evidence that is missing, the act itself says.
func (c Case) May(who people.Standing, action Action) bool {
	_, can := c.Can(who, action)
	return can && c.Fits(action) == nil
}

// onlyIn is Conflict unless the initiative is in one of the states.
func (c Case) onlyIn(states ...State) error {
	if slices.Contains(states, c.Initiative.State) {
		return nil
	}
	return fault.New(fault.Conflict, "roundtable.fault.state")
}

// Allows says whether the act fits the state of the step now.
func (r *Round) Allows(code string, act Act) bool {
	s := r.Step(code)
	return s != nil && r.allowed(s, act) == nil
}
