package people

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"time"

	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// ChangeKind is something that takes two administrators. Its functions get the
// data that was proposed.
type ChangeKind struct {
	Kind string // "module.what", e.g. "people.grant"

	// Title says in the language of the context what will happen, in one line.
	Title func(ctx context.Context, data map[string]string) (string, error)
	// Check says what is wrong with the data today, as field faults. It runs
	// when the change is proposed and again when it is confirmed; nil is fine.
	Check func(ctx context.Context, data map[string]string) error
	// Apply makes the change in the running transaction and announces it.
	Apply func(ctx context.Context, data map[string]string) error
}

// ChangeState is where a change stands.
type ChangeState string

// The states of a change.
const (
	ChangePending   ChangeState = "pending"
	ChangeConfirmed ChangeState = "confirmed"
	ChangeRejected  ChangeState = "rejected"
	ChangeWithdrawn ChangeState = "withdrawn"
)

// Change is something that one administrator proposed and another confirms.
type Change struct {
	ID         string
	Kind       string
	Data       map[string]string
	State      ChangeState
	ProposedBy string // person id
	ProposedAt time.Time
	DecidedBy  string // person id; empty when the only administrator did it alone
	DecidedAt  time.Time
	Reason     string // why it was rejected
}

const reasonMax = 500 // runes of a reason

// Cover puts a kind of change under the two-person rule, before the first
// request. A kind registered twice is an error of the program.
func (m *Module) Cover(k ChangeKind) {
	if _, twice := m.kinds[k.Kind]; twice {
		panic("people: change " + k.Kind + " covered twice")
	}
	m.kinds[k.Kind] = k
}

// Propose proposes a change in the name of the administrator in ctx. While
// there is no other administrator it is made at once and comes back confirmed.
// Faults: Forbidden; Conflict when the same change waits already; those of the
// kind's Check.
func (m *Module) Propose(ctx context.Context, kind string, data map[string]string) (c Change, err error) {
	defer fault.Wrap(&err, "Propose(%s)", kind)
	if err := allow(ctx, ActChanges); err != nil {
		return Change{}, err
	}
	k, ok := m.kinds[kind]
	if !ok {
		return Change{}, fmt.Errorf("nobody covers change %q", kind)
	}
	err = m.db.Write(ctx, func(ctx context.Context) error {
		if err := m.takeTurn(ctx, turnChanges); err != nil {
			return err
		}
		c = Change{ID: id.New(), Kind: kind, Data: data, State: ChangePending, ProposedBy: Me(ctx).Person, ProposedAt: clock.Now(ctx)}
		if err := m.checkProposal(ctx, k, c); err != nil {
			return err
		}
		return m.file(ctx, k, &c)
	})
	return c, err
}

func (m *Module) checkProposal(ctx context.Context, k ChangeKind, c Change) error {
	if k.Check != nil {
		if err := k.Check(ctx, c.Data); err != nil {
			return err
		}
	}
	waiting, err := m.changes(ctx, ChangePending)
	if err != nil {
		return err
	}
	for _, w := range waiting {
		if w.Kind == c.Kind && maps.Equal(w.Data, c.Data) {
			return fault.New(fault.Conflict, "people.change.twice")
		}
	}
	return nil
}

// file stores a new change, and makes it when nobody else could confirm it.
func (m *Module) file(ctx context.Context, k ChangeKind, c *Change) error {
	others, err := m.otherAdministrators(ctx, c.ProposedBy)
	if err != nil {
		return err
	}
	if !others {
		c.State, c.DecidedAt = ChangeConfirmed, c.ProposedAt
	}
	if err := m.insertChange(ctx, *c); err != nil {
		return err
	}
	if !others {
		return k.Apply(ctx, c.Data)
	}
	return m.announceChange(ctx, EventChangeProposed, *c)
}

// otherAdministrators says whether there is an administrator beside person.
func (m *Module) otherAdministrators(ctx context.Context, person string) (bool, error) {
	all, err := m.WithRole(ctx, RoleAdministrator)
	return len(keep(all, func(p string) bool { return p != person })) > 0, err
}

