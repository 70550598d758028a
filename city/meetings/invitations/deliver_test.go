package invitations_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"ronda/city/meetings"
	"ronda/city/meetings/invitations"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/fault"
)

var (
	everybody = []string{"coordinador-mesa@ronda.test", "director-planeamiento-educativo@ronda.test", "equipo-mesa@ronda.test", "guest@afuera.test", "ministro-educacion@ronda.test"}
	outside   = meetings.Guest{Name: "Sra. Invitada", Address: "guest@afuera.test"}
)

func each(method string, addresses ...string) []string {
	var out []string
	for _, a := range addresses {
		out = append(out, method+" "+a)
	}
	return out
}

func (w *world) wants(what string, seen *int, want ...string) {
	w.t.Helper()
	w.drain()
	if diff := cmp.Diff(want, w.received(seen)); diff != "" {
		w.t.Errorf("%s: %s", what, diff)
	}
}

func TestEachChangeIsToldOnce(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		seen := 0
		s := w.monthly()
		w.wants("nobody was called yet", &seen)
		w.must(w.meetings.CallSeries(w.as(team), s.Number))
		w.wants("the call", &seen, each("REQUEST", everybody...)...)
		ana := w.sink.Last(t, "director-planeamiento-educativo@ronda.test")
		for _, part := range []string{"UID:" + s.UID, "RRULE:FREQ=MONTHLY;COUNT=12;BYDAY=2TH", "BEGIN:VTIMEZONE", "TZID:America/Argentina/Buenos_Aires", "DTSTART;TZID=America/Argentina/Buenos_Aires:20260409T100000",
			"mailto:" + replyTo, "RSVP=TRUE", "METHOD:REQUEST"} {
			if !strings.Contains(strings.ReplaceAll(ana.Calendar, "\n ", ""), part) {
				t.Errorf("no %q in %s", part, ana.Calendar)
			}
		}
		if strings.Contains(ana.Calendar, "guest@afuera.test") || !strings.Contains(ana.Subject, "Invitación: Reunión — mensual") || !strings.Contains(ana.Text, "http://ronda.test/series/"+s.Number) {
			t.Errorf("%q\n%s\n%s", ana.Subject, ana.Text, ana.Calendar)
		}
		if to := ana.Header.Get("Reply-To"); !strings.Contains(to, replyTo) {
			t.Errorf("answers to %q", to)
		}
		if guest := w.sink.Last(t, "guest@afuera.test"); strings.Contains(guest.Text, "http://ronda.test/series/") {
			t.Error("somebody from outside is sent to a page that they cannot open")
		}
		w.drain()
		w.wants("nothing changed", &seen)
	})
}

func TestAMeetingMovedAndCancelled(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		seen := 0
		x := w.single(meetings.Guest{Post: director}, outside)
		four := []string{"coordinador-mesa@ronda.test", "director-planeamiento-educativo@ronda.test", "equipo-mesa@ronda.test", "guest@afuera.test"}
		w.wants("the call", &seen, each("REQUEST", four...)...)
		to := x
		to.Starts = x.Starts.Add(3 * time.Hour)
		w.must(w.meetings.MoveMeeting(w.as(team), x.Number, x.Version, to, "Llueve"))
		w.wants("the move", &seen, each("REQUEST", four...)...)
		m := w.sink.Last(t, "guest@afuera.test")
		if !strings.Contains(m.Calendar, "SEQUENCE:1\n") || !strings.HasPrefix(m.Subject, "Cambió: ") || !strings.Contains(m.Text, "Motivo: Llueve") {
			t.Errorf("%q\n%s", m.Subject, m.Calendar)
		}
		w.must(w.meetings.Uninvite(w.as(team), x.Number, "mail:guest@afuera.test"))
		w.wants("who is no longer invited", &seen, each("CANCEL", "guest@afuera.test")...)
		w.must(w.meetings.CancelMeeting(w.as(team), x.Number, "Sin quórum"))
		w.wants("the end", &seen, each("CANCEL", four[:3]...)...)
		if m := w.sink.Last(t, four[0]); !strings.Contains(m.Calendar, "STATUS:CANCELLED") || !strings.Contains(m.Calendar, "UID:"+x.UID) || !strings.HasPrefix(m.Subject, "Cancelada: ") {
			t.Errorf("%q\n%s", m.Subject, m.Calendar)
		}
	})
}

// A change that does not happen is told to nobody.
func TestWhatIsRolledBackIsNotTold(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		seen := 0
		x := w.single(outside)
		w.drain()
		w.received(&seen)
		failed := w.db.Write(w.as(team), func(ctx context.Context) error {
			if err := w.meetings.CancelMeeting(ctx, x.Number, "Sin quórum"); err != nil {
				return err
			}
			return fault.New(fault.Conflict, "fault.conflict")
		})
		if !fault.Is(failed, fault.Conflict) {
			t.Fatal(failed)
		}
		w.wants("nothing happened", &seen)
	})
}

