package inbound_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	gosmtp "net/smtp"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/google/go-cmp/cmp"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/fault"
	"ronda/platform/jobs"
	"ronda/platform/mail/inbound"
)

const (
	address = "respuestas@ciudad.test"
	reply   = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR"
)

var tables = []db.Migrations{jobs.Migrations, inbound.Migrations}

// office is a program that receives mails and understands those with a calendar.
type office struct {
	*inbound.Box
	t     *testing.T
	db    *db.DB
	queue *jobs.Queue
	now   time.Time
	read  []inbound.Mail
	fails error
}

func newOffice(t *testing.T, d *db.DB) *office {
	o := &office{t: t, db: d, queue: jobs.New(d), now: time.Date(2026, 3, 24, 12, 0, 0, 0, time.UTC)}
	o.Box = inbound.New(d, o.queue, "ronda@ciudad.test", func(_ context.Context, m inbound.Mail) (inbound.Verdict, error) {
		o.read = append(o.read, m)
		switch {
		case o.fails != nil:
			return inbound.Verdict{}, o.fails
		case len(m.Calendars) > 0:
			return inbound.Verdict{State: inbound.Handled}, nil
		}
		return inbound.Verdict{State: inbound.Quarantined, Reason: "no_calendar"}, nil
	})
	return o
}

func (o *office) ctx() context.Context { return clock.At(o.t.Context(), o.now) }

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) drain() {
	o.t.Helper()
	o.must(o.queue.Drain(o.ctx()))
}

// states counts the mails by where they stand and why.
func (o *office) states() map[string]int {
	o.t.Helper()
	list, err := db.Query[string](o.ctx(), o.db, `SELECT state || ' ' || reason FROM inbound_mail`)
	o.must(err)
	out := map[string]int{}
	for _, s := range list {
		out[strings.TrimSpace(s)]++
	}
	return out
}

func (o *office) stand(want map[string]int) {
	o.t.Helper()
	if diff := cmp.Diff(want, o.states()); diff != "" {
		o.t.Error(diff)
	}
}

// letter is a mail with an answer; head are further lines of its head.
func letter(id string, head ...string) string {
	return strings.Join(head, "\r\n") + "From: =?utf-8?q?Ana_P=C3=A9rez?= <Ana@Guest.test>\r\nTo: " + address + "\r\nSubject: =?utf-8?q?Aceptado=3A_Reuni=C3=B3n?=\r\nDate: Tue, 24 Mar 2026 09:00:00 -0300\r\n" +
		"Message-ID: <" + id + ">\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Voy <b>seguro</b></p>\r\n" +
		"--b\r\nContent-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\n" + reply + "\r\n--b\r\nContent-Type: application/ics; name=invite.ics\r\nContent-Disposition: attachment; filename=invite.ics\r\n\r\n" + reply + "\r\n--b--\r\n"
}

func plain(id, text string) string {
	return "From: vecino@guest.test\r\nSubject: Hola\r\nDate: Tue, 24 Mar 2026 09:00:00 -0300\r\nMessage-ID: <" + id + ">\r\n\r\n" + text + "\r\n"
}

func TestAMailIsHandledOnce(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.must(o.Receive(o.ctx(), inbound.ViaSMTP, []byte(letter("1@guest.test"))))
		o.fails = errors.New("the database is away")
		o.drain()
		o.stand(map[string]int{"waiting": 1})
		o.fails, o.now = nil, o.now.Add(time.Minute)
		o.drain()
		o.must(o.Receive(o.ctx(), inbound.ViaIMAP, []byte(letter("1@guest.test", "Received: from a by b; Tue, 24 Mar 2026 12:00:01 +0000\r\n"))))
		o.drain()
		o.stand(map[string]int{"handled": 1})
		want := inbound.Mail{MessageID: "<1@guest.test>", From: "ana@guest.test", Subject: "Aceptado: Reunión", Date: o.now.Add(-time.Minute), Text: "Voy *seguro*", Calendars: [][]byte{[]byte(strings.ReplaceAll(reply, "\r\n", "\n"))}}
		if len(o.read) != 2 {
			t.Fatalf("read %d times", len(o.read))
		}
		o.read[1].Calendars[0] = bytes.ReplaceAll(o.read[1].Calendars[0], []byte("\r\n"), []byte("\n"))
		if diff := cmp.Diff(want, o.read[1]); diff != "" {
			t.Error(diff)
		}
	})
}

