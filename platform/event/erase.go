package event

import (
	"context"
	"encoding/json"

	"ronda/platform/db"
	"ronda/platform/fault"
)

// Erased is the kind of the event that says that a text was erased. Its subject
// is the event that lost the text, of kind ErasedSubject; Data holds the name of
// the text under "text" and why it went under "reason", a code.
const (
	Erased        = "event.erased"
	ErasedSubject = "event"
)

// Erase removes what somebody wrote, e.g. because it holds somebody's personal
// data, in the running transaction. The act itself and the digest of the text
// stay, and a second event says what is gone, why and who did it, so that the
// record still verifies. reason is a code, shown in public when the act was.
// Without such an event or text the error is NotFound.
func (l *Log) Erase(ctx context.Context, id, name, reason string, by Actor) error {
	r, err := db.One[row](ctx, l.db, `SELECT `+columns+` FROM event_event WHERE id = $1`, id)
	if err != nil {
		return err
	}
	e, err := r.unpack()
	if err != nil {
		return err
	}
	if _, ok := e.Text[name]; !ok {
		return fault.New(fault.NotFound, "fault.notfound")
	}
	delete(e.Text, name)
	text, err := json.Marshal(e.Text)
	if err != nil {
		return err
	}
	if _, err := l.db.Exec(ctx, `UPDATE event_event SET text = $2 WHERE id = $1`, id, string(text)); err != nil {
		return err
	}
	_, err = l.Append(ctx, Event{Kind: Erased, Subject: Subject{ErasedSubject, id}, Related: []Subject{e.Subject}, Actor: by,
		Public: e.Public, Data: map[string]string{"text": name, "reason": reason}})
	return err
}
