package identity

import (
	"context"

	"ronda/platform/event"
)

// What this module announces, for the audit page only: no event is public and
// none holds an address or a code. The subject is the person, or for
// EventGuessing the module itself. The kind is also the key of its sentence.
const (
	EventRegistered     = "identity.registered"
	EventSignedIn       = "identity.signed_in"  // how: code, passkey, link, demo; session
	EventSignedOut      = "identity.signed_out" // session
	EventSessionEnded   = "identity.session_ended"
	EventSessionsEnded  = "identity.sessions_ended" // all but the own: count
	EventPasskeyAdded   = "identity.passkey_added"
	EventPasskeyRemoved = "identity.passkey_removed"
	EventPasskeyCopied  = "identity.passkey_copied" // its counter went back: refused
	EventEmailChanged   = "identity.email_changed"
	EventRenamed        = "identity.renamed"
	EventDisabled       = "identity.disabled"
	EventEnabled        = "identity.enabled"
	EventErased         = "identity.erased"
	EventGuessing       = "identity.guessing" // a code had all its tries
)

const subjectPerson = "person"

// announce appends an event about a person, in the running transaction. Whoever
// acts in ctx is the actor; where nobody is signed in yet it is the person.
func (m *Module) announce(ctx context.Context, kind, person string, data map[string]string) error {
	actor := PersonID(ctx)
	if actor == "" {
		actor = person
	}
	return m.announceBy(ctx, actor, kind, person, data)
}

func (m *Module) announceBy(ctx context.Context, actor, kind, person string, data map[string]string) error {
	_, err := m.log.Append(ctx, event.Event{Kind: kind, Subject: event.Subject{Kind: subjectPerson, ID: person},
		Actor: event.Actor{Person: actor}, Data: data})
	return err
}

// announceGuessing tells that a code had all its tries. It is about no person:
// whether the address has an account was not looked up.
func (m *Module) announceGuessing(ctx context.Context, codeID string) error {
	_, err := m.log.Append(ctx, event.Event{Kind: EventGuessing, Subject: event.Subject{Kind: "code", ID: codeID}})
	return err
}
