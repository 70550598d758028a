package dav_test

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-webdav"
	"github.com/emersion/go-webdav/caldav"
	"github.com/google/go-cmp/cmp"

	"ronda/platform/dav"
	"ronda/platform/ical"
)

// shelf is a calendar in memory, of whoever knows "secret".
type shelf struct {
	objects []dav.Object
	kept    map[string]dav.Members
}

func (s *shelf) Open(_ context.Context, _, password string) (dav.Calendar, error) {
	if password != "secret" {
		return nil, dav.ErrUnknown
	}
	return s, nil
}

func (s *shelf) Objects(context.Context) ([]dav.Object, error) { return s.objects, nil }

func (s *shelf) Keep(_ context.Context, token string, m dav.Members) error {
	s.kept[token] = maps.Clone(m)
	return nil
}

func (s *shelf) Kept(_ context.Context, token string) (dav.Members, bool, error) {
	m, ok := s.kept[token]
	return m, ok, nil
}

func event(t testing.TB, uid, title string, day int) dav.Object {
	t.Helper()
	e := ical.Event{UID: uid, Summary: title, Stamp: time.Unix(1e9, 0), Start: time.Date(2026, 3, day, 13, 0, 0, 0, time.UTC), Length: time.Hour}
	raw, err := ical.Calendar{Events: []ical.Event{e}}.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return dav.NewObject(uid, raw, func(from, to time.Time) (bool, error) {
		return ical.Within([]ical.Event{e}, time.UTC, from, to)
	})
}

// office is a running server.
type office struct {
	*shelf
	t   *testing.T
	url string
}

func open(t *testing.T) office {
	t.Helper()
	s := &shelf{kept: map[string]dav.Members{}, objects: []dav.Object{event(t, "a", "Huerta & <vereda>", 10), event(t, "b", "Mensual", 20)}}
	say := func(words string) func(context.Context) string { return func(context.Context) string { return words } }
	server := &dav.Server{Library: s, Prefix: "/dav/", Realm: "Ronda", Title: say("Reuniones"), Reason: say("Las reuniones se cambian en Ronda.")}
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/caldav", server.WellKnown)
	mux.HandleFunc("/dav/", func(w http.ResponseWriter, r *http.Request) {
		if err := server.Serve(w, r); err != nil {
			t.Error(err)
		}
	})
	web := httptest.NewServer(mux)
	t.Cleanup(web.Close)
	return office{s, t, web.URL}
}

type answer struct {
	status int
	header http.Header
	body   string
}

func (o office) ask(method, path, body string, header ...string) answer {
	o.t.Helper()
	r, err := http.NewRequestWithContext(o.t.Context(), method, o.url+path, strings.NewReader(body))
	if err != nil {
		o.t.Fatal(err)
	}
	r.SetBasicAuth("ana", "secret")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		o.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		o.t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, string(raw)}
}

func (a answer) has(t *testing.T, status int, parts ...string) {
	t.Helper()
	if a.status != status {
		t.Errorf("status %d, want %d: %s", a.status, status, a.body)
	}
	for _, p := range parts {
		if !strings.Contains(a.body, p) {
			t.Errorf("no %q in %s", p, a.body)
		}
	}
}

const who = `<d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:current-user-principal/><c:calendar-home-set/><d:resourcetype/><q:odd xmlns:q="urn:q"/></d:prop></d:propfind>`

func TestAClientMayBeginAnywhere(t *testing.T) {
	o := open(t)
	for _, path := range []string{"/dav/", "/dav/principal/", "/dav/principal", "/dav/calendars/", "/dav/calendars/mine/", "/dav/calendars/mine"} {
		a := o.ask("PROPFIND", path, who, "Depth", "0")
		a.has(t, http.StatusMultiStatus, "<d:current-user-principal><d:href>/dav/principal/</d:href></d:current-user-principal>",
			"<c:calendar-home-set><d:href>/dav/calendars/</d:href></c:calendar-home-set>", `<x:odd xmlns:x="urn:q"/></d:prop><d:status>HTTP/1.1 404 Not Found`)
		if n := strings.Count(a.body, "<d:response>"); n != 1 {
			t.Errorf("%s: %d responses at depth 0", path, n)
		}
	}
	if a := o.ask("PROPFIND", "/.well-known/caldav", who); a.status != http.StatusMovedPermanently || a.header.Get("Location") != "/dav/" {
		t.Errorf("%d to %q", a.status, a.header.Get("Location"))
	}
	o.ask("PROPFIND", "/dav/elsewhere/", who).has(t, http.StatusNotFound)
	o.ask("PROPFIND", "/dav/", "no XML <").has(t, http.StatusBadRequest)
}