// A forged mail under the Message-ID of another does not keep the other out.
func TestAForgedMessageIDKeepsNothingOut(t *testing.T) {
	o := newOffice(t, dbtest.SQLite(t, tables...))
	o.must(o.Receive(o.ctx(), inbound.ViaSMTP, []byte(plain("1@guest.test", "x"))))
	o.must(o.Receive(o.ctx(), inbound.ViaSMTP, []byte(letter("1@guest.test"))))
	o.drain()
	o.stand(map[string]int{"handled": 1, "quarantined no_calendar": 1})
}

func TestMailsThatComeRound(t *testing.T) {
	o := newOffice(t, dbtest.SQLite(t, tables...))
	for _, raw := range []string{
		strings.Replace(letter("2@guest.test"), "Ana@Guest.test", "Ronda@Ciudad.test", 1), letter("8@ciudad.test"), letter("3@guest.test", strings.Repeat("Received: from a by b; Tue, 24 Mar 2026 12:00:01 +0000\r\n", 30)),
		"Auto-Submitted: auto-replied\r\n" + plain("4@guest.test", "Estoy de vacaciones"), "Precedence: bulk\r\n" + plain("5@guest.test", "Oferta"),
		"Auto-Submitted: auto-generated\r\n" + letter("6@guest.test"), plain("7@guest.test", "¿Dónde es?"),
	} {
		o.must(o.Receive(o.ctx(), inbound.ViaSMTP, []byte(raw)))
	}
	o.drain()
	o.stand(map[string]int{"ignored own": 1, "ignored loop": 1, "ignored no_calendar": 2, "handled": 2, "quarantined no_calendar": 1})
	list, err := o.Quarantine(o.ctx(), "", 10)
	if err != nil || len(list) != 1 || list[0].Sender != "vecino@guest.test" || list[0].Subject != "Hola" {
		t.Fatalf("%+v, %v", list, err)
	}
	l, err := o.Open(o.ctx(), list[0].ID)
	if err != nil || !strings.Contains(l.Text, "nde es?") {
		t.Errorf("%+v, %v", l, err)
	}
	o.must(o.Discard(o.ctx(), l.ID))
	if err := o.Discard(o.ctx(), l.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("discarded twice: %v", err)
	}
	left, err := db.Query[string](o.ctx(), o.db, `SELECT id FROM inbound_mail WHERE raw IS NOT NULL OR sender <> '' OR subject <> ''`)
	if err != nil || len(left) != 0 {
		t.Errorf("of %v more is kept than that they came, %v", left, err)
	}
}

func TestWhatCannotBeReadWaitsForAPerson(t *testing.T) {
	o := newOffice(t, dbtest.SQLite(t, tables...))
	big := append([]byte(plain("8@guest.test", "")), make([]byte, inbound.SizeMax)...)
	for _, raw := range [][]byte{[]byte("no mail"), []byte(plain("9@guest.test", strings.Repeat("--boundary\r\n\r\n", 200))), big, nil} {
		o.must(o.Receive(o.ctx(), inbound.ViaSMTP, raw))
	}
	o.drain()
	if s := o.states(); s["quarantined large"] != 1 || s["quarantined parts"] != 1 || s["waiting"] != 0 || len(s) > 4 {
		t.Error(s)
	}
}

// listen runs the SMTP door and gives its address.
func (o *office) listen() string {
	o.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	o.must(err)
	ctx, stop := context.WithCancel(o.ctx())
	ended := make(chan error, 1)
	go func() { ended <- o.Listen(ctx, l, address) }()
	o.t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			o.t.Error(err)
		}
	})
	return l.Addr().String()
}

