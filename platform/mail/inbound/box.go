package inbound

import (
	"context"
	"embed"
	"log/slog"
	"net/mail"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
	"ronda/platform/jobs"
	ours "ronda/platform/mail"
)

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this package.
var Migrations = db.Migrations{Module: "inbound", FS: migrations}

// Handler says what a mail means and does it, inside the transaction that notes
// the mail as handled. It may be called for forged mails. An error is internal:
// the mail waits and is handed over again.
type Handler func(ctx context.Context, m Mail) (Verdict, error)

// Verdict is what became of a mail.
type Verdict struct {
	State  State
	Reason string // a code; of a mail that was not handled
}

// State is where a mail stands.
type State string

// The states of a mail.
const (
	Waiting     State = "waiting"
	Handled     State = "handled"
	Ignored     State = "ignored"     // nobody needs to see it: automatic, our own
	Quarantined State = "quarantined" // a person should look
)

// Why a mail was not handled, beside the handler's reasons.
const (
	ReasonLarge      = "large"
	ReasonParts      = "parts"
	ReasonUnreadable = "unreadable"
	ReasonLoop       = "loop"
	ReasonOwn        = "own"
	ReasonFailed     = "failed" // it was tried again and again
)

// Box takes mails in.
type Box struct {
	db    *db.DB
	queue *jobs.Queue
	own   string // address in whose name we send
	fn    Handler
}

const (
	handleJob  = "inbound.handle"
	waitMost   = 3 * 24 * time.Hour  // longer than the queue tries
	keepFor    = 90 * 24 * time.Hour // what a quarantined mail says
	keepKey    = 400 * 24 * time.Hour
	sweepEvery = 24 * time.Hour
)

// New is a box whose mails wait in q for fn. from is the address in whose name
// the program sends, to know its own mails by; it may be empty.
func New(d *db.DB, q *jobs.Queue, from string, fn Handler) *Box {
	normal, _ := ours.Address(from)
	b := &Box{db: d, queue: q, own: normal, fn: fn}
	q.HandleWrite(handleJob, b.handle)
	q.Every("inbound.sweep", sweepEvery, b.sweep)
	return b
}

// Receive keeps a mail until it is handled; a mail that was received before
// changes nothing. via is the way it came. When Receive has returned without an
// error the mail is safe.
func (b *Box) Receive(ctx context.Context, via string, raw []byte) error {
	h := headingOf(raw)
	state, reason := Waiting, ""
	switch {
	case b.isOwn(h.from):
		state, reason, raw = Ignored, ReasonOwn, nil
	case len(h.hops) > hopsMax:
		state, reason, raw = Ignored, ReasonLoop, nil
	case len(raw) > SizeMax:
		state, reason, raw = Quarantined, ReasonLarge, nil
	}
	return b.keep(ctx, via, h, state, reason, raw)
}

func (b *Box) keep(ctx context.Context, via string, h heading, state State, reason string, raw []byte) error {
	sender, subject := clip(h.from, lineMax), clip(decode(h.subject), lineMax)
	if state == Ignored {
		sender, subject = "", ""
	}
	return b.db.Write(ctx, func(ctx context.Context) error {
		letter := id.New()
		n, err := b.db.Exec(ctx, `INSERT INTO inbound_mail (id, key, via, state, reason, sender, subject, raw, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (key) DO NOTHING`, letter, h.key(), via, state, reason, sender, subject, raw, clock.Now(ctx))
		if err != nil || n == 0 || state != Waiting {
			return err
		}
		return b.queue.Enqueue(ctx, handleJob, letter)
	})
}

// isOwn says whether it is a mail of ours that came back. It goes by the sender
// and not by the domain of the Message-ID, which officials may share with us.
func (b *Box) isOwn(from string) bool {
	list, err := mail.ParseAddressList(from)
	if err != nil || len(list) == 0 {
		return false
	}
	sender, ok := ours.Address(list[0].Address)
	return ok && sender == b.own
}

