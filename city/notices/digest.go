package notices

import (
	"context"
	"encoding/hex"
	"errors"
	"time"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/desk"
	"ronda/platform/event"
	"ronda/platform/i18n"
	"ronda/platform/mail"
	"ronda/platform/ui"
)

// before is the smallest event id of a time: ids begin with their milliseconds.
func before(t time.Time) string {
	ms := t.UnixMilli()
	b := []byte{byte(ms >> 40), byte(ms >> 32), byte(ms >> 24), byte(ms >> 16), byte(ms >> 8), byte(ms)}
	s := hex.EncodeToString(b)
	return s[:8] + "-" + s[8:]
}

// Digest is what the daily mail needs of the rest of the program.
type Digest struct {
	People func(ctx context.Context) ([]Reader, error) // everybody with an account
	Desk   func(ctx context.Context, person string) ([]desk.Item, error)
	Tell   func(ctx context.Context, e event.Event) (title, href string, ok bool)
	Send   func(ctx context.Context, msg mail.Message) error // inside the transaction
	Words  *i18n.Catalogue
	Origin string
	City   func(ctx context.Context) (*charter.Charter, error)
}

// Reader is somebody who may get the daily mail.
type Reader struct {
	Person string
	Mail   string
	Lang   i18n.Lang
}

// WantsMail says whether the person gets the daily mail; everybody does until
// they say no.
func (m *Module) WantsMail(ctx context.Context, person string) (bool, error) {
	wants, known, err := db.Find[bool](ctx, m.db, `SELECT mail FROM notices_person WHERE person = $1`, person)
	return wants || !known, err
}

// SetMail says whether the person wants the daily mail.
func (m *Module) SetMail(ctx context.Context, person string, wants bool) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		_, err := m.db.Exec(ctx, `INSERT INTO notices_person (person, mail, last_day) VALUES ($1, $2, '')
			ON CONFLICT (person) DO UPDATE SET mail = excluded.mail`, person, wants)
		return err
	})
}

// SendDigests writes today's mail to everybody who owes something or follows
// something that moved. It may be run again on the same day: who has had the
// mail gets no second one.
func (m *Module) SendDigests(ctx context.Context, d Digest) error {
	readers, err := d.People(ctx)
	if err != nil {
		return err
	}
	ch, err := d.City(ctx)
	if err != nil {
		return err
	}
	today := ch.Today(clock.Now(ctx))
	var failed error
	for _, r := range readers { // what is wrong with one mail must not keep the others back
		failed = errors.Join(failed, m.sendDigest(i18n.With(ctx, d.Words, r.Lang), d, r, today))
	}
	return failed
}

func (m *Module) sendDigest(ctx context.Context, d Digest, r Reader, today clock.Day) error {
	if wants, err := m.WantsMail(ctx, r.Person); err != nil || !wants {
		return err
	}
	owed, err := d.Desk(ctx, r.Person)
	if err != nil {
		return err
	}
	ids, err := db.Query[string](ctx, m.db, `SELECT event_id FROM notices_notice WHERE person = $1 AND mailed = FALSE ORDER BY event_id DESC LIMIT 30`, r.Person)
	if err != nil {
		return err
	}
	events, err := m.events(ctx, ids)
	if err != nil {
		return err
	}
	msg, any := d.write(ctx, r, owed, events, today)
	if !any {
		return nil
	}
	return m.db.Write(ctx, func(ctx context.Context) error { return m.mark(ctx, d, r, today, ids, msg) })
}

// mark sends the mail and notes that it was sent, in one transaction.
func (m *Module) mark(ctx context.Context, d Digest, r Reader, today clock.Day, told []string, msg mail.Message) error {
	n, err := m.db.Exec(ctx, `INSERT INTO notices_person (person, mail, last_day) VALUES ($1, TRUE, $2)
		ON CONFLICT (person) DO UPDATE SET last_day = excluded.last_day WHERE notices_person.last_day < excluded.last_day`, r.Person, today)
	if err != nil || n == 0 {
		return err
	}
	for _, id := range told {
		if _, err := m.db.Exec(ctx, `UPDATE notices_notice SET mailed = TRUE WHERE person = $1 AND event_id = $2`, r.Person, id); err != nil {
			return err
		}
	}
	return d.Send(ctx, msg)
}

// write makes the mail; any is false when there is nothing to say.
func (d Digest) write(ctx context.Context, r Reader, owed []desk.Item, events []event.Event, today clock.Day) (msg mail.Message, any bool) {
	var todo, news []mail.Item
	for _, x := range owed {
		due, _ := ui.Due(ctx, x.Due, today)
		todo = append(todo, mail.Item{Text: x.Title, Detail: x.Detail + " · " + due, URL: d.Origin + x.Href})
	}
	for _, e := range events {
		if title, href, ok := d.Tell(ctx, e); ok {
			news = append(news, mail.Item{Text: title, URL: d.Origin + href})
		}
	}
	msg = mail.Message{To: r.Mail, Lang: r.Lang, Subject: subject(ctx, len(todo)),
		Key: "digest-" + string(today) + "-" + r.Person}
	if len(todo) > 0 {
		msg.Parts = append(msg.Parts, mail.List(i18n.T(ctx, "notices.mail.owed"), todo...))
	}
	if len(news) > 0 {
		msg.Parts = append(msg.Parts, mail.List(i18n.T(ctx, "notices.mail.news"), news...))
	}
	msg.Parts = append(msg.Parts, mail.Link(i18n.T(ctx, "notices.mail.settings"), d.Origin+"/avisos"))
	return msg, len(todo)+len(news) > 0
}

// subject says how much is owed, or that something moved.
func subject(ctx context.Context, owed int) string {
	if owed == 0 {
		return i18n.T(ctx, "notices.mail.subject.news")
	}
	return i18n.T(ctx, "notices.mail.subject", "count", owed)
}