func TestTheDoorTakesMailsForItsAddressAlone(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		at := o.listen()
		send := func(to, raw string) error {
			return gosmtp.SendMail(at, nil, "ana@guest.test", []string{to}, []byte(raw))
		}
		o.must(send(address, letter("1@guest.test")))
		o.must(send("Respuestas+abc@ciudad.test", letter("2@guest.test")))
		o.must(send(address, letter("1@guest.test")))
		for _, to := range []string{"otro@ciudad.test", "ana@elsewhere.test", "respuestas@ciudad.test.evil.test"} {
			if err := send(to, letter("3@guest.test")); err == nil || !strings.HasPrefix(err.Error(), "550") {
				t.Errorf("a mail for %s: %v", to, err)
			}
		}
		if err := send(address, plain("4@guest.test", strings.Repeat(strings.Repeat("x", 900)+"\r\n", inbound.SizeMax/900))); err == nil || !strings.HasPrefix(err.Error(), "552") {
			t.Errorf("a mail too large: %v", err)
		}
		o.drain()
		o.stand(map[string]int{"handled": 2})
		ways, err := o.Ways(o.ctx())
		if err != nil || len(ways) != 1 || !ways[0].Works() || ways[0].Via != inbound.ViaSMTP {
			t.Errorf("%+v, %v", ways, err)
		}
	})
}

// mailbox is a server of another program with one folder.
type mailbox struct {
	t    *testing.T
	user *imapmemserver.User
	addr string
	stop func()
}

func (b *mailbox) url() string { return "imap://replies:s%3Acret@" + b.addr + "/INBOX?tls=none" }

func (b *mailbox) serve() {
	b.t.Helper()
	memory := imapmemserver.New()
	memory.AddUser(b.user)
	server := imapserver.New(&imapserver.Options{InsecureAuth: true, Logger: log.New(io.Discard, "", 0),
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return memory.NewSession(), nil, nil
		}})
	if b.addr == "" {
		b.addr = "127.0.0.1:0"
	}
	l, err := net.Listen("tcp", b.addr)
	if err != nil {
		b.t.Fatal(err)
	}
	b.addr = l.Addr().String()
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	b.stop = func() { _ = l.Close(); _ = server.Close(); <-ended }
}

func newMailbox(t *testing.T) *mailbox {
	b := &mailbox{t: t, user: imapmemserver.NewUser("replies", "s:cret")}
	if err := b.user.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	b.serve()
	t.Cleanup(func() { b.stop() })
	return b
}

type literal struct{ *strings.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

func (b *mailbox) arrives(raw string) {
	b.t.Helper()
	if _, err := b.user.Append("INBOX", literal{strings.NewReader(raw)}, &imap.AppendOptions{}); err != nil {
		b.t.Fatal(err)
	}
}

func TestAMailboxIsReadAndEachMailOnce(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		o, b := newOffice(t, d), newMailbox(t)
		m, err := inbound.ParseMailbox(b.url())
		o.must(err)
		b.arrives(letter("1@guest.test"))
		b.arrives(plain("2@guest.test", strings.Repeat(strings.Repeat("x", 900)+"\r\n", inbound.SizeMax/900)))
		b.arrives(letter("3@guest.test"))
		for range 3 {
			o.must(o.Fetch(o.ctx(), m))
			o.drain()
		}
		o.stand(map[string]int{"handled": 2, "quarantined large": 1})
		if len(o.read) != 2 {
			t.Errorf("read %d", len(o.read))
		}
		list, err := o.Quarantine(o.ctx(), "", 10)
		if err != nil || len(list) != 1 || list[0].Subject != "Hola" {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

// A mailbox that is down is told of, and what comes meanwhile is read when it is
// up again.
func TestAMailboxThatIsDown(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		o, b := newOffice(t, d), newMailbox(t)
		m, err := inbound.ParseMailbox(b.url())
		o.must(err)
		o.must(o.Fetch(o.ctx(), m))
		b.stop()
		up := o.now
		for range 2 {
			o.now = o.now.Add(time.Hour)
			if err := o.Fetch(o.ctx(), m); err == nil || strings.Contains(err.Error(), "cret") || strings.Contains(err.Error(), "127.") {
				t.Errorf("down: %v", err)
			}
		}
		ways, err := o.Ways(o.ctx())
		o.must(err)
		want := []inbound.Way{{Via: "imap", Failures: 2, Error: "mailbox: the server cannot be reached", Checked: o.now, Worked: up, NextTry: o.now.Add(2 * time.Minute)}}
		if diff := cmp.Diff(want, ways); diff != "" {
			t.Error(diff)
		}
		b.arrives(letter("1@guest.test"))
		b.serve()
		o.must(o.Fetch(o.ctx(), m))
		o.drain()
		o.stand(map[string]int{"handled": 1})
		if ways, err := o.Ways(o.ctx()); err != nil || !ways[0].Works() || ways[0].Error != "" {
			t.Errorf("%+v, %v", ways, err)
		}
		wrong, err := inbound.ParseMailbox(strings.Replace(b.url(), "s%3Acret", "other", 1))
		o.must(err)
		if err := o.Fetch(o.ctx(), wrong); err == nil || !strings.Contains(err.Error(), "password is not taken") {
			t.Errorf("a wrong password: %v", err)
		}
	})
}

// Watch ends with its context, also while it waits.
func TestWatchingEnds(t *testing.T) {
	o, b := newOffice(t, dbtest.SQLite(t, tables...)), newMailbox(t)
	m, err := inbound.ParseMailbox(b.url())
	o.must(err)
	b.arrives(letter("1@guest.test"))
	ctx, stop := context.WithCancel(o.ctx())
	ended := make(chan error, 1)
	go func() { ended <- o.Watch(ctx, m) }()
	for o.states()["waiting"] == 0 {
		time.Sleep(5 * time.Millisecond)
	}
	stop()
	o.must(<-ended)
}

func TestAMailboxThatCannotBe(t *testing.T) {
	for _, s := range []string{"", "imap://", "http://u:secret@h", "imaps://h", "imaps://u@h", "imaps://u:secret@h?tls=none", "imap://u:secret@h?tls=maybe", "imap://u:secret@h?x=1", "imap://u:secret@h:x"} {
		if _, err := inbound.ParseMailbox(s); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", s, err)
		}
	}
	for _, s := range []string{"imaps://u:p@h", "imap://u:p@h:1143/Replies", "imap://u:p@127.0.0.1?tls=none"} {
		if _, err := inbound.ParseMailbox(s); err != nil {
			t.Errorf("%s: %v", s, err)
		}
	}
}

