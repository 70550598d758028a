package mail

import (
	"context"
	"errors"
	"fmt"
	"net/textproto"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"ronda/platform/fault"
)

// Courier hands mails over one open connection, one after another, for a sender
// that keeps its own list of who has had what. Send is for everybody else. It is
// not for two goroutines at once.
type Courier struct {
	m       *Mailer
	client  *gomail.Client
	session *smtp.Client // nil: not connected
}

// What became of a mail that was not handed over. Any other error means that it
// was not, and may be later.
var (
	// ErrDoubt: the text was on its way and no answer came: it may have arrived.
	ErrDoubt = errors.New("mail: no answer after the text was sent")
	// ErrRefused: this mail will not be taken later either.
	ErrRefused = errors.New("mail: refused for good")
)

// Courier makes one; it connects with the first mail. Close it.
func (m *Mailer) Courier() *Courier { return &Courier{m: m} }

const answerTimeout = time.Minute // of the server, for each thing that is said

// Deliver hands over one mail under its ID. onTheWay is called when the server
// has taken sender and receiver and the text is sent next: until it has returned
// nothing of the text has left, and when it fails nothing will. So who notes it
// there knows after a crash of which mails they cannot be sure: one for each
// connection at most.
func (c *Courier) Deliver(ctx context.Context, msg Message, onTheWay func(context.Context) error) error {
	if c.m.Disabled() {
		return fault.New(fault.Unavailable, "mail.disabled")
	}
	if err := msg.check(); err != nil {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	if msg.ID == "" {
		return fmt.Errorf("%w: no ID", ErrRefused)
	}
	out, err := c.m.compose(ctx, msg)
	if err != nil {
		return err
	}
	if err := c.connect(ctx); err != nil {
		return anonymous(err)
	}
	err = c.hand(ctx, msg.To, out, onTheWay)
	if err != nil {
		c.Close() // the next mail begins with a clean conversation
	}
	return err
}

func (c *Courier) connect(ctx context.Context) (err error) {
	if c.session != nil && c.session.Noop() == nil && c.session.UpdateDeadline(answerTimeout) == nil {
		return nil
	}
	c.Close()
	if c.client, err = c.m.server.client(); err != nil {
		return err
	}
	if c.session, err = c.client.DialToSMTPClientWithContext(ctx); err != nil {
		c.session = nil
		return err
	}
	return c.session.UpdateDeadline(answerTimeout)
}

func (c *Courier) hand(ctx context.Context, to string, out *gomail.Msg, onTheWay func(context.Context) error) error {
	if err := c.session.Mail(c.m.server.from.Address); err != nil {
		return said("sender", err, false)
	}
	if err := c.session.Rcpt(to); err != nil {
		return said("receiver", err, true)
	}
	if err := onTheWay(ctx); err != nil {
		return err
	}
	w, err := c.session.Data()
	if err != nil {
		return said("text", err, true)
	}
	if _, err := out.WriteTo(w); err != nil {
		return fmt.Errorf("%w: writing it", ErrDoubt)
	}
	if err := w.Close(); err != nil {
		return answered(err)
	}
	return nil
}

// answered tells a server that says no to the text from one that says nothing.
func answered(err error) error {
	var answer *textproto.Error
	if errors.As(err, &answer) {
		return said("text", err, true)
	}
	return ErrDoubt
}

// said keeps what the server was asked and its code, without its sentence, which
// likes to repeat the address. final: an answer of 5xx is for good.
func said(what string, err error, final bool) error {
	var answer *textproto.Error
	if !errors.As(err, &answer) {
		return fmt.Errorf("mail server: the conversation broke off at the %s", what)
	}
	out := fmt.Errorf("mail server: %s refused with code %d", what, answer.Code)
	if final && answer.Code >= 500 {
		return fmt.Errorf("%w: %w", ErrRefused, out)
	}
	return out
}

// Close ends the conversation, if there is one.
func (c *Courier) Close() {
	if c.session != nil {
		_ = c.client.CloseWithSMTPClient(c.session) // what was said is said
		c.session = nil
	}
}
