package mail_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/jobs"
	"ronda/platform/mail"
	"ronda/platform/mail/mailtest"
)

var (
	tables = []db.Migrations{jobs.Migrations}
	noon   = time.Date(2026, 3, 24, 15, 0, 0, 0, time.UTC)
)

// post is a program that can send mails.
type post struct {
	*mail.Mailer
	db    *db.DB
	queue *jobs.Queue
}

func newPost(t *testing.T, d *db.DB, c mail.Config) post {
	t.Helper()
	q := jobs.New(d)
	m, err := mail.New(c, q)
	if err != nil {
		t.Fatal(err)
	}
	return post{m, d, q}
}

func (p post) send(ctx context.Context, m mail.Message) error {
	return p.db.Write(ctx, func(ctx context.Context) error { return p.Send(ctx, m) })
}

func (p post) drain(t *testing.T, at time.Time) {
	t.Helper()
	if err := p.queue.Drain(clock.At(t.Context(), at)); err != nil {
		t.Fatal(err)
	}
}

func invitation() mail.Message {
	return mail.Message{To: "ana@ciudad.test", Name: `Ana "Ñata" Núñez, jefa`, Lang: i18n.Spanish, Subject: "Te toca firmar: Eco Bici ✓",
		Parts: []mail.Part{
			mail.Text("Hola, Ana:\nesto espera tu firma."),
			mail.Code("123456"),
			mail.Link("Revisar y firmar", "https://ronda.test/mi-escritorio?a=1&b=2"),
			mail.List("Pendientes", mail.Item{Text: "Firmar <b>efectividad</b>", Detail: "vence mañana", URL: "https://ronda.test/x"}, mail.Item{Text: "Medir"}),
		}}
}

func TestAMailSaysTheSameInTextAndHTML(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		sink := mailtest.Start(t)
		p := newPost(t, d, mail.Config{URL: sink.URL()})
		if err := p.send(clock.At(t.Context(), noon), invitation()); err != nil {
			t.Fatal(err)
		}
		p.drain(t, noon)
		m := sink.Last(t, "ana@ciudad.test")
		want := "Hola, Ana:\nesto espera tu firma.\n\n    123456\n\nRevisar y firmar:\nhttps://ronda.test/mi-escritorio?a=1&b=2\n\n" +
			"Pendientes\n- Firmar <b>efectividad</b> (vence mañana)\n  https://ronda.test/x\n- Medir\n"
		if diff := cmp.Diff(want, m.Text); diff != "" {
			t.Error(diff)
		}
		for _, part := range []string{`<html lang="es-AR">`, "esto espera tu firma.", ">123456<", `href="https://ronda.test/mi-escritorio?a=1&amp;b=2"`,
			"Firmar &lt;b&gt;efectividad&lt;/b&gt;", "vence mañana", ">Revisar y firmar<"} {
			if !strings.Contains(m.HTML, part) {
				t.Errorf("the HTML lacks %q", part)
			}
		}
		to, err := m.Header.AddressList("To")
		if err != nil || len(to) != 1 || to[0].Name != `Ana "Ñata" Núñez, jefa` || m.Subject != "Te toca firmar: Eco Bici ✓" || m.From != "ronda@ciudad.test" {
			t.Errorf("to %v, subject %q, from %q, %v", to, m.Subject, m.From, err)
		}
		if date, err := m.Header.Date(); err != nil || !date.Equal(noon) || m.Header.Get("Auto-Submitted") != "auto-generated" {
			t.Errorf("date %v, %v, header %v", date, err, m.Header)
		}
	})
}

// The server takes the mail and the answer is lost: the program cannot know and
// sends it again, under the same name.
func TestARepetitionIsTheSameMail(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		sink := mailtest.Start(t)
		lost := &smtp.SMTPError{Code: 451, Message: "who knows"}
		sink.After = func() error {
			if len(sink.Mails()) == 1 {
				return lost
			}
			return nil
		}
		p := newPost(t, d, mail.Config{URL: sink.URL()})
		for range 2 {
			if err := p.send(clock.At(t.Context(), noon), invitation()); err != nil {
				t.Fatal(err)
			}
		}
		p.drain(t, noon)
		p.drain(t, noon.Add(time.Minute))
		ids := map[string]int{}
		for _, m := range sink.Mails() {
			ids[m.ID()]++
		}
		if first := sink.Mails()[0].ID(); len(ids) != 2 || ids[first] != 2 || !strings.HasSuffix(first, "@ciudad.test>") {
			t.Errorf("the server was given %v", ids)
		}
	})
}