// handle does the job of one mail, in its transaction.
func (b *Box) handle(ctx context.Context, j jobs.Job) error {
	var letter string
	if err := j.Read(&letter); err != nil {
		return err
	}
	raw, ok, err := db.Find[[]byte](ctx, b.db, `SELECT raw FROM inbound_mail WHERE id = $1 AND state = 'waiting'`, letter)
	if err != nil || !ok {
		return err
	}
	v, err := b.judge(ctx, raw)
	if err != nil {
		return err
	}
	if v.State == Quarantined {
		_, err = b.db.Exec(ctx, `UPDATE inbound_mail SET state = $1, reason = $2 WHERE id = $3`, v.State, v.Reason, letter)
		return err
	}
	_, err = b.db.Exec(ctx, `UPDATE inbound_mail SET state = $1, reason = $2, sender = '', subject = '', raw = NULL WHERE id = $3`, v.State, v.Reason, letter)
	return err
}

func (b *Box) judge(ctx context.Context, raw []byte) (Verdict, error) {
	m, err := Read(raw)
	if err != nil {
		return Verdict{Quarantined, err.Error()}, nil
	}
	v, err := b.fn(ctx, m)
	if err != nil {
		return v, err
	}
	if v.State == Quarantined && m.Automatic { // nobody wrote it, so nobody waits
		v.State = Ignored
	}
	slog.InfoContext(ctx, "mail received", "state", v.State, "reason", v.Reason)
	return v, nil
}

// Letter is a quarantined mail as a person sees it.
type Letter struct {
	ID      string    `db:"id"`
	Via     string    `db:"via"`
	Reason  string    `db:"reason"`
	Sender  string    `db:"sender"`
	Subject string    `db:"subject"`
	At      time.Time `db:"at"`
	Text    string    `db:"-"` // of Open alone
}

const letterColumns = `id, via, reason, sender, subject, at`

// Quarantine lists mails that nobody has looked at, newest first; before is the
// ID of the last one of the page above, empty for the newest.
func (b *Box) Quarantine(ctx context.Context, before string, limit int) ([]Letter, error) {
	if before == "" {
		before = id.Last
	}
	return db.Query[Letter](ctx, b.db, `SELECT `+letterColumns+` FROM inbound_mail WHERE state = 'quarantined' AND id < $1 ORDER BY id DESC LIMIT $2`, before, limit)
}

// Open is a quarantined mail with its text; fault.NotFound when there is none.
func (b *Box) Open(ctx context.Context, letter string) (Letter, error) {
	l, err := db.One[Letter](ctx, b.db, `SELECT `+letterColumns+` FROM inbound_mail WHERE state = 'quarantined' AND id = $1`, letter)
	if err != nil {
		return l, err
	}
	raw, err := db.One[[]byte](ctx, b.db, `SELECT raw FROM inbound_mail WHERE id = $1`, letter)
	if m, unread := Read(raw); err == nil && unread == nil {
		l.Text = m.Text
	}
	return l, err
}

// Discard empties a quarantined mail that a person has looked at.
func (b *Box) Discard(ctx context.Context, letter string) error {
	return b.db.Write(ctx, func(ctx context.Context) error {
		n, err := b.db.Exec(ctx, `UPDATE inbound_mail SET state = 'ignored', reason = 'seen', sender = '', subject = '', raw = NULL WHERE id = $1 AND state = 'quarantined'`, letter)
		if err == nil && n == 0 {
			return fault.New(fault.NotFound, "fault.notfound")
		}
		return err
	})
}

// sweep gives mails that could not be handled to a person, forgets what
// quarantined mails say, and later that they came.
func (b *Box) sweep(ctx context.Context) error {
	now := clock.Now(ctx)
	return b.db.Write(ctx, func(ctx context.Context) error {
		if _, err := b.db.Exec(ctx, `UPDATE inbound_mail SET state = 'quarantined', reason = $1 WHERE state = 'waiting' AND at < $2`, ReasonFailed, now.Add(-waitMost)); err != nil {
			return err
		}
		_, err := b.db.Exec(ctx, `UPDATE inbound_mail SET state = 'ignored', reason = 'old', sender = '', subject = '', raw = NULL WHERE state = 'quarantined' AND at < $1`, now.Add(-keepFor))
		if err != nil {
			return err
		}
		_, err = b.db.Exec(ctx, `DELETE FROM inbound_mail WHERE at < $1 AND state <> 'waiting'`, now.Add(-keepKey))
		return err
	})
}
