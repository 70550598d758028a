package mail

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net/mail"
	"strings"

	gomail "github.com/wneessen/go-mail"

	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/jobs"
)

// Mailer sends mails through one server.
type Mailer struct {
	queue  *jobs.Queue
	server *server // nil: there is none
}

// Config says where mails are handed over.
type Config struct {
	URL   string         // see the package's words; empty: no mails
	Roots *x509.CertPool // whose certificates to believe; nil: the system's
}

const sendJob = "mail.send"

// New is a mailer whose mails wait in q. It fails on an address that cannot be
// right, with a sentence that says what to write.
func New(c Config, q *jobs.Queue) (*Mailer, error) {
	m := &Mailer{queue: q}
	if c.URL != "" {
		s, err := parseServer(c.URL)
		if err != nil {
			return nil, err
		}
		s.roots = c.Roots
		m.server = s
	}
	q.Handle(sendJob, m.deliver)
	return m, nil
}

// Check says what is wrong with the address of a mail server, as New would; an
// empty one is fine.
func Check(url string) error {
	if url == "" {
		return nil
	}
	_, err := parseServer(url)
	return err
}

// Disabled says that there is no server, so that Send refuses.
func (m *Mailer) Disabled() bool { return m.server == nil }

// Send lets the mail go out after the running transaction has been committed.
// It is fault.Unavailable without a server. A mail that would write headers of
// its own is refused.
func (m *Mailer) Send(ctx context.Context, msg Message) error {
	if m.Disabled() {
		return fault.New(fault.Unavailable, "mail.disabled")
	}
	if err := msg.check(); err != nil {
		return err
	}
	var opts []jobs.Option
	if !msg.Until.IsZero() {
		opts = append(opts, jobs.Until(msg.Until))
	}
	if msg.Key != "" {
		opts = append(opts, jobs.Once(msg.Key))
	}
	return m.queue.Enqueue(ctx, sendJob, msg, opts...)
}

// deliver does the job of one mail.
func (m *Mailer) deliver(ctx context.Context, j jobs.Job) error {
	if m.Disabled() {
		return errors.New("mail server: none is configured any more")
	}
	var msg Message
	if err := j.Read(&msg); err != nil {
		return err
	}
	if err := msg.check(); err != nil {
		return jobs.Permanent(err)
	}
	if msg.ID == "" {
		msg.ID = j.ID
	}
	out, err := m.compose(ctx, msg)
	if err != nil {
		return err
	}
	return m.server.send(ctx, out)
}

// compose writes the mail as it goes over the line.
func (m *Mailer) compose(ctx context.Context, msg Message) (*gomail.Msg, error) {
	var html bytes.Buffer
	if err := page(msg).Render(ctx, &html); err != nil {
		return nil, fmt.Errorf("compose: %w", err)
	}
	out := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	from := m.server.from
	out.FromMailAddress(&from)
	out.ToMailAddress(&mail.Address{Name: msg.Name, Address: msg.To})
	out.Subject(msg.Subject)
	out.SetDateWithValue(clock.Now(ctx))
	out.SetMessageIDWithValue(msg.ID + from.Address[strings.LastIndex(from.Address, "@"):])
	if msg.ReplyTo != "" {
		out.ReplyToMailAddress(&mail.Address{Name: from.Name, Address: msg.ReplyTo})
	}
	out.SetGenHeader("Auto-Submitted", "auto-generated")
	out.SetGenHeader("Content-Language", msg.Lang.Tag())
	out.SetBodyString(gomail.TypeTextPlain, msg.plain())
	out.AddAlternativeString(gomail.TypeTextHTML, html.String())
	if c := msg.Calendar; c != nil {
		return out, invite(out, *c)
	}
	return out, nil
}

// invite puts a calendar into the mail.
func invite(out *gomail.Msg, c Calendar) error {
	out.AddAlternativeString(gomail.ContentType("text/calendar; method="+c.Method), string(c.Data))
	return out.AttachReader("invite.ics", bytes.NewReader(c.Data), gomail.WithFileContentType("application/ics"))
}

// From is the address in whose name mails go out, empty without a server.
func (m *Mailer) From() mail.Address {
	if m.Disabled() {
		return mail.Address{}
	}
	return m.server.from
}
