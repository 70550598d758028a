package people

import (
	"context"
	"strings"
	"testing"

	"ronda/platform/event"
	"ronda/platform/fault"
)

const unreachable = "La otra administradora dejó la Ciudad."

// operator is a context of whoever runs the machine.
func (w *world) operator() context.Context {
	return With(w.ctx(), Standing{Person: RoleOperator, Roles: []string{RoleOperator}})
}

// One of two administrators is gone: whoever runs the machine makes a third and
// ends the lost one, in public, without naming anybody.
func TestTheOperatorReplacesALostAdministrator(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		here, gone, heir := w.administrator("Uno"), w.administrator("Dos"), w.official("Tres")
		w.must(w.OperatorGrant(w.operator(), heir, unreachable))
		w.must(w.OperatorRevoke(w.operator(), gone, unreachable))
		for person, want := range map[string]bool{here: true, gone: false, heir: true} {
			if s, err := w.Standing(w.ctx(), person); err != nil || s.Administrator() != want {
				t.Errorf("%s administers: %v, %v", person, s.Administrator(), err)
			}
		}
		events, err := w.log.Timeline(w.ctx(), event.Subject{Kind: SubjectRole, ID: RoleAdministrator}, event.Page{PublicOnly: true})
		w.must(err)
		if len(events) != 2 || events[0].Kind != EventOperatorRevoked || events[1].Kind != EventOperatorGranted || events[0].Text["reason"] != unreachable {
			t.Fatalf("the public is told %+v", events)
		}
		for _, e := range events {
			for _, x := range append(e.Related, e.Subject) {
				if x.Kind == SubjectPerson || strings.Contains(x.ID, gone) {
					t.Errorf("a public act names %v", x)
				}
			}
		}
	})
}

func TestWhatTheOperatorCannotDo(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		one, other := w.administrator("Uno"), w.official("Dos")
		refused(t, "no reason", w.OperatorGrant(w.operator(), other, " "), fault.Invalid, "reason")
		refused(t, "hardly a reason", w.OperatorGrant(w.operator(), other, "porque sí"), fault.Invalid, "reason")
		refused(t, "nobody", w.OperatorGrant(w.operator(), "nobody", unreachable), fault.NotFound, "")
		refused(t, "twice", w.OperatorGrant(w.operator(), one, unreachable), fault.Invalid, "role")
		refused(t, "the last", w.OperatorRevoke(w.operator(), one, unreachable), fault.Conflict, "")
		refused(t, "who is none", w.OperatorRevoke(w.operator(), other, unreachable), fault.Conflict, "")
		for who, ctx := range map[string]context.Context{"an administrator": w.as(one), "an official": w.as(other), "a visitor": w.ctx()} {
			refused(t, who, w.OperatorGrant(ctx, other, unreachable), fault.Forbidden, "")
			refused(t, who, w.OperatorRevoke(ctx, one, unreachable), fault.Forbidden, "")
		}
		_, err := w.Grant(w.as(one), other, RoleOperator) // no page gives what opens the machine's door
		refused(t, "the role itself", err, fault.Invalid, "role")
	})
}
