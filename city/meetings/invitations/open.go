package invitations

import (
	"context"
	"time"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/mail/inbound"
)

// Told is a mail to one person as the Coordination sees it.
type Told struct {
	ID       string    `db:"id"`
	Person   string    `db:"person"`
	Address  string    `db:"address"`
	Name     string    `db:"name"`
	Guest    string    `db:"guest"` // key on the list of guests
	Method   string    `db:"method"`
	Number   string    `db:"number"`
	Title    string    `db:"title"`
	State    State     `db:"state"`
	Reason   string    `db:"reason"`
	Attempts int       `db:"attempts"`
	Made     time.Time `db:"made"`
	Ended    time.Time `db:"ended"`
}

const toldColumns = `id, person, address, name, guest, method, number, title, state, reason, attempts, made, ended`

// toldMax is how many of them a page shows.
const toldMax = 200

// Open are the mails that somebody should look at: in doubt, refused, without
// address, late; newest first. The Coordination may; else Forbidden.
func (m *Module) Open(ctx context.Context) ([]Told, error) {
	if err := m.require(ctx); err != nil {
		return nil, err
	}
	return db.Query[Told](ctx, m.db, `SELECT `+toldColumns+` FROM invitations_mail WHERE state IN ('doubt', 'refused', 'unreachable', 'late') ORDER BY id DESC LIMIT $1`, toldMax)
}

// Told are the mails of one meeting or series, newest first. The Coordination
// may; else Forbidden.
func (m *Module) Told(ctx context.Context, number string) ([]Told, error) {
	if err := m.require(ctx); err != nil {
		return nil, err
	}
	return db.Query[Told](ctx, m.db, `SELECT `+toldColumns+` FROM invitations_mail WHERE number = $1 ORDER BY id DESC LIMIT $2`, number, toldMax)
}

// SendAgain lets a mail in doubt, refused or late be sent once more, under the
// same Message-ID. The Coordination may. NotFound for any other.
func (m *Module) SendAgain(ctx context.Context, mail string) error {
	return m.settle(ctx, `UPDATE invitations_mail SET state = 'waiting', reason = '', attempts = 0, ended = 0, expires = 0, next_at = $1
		WHERE id = $2 AND state IN ('doubt', 'refused', 'late') AND message <> ''`, mail)
}

// Arrived takes a mail off the open ones: the person was told, in whatever way.
// The Coordination may. NotFound for a mail that is not open.
func (m *Module) Arrived(ctx context.Context, mail string) error {
	return m.settle(ctx, `UPDATE invitations_mail SET state = 'sent', reason = 'said', message = '', ended = $1
		WHERE id = $2 AND state IN ('doubt', 'refused', 'unreachable', 'late')`, mail)
}

func (m *Module) settle(ctx context.Context, sql, mail string) error {
	if err := m.require(ctx); err != nil {
		return err
	}
	return m.db.Write(ctx, func(ctx context.Context) error {
		n, err := m.db.Exec(ctx, sql, clock.Now(ctx), mail)
		if err == nil && n == 0 {
			return fault.New(fault.NotFound, "fault.notfound")
		}
		if err != nil || m.Mailer.Disabled() {
			return err
		}
		return m.Queue.Enqueue(ctx, deliverJob, nil)
	})
}

// require lets the Coordination pass.
func (m *Module) require(ctx context.Context) error {
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return err
	}
	who := people.Me(ctx)
	if !who.SignedIn() {
		return fault.New(fault.Forbidden, "fault.sign_in")
	}
	if _, ok := who.In(ch.Office(charter.OfficeCoordination)); !ok {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// Mails is how the mails of meetings are doing.
type Mails struct {
	Waiting int           `db:"waiting"`
	Doubt   int           `db:"doubt"`
	Open    int           `db:"open"` // that somebody should look at, those in doubt included
	Ways    []inbound.Way `db:"-"`    // by which answers come
	Letters int           `db:"-"`    // answers that were not understood
}

// Mails counts them, for the Coordination's desk and for metrics.
func (m *Module) Mails(ctx context.Context) (out Mails, err error) {
	out, err = db.One[Mails](ctx, m.db, `SELECT (SELECT count(*) FROM invitations_mail WHERE state = 'waiting' OR state = 'sending') AS waiting,
		(SELECT count(*) FROM invitations_mail WHERE state = 'doubt') AS doubt,
		(SELECT count(*) FROM invitations_mail WHERE state IN ('doubt', 'refused', 'unreachable', 'late')) AS open`)
	if err != nil || m.inbox == nil {
		return out, err
	}
	if out.Ways, err = m.inbox.Ways(ctx); err != nil {
		return out, err
	}
	_, out.Letters, err = m.inbox.Counts(ctx)
	return out, err
}
