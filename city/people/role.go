package people

import (
	"context"
	"slices"

	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/id"
)

// Kinds of change that this module puts under the two-person rule.
const (
	ChangeGrant      = "people.grant"      // person, role: only for the administrator role
	ChangeRevoke     = "people.revoke"     // person, role: only for the administrator role
	ChangeAppoint    = "people.appoint"    // an administrator's own appointment
	ChangeEndTerm    = "people.end_term"   // ending a term on a day that is past
	ChangeReorganise = "people.reorganise" // ending, merging and splitting bodies
)

// Role is a role that a person had for some days, closed-open.
type Role struct {
	ID     string
	Person string
	Role   string
	From   clock.Day
	To     clock.Day // empty while it lasts
}

// FirstAdministrator makes the person an administrator while there is none:
// the one-time link that the program prints on its first start leads here. The
// caller has checked the link. Conflict when there is an administrator.
func (m *Module) FirstAdministrator(ctx context.Context, person string) (err error) {
	defer fault.Wrap(&err, "FirstAdministrator(%s)", person)
	return m.db.Write(ctx, func(ctx context.Context) error {
		if err := m.takeTurn(ctx, turnChanges); err != nil {
			return err
		}
		all, err := m.WithRole(ctx, RoleAdministrator)
		if err != nil {
			return err
		}
		if len(all) > 0 {
			return fault.New(fault.Conflict, "people.role.not_first")
		}
		return m.giveRole(ctx, person, RoleAdministrator)
	})
}

// Grant gives a person a role from today on. That of administrator goes through
// Propose: pending tells that another administrator must confirm it. Faults:
// Forbidden, NotFound, Invalid on "role".
func (m *Module) Grant(ctx context.Context, person, role string) (pending bool, err error) {
	defer fault.Wrap(&err, "Grant(%s, %s)", person, role)
	return m.changeRole(ctx, ChangeGrant, person, role)
}

// Revoke takes a role from a person at once; see Grant. The last administrator
// stays.
func (m *Module) Revoke(ctx context.Context, person, role string) (pending bool, err error) {
	defer fault.Wrap(&err, "Revoke(%s, %s)", person, role)
	return m.changeRole(ctx, ChangeRevoke, person, role)
}

func (m *Module) changeRole(ctx context.Context, kind, person, role string) (pending bool, err error) {
	if err := allow(ctx, ActRoles); err != nil {
		return false, err
	}
	data := map[string]string{"person": person, "role": role}
	if role == RoleAdministrator {
		c, err := m.Propose(ctx, kind, data)
		return c.State == ChangePending, err
	}
	return false, m.db.Write(ctx, func(ctx context.Context) error {
		if err := m.takeTurn(ctx, turnChanges); err != nil {
			return err
		}
		k := m.kinds[kind]
		if err := k.Check(ctx, data); err != nil {
			return err
		}
		return k.Apply(ctx, data)
	})
}

// coverRoles registers the changes of roles.
func (m *Module) coverRoles() {
	m.Cover(ChangeKind{Kind: ChangeGrant, Title: m.roleTitle("people.change.grant"), Check: m.checkGrant,
		Apply: func(ctx context.Context, data map[string]string) error {
			return m.giveRole(ctx, data["person"], data["role"])
		}})
	m.Cover(ChangeKind{Kind: ChangeRevoke, Title: m.roleTitle("people.change.revoke"), Check: m.checkRevoke,
		Apply: func(ctx context.Context, data map[string]string) error {
			return m.takeRole(ctx, data["person"], data["role"])
		}})
}

func (m *Module) roleTitle(key string) func(context.Context, map[string]string) (string, error) {
	return func(ctx context.Context, data map[string]string) (string, error) {
		p, err := m.Person(ctx, data["person"])
		return i18n.T(ctx, key, "name", p.Name, "role", i18n.T(ctx, "people.role."+data["role"])), err
	}
}

func (m *Module) checkGrant(ctx context.Context, data map[string]string) error {
	had, err := m.roleHeld(ctx, data)
	if err != nil {
		return err
	}
	var c fault.Check
	c.Require(slices.Contains(Roles, data["role"]), "role", "people.fault.role")
	c.Require(!had, "role", "people.fault.role_held")
	return c.Err()
}

func (m *Module) checkRevoke(ctx context.Context, data map[string]string) error {
	had, err := m.roleHeld(ctx, data)
	if err != nil {
		return err
	}
	if !had {
		return fault.New(fault.Conflict, "people.role.not_held")
	}
	if data["role"] != RoleAdministrator {
		return nil
	}
	others, err := m.otherAdministrators(ctx, data["person"])
	if err == nil && !others {
		return fault.New(fault.Conflict, "people.role.last")
	}
	return err
}

func (m *Module) roleHeld(ctx context.Context, data map[string]string) (bool, error) {
	if _, err := m.Person(ctx, data["person"]); err != nil {
		return false, err
	}
	holders, err := m.WithRole(ctx, data["role"])
	return slices.Contains(holders, data["person"]), err
}

// giveRole starts a role today, in the running transaction.
func (m *Module) giveRole(ctx context.Context, person, role string) error {
	day, err := m.Today(ctx)
	if err != nil {
		return err
	}
	if err := m.insertRole(ctx, Role{ID: id.New(), Person: person, Role: role, From: day}); err != nil {
		return err
	}
	return m.announceRole(ctx, EventRoleGranted, person, role)
}

// takeRole ends a role today, in the running transaction.
func (m *Module) takeRole(ctx context.Context, person, role string) error {
	day, err := m.Today(ctx)
	if err != nil {
		return err
	}
	if err := m.endRole(ctx, person, role, day); err != nil {
		return err
	}
	return m.announceRole(ctx, EventRoleRevoked, person, role)
}

func (m *Module) announceRole(ctx context.Context, kind, person, role string) error {
	return m.announce(ctx, event.Event{Kind: kind, Subject: event.Subject{Kind: SubjectPerson, ID: person}, Data: map[string]string{"role": role}})
}
