package impact

import (
	"context"

	"ronda/city/delivery"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/fault"
)

// acting is an initiative and the post in whose name somebody acts on it. Who may
// do what is the policy of all of execution, see delivery.Case.
type acting struct {
	roundtable.View
	Case delivery.Case
	As   people.Holding
}

// see gives an initiative that the person of the context may see.
func (m *Module) see(ctx context.Context, number string) (a acting, err error) {
	if a.View, err = m.Roundtable.View(ctx, number); err != nil {
		return a, err
	}
	a.Case, err = m.Delivery.Case(ctx, number)
	return a, err
}

// may is see with the post in whose name the person of the context may do that.
// Faults: NotFound, Forbidden, Conflict in a state in which nobody does.
func (m *Module) may(ctx context.Context, number string, action delivery.Action) (acting, error) {
	a, err := m.see(ctx, number)
	if err != nil {
		return a, err
	}
	a.As, err = a.Case.Require(ctx, action)
	return a, err
}

// of is may for the initiative of an indicator.
func (m *Module) of(ctx context.Context, i Indicator, action delivery.Action) (acting, error) {
	x, err := m.Roundtable.ByID(ctx, i.Initiative)
	if err != nil {
		return acting{}, err
	}
	return m.may(ctx, x.Number, action)
}

// scorer is the post in whose name the person of the context scores: one of the
// office of planning, and nobody on the side that is scored.
func (a acting) scorer(ctx context.Context) (people.Holding, error) {
	who := people.Me(ctx)
	h, plans := a.Case.Is(who, delivery.Planning)
	_, own := a.Case.Is(who, delivery.Carrier)
	switch {
	case !who.SignedIn():
		return h, fault.New(fault.Forbidden, "fault.sign_in")
	case !plans || own:
		return h, fault.New(fault.Forbidden, "fault.forbidden")
	}
	return h, nil
}