func TestMailsGoOutEncryptedAndWithAPassword(t *testing.T) {
	for name, implicit := range map[string]bool{"starttls": false, "smtps": true} {
		t.Run(name, func(t *testing.T) {
			sink := mailtest.StartTLS(t, implicit)
			d := dbtest.SQLite(t, tables...)
			p := newPost(t, d, mail.Config{URL: sink.URL(), Roots: sink.Roots})
			if err := p.send(clock.At(t.Context(), noon), invitation()); err != nil {
				t.Fatal(err)
			}
			p.drain(t, noon)
			sink.Last(t, "ana@ciudad.test")

			stranger := newPost(t, d, mail.Config{URL: sink.URL()}) // does not know the certificate
			if err := stranger.send(clock.At(t.Context(), noon), invitation()); err != nil {
				t.Fatal(err)
			}
			stranger.drain(t, noon)
			if n := len(sink.Mails()); n != 1 {
				t.Errorf("%d mails, the last to a server of unknown identity", n)
			}
		})
	}
}

func TestWithoutEncryptionNothingIsSentUnlessAllowed(t *testing.T) {
	sink := mailtest.Start(t)
	p := newPost(t, dbtest.SQLite(t, tables...), mail.Config{URL: strings.Replace(sink.URL(), "&tls=none", "", 1)})
	if err := p.send(clock.At(t.Context(), noon), invitation()); err != nil {
		t.Fatal(err)
	}
	p.drain(t, noon)
	if sink.Attempts() != 0 {
		t.Error("the mail went over an open line")
	}
}