func TestWithoutTheSecretThereIsNothing(t *testing.T) {
	o := open(t)
	for _, method := range []string{"PROPFIND", "REPORT", "GET", "PUT"} {
		a := o.ask(method, "/dav/calendars/mine/a.ics", "", "Authorization", "Basic YW5hOndyb25n")
		if a.status != http.StatusUnauthorized || !strings.HasPrefix(a.header.Get("WWW-Authenticate"), "Basic ") || strings.Contains(a.body, "Huerta") {
			t.Errorf("%s: %+v", method, a)
		}
	}
}

func TestNothingCanBeChanged(t *testing.T) {
	o := open(t)
	for _, method := range []string{"PUT", "DELETE", "PROPPATCH", "MKCALENDAR", "MKCOL", "POST", "MOVE", "COPY", "LOCK"} {
		a := o.ask(method, "/dav/calendars/mine/a.ics", "x")
		a.has(t, http.StatusForbidden, "Las reuniones se cambian en Ronda.", "<d:need-privileges>")
		if strings.Contains(a.header.Get("Allow"), "PUT") || !strings.Contains(a.header.Get("Allow"), "REPORT") {
			t.Errorf("%s is answered with Allow %q", method, a.header.Get("Allow"))
		}
	}
	a := o.ask("PROPFIND", "/dav/calendars/mine/", "", "Depth", "0")
	if a.has(t, http.StatusMultiStatus, "<d:read/>", "sync-collection"); strings.Contains(a.body, "<d:write") {
		t.Error("clients are told that they may write")
	}
	if a := o.ask(http.MethodOptions, "/dav/", "", "Authorization", ""); !strings.Contains(a.header.Get("DAV"), "calendar-access") {
		t.Errorf("%v", a.header)
	}
}

// Another program's client reads what there is.
func TestAClientOfAnotherProgramReads(t *testing.T) {
	o := open(t)
	c, err := caldav.NewClient(webdav.HTTPClientWithBasicAuth(http.DefaultClient, "ana", "secret"), o.url+"/dav/")
	if err != nil {
		t.Fatal(err)
	}
	principal, err := c.FindCurrentUserPrincipal(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	home, err := c.FindCalendarHomeSet(t.Context(), principal)
	if err != nil {
		t.Fatal(err)
	}
	calendars, err := c.FindCalendars(t.Context(), home)
	if err != nil || len(calendars) != 1 || calendars[0].Name != "Reuniones" || !slices.Equal(calendars[0].SupportedComponentSet, []string{"VEVENT"}) {
		t.Fatalf("%+v, %v", calendars, err)
	}
	events := caldav.CompFilter{Name: "VEVENT", Start: time.Date(2026, 3, 15, 0, 0, 0, 0, time.UTC), End: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)}
	got, err := c.QueryCalendar(t.Context(), calendars[0].Path, &caldav.CalendarQuery{CompFilter: caldav.CompFilter{Name: "VCALENDAR", Comps: []caldav.CompFilter{events}}})
	if err != nil || len(got) != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	if s, _ := got[0].Data.Events()[0].Props.Text("SUMMARY"); s != "Mensual" {
		t.Errorf("found %q", s)
	}
	got, err = c.MultiGetCalendar(t.Context(), calendars[0].Path, &caldav.CalendarMultiGet{Paths: []string{calendars[0].Path + "a.ics"}})
	if err != nil || len(got) != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	if s, _ := got[0].Data.Events()[0].Props.Text("SUMMARY"); s != "Huerta & <vereda>" {
		t.Errorf("found %q", s)
	}
}

