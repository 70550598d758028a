package invitations

import (
	"context"
	"embed"
	"time"

	"ronda/city/charter"
	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/dav"
	"ronda/platform/db"
	"ronda/platform/i18n"
	"ronda/platform/ical"
	"ronda/platform/id"
	"ronda/platform/jobs"
	"ronda/platform/mail"
	"ronda/platform/mail/inbound"
)

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this package.
var Migrations = db.Migrations{Module: "invitations", FS: migrations}

// Meetings is what this package asks of the meetings; *meetings.Module is it.
type Meetings interface {
	// For is a person's calendar from since on; of single meetings that are known
	// it reads the mark alone.
	For(ctx context.Context, person string, since time.Time, known func(meetings.Mark) bool) ([]meetings.Occasion, error)
	// Stamp changes when For may give something else.
	Stamp(ctx context.Context, person string) (string, error)
	// Reply takes an answer by mail.
	Reply(ctx context.Context, r meetings.MailReply) error
}

// Account is where and in what language a person gets mails.
type Account struct {
	Mail string
	Lang i18n.Lang
}

// Deps are the neighbours of the package.
type Deps struct {
	DB       *db.DB
	Charters *charter.Store
	People   *people.Module
	Meetings Meetings
	Accounts func(ctx context.Context, person string) (a Account, ok bool, err error) // ok is false without one that may sign in
	Mailer   *mail.Mailer
	Queue    *jobs.Queue
	Words    *i18n.Catalogue
	Origin   string // "https://ronda.city.example"
	ReplyTo  string // address at which answers are read, in its normal form; empty: answers are not read
}

// Module tells people of meetings.
type Module struct {
	Deps
	db     *db.DB
	holder string                        // this copy of the program
	files  *memory[string, []byte]       // calendars by their tags
	books  *memory[string, []dav.Object] // the same as calendar programs read them, by their tags
	parts  *memory[meetings.Mark, ical.Part]
	inbox  *inbound.Box // nil: answers are not read
}

const deliverEvery = 30 * time.Second

// New makes the package over its neighbours. Hand Notify to Meetings.InviteBy.
func New(d Deps) *Module {
	m := &Module{Deps: d, db: d.DB, holder: id.New(), files: newFiles(), books: newBooks(), parts: newParts()}
	d.Queue.Handle(deliverJob, func(ctx context.Context, _ jobs.Job) error { return m.Deliver(ctx) })
	d.Queue.Every(deliverJob, deliverEvery, m.Deliver)
	d.Queue.Every("invitations.sweep", 24*time.Hour, m.sweep)
	return m
}

// ReadFrom sets the box whose mails are answers, before the first request.
func (m *Module) ReadFrom(box *inbound.Box) { m.inbox = box }

// Forget drops what is kept of a person whose account ends. Mails that were not
// sent yet never are.
func (m *Module) Forget(ctx context.Context, person string) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		for _, table := range []string{"invitations_mail", "invitations_secret", "invitations_sync"} {
			if _, err := m.db.Exec(ctx, `DELETE FROM `+table+` WHERE person = $1`, person); err != nil {
				return err
			}
		}
		return nil
	})
}

const (
	sentKept = 2 * 365 * 24 * time.Hour // that somebody was told
	syncKept = 60 * 24 * time.Hour      // what a calendar program has seen
)

// sweep forgets what is old.
func (m *Module) sweep(ctx context.Context) error {
	now := clock.Now(ctx)
	return m.db.Write(ctx, func(ctx context.Context) error {
		if _, err := m.db.Exec(ctx, `DELETE FROM invitations_mail WHERE made < $1`, now.Add(-sentKept)); err != nil {
			return err
		}
		_, err := m.db.Exec(ctx, `DELETE FROM invitations_sync WHERE at < $1`, now.Add(-syncKept))
		return err
	})
}
