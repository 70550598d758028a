package invitations_test

import (
	"context"
	"net"
	gosmtp "net/smtp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ronda/city/meetings"
)

// answerTo is what a calendar program mails for somebody: to an event, or to the
// occurrence of an instant ("20260409T130000Z"; empty for all).
func answerTo(uid, occurrence, from, partstat, stamp string) string {
	if occurrence != "" {
		occurrence = "RECURRENCE-ID:" + occurrence + "\r\n"
	}
	return "From: Alguien <" + from + ">\r\nTo: " + replyTo + "\r\nSubject: Respuesta\r\nMessage-ID: <" + stamp + partstat + uid + from + ">\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\nBEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:" + uid + "\r\n" + occurrence +
		"DTSTAMP:" + stamp + "\r\nSEQUENCE:0\r\nATTENDEE;PARTSTAT=" + partstat + ":mailto:" + from + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
}

// door opens the SMTP door for answers and gives what sends a mail to it.
func (w *world) door() func(from, raw string) {
	w.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	w.must(err)
	ctx, stop := context.WithCancel(w.as(""))
	ended := make(chan error, 1)
	go func() { ended <- w.box.Listen(ctx, l, replyTo) }()
	w.t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			w.t.Error(err)
		}
	})
	return func(from, raw string) {
		w.t.Helper()
		w.must(gosmtp.SendMail(l.Addr().String(), nil, from, []string{replyTo}, []byte(raw)))
		w.drain()
	}
}

// answers are those of the guests of a meeting, by key.
func (w *world) answers(number string) map[string]meetings.Answer {
	w.t.Helper()
	v, err := w.meetings.Meeting(w.as(coordinator), number)
	w.must(err)
	out := map[string]meetings.Answer{}
	for _, a := range v.Attendees {
		if a.Reply != "" {
			out[a.Key] = a.Reply
		}
	}
	return out
}

func (w *world) quarantine() []string {
	w.t.Helper()
	list, err := w.box.Quarantine(w.as(""), "", 50)
	w.must(err)
	var out []string
	for _, l := range list {
		out = append(out, l.Reason)
	}
	return out
}

func TestAnAnswerByMailChangesWhoIsExpected(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		x := w.single(meetings.Guest{Post: director}, outside)
		w.now = w.now.Add(2 * time.Hour)
		send := w.door()
		send("guest@afuera.test", answerTo(x.UID, "", "guest@afuera.test", "ACCEPTED", "20260324T140000Z"))
		send(director+"@ronda.test", answerTo(x.UID, "", "Director-planeamiento-educativo@Ronda.test", "TENTATIVE", "20260324T140000Z"))
		want := map[string]meetings.Answer{"mail:guest@afuera.test": meetings.Accepted, "post:" + director: meetings.Tentative}
		if diff := cmp.Diff(want, w.answers(x.Number)); diff != "" {
			t.Error(diff)
		}
		send("guest@afuera.test", answerTo(x.UID, "", "guest@afuera.test", "DECLINED", "20260324T150000Z"))
		send("guest@afuera.test", answerTo(x.UID, "", "guest@afuera.test", "ACCEPTED", "20260324T143000Z")) // late on its way
		want["mail:guest@afuera.test"] = meetings.Declined
		if diff := cmp.Diff(want, w.answers(x.Number)); diff != "" {
			t.Error(diff)
		}
		if left := w.quarantine(); len(left) != 0 {
			t.Errorf("not understood: %v", left)
		}
	})
}

func TestForgedAnswersChangeNothing(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		send := w.door()
		x := w.single(meetings.Guest{Post: director}, outside)
		evil, good := "evil@afuera.test", "20260324T140000Z"
		for _, c := range []struct{ reason, raw string }{
			{"uninvited", answerTo(x.UID, "", evil, "ACCEPTED", good)},
			{"unknown", answerTo("another-uid", "", "guest@afuera.test", "ACCEPTED", good)},
			{"other", strings.Replace(answerTo(x.UID, "", "guest@afuera.test", "ACCEPTED", good), "From: Alguien <guest@afuera.test>", "From: <"+evil+">", 1)},
			{"no_reply", strings.ReplaceAll(answerTo(x.UID, "", "guest@afuera.test", "ACCEPTED", good), "METHOD:REPLY", "METHOD:COUNTER")},
			{"broken", strings.ReplaceAll(answerTo(x.UID, "", "guest@afuera.test", "ACCEPTED", good), "PARTSTAT=ACCEPTED", "PARTSTAT=PERHAPS")},
			{"no_calendar", "From: guest@afuera.test\r\nSubject: Re\r\nMessage-ID: <h@x>\r\nContent-Type: text/html\r\n\r\n<html><body><p>Voy, <b>gracias</b></p></body></html>\r\n"},
		} {
			send("guest@afuera.test", c.raw)
			if got := w.quarantine(); len(got) == 0 || got[0] != c.reason {
				t.Errorf("%s: %v", c.reason, got)
			}
		}
		if got := w.answers(x.Number); len(got) != 0 {
			t.Errorf("answers %v", got)
		}
		w.lettersPage(t)
	})
}

// lettersPage shows the Coordination what was not understood.
func (w *world) lettersPage(t *testing.T) {
	t.Helper()
	list, err := w.box.Quarantine(w.as(""), "", 1)
	w.must(err)
	page := w.ask("GET", "/invitaciones", "X-Post", team)
	letter := w.ask("GET", "/invitaciones/correo/"+list[0].ID, "X-Post", team)
	if !strings.Contains(page.Body.String(), "/invitaciones/correo/"+list[0].ID) || letter.Code != 200 || !strings.Contains(letter.Body.String(), "gracias") || strings.Contains(letter.Body.String(), "<b>gracias") {
		t.Errorf("%d %s", letter.Code, letter.Body)
	}
	if a := w.ask("GET", "/invitaciones/correo/"+list[0].ID, "X-Post", director); a.Code != 403 {
		t.Errorf("a director reads it: %d", a.Code)
	}
	if a := w.ask("POST", "/invitaciones/correo/"+list[0].ID+"/descartar", "X-Post", team); a.Code != 303 || len(w.quarantine()) != 5 {
		t.Errorf("%d, left %v", a.Code, w.quarantine())
	}
}

// An answer to one occurrence says nothing of the others; one from the future
// keeps no later one out.
func TestAnAnswerToOneOccurrence(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		send := w.door()
		s := w.monthly()
		w.must(w.meetings.CallSeries(w.as(team), s.Number))
		send("guest@afuera.test", answerTo(s.UID, "20260514T130000Z", "guest@afuera.test", "DECLINED", "29990101T000000Z"))
		list, err := w.meetings.Series(w.as(coordinator), s.Number)
		w.must(err)
		if got := []meetings.Answer{w.answers(list.Coming[0].Number)["mail:guest@afuera.test"], w.answers(list.Coming[1].Number)["mail:guest@afuera.test"]}; got[0] != "" || got[1] != meetings.Declined {
			t.Errorf("answers %v", got)
		}
		w.now = w.now.Add(time.Hour)
		send("guest@afuera.test", answerTo(s.UID, "20260514T130000Z", "guest@afuera.test", "ACCEPTED", "20260324T143000Z"))
		if got := w.answers(list.Coming[1].Number)["mail:guest@afuera.test"]; got != meetings.Accepted {
			t.Errorf("then %q", got)
		}
		if waiting, kept, err := w.box.Counts(w.as("")); err != nil || waiting != 0 || kept != 0 {
			t.Errorf("%d mails wait and %d are kept apart, %v", waiting, kept, err)
		}
	})
}