func TestHeadersCannotBeInjected(t *testing.T) {
	p := newPost(t, dbtest.SQLite(t, tables...), mail.Config{URL: mailtest.Start(t).URL()})
	for name, change := range map[string]func(m *mail.Message){
		"subject":          func(m *mail.Message) { m.Subject = "Hola\r\nBcc: otro@x.test" },
		"subject, LF":      func(m *mail.Message) { m.Subject = "Hola\nBcc: otro@x.test" },
		"no subject":       func(m *mail.Message) { m.Subject = "" },
		"name":             func(m *mail.Message) { m.Name = "Ana\r\nBcc: otro@x.test" },
		"name, NEL":        func(m *mail.Message) { m.Name = "Ana\u0085x" },
		"receiver":         func(m *mail.Message) { m.To = "ana@ciudad.test\r\nBcc: otro@x.test" },
		"two receivers":    func(m *mail.Message) { m.To = "ana@ciudad.test, otro@x.test" },
		"option":           func(m *mail.Message) { m.To = "ana@ciudad.test> SIZE=1" },
		"not normal":       func(m *mail.Message) { m.To = "Ana@Ciudad.test" },
		"link of a script": func(m *mail.Message) { m.Parts = []mail.Part{mail.Link("x", "javascript:alert(1)")} },
		"item of a script": func(m *mail.Message) { m.Parts = []mail.Part{mail.List("x", mail.Item{URL: "javascript:alert(1)"})} },
		"without end":      func(m *mail.Message) { m.Parts = []mail.Part{mail.Text(strings.Repeat("x", 200_001))} },
	} {
		m := invitation()
		change(&m)
		if err := p.send(t.Context(), m); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func TestNeitherLogNorDeadLetterHoldsAnAddressOrACode(t *testing.T) {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	defer slog.SetDefault(before)

	sink := mailtest.Start(t)
	sink.Refuse = func(to string) error {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no mailbox for " + to}
	}
	p := newPost(t, dbtest.SQLite(t, tables...), mail.Config{URL: sink.URL()})
	if err := p.send(clock.At(t.Context(), noon), invitation()); err != nil {
		t.Fatal(err)
	}
	p.drain(t, noon)
	letters, err := p.queue.Dead(t.Context(), "", 10)
	if err != nil || len(letters) != 1 || !strings.Contains(letters[0].Error, "code 550 5.1.1") {
		t.Fatalf("dead letters %+v, %v", letters, err)
	}
	for _, secret := range []string{"ana@", "ciudad.test", "123456", "Núñez"} {
		if strings.Contains(log.String()+letters[0].Error, secret) {
			t.Errorf("%q stands in the log or the dead letter: %s", secret, log.String())
		}
	}
}

func TestAMailThatCameTooLateOrTwiceIsNotSent(t *testing.T) {
	sink := mailtest.Start(t)
	p := newPost(t, dbtest.SQLite(t, tables...), mail.Config{URL: sink.URL()})
	late, digest := invitation(), invitation()
	late.Until = noon.Add(10 * time.Minute)
	digest.Key = "ana 2026-03-24"
	for _, m := range []mail.Message{late, digest, digest} {
		if err := p.send(clock.At(t.Context(), noon), m); err != nil {
			t.Fatal(err)
		}
	}
	p.drain(t, noon.Add(11*time.Minute))
	if n := len(sink.Mails()); n != 1 {
		t.Errorf("%d mails, want the digest once", n)
	}
}

func TestWithoutAServerNothingIsPromised(t *testing.T) {
	p := newPost(t, dbtest.SQLite(t, tables...), mail.Config{})
	if err := p.send(t.Context(), invitation()); !p.Disabled() || !fault.Is(err, fault.Unavailable) {
		t.Errorf("disabled %v, %v", p.Disabled(), err)
	}
}

func TestAServerAddressThatCannotBeRight(t *testing.T) {
	q := jobs.New(dbtest.SQLite(t, tables...))
	for _, target := range []string{
		"mail.city.test", "http://mail.city.test?from=a@city.test", "smtp://?from=a@city.test", "smtp://mail.city.test", "smtp://mail.city.test?from=ronda",
		"smtp://u:secret@mail.city.test:0?from=a@city.test", "smtp://u:secret@mail.city.test:70000?from=a@city.test", "smtp://u:secret@mail.city.test:x?from=a@city.test",
		"smtp://u:secret@mail.city.test?from=a@city.test&tls=maybe", "smtp://u:secret@mail.city.test?from=a@city.test&tsl=none", "smtp://u:secret@mail.city.test?from=a%0a%20@city.test",
	} {
		_, err := mail.New(mail.Config{URL: target}, q)
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", target, err)
		}
	}
	if _, err := mail.New(mail.Config{URL: "smtps://u:secret@mail.city.test?from=Ronda%20%3Ca@city.test%3E"}, q); err != nil {
		t.Error(err)
	}
}

func TestAnUnreachableServerIsTriedAgain(t *testing.T) {
	p := newPost(t, dbtest.SQLite(t, tables...), mail.Config{URL: "smtp://127.0.0.1:1?from=a@city.test"})
	if err := p.send(clock.At(t.Context(), noon), invitation()); err != nil {
		t.Fatal(err)
	}
	p.drain(t, noon)
	if c, err := p.queue.Counts(t.Context()); err != nil || c.Waiting != 1 || c.Dead != 0 {
		t.Errorf("left %+v, %v", c, err)
	}
}

func TestAddress(t *testing.T) {
	for in, want := range map[string]string{
		" Ana.Núñez@x.test ": "", "Ana.Perez+ronda@Ciudad.GOB.ar": "ana.perez+ronda@ciudad.gob.ar", "ana@ñandú.test": "ana@xn--and-6ma2c.test",
		"ana@x.test.": "ana@x.test", "": "", "ana": "", "ana@": "", "@x.test": "", "ana@localhost": "", "ana@x..test": "", "ana..p@x.test": "", ".ana@x.test": "",
		"ana@x.test\nBcc: b@x.test": "", "ana@x.test,b@x.test": "", "Ana <ana@x.test>": "", `"a b"@x.test`: "", "ana@[127.0.0.1]": "", "a@b@x.test": "", "ana @x.test": "",
		strings.Repeat("a", 65) + "@x.test": "", "a@" + strings.Repeat("a.", 130) + "test": "", "ana@x.test\x00": "", "ana@\xff.test": "",
	} {
		got, ok := mail.Address(in)
		if got != want && ok || ok != (want != "") {
			t.Errorf("Address(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
}

func FuzzAddress(f *testing.F) {
	for _, s := range []string{"ana@x.test", "a@ñ.test", "a\r\n@x.test", "A@X.TEST."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		normal, ok := mail.Address(s)
		if !ok {
			return
		}
		if again, ok := mail.Address(normal); !ok || again != normal {
			t.Errorf("%q becomes %q becomes %q", s, normal, again)
		}
		if strings.ContainsAny(normal, "\r\n <>,\"\x00") {
			t.Errorf("%q keeps what ends an address", normal)
		}
	})
}
