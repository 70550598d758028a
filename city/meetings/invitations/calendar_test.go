package invitations_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"ronda/city/meetings"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
)

// year is the monthly meeting with the third one moved and the fifth cancelled,
// called.
func (w *world) year() meetings.Series {
	w.t.Helper()
	s := w.monthly()
	w.must(w.meetings.CallSeries(w.as(team), s.Number))
	v, err := w.meetings.Series(w.as(coordinator), s.Number)
	w.must(err)
	moved := v.Coming[2]
	moved.Starts = moved.Starts.Add(30 * time.Hour)
	w.must(w.meetings.MoveMeeting(w.as(team), moved.Number, moved.Version, moved, "Feriado"))
	w.must(w.meetings.CancelMeeting(w.as(team), v.Coming[4].Number, "Receso"))
	return v.Series
}

func (w *world) secret(post string) string {
	w.t.Helper()
	s, err := w.Secret(w.as(post), w.persons[post])
	w.must(err)
	return s
}

func TestThePersonalFeed(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.year()
		address := "/calendario/" + w.secret(director) + ".ics"
		a := w.ask("GET", address)
		raw := strings.ReplaceAll(a.Body.String(), "\r\n ", "")
		for _, part := range []string{"METHOD:PUBLISH", "BEGIN:VTIMEZONE", "RRULE:FREQ=MONTHLY;COUNT=12;BYDAY=2TH", "RECURRENCE-ID;TZID=America/Argentina/Buenos_Aires:20260611T100000", "EXDATE;TZID=America/Argentina/Buenos_Aires:20260813T100000"} {
			if a.Code != 200 || !strings.Contains(raw, part) {
				t.Errorf("%d, no %q in %s", a.Code, part, raw)
			}
		}
		if again := w.ask("GET", address, "If-None-Match", a.Header().Get("ETag")); again.Code != http.StatusNotModified || again.Body.Len() != 0 {
			t.Errorf("unchanged: %d, %d bytes", again.Code, again.Body.Len())
		}
		w.single(meetings.Guest{Post: director})
		if after := w.ask("GET", address, "If-None-Match", a.Header().Get("ETag")); after.Code != 200 || !strings.Contains(after.Body.String(), `Huertas\; y veredas`) {
			t.Errorf("changed: %d", after.Code)
		}
		if other := w.ask("GET", "/calendario/"+w.secret(planner)+".ics"); other.Code != 200 || strings.Contains(other.Body.String(), "Huertas") {
			t.Errorf("somebody who is not invited: %d %s", other.Code, other.Body)
		}
	})
}

// What was composed for one person serves another, and is composed anew when the
// meeting changes, for files and for calendar programs.
func TestAChangedMeetingIsNewInEveryCalendar(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		x := w.single(meetings.Guest{Post: director}, meetings.Guest{Post: planner})
		still := w.single(meetings.Guest{Post: director}, meetings.Guest{Post: planner})
		look := func(post, start string) {
			t.Helper()
			secret := w.secret(post)
			file := strings.ReplaceAll(w.ask("GET", "/calendario/"+secret+".ics").Body.String(), "\r\n ", "")
			object := w.dav("GET", "/dav/calendars/mine/"+x.UID+".ics", secret, "").Body.String()
			if _, event, _ := strings.Cut(file, "UID:"+x.UID); !strings.Contains(strings.SplitN(event, "END:VEVENT", 2)[0], start) || !strings.Contains(file, "UID:"+still.UID) {
				t.Errorf("%s: no %s in the file: %s", post, start, file)
			}
			if !strings.Contains(object, start) {
				t.Errorf("%s: no %s in %s", post, start, object)
			}
		}
		at := func(x meetings.Meeting) string {
			return "DTSTART;TZID=America/Argentina/Buenos_Aires:" + x.Starts.In(w.ch.City.Zone).Format("20060102T150405")
		}
		look(director, at(x))
		look(planner, at(x))
		to := x
		to.Starts = x.Starts.Add(26 * time.Hour)
		w.must(w.meetings.MoveMeeting(w.as(team), x.Number, w.meeting(x.Number).Version, to, "Feriado"))
		look(director, at(to))
		look(planner, at(to))
		w.must(w.meetings.CancelMeeting(w.as(team), x.Number, "Receso"))
		look(planner, "STATUS:CANCELLED")
	})
}

func TestASecretEnds(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		old := w.secret(director)
		if a := w.ask("POST", "/mi-calendario/secreto", "X-Post", director); a.Code != http.StatusSeeOther {
			t.Fatalf("%d", a.Code)
		}
		fresh := w.secret(director)
		for path, want := range map[string]int{"/calendario/" + old + ".ics": 404, "/calendario/" + fresh + ".ics": 200, "/calendario/" + fresh: 404, "/calendario/.ics": 404} {
			if a := w.ask("GET", path); a.Code != want {
				t.Errorf("%s: %d, want %d", path, a.Code, want)
			}
		}
		delete(w.mails, w.persons[director]) // the account is kept out
		if a := w.ask("GET", "/calendario/"+fresh+".ics"); a.Code != 404 {
			t.Errorf("without an account: %d", a.Code)
		}
		if a := w.dav("PROPFIND", "/dav/", fresh, ""); a.Code != 401 {
			t.Errorf("CalDAV without an account: %d", a.Code)
		}
		w.must(w.Forget(w.as(""), w.persons[director]))
		left, err := db.Query[string](w.as(""), w.db, `SELECT person FROM invitations_secret WHERE person = $1`, w.persons[director])
		if err != nil || len(left) != 0 {
			t.Errorf("%v, %v", left, err)
		}
	})
}

