package invitations

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/mail"
)

// State is where a mail to one person stands.
type State string

// The states of a mail.
const (
	Waiting     State = "waiting"
	Sending     State = "sending" // its text is on the way
	Sent        State = "sent"    // the mail server has taken it
	Doubt       State = "doubt"   // it may have arrived
	Refused     State = "refused" // the mail server does not take it
	Unreachable State = "unreachable"
	Late        State = "late" // the meeting was over before it could be sent
)

const (
	held      = 3 * time.Minute // a mail with a copy that has died
	firstWait = 15 * time.Second
	lastWait  = 30 * time.Minute
	triesMax  = 60 // with these waits about a day
)

// Deliver sends every mail that is due, one after another over one connection,
// and returns when none is. Several may run at once, also in other copies of the
// program. Its error tells of the list, not of a mail.
func (m *Module) Deliver(ctx context.Context) error {
	if err := m.doubtful(ctx); err != nil || m.Mailer.Disabled() {
		return err
	}
	c := m.Mailer.Courier()
	defer c.Close()
	for ctx.Err() == nil {
		row, ok, err := m.claim(ctx)
		if err != nil || !ok {
			return err
		}
		if err := m.send(ctx, c, row); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// doubtful lists as in doubt what was on its way for longer than a mail may take:
// its sender died.
func (m *Module) doubtful(ctx context.Context) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		now := clock.Now(ctx)
		n, err := m.db.Exec(ctx, `UPDATE invitations_mail SET state = 'doubt', ended = $1, reason = 'died' WHERE state = 'sending' AND next_at < $1`, now)
		if n > 0 {
			slog.WarnContext(ctx, "invitations in doubt", "mails", n)
		}
		return err
	})
}

// Recover lists as in doubt, at once, what was on its way when the program was
// killed, and lets go what it had in hand. It is for the start of a program that
// is the only one on its database, as with SQLite; mails of other copies are
// given up after the time that a mail may take.
func (m *Module) Recover(ctx context.Context) error {
	if m.db.Engine() != db.SQLite {
		return nil
	}
	return m.db.Write(ctx, func(ctx context.Context) error {
		now := clock.Now(ctx)
		if _, err := m.db.Exec(ctx, `UPDATE invitations_mail SET state = 'doubt', ended = $1, reason = 'died' WHERE state = 'sending' AND holder <> $2`, now, m.holder); err != nil {
			return err
		}
		_, err := m.db.Exec(ctx, `UPDATE invitations_mail SET next_at = $1, holder = '' WHERE state = 'waiting' AND holder <> '' AND holder <> $2`, now, m.holder)
		return err
	})
}

// claim takes the most overdue mail. A mail waits for the older ones to the same
// address, so that nobody hears of a cancellation before the invitation.
func (m *Module) claim(ctx context.Context) (row outgoing, ok bool, err error) {
	err = m.db.Write(ctx, func(ctx context.Context) error {
		now := clock.Now(ctx)
		row, ok, err = db.Find[outgoing](ctx, m.db, `SELECT * FROM invitations_mail m WHERE state = 'waiting' AND next_at <= $1
			AND NOT EXISTS (SELECT 1 FROM invitations_mail o WHERE o.address = m.address AND o.id < m.id AND (o.state = 'waiting' OR o.state = 'sending'))
			ORDER BY next_at, id LIMIT 1`, now)
		if err != nil || !ok {
			return err
		}
		n, err := m.db.Exec(ctx, `UPDATE invitations_mail SET next_at = $1, holder = $4 WHERE id = $2 AND state = 'waiting' AND next_at = $3`, now.Add(held), row.ID, row.NextAt, m.holder)
		ok = n == 1
		row.NextAt = now.Add(held)
		return err
	})
	return row, ok, err
}

// send hands one mail over and writes down what became of it.
func (m *Module) send(ctx context.Context, c *mail.Courier, row outgoing) error {
	if !row.Expires.IsZero() && clock.Now(ctx).After(row.Expires) {
		return m.end(ctx, row, Waiting, Late, "")
	}
	var msg mail.Message
	if err := json.Unmarshal([]byte(row.Message), &msg); err != nil {
		return m.end(ctx, row, Waiting, Refused, "unreadable")
	}
	err := c.Deliver(ctx, msg, func(ctx context.Context) error { return m.onTheWay(ctx, row) })
	ctx = context.WithoutCancel(ctx) // what happened is written down, also while the program stops
	switch {
	case err == nil:
		return m.end(ctx, row, Sending, Sent, "")
	case errors.Is(err, mail.ErrDoubt):
		slog.WarnContext(ctx, "invitation in doubt", "mail", row.ID)
		return m.end(ctx, row, Sending, Doubt, "silent")
	case errors.Is(err, mail.ErrRefused):
		slog.WarnContext(ctx, "invitation refused", "mail", row.ID, "error", err)
		return m.end(ctx, row, "", Refused, clip(err.Error(), 200))
	case errors.Is(err, errHeld):
		return nil
	}
	return m.again(ctx, row, err)
}

// errHeld says that another copy has the mail.
var errHeld = errors.New("invitations: another copy has the mail")

// onTheWay marks a mail before its text leaves.
func (m *Module) onTheWay(ctx context.Context, row outgoing) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		n, err := m.db.Exec(ctx, `UPDATE invitations_mail SET state = 'sending', next_at = $1 WHERE id = $2 AND state = 'waiting' AND next_at = $3 AND holder = $4`,
			clock.Now(ctx).Add(held), row.ID, row.NextAt, m.holder)
		if err == nil && n == 0 {
			return errHeld
		}
		return err
	})
}

// end writes how a mail ended. The text of one that was sent is dropped; from
// says in which state it must still be, empty for either.
func (m *Module) end(ctx context.Context, row outgoing, from, to State, reason string) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		_, err := m.db.Exec(ctx, `UPDATE invitations_mail SET state = $1, reason = $2, ended = $3, message = CASE WHEN $1 = 'sent' THEN '' ELSE message END
			WHERE id = $4 AND (state = $5 OR $5 = '')`, to, reason, clock.Now(ctx), row.ID, from)
		return err
	})
}

// again lets a mail wait that was not taken this time.
func (m *Module) again(ctx context.Context, row outgoing, cause error) error {
	tries := row.Attempts + 1
	slog.WarnContext(ctx, "invitation not sent", "mail", row.ID, "attempt", tries, "error", cause)
	if tries >= triesMax {
		return m.end(ctx, row, "", Refused, clip(cause.Error(), 200))
	}
	wait := min(firstWait<<min(row.Attempts, 10), lastWait)
	return m.db.Write(ctx, func(ctx context.Context) error {
		_, err := m.db.Exec(ctx, `UPDATE invitations_mail SET state = 'waiting', attempts = $1, next_at = $2, reason = $3, holder = '' WHERE id = $4`,
			tries, clock.Now(ctx).Add(wait), clip(cause.Error(), 200), row.ID)
		return err
	})
}
