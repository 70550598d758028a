package inbound

import (
	"context"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
)

// The ways in.
const (
	ViaSMTP = "smtp"
	ViaIMAP = "imap"
)

// Way is how a way in is doing.
type Way struct {
	Via      string    `db:"via"`
	Failures int       `db:"failures"` // since the last success
	Error    string    `db:"error"`    // of the last failure; empty when it works
	Checked  time.Time `db:"checked"`
	Worked   time.Time `db:"worked"` // zero: never
	NextTry  time.Time `db:"next_try"`
}

// Works says whether the last attempt succeeded.
func (w Way) Works() bool { return w.Failures == 0 }

// Ways are the ways in that were ever used.
func (b *Box) Ways(ctx context.Context) ([]Way, error) {
	return db.Query[Way](ctx, b.db, `SELECT via, failures, error, checked, worked, next_try FROM inbound_way ORDER BY via`)
}

// Counts are how many mails stand where, by state.
func (b *Box) Counts(ctx context.Context) (waiting, quarantined int, err error) {
	type row struct {
		Waiting     int `db:"waiting"`
		Quarantined int `db:"quarantined"`
	}
	r, err := db.One[row](ctx, b.db, `SELECT (SELECT count(*) FROM inbound_mail WHERE state = 'waiting') AS waiting,
		(SELECT count(*) FROM inbound_mail WHERE state = 'quarantined') AS quarantined`)
	return r.Waiting, r.Quarantined, err
}

const (
	pollEvery = time.Minute
	firstWait = time.Minute // after a failure; doubles
	lastWait  = 30 * time.Minute
)

// worked notes that a way works.
func (b *Box) worked(ctx context.Context, via string) error {
	now := clock.Now(ctx)
	return b.note(ctx, via, Way{Checked: now, Worked: now, NextTry: now.Add(pollEvery)})
}

// failed notes that it does not, after so many failures before.
func (b *Box) failed(ctx context.Context, via string, before int, cause error) error {
	now := clock.Now(ctx)
	return b.note(ctx, via, Way{Failures: before + 1, Error: clip(cause.Error(), lineMax), Checked: now, NextTry: now.Add(backoff(before))})
}

// backoff is how long to wait after a failure with so many before it.
func backoff(before int) time.Duration { return min(firstWait<<min(before, 10), lastWait) }

func (b *Box) note(ctx context.Context, via string, w Way) error {
	return b.db.Write(ctx, func(ctx context.Context) error {
		_, err := b.db.Exec(ctx, `INSERT INTO inbound_way (via, epoch, last_uid, failures, error, checked, worked, next_try) VALUES ($1, 0, 0, $2, $3, $4, $5, $6)
			ON CONFLICT (via) DO UPDATE SET failures = excluded.failures, error = excluded.error, checked = excluded.checked, next_try = excluded.next_try,
			worked = CASE WHEN excluded.worked = 0 THEN inbound_way.worked ELSE excluded.worked END`, via, w.Failures, w.Error, w.Checked, w.Worked, w.NextTry)
		return err
	})
}

// cursor is up to where a mailbox was read.
type cursor struct {
	Epoch int64 `db:"epoch"` // UIDVALIDITY; another one: numbers mean other mails
	Last  int64 `db:"last_uid"`
}

func (b *Box) cursor(ctx context.Context, via string) (cursor, error) {
	c, _, err := db.Find[cursor](ctx, b.db, `SELECT epoch, last_uid FROM inbound_way WHERE via = $1`, via)
	return c, err
}

func (b *Box) advance(ctx context.Context, via string, c cursor) error {
	return b.db.Write(ctx, func(ctx context.Context) error {
		_, err := b.db.Exec(ctx, `INSERT INTO inbound_way (via, epoch, last_uid, failures, error, checked, worked, next_try) VALUES ($1, $2, $3, 0, '', 0, 0, 0)
			ON CONFLICT (via) DO UPDATE SET epoch = excluded.epoch, last_uid = excluded.last_uid`, via, c.Epoch, c.Last)
		return err
	})
}