func (w *world) dav(method, path, secret, body string) *httptest.ResponseRecorder {
	w.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte("ana:"+secret)))
	r.Header.Set("Depth", "1")
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return rec
}

func TestTheCalendarOverCalDAV(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		s := w.year()
		secret := w.secret(director)
		list := w.dav("PROPFIND", "/dav/calendars/mine/", secret, "")
		if list.Code != 207 || !strings.Contains(list.Body.String(), "/dav/calendars/mine/"+s.UID+".ics") || !strings.Contains(list.Body.String(), "Ronda: mis reuniones") {
			t.Fatalf("%d %s", list.Code, list.Body)
		}
		sync := func(token string) string {
			a := w.dav("REPORT", "/dav/calendars/mine/", secret, `<d:sync-collection xmlns:d="DAV:"><d:sync-token>`+token+`</d:sync-token><d:prop><d:getetag/></d:prop></d:sync-collection>`)
			if a.Code != 207 {
				t.Fatalf("%d %s", a.Code, a.Body)
			}
			return a.Body.String()
		}
		_, token, _ := strings.Cut(sync(""), "<d:sync-token>")
		token, _, _ = strings.Cut(token, "</d:sync-token>")
		x := w.single(meetings.Guest{Post: director})
		if news := sync(token); !strings.Contains(news, x.UID) || strings.Contains(news, s.UID) {
			t.Errorf("news: %s", news)
		}
		if put := w.dav("PUT", "/dav/calendars/mine/x.ics", secret, "BEGIN:VCALENDAR"); put.Code != 403 || !strings.Contains(put.Body.String(), "solo lectura") {
			t.Errorf("%d %s", put.Code, put.Body)
		}
		for _, path := range []string{"/.well-known/caldav", "/"} {
			if a := w.dav("PROPFIND", path, secret, ""); a.Code != 301 || a.Header().Get("Location") != "/dav/" {
				t.Errorf("%s: %d", path, a.Code)
			}
		}
	})
}

func TestMyCalendar(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		if a := w.ask("GET", "/mi-calendario"); a.Code != 403 {
			t.Errorf("a visitor: %d", a.Code)
		}
		if a := w.ask("GET", "/mi-calendario", "X-Post", director); a.Code != 200 || !strings.Contains(a.Body.String(), "No tenés reuniones a la vista") {
			t.Errorf("%d %s", a.Code, a.Body)
		}
		w.year()
		a := w.ask("GET", "/mi-calendario", "X-Post", director)
		for _, part := range []string{"http://ronda.test/calendario/" + w.secret(director) + ".ics", "webcal://ronda.test/calendario/", "http://ronda.test/dav/", director + "@ronda.test", "9 de abril de 2026, 10:00", "12 de junio de 2026, 16:00"} {
			if a.Code != 200 || !strings.Contains(a.Body.String(), part) {
				t.Errorf("%d, no %q in %s", a.Code, part, a.Body)
			}
		}
		for _, part := range []string{"11 de junio", "13 de agosto"} {
			if strings.Contains(a.Body.String(), part) {
				t.Errorf("%q is shown", part)
			}
		}
	})
}

func TestNothingOfACalendarIsKeptOfWhoLeaves(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.single(meetings.Guest{Post: director}, outside)
		w.dav("PROPFIND", "/dav/calendars/mine/", w.secret(director), "")
		w.must(w.Forget(w.as(""), w.persons[director]))
		for _, table := range []string{"invitations_mail", "invitations_secret", "invitations_sync"} {
			n, err := db.One[int](w.as(""), w.db, `SELECT count(*) FROM `+table+` WHERE person = $1`, w.persons[director])
			if err != nil || n != 0 {
				t.Errorf("%s: %d, %v", table, n, err)
			}
		}
	})
}

func BenchmarkFeed(b *testing.B) {
	w := newWorld(b, dbtest.SQLite(b, tables(db.SQLite)...))
	for i := range 500 {
		x, err := w.meetings.CreateMeeting(w.as(team), meetings.Meeting{Kind: meetings.Free, Title: fmt.Sprint("Reunión ", i), Purpose: strings.Repeat("Para qué. ", 20), Place: "Sala 2",
			Starts: w.now.Add(time.Duration(i+1) * 24 * time.Hour), Length: 60, Chair: coordinator, Secretaries: meetings.Codes{team}}, []meetings.Guest{{Post: director}})
		w.must(err)
		w.must(w.meetings.CallMeeting(w.as(team), x.Number))
	}
	address := "/calendario/" + w.secret(director) + ".ics"
	for b.Loop() {
		if a := w.ask("GET", address); a.Code != 200 || strings.Count(a.Body.String(), "BEGIN:VEVENT") != 500 {
			b.Fatal(a.Code)
		}
	}
}
