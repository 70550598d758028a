package meetings

import (
	"slices"

	"ronda/city/people"
	"ronda/platform/fault"
)

// during says in which states of a meeting an action fits; what is not listed
// always does.
var during = map[Action][]State{
	EditMeeting:    {Planned, Called},
	EditAgenda:     {Planned, Called, Running},
	EditSection:    {Planned, Called},
	Reply:          {Planned, Called},
	Want:           {Called},
	Chair:          {Planned, Called, Running, Held},
	TakeNotes:      {Running, Held},
	CheckIn:        {Running, Held},
	CheckInSelf:    {Running},
	Speak:          {Running},
	Record:         {Running, Held},
	ApproveMinutes: {Held},
	SignMinutes:    {Minuted},
	ReturnMinutes:  {Minuted},
	ReleaseMinutes: {Signed},
	CancelMeeting:  {Planned, Called},
}

// Fits is Conflict unless the meeting is in a state for the action.
func (c Case) Fits(action Action) error {
	if states, listed := during[action]; listed {
		return c.onlyIn(states...)
	}
	return nil
}

func (c Case) onlyIn(states ...State) error {
	if slices.Contains(states, c.Meeting.State) {
		return nil
	}
	return fault.New(fault.Conflict, "meetings.fault.state")
}

// may is what a page offers: every action that the person may do now.
func (c Case) may(who people.Standing) map[Action]bool {
	out := c.Permits(who)
	for a, ok := range out {
		out[a] = ok && c.Fits(a) == nil
	}
	return out
}
