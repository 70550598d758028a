package people

import (
	"context"

	"ronda/platform/event"
)

// Kinds of subject that this module's events are about.
const (
	SubjectBody         = "body"         // id is the code
	SubjectPost         = "post"         // id is the code
	SubjectPerson       = "person"       // never in a public event
	SubjectOrganisation = "organisation" // a public list
	SubjectCity         = "city"         // id is the city's code
	SubjectChange       = "change"       // a change that takes two administrators
	SubjectRole         = "role"         // id is the role
)

// What this module announces. The public ones carry codes of posts and bodies
// and days ("from", "to": closed-open), never a person.
const (
	EventAppointed         = "people.appointed"          // public: post, body, from, to
	EventTermEnded         = "people.term_ended"         // public: post, body, to
	EventDelegated         = "people.delegated"          // public: post, body, from, to
	EventDelegationRevoked = "people.delegation_revoked" // public: post, body, to
	EventSynced            = "people.structure_loaded"   // public: charter, bodies, posts, changed
	EventBodyFounded       = "people.body_founded"       // public: body, kind, from
	EventPostFounded       = "people.post_founded"       // public: post, body, from
	EventPostEnded         = "people.post_ended"         // public: post, body, to
	EventBodyEnded         = "people.body_ended"         // public: body, to, heirs; text: act
	EventPersonCreated     = "people.person_created"
	EventRoleGranted       = "people.role_granted"     // role
	EventRoleRevoked       = "people.role_revoked"     // role
	EventOperatorGranted   = "people.operator_granted" // public: role; text: reason
	EventOperatorRevoked   = "people.operator_revoked" // public: role; text: reason
	EventChangeProposed    = "people.change_proposed"
	EventChangeConfirmed   = "people.change_confirmed"
	EventChangeClosed      = "people.change_closed" // rejected or withdrawn: state
	EventOrganisation      = "people.organisation_added"
	EventSpecialist        = "people.specialist_set" // tags, consent
)

// announce appends an event of whoever acts in ctx.
func (m *Module) announce(ctx context.Context, e event.Event) error {
	if e.Actor.Person == "" {
		e.Actor.Person = Me(ctx).Person
	}
	_, err := m.log.Append(ctx, e)
	return err
}

// ofPost is an event of a post, part of its body's history too.
func ofPost(kind, post, body string, data map[string]string) event.Event {
	data["post"], data["body"] = post, body
	return event.Event{Kind: kind, Subject: event.Subject{Kind: SubjectPost, ID: post},
		Related: []event.Subject{{Kind: SubjectBody, ID: body}}, Public: true, Data: data}
}
