package mail_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"ronda/platform/clock"
	"ronda/platform/db/dbtest"
	"ronda/platform/mail"
	"ronda/platform/mail/mailtest"
)

const calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Reunión — ñandú\r\nEND:VCALENDAR\r\n"

func called(id, to string) mail.Message {
	m := invitation()
	m.ID, m.To, m.ReplyTo = id, to, "respuestas@ciudad.test"
	m.Calendar = &mail.Calendar{Method: "REQUEST", Data: []byte(calendar)}
	return m
}

func courier(t *testing.T, url string) *mail.Courier {
	t.Helper()
	p := newPost(t, dbtest.SQLite(t, tables...), mail.Config{URL: url})
	c := p.Courier()
	t.Cleanup(c.Close)
	return c
}

func TestAnInvitationIsReadByCalendarsAndByPeople(t *testing.T) {
	sink := mailtest.Start(t)
	c := courier(t, sink.URL())
	if err := c.Deliver(clock.At(t.Context(), noon), called("inv-1.2", "ana@ciudad.test"), func(context.Context) error { return nil }); err != nil {
		t.Fatal(err)
	}
	m := sink.Last(t, "ana@ciudad.test")
	want := strings.ReplaceAll(calendar, "\r\n", "\n")
	if m.Calendar != want || !strings.Contains(m.CalendarType, "method=REQUEST") || !strings.Contains(strings.ToLower(m.CalendarType), "charset=utf-8") {
		t.Errorf("the calendar is %q of type %q", m.Calendar, m.CalendarType)
	}
	if len(m.Files) != 1 || m.Files[0].Text != want || m.Files[0].Name != "invite.ics" || !strings.HasPrefix(m.Files[0].Type, "application/ics") {
		t.Errorf("files %+v", m.Files)
	}
	if !strings.Contains(m.Text, "esto espera tu firma") || !strings.Contains(m.HTML, "esto espera tu firma") {
		t.Errorf("text %q, HTML %q", m.Text, m.HTML)
	}
	reply, err := m.Header.AddressList("Reply-To")
	if err != nil || len(reply) != 1 || reply[0].Address != "respuestas@ciudad.test" || m.ID() != "<inv-1.2@ciudad.test>" {
		t.Errorf("answers to %v, %v; %s", reply, err, m.ID())
	}
}

// Many mails go over one connection, and of each the courier says what became
// of it.
func TestWhatBecameOfEachMail(t *testing.T) {
	sink := mailtest.Start(t)
	sink.Refuse = func(to string) error {
		switch to {
		case "gone@ciudad.test":
			return &smtp.SMTPError{Code: 550, Message: "gone@ciudad.test does not live here"}
		case "full@ciudad.test":
			return &smtp.SMTPError{Code: 452, Message: "full"}
		}
		return nil
	}
	sink.Cut = func() bool { return len(sink.Mails()) == 3 }
	c := courier(t, sink.URL())
	noted := map[string]int{}
	for _, x := range []struct {
		to    string
		is    error
		fails bool
		noted int
	}{
		{"ana@ciudad.test", nil, false, 1}, {"bruno@ciudad.test", nil, false, 1}, {"gone@ciudad.test", mail.ErrRefused, true, 0}, {"full@ciudad.test", nil, true, 0},
		{"cut@ciudad.test", mail.ErrDoubt, true, 1}, {"carla@ciudad.test", nil, false, 1},
	} {
		err := c.Deliver(t.Context(), called("m", x.to), func(context.Context) error { noted[x.to]++; return nil })
		if (err != nil) != x.fails || x.is != nil && !errors.Is(err, x.is) || x.is == nil && (errors.Is(err, mail.ErrDoubt) || errors.Is(err, mail.ErrRefused)) {
			t.Errorf("%s: %v", x.to, err)
		}
		if err != nil && strings.Contains(err.Error(), "@") {
			t.Errorf("the error names the receiver: %v", err)
		}
		if noted[x.to] != x.noted {
			t.Errorf("%s was noted as on its way %d times", x.to, noted[x.to])
		}
	}
	if n := len(sink.Mails()); n != 4 || sink.Lines() != 4 {
		t.Errorf("%d mails over %d connections", n, sink.Lines())
	}
}

// Until it is noted that a mail is on its way, none is.
func TestNothingLeavesThatIsNotNoted(t *testing.T) {
	sink := mailtest.Start(t)
	c := courier(t, sink.URL())
	full := errors.New("disk full")
	if err := c.Deliver(t.Context(), called("m", "ana@ciudad.test"), func(context.Context) error { return full }); !errors.Is(err, full) {
		t.Error(err)
	}
	if n := len(sink.Mails()); n != 0 {
		t.Errorf("%d mails left", n)
	}
}

// The server answers the text with no: it has not taken it, and there is no doubt.
func TestANoToTheTextIsNoDoubt(t *testing.T) {
	for code, forever := range map[int]bool{451: false, 554: true} {
		sink := mailtest.Start(t)
		sink.After = func() error { return &smtp.SMTPError{Code: code, Message: "no"} }
		err := courier(t, sink.URL()).Deliver(t.Context(), called("m", "ana@ciudad.test"), func(context.Context) error { return nil })
		if err == nil || errors.Is(err, mail.ErrDoubt) || errors.Is(err, mail.ErrRefused) != forever {
			t.Errorf("%d: %v", code, err)
		}
	}
}

func TestAMailThatIsNone(t *testing.T) {
	c := courier(t, mailtest.Start(t).URL())
	for name, change := range map[string]func(*mail.Message){
		"no ID": func(m *mail.Message) { m.ID = "" }, "an ID with a line end": func(m *mail.Message) { m.ID = "a\r\nBcc: b@x.test" },
		"answers to two": func(m *mail.Message) { m.ReplyTo = "a@x.test, b@x.test" }, "a method that is a header": func(m *mail.Message) { m.Calendar.Method = "REQUEST\r\nX: y" },
		"a huge calendar": func(m *mail.Message) { m.Calendar.Data = make([]byte, 1<<20) },
	} {
		m := called("m", "ana@ciudad.test")
		change(&m)
		if err := c.Deliver(t.Context(), m, func(context.Context) error { return nil }); !errors.Is(err, mail.ErrRefused) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