func TestWhatAFilterTakes(t *testing.T) {
	o := open(t)
	for filter, want := range map[string]string{
		`<c:comp-filter name="VCALENDAR"/>`: "a b", `<c:comp-filter name="VCALENDAR"><c:comp-filter name="VTODO"/></c:comp-filter>`: "",
		`<c:comp-filter name="VCALENDAR"><c:comp-filter name="VTODO"><c:is-not-defined/></c:comp-filter></c:comp-filter>`:                                                       "a b",
		`<c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range end="20260311T000000Z"/></c:comp-filter></c:comp-filter>`:                                   "a",
		`<c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range start="20260311T000000Z"/></c:comp-filter></c:comp-filter>`:                                 "b",
		`<c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:prop-filter name="UID"><c:text-match>b</c:text-match></c:prop-filter></c:comp-filter></c:comp-filter>`: "b",
		`<c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:prop-filter name="SUMMARY"/></c:comp-filter></c:comp-filter>`:                                          "403",
		`<c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range start="yesterday"/></c:comp-filter></c:comp-filter>`:                                        "403",
		``: "a b",
	} {
		a := o.ask("REPORT", "/dav/calendars/mine/", `<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/></d:prop><c:filter>`+filter+`</c:filter></c:calendar-query>`)
		got := fmt.Sprint(a.status)
		if a.status == http.StatusMultiStatus {
			got = strings.Join(named(a.body), " ")
		}
		if got != want {
			t.Errorf("%s takes %q, want %q", filter, got, want)
		}
	}
}

var member = regexp.MustCompile(`<d:href>/dav/calendars/mine/(\w+)\.ics</d:href>`)

func named(body string) []string {
	var out []string
	for _, m := range member.FindAllStringSubmatch(body, -1) {
		out = append(out, m[1])
	}
	return out
}

var stateOf = regexp.MustCompile(`<d:sync-token>(.+?)</d:sync-token>`)

func (o office) sync(token string) (body, next string) {
	o.t.Helper()
	a := o.ask("REPORT", "/dav/calendars/mine/", `<d:sync-collection xmlns:d="DAV:"><d:sync-token>`+token+`</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>`)
	a.has(o.t, http.StatusMultiStatus)
	found := stateOf.FindStringSubmatch(a.body)
	if found == nil {
		o.t.Fatalf("no token in %s", a.body)
	}
	return a.body, found[1]
}

func TestAClientHearsWhatChanged(t *testing.T) {
	o := open(t)
	body, first := o.sync("")
	if diff := cmp.Diff([]string{"a", "b"}, named(body)); diff != "" {
		t.Error(diff)
	}
	o.ask("PROPFIND", "/dav/calendars/mine/", "", "Depth", "0").has(t, http.StatusMultiStatus, "<d:sync-token>"+first+"</d:sync-token>", "<s:getctag>"+first+"</s:getctag>")
	if body, again := o.sync(first); len(named(body)) != 0 || again != first {
		t.Errorf("nothing changed, yet %s", body)
	}
	o.objects = []dav.Object{event(t, "b", "Mensual, movida", 21), event(t, "c", "Nueva", 22)}
	body, second := o.sync(first)
	if diff := cmp.Diff([]string{"b", "c", "a"}, named(body)); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(body, "a.ics</d:href><d:status>HTTP/1.1 404 Not Found</d:status>") || second == first {
		t.Errorf("what is gone is not told: %s", body)
	}
	o.objects = []dav.Object{event(t, "a", "Huerta & <vereda>", 10), event(t, "b", "Mensual", 20)}
	if _, third := o.sync(second); third != first {
		t.Error("the same content has another token")
	}
	o.ask("REPORT", "/dav/calendars/mine/", `<d:sync-collection xmlns:d="DAV:"><d:sync-token>urn:x-calendar-state:unknown</d:sync-token></d:sync-collection>`).
		has(t, http.StatusForbidden, "<d:valid-sync-token/>")
	o.ask("REPORT", "/dav/calendars/", `<d:sync-collection xmlns:d="DAV:"/>`).has(t, http.StatusForbidden, "<d:supported-report/>")
	o.ask("REPORT", "/dav/calendars/mine/", `<d:expand-property xmlns:d="DAV:"/>`).has(t, http.StatusForbidden, "<d:supported-report/>")
}

func TestAnObjectIsSentOnce(t *testing.T) {
	o := open(t)
	a := o.ask(http.MethodGet, "/dav/calendars/mine/a.ics", "")
	a.has(t, http.StatusOK, "BEGIN:VEVENT")
	o.ask(http.MethodGet, "/dav/calendars/mine/a.ics", "", "If-None-Match", a.header.Get("ETag")).has(t, http.StatusNotModified)
	o.ask("PROPFIND", "/dav/calendars/mine/", "", "Depth", "1").has(t, http.StatusMultiStatus, "<d:getetag>"+strings.ReplaceAll(a.header.Get("ETag"), `"`, "&#34;")+"</d:getetag>")
	o.ask(http.MethodGet, "/dav/calendars/mine/zz.ics", "").has(t, http.StatusNotFound)
	o.ask(http.MethodGet, "/dav/", "").has(t, http.StatusOK, "Las reuniones se cambian en Ronda.")
}