// Who cannot be told is listed, and so is who may have been; the others are told
// all the same.
func TestWhoCouldNotBeToldIsListed(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		seen := 0
		delete(w.mails, w.persons[planner])
		w.sink.Refuse = func(to string) error {
			if to == "gone@afuera.test" {
				return &smtp.SMTPError{Code: 550, Message: "no"}
			}
			return nil
		}
		cut := "director-planeamiento-educativo@ronda.test"
		w.sink.Cut = func() bool { mails := w.sink.Mails(); return mails[len(mails)-1].To == cut && len(open(w)) == 3 }
		w.single(meetings.Guest{Post: director}, meetings.Guest{Post: planner}, meetings.Guest{Name: "Sin correo"}, meetings.Guest{Name: "Se fue", Address: "gone@afuera.test"}, outside)
		w.drain()
		w.received(&seen)
		w.now = w.now.Add(time.Hour)
		w.drain()
		w.wants("nothing is sent twice", &seen)
		got := map[string]string{}
		for _, x := range open(w) {
			got[x.Guest] = string(x.State)
		}
		delete(got, "")
		want := map[string]string{"post:" + director: "doubt", "post:" + planner: "unreachable", "mail:gone@afuera.test": "refused"}
		for k, v := range got {
			if strings.HasPrefix(k, "name:") && v == "unreachable" {
				delete(got, k)
			}
		}
		for who, n := range map[string]int{coordinator: 1, director: 0} {
			if owed, err := w.Desk(w.as(who), w.persons[who]); err != nil || len(owed) != n {
				t.Errorf("%s finds %d of it on the desk, want %d (%v)", who, len(owed), n, err)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		page := w.ask("GET", "/invitaciones", "X-Post", coordinator)
		for _, words := range []string{"En duda", "Mandar otra vez", "Sin correo", "Se fue", "Sin dirección"} {
			if page.Code != 200 || !strings.Contains(page.Body.String(), words) {
				t.Errorf("%d, no %q in %s", page.Code, words, page.Body)
			}
		}
		for _, post := range []string{"", director} {
			if a := w.ask("GET", "/invitaciones", "X-Post", post); a.Code != 403 {
				t.Errorf("%q sees it: %d", post, a.Code)
			}
		}
		w.settle(t, &seen, cut)
	})
}

// settle has the Coordination send again what is in doubt.
func (w *world) settle(t *testing.T, seen *int, cut string) {
	t.Helper()
	for _, x := range open(w) {
		if err := w.SendAgain(w.as(director), x.ID); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a director sends again: %v", err)
		}
		if x.State == invitations.Doubt {
			if a := w.ask("POST", "/invitaciones/"+x.ID+"/otra-vez", "X-Post", team); a.Code != 303 {
				t.Errorf("%d %s", a.Code, a.Body)
			}
			continue
		}
		w.must(w.Arrived(w.as(team), x.ID))
	}
	w.sink.Cut = nil
	w.wants("what was in doubt", seen, "REQUEST "+cut)
	if left := open(w); len(left) != 0 {
		t.Errorf("left %+v", left)
	}
}

func open(w *world) []invitations.Told {
	list, err := w.Open(w.as(coordinator))
	w.must(err)
	return list
}

// The program is killed while the text of a mail is on its way: that one is in
// doubt, the others are sent by the next program, once.
func TestAProgramThatDies(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.single(meetings.Guest{Post: director}, outside)
		ids, err := db.Query[string](w.as(""), w.db, `SELECT id FROM invitations_mail ORDER BY id`)
		w.must(err)
		w.must(w.db.Write(w.as(""), func(ctx context.Context) error {
			_, err := w.db.Exec(ctx, `UPDATE invitations_mail SET state = 'sending', holder = 'another', next_at = $1 WHERE id = $2`, w.now.Add(3*time.Minute), ids[0])
			return err
		}))
		seen := 0
		w.must(w.Deliver(w.as("")))
		w.must(w.Recover(w.as("")))
		if w.db.Engine() == db.SQLite && len(open(w)) != 1 {
			t.Errorf("at once: %+v", open(w))
		}
		if n := len(w.received(&seen)); n != len(ids)-1 {
			t.Errorf("%d of %d mails", n, len(ids))
		}
		w.now = w.now.Add(4 * time.Minute)
		w.must(w.Deliver(w.as("")))
		if list := open(w); len(list) != 1 || list[0].State != invitations.Doubt || list[0].ID != ids[0] {
			t.Errorf("%+v", list)
		}
		if again := w.received(&seen); len(again) != 0 {
			t.Errorf("sent again: %v", again)
		}
	})
}

// A mail server that is away holds nothing up for good, and order is kept: nobody
// hears of a cancellation before the invitation.
func TestAMailServerThatIsAway(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t, tables(db.SQLite)...))
	busy := true
	w.sink.Refuse = func(to string) error {
		if busy && to == "guest@afuera.test" {
			return &smtp.SMTPError{Code: 450, Message: "later"}
		}
		return nil
	}
	x := w.single(outside)
	w.drain()
	busy = false
	w.must(w.meetings.CancelMeeting(w.as(team), x.Number, "Sin quórum"))
	w.drain() // the invitation waits for its next attempt, and the cancellation for it
	w.now = w.now.Add(time.Minute)
	w.must(w.Deliver(w.as("")))
	var got []string
	for _, m := range w.sink.Mails() {
		if m.To == "guest@afuera.test" {
			got = append(got, strings.Fields(m.Subject)[0])
		}
	}
	if diff := cmp.Diff([]string{"Invitación:", "Cancelada:"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestAMeetingThatWasOverIsNotToldOf(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t, tables(db.SQLite)...))
	w.single(outside)
	w.now = w.now.Add(48 * time.Hour)
	w.drain()
	if n := len(w.sink.Mails()); n != 0 {
		t.Errorf("%d mails", n)
	}
	for _, x := range open(w) {
		if x.State != invitations.Late {
			t.Errorf("%+v", x)
		}
	}
	if m, err := w.Mails(w.as("")); err != nil || m.Open != 3 || m.Waiting != 0 || m.Doubt != 0 {
		t.Errorf("%+v, %v", m, err)
	}
}