// Confirm makes a change that another administrator proposed. Faults:
// Forbidden to the proposer; NotFound; Conflict when it is decided already or
// no longer possible.
func (m *Module) Confirm(ctx context.Context, change string) (err error) {
	defer fault.Wrap(&err, "Confirm(%s)", change)
	if err := allow(ctx, ActChanges); err != nil {
		return err
	}
	return m.db.Write(ctx, func(ctx context.Context) error {
		c, k, err := m.waiting(ctx, change)
		if err != nil {
			return err
		}
		if c.ProposedBy == Me(ctx).Person {
			return fault.New(fault.Forbidden, "people.change.self")
		}
		if k.Check != nil {
			if err := k.Check(ctx, c.Data); err != nil {
				return stale(err)
			}
		}
		if err := m.decide(ctx, &c, ChangeConfirmed, ""); err != nil {
			return err
		}
		if err := k.Apply(ctx, c.Data); err != nil {
			return stale(err)
		}
		return m.announceChange(ctx, EventChangeConfirmed, c)
	})
}

// stale turns what is wrong with the fields of a change into a conflict: whoever
// confirms has no form to mend.
func stale(err error) error {
	if fault.Is(err, fault.Invalid) {
		return &fault.Error{Kind: fault.Conflict, Key: "people.change.stale", Err: err}
	}
	return err
}

// Reject closes a change without making it: another administrator rejects it
// with a reason, the proposer withdraws it. Faults: Forbidden, NotFound,
// Invalid on "reason", Conflict when it is decided already.
func (m *Module) Reject(ctx context.Context, change, reason string) (err error) {
	defer fault.Wrap(&err, "Reject(%s)", change)
	if err := allow(ctx, ActChanges); err != nil {
		return err
	}
	return m.db.Write(ctx, func(ctx context.Context) error {
		c, _, err := m.waiting(ctx, change)
		if err != nil {
			return err
		}
		state, own := ChangeRejected, c.ProposedBy == Me(ctx).Person
		if own {
			state = ChangeWithdrawn
		}
		var check fault.Check
		check.Text("reason", reason, !own, reasonMax)
		if err := check.Err(); err != nil {
			return err
		}
		if err := m.decide(ctx, &c, state, strings.TrimSpace(reason)); err != nil {
			return err
		}
		return m.announceChange(ctx, EventChangeClosed, c)
	})
}

// waiting takes the turn and reads a change that is still to be decided.
func (m *Module) waiting(ctx context.Context, change string) (Change, ChangeKind, error) {
	if err := m.takeTurn(ctx, turnChanges); err != nil {
		return Change{}, ChangeKind{}, err
	}
	c, err := m.Change(ctx, change)
	if err != nil {
		return c, ChangeKind{}, err
	}
	if c.State != ChangePending {
		return c, ChangeKind{}, fault.New(fault.Conflict, "people.change.decided")
	}
	k, ok := m.kinds[c.Kind]
	if !ok {
		return c, k, fmt.Errorf("nobody covers change %q", c.Kind)
	}
	return c, k, nil
}

func (m *Module) decide(ctx context.Context, c *Change, state ChangeState, reason string) error {
	c.State, c.DecidedBy, c.DecidedAt, c.Reason = state, Me(ctx).Person, clock.Now(ctx), reason
	return m.updateChange(ctx, *c)
}

func (m *Module) announceChange(ctx context.Context, kind string, c Change) error {
	return m.announce(ctx, event.Event{Kind: kind, Subject: event.Subject{Kind: SubjectChange, ID: c.ID},
		Data: map[string]string{"kind": c.Kind, "state": string(c.State)}})
}

// ChangeTitle says in one line what the change does, in the language of ctx; its
// bare kind when what it is about is unknown.
func (m *Module) ChangeTitle(ctx context.Context, c Change) (string, error) {
	k, ok := m.kinds[c.Kind]
	if !ok || k.Title == nil {
		return c.Kind, nil
	}
	title, err := k.Title(ctx, c.Data)
	if fault.Is(err, fault.NotFound) {
		return c.Kind, nil
	}
	return title, err
}

// PendingChanges are the changes that wait for an administrator, oldest first.
func (m *Module) PendingChanges(ctx context.Context) ([]Change, error) {
	return m.changes(ctx, ChangePending)
}
