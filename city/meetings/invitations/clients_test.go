package invitations_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ronda/city/meetings"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
)

// clientsNeed are files of the programs that TestCalendarPrograms drives, with
// the Debian packages that bring them.
var clientsNeed = map[string]string{
	"/usr/bin/vdirsyncer":                                 "vdirsyncer",
	"/usr/bin/khal":                                       "khal",
	"/usr/bin/dbus-run-session":                           "dbus-daemon",
	"/usr/libexec/evolution-calendar-factory":             "evolution-data-server",
	"/usr/lib/python3/dist-packages/gi":                   "python3-gi",
	"/usr/lib/*/girepository-1.0/ECal-2.0.typelib":        "gir1.2-ecal-2.0",
	"/usr/lib/*/girepository-1.0/EDataServer-1.2.typelib": "gir1.2-edataserver-1.2",
}

// programs are calendar programs with a home of their own.
type programs struct {
	*world
	home string
	url  string
}

func needPrograms(t *testing.T) {
	t.Helper()
	for file, pkg := range clientsNeed {
		if found, err := filepath.Glob(file); err != nil || len(found) == 0 {
			t.Skipf("Debian's package %s is not installed", pkg)
		}
	}
}

// run starts a program and gives what it prints.
func (p *programs) run(name string, args ...string) string {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p.t.Context(), time.Minute)
	defer stop()
	c := exec.CommandContext(ctx, name, args...)
	c.Dir = p.home
	c.Env = []string{"HOME=" + p.home, "PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8", "TZ=UTC", "XDG_RUNTIME_DIR=" + p.home, "GSETTINGS_BACKEND=memory", "GIO_USE_PROXY_RESOLVER=dummy", "no_proxy=*", "GIO_USE_NETWORK_MONITOR=base"}
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // what they start ends with them
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
	c.WaitDelay = time.Second
	var out, errs strings.Builder
	c.Stdout, c.Stderr = &out, &errs
	err := c.Run()
	if c.Process != nil {
		_ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL) // nothing is left running
	}
	if err != nil {
		p.t.Fatalf("%s: %v\n%s\n%s", name, err, out.String(), errs.String())
	}
	return out.String()
}

func (p *programs) write(name, text string) {
	p.t.Helper()
	path := filepath.Join(p.home, name)
	p.must(os.MkdirAll(filepath.Dir(path), 0o700))
	p.must(os.WriteFile(path, []byte(text), 0o600))
}

// A monthly series of twelve with one moved and one cancelled is at the same
// instants in three calendar programs, over the feed and over CalDAV.
func TestCalendarPrograms(t *testing.T) {
	needPrograms(t)
	w := newWorld(t, dbtest.SQLite(t, tables(db.SQLite)...))
	w.year()
	server := httptest.NewServer(w.handler)
	t.Cleanup(server.Close)
	p := &programs{world: w, home: t.TempDir(), url: server.URL}
	want := w.held()
	if len(want) != 11 {
		t.Fatalf("the city holds %v", want)
	}
	p.synchronise()
	for _, way := range []string{"feed", "caldav"} {
		if diff := cmp.Diff(want, p.khal(way)); diff != "" {
			t.Errorf("khal over %s: %s", way, diff)
		}
	}
	for way, kind := range map[string]string{"feed": "webcal", "caldav": "caldav"} {
		got, refused := p.evolution(kind)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("evolution-data-server over %s: %s", way, diff)
		}
		if way == "caldav" && !refused {
			t.Error("evolution-data-server wrote an event")
		}
	}
}

// held are the beginnings of the meetings of the year that are held.
func (w *world) held() []string {
	w.t.Helper()
	list, err := w.meetings.List(w.as(coordinator), meetings.Filter{From: w.now, To: w.now.AddDate(1, 6, 0)}, "", 50)
	w.must(err)
	var out []string
	for _, x := range list.Meetings {
		if x.State != meetings.Cancelled {
			out = append(out, x.Starts.UTC().Format(time.RFC3339))
		}
	}
	slices.Sort(out)
	return out
}

// synchronise has vdirsyncer copy the calendar, by both ways.
func (p *programs) synchronise() {
	p.t.Helper()
	secret := p.secret(director)
	p.write(".config/vdirsyncer/config", fmt.Sprintf(`[general]
status_path = "%[1]s/status/"
[pair feed]
a = "feed_local"
b = "feed_remote"
collections = null
[storage feed_local]
type = "filesystem"
path = "%[1]s/feed/"
fileext = ".ics"
[storage feed_remote]
type = "http"
url = "%[2]s/calendario/%[3]s.ics"
[pair dav]
a = "dav_local"
b = "dav_remote"
collections = ["from b"]
conflict_resolution = "b wins"
[storage dav_local]
type = "filesystem"
path = "%[1]s/caldav/"
fileext = ".ics"
[storage dav_remote]
type = "caldav"
url = "%[2]s/"
username = "ana"
password = "%[3]s"
read_only = true
`, p.home, p.url, secret))
	p.run("sh", "-c", "mkdir -p feed && yes | vdirsyncer discover")
	p.run("vdirsyncer", "sync")
	p.run("vdirsyncer", "sync") // again, with what it has seen
}

// khal are the instants that khal shows of a folder of vdirsyncer's.
func (p *programs) khal(way string) []string {
	p.t.Helper()
	p.write(way+".conf", fmt.Sprintf("[calendars]\n[[%[1]s]]\npath = %[2]s\ntype = discover\n[sqlite]\npath = %[3]s/%[1]s.db\n[locale]\nlocal_timezone = UTC\ndefault_timezone = UTC\ntimeformat = %%H:%%M\ndateformat = %%Y-%%m-%%d\nlongdateformat = %%Y-%%m-%%d\ndatetimeformat = %%Y-%%m-%%d %%H:%%M\nlongdatetimeformat = %%Y-%%m-%%d %%H:%%M\n",
		way, map[string]string{"feed": p.home + "/feed", "caldav": p.home + "/caldav/*"}[way], p.home))
	out := p.run("khal", "-c", way+".conf", "list", "--day-format", "", "--format", "{start-long-full}", "2026-01-01", "2027-12-31")
	var list []string
	for l := range strings.Lines(out) {
		if at, err := time.Parse("2006-01-02 15:04", strings.TrimSpace(l)); err == nil {
			list = append(list, at.Format(time.RFC3339))
		}
	}
	slices.Sort(list)
	return list
}

// evolution are the instants that evolution-data-server shows, and whether an
// event of its own was refused.
func (p *programs) evolution(kind string) (list []string, refused bool) {
	p.t.Helper()
	script, err := filepath.Abs("testdata/eds.py")
	p.must(err)
	secret := p.secret(director)
	url := map[string]string{"webcal": p.url + "/calendario/" + secret + ".ics", "caldav": p.url + "/dav/calendars/mine/"}[kind]
	out := p.run("dbus-run-session", "--", "/usr/bin/python3", script, kind, url, "ana", secret, "1767225600", "1830297600")
	for l := range strings.Lines(out) {
		var begins, ends int64
		if n, _ := fmt.Sscan(l, &begins, &ends); n == 2 {
			list = append(list, time.Unix(begins, 0).UTC().Format(time.RFC3339))
		}
		refused = refused || strings.TrimSpace(l) == "refused"
	}
	slices.Sort(list)
	return list, refused
}