func TestWhatIsOldIsForgotten(t *testing.T) {
	o := newOffice(t, dbtest.SQLite(t, tables...))
	for i := range 2 {
		o.must(o.Receive(o.ctx(), inbound.ViaSMTP, []byte(plain(fmt.Sprint(i, "@guest.test"), "Hola"))))
	}
	o.drain()
	o.now = o.now.Add(100 * 24 * time.Hour)
	o.drainSchedules()
	o.stand(map[string]int{"ignored old": 2})
	o.now = o.now.Add(400 * 24 * time.Hour)
	o.drainSchedules()
	o.stand(map[string]int{})
}

// A mail that no attempt could handle does not wait for ever: a person sees it.
func TestAMailThatCannotBeHandledIsShown(t *testing.T) {
	o := newOffice(t, dbtest.SQLite(t, tables...))
	o.fails = errors.New("the tables are gone")
	o.must(o.Receive(o.ctx(), inbound.ViaSMTP, []byte(letter("1@guest.test"))))
	for range 20 {
		o.drain()
		o.now = o.now.Add(2 * time.Hour)
	}
	o.drainSchedules()
	o.stand(map[string]int{"waiting": 1})
	o.now = o.now.Add(3 * 24 * time.Hour)
	o.drainSchedules()
	o.stand(map[string]int{"quarantined failed": 1})
	if list, err := o.Quarantine(o.ctx(), "", 10); err != nil || len(list) != 1 {
		t.Errorf("%v, %v", list, err)
	}
}

// drainSchedules runs the queue until its schedules were kept once more.
func (o *office) drainSchedules() {
	o.t.Helper()
	before := o.swept()
	ctx, stop := context.WithCancel(o.ctx())
	ended := make(chan error, 1)
	go func() { ended <- o.queue.Run(ctx) }()
	for o.swept() == before {
		time.Sleep(5 * time.Millisecond)
	}
	stop()
	o.must(<-ended)
}

func (o *office) swept() string {
	list, err := o.queue.Schedules(o.ctx())
	o.must(err)
	for _, s := range list {
		if s.Name == "inbound.sweep" {
			return s.LastAt.String()
		}
	}
	return time.Time{}.String()
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(letter("1@guest.test")))
	f.Add([]byte(plain("1@guest.test", "hola")))
	f.Add([]byte("Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := inbound.Read(raw)
		if err != nil {
			return
		}
		if strings.ContainsAny(m.Subject+m.From, "\r\n") || len([]rune(m.Text)) > 20_000 || len(m.Calendars) > 5 {
			t.Errorf("%+v", m)
		}
	})
}
