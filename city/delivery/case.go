package delivery

import (
	"context"
	"slices"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/fault"
)

// Case is what a decision of the policy looks at. Of acts on no initiative, such as
// a budget law, only Charter is there.
type Case struct {
	Charter      *charter.Charter // the version the initiative is under; today's without one
	Initiative   roundtable.Initiative
	Executor     string // code of the ministry that executes it, empty before one accepted
	Asked        string // code of the ministry that is asked to, empty when none is
	Participants []Part
}

// PartState is where a participation stands.
type PartState string

// The states of a participation.
const (
	PartAsked PartState = "asked"
	PartIn    PartState = "in"
	PartOut   PartState = "out" // said no, or left
)

// Part is a ministry that takes part in the execution, or is asked to.
type Part struct {
	Ministry string    `db:"ministry"`
	State    PartState `db:"state"`
}

func (c Case) participates(ministry string, state PartState) bool {
	return slices.Contains(c.Participants, Part{ministry, state})
}

// during says in which states of an initiative an action fits. An action that is
// not listed fits in every state.
var during = map[Action][]roundtable.State{
	EditPlan:        {roundtable.Draft, roundtable.Filed, roundtable.Deferred, roundtable.Adopted},
	AskChange:       {roundtable.Filed, roundtable.Deferred, roundtable.Adopted},
	DecideChange:    {roundtable.Filed, roundtable.Deferred, roundtable.Adopted},
	Report:          {roundtable.Adopted},
	OverrideLight:   {roundtable.Adopted},
	HandOver:        {roundtable.Adopted},
	Accept:          {roundtable.Adopted},
	Invite:          {roundtable.Adopted},
	TakePart:        {roundtable.Adopted},
	EditEquipment:   {roundtable.Draft, roundtable.Filed, roundtable.Deferred, roundtable.Adopted},
	EditFeasibility: {roundtable.Draft, roundtable.Filed, roundtable.Deferred, roundtable.Adopted},
	Draw:            {roundtable.Draft, roundtable.Filed, roundtable.Deferred, roundtable.Adopted},
	ReportMoney:     {roundtable.Adopted},
	DefineIndicator: {roundtable.Draft, roundtable.Filed, roundtable.Deferred, roundtable.Adopted},
	Measure:         {roundtable.Filed, roundtable.Deferred, roundtable.Adopted},
	CorrectMeasure:  {roundtable.Filed, roundtable.Deferred, roundtable.Adopted},
}

// Fits is Conflict when the initiative is in a state in which the action is not
// done, whoever asks.
func (c Case) Fits(action Action) error {
	states, listed := during[action]
	if !listed || c.Initiative.ID == "" || slices.Contains(states, c.Initiative.State) {
		return nil
	}
	return fault.New(fault.Conflict, "roundtable.fault.state")
}

// Require gives the post in whose name the person of the context does the action.
// Faults: NotFound when the person must not even know of the initiative, Forbidden,
// Conflict when the initiative is in a state in which nobody does it.
func (c Case) Require(ctx context.Context, action Action) (people.Holding, error) {
	who := people.Me(ctx)
	if _, sees := c.Can(who, SeePlan); !sees {
		return people.Holding{}, notFound()
	}
	if h, ok := c.Can(who, action); ok {
		return h, c.Fits(action)
	}
	if !who.SignedIn() {
		return people.Holding{}, fault.New(fault.Forbidden, "fault.sign_in")
	}
	return people.Holding{}, fault.New(fault.Forbidden, "fault.forbidden")
}

// May says whether the person of the context may do the action and the initiative
// is in a state for it: what a page offers.
func (c Case) May(ctx context.Context, action Action) bool {
	_, ok := c.Can(people.Me(ctx), action)
	return ok && c.Fits(action) == nil
}

// Case is the case of an initiative, by its number; NotFound for what the person of
// the context must not know of. Inside a Write it is as the transaction sees it.
func (m *Module) Case(ctx context.Context, number string) (Case, error) {
	x, err := m.Roundtable.Look(ctx, number)
	if err != nil {
		return Case{}, err
	}
	c, _, err := m.caseOf(ctx, x)
	return c, err
}

// City is the case of what is about no initiative: budget laws, tokens.
func (m *Module) City(ctx context.Context) (Case, error) {
	ch, err := m.Charters.Current(ctx)
	return Case{Charter: ch}, err
}

func notFound() error { return fault.New(fault.NotFound, "fault.notfound") }
