package people

import (
	"context"
	"strings"

	"ronda/platform/event"
	"ronda/platform/fault"
)

// RoleOperator is the role of whoever runs the machine, from its command line. It
// is not among Roles: nobody can be given it, and no page acts with it.
const RoleOperator = "operator"

// Limits of an operator's reason, in runes.
const (
	operatorReasonMin = 10
	operatorReasonMax = 500
)

// OperatorGrant makes a person an administrator without a second administrator
// agreeing, for when there is none to be reached. The reason is public. Faults:
// Forbidden for everybody but the operator, NotFound, Invalid on "reason" and
// "role".
func (m *Module) OperatorGrant(ctx context.Context, person, reason string) (err error) {
	defer fault.Wrap(&err, "OperatorGrant(%s)", person)
	return m.operate(ctx, EventOperatorGranted, person, reason, m.checkGrant, m.giveRole)
}

// OperatorRevoke takes that role from a person in the same way. The last
// administrator stays: Conflict.
func (m *Module) OperatorRevoke(ctx context.Context, person, reason string) (err error) {
	defer fault.Wrap(&err, "OperatorRevoke(%s)", person)
	return m.operate(ctx, EventOperatorRevoked, person, reason, m.checkRevoke, m.takeRole)
}

// operate checks and makes a change of administrators, and tells the public of it.
func (m *Module) operate(ctx context.Context, kind, person, reason string, check func(context.Context, map[string]string) error,
	change func(ctx context.Context, person, role string) error) error {
	if err := allow(ctx, ActOperate); err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	var c fault.Check
	c.Text("reason", reason, true, operatorReasonMax)
	c.Require(c.Failed("reason") || len([]rune(reason)) >= operatorReasonMin, "reason", "fault.too_short", "min", operatorReasonMin)
	if err := c.Err(); err != nil {
		return err
	}
	return m.db.Write(ctx, func(ctx context.Context) error {
		if err := m.takeTurn(ctx, turnChanges); err != nil {
			return err
		}
		if err := check(ctx, map[string]string{"person": person, "role": RoleAdministrator}); err != nil {
			return err
		}
		if err := change(ctx, person, RoleAdministrator); err != nil {
			return err
		}
		return m.announce(ctx, event.Event{Kind: kind, Subject: event.Subject{Kind: SubjectRole, ID: RoleAdministrator}, Public: true,
			Data: map[string]string{"role": RoleAdministrator}, Text: map[string]string{"reason": reason}})
	})
}
