package meetings

import (
	"context"
	"net/url"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/city/meetings/recur"
	"ronda/platform/clock"
	"ronda/platform/fault"
)

// form checks what forms of this module ask.
type form struct {
	fault.Check
	ch *charter.Charter
}

func (c *form) number(name string, n, from, to int) {
	c.Require(n >= from && n <= to, name, "fault.range", "min", from, "max", to)
}

// post checks the code of a post that exists today.
func (c *form) post(ctx context.Context, name, code string, required bool) {
	if code == "" && !required {
		return
	}
	p, ok := c.ch.Posts.Get(code)
	c.Require(ok && p.ActiveOn(c.ch.Today(clock.Now(ctx))), name, "meetings.fault.post")
}

// link checks the address of a page elsewhere, or a path of this site when local.
func (c *form) link(name, address string, local bool) {
	if address == "" || local && strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//") {
		return
	}
	u, err := url.Parse(address)
	c.Require(err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && len(address) <= TextMax, name, "fault.url")
}

func (c *form) documents(list Documents) {
	c.Require(len(list) <= GroupsMax, "documents", "fault.too_many", "max", GroupsMax)
	for _, d := range list {
		if !c.Failed("documents") {
			c.Text("documents", d.Name, true, LineMax)
		}
		if !c.Failed("documents") {
			c.link("documents", d.URL, true)
			c.Require(d.URL != "" || c.Failed("documents"), "documents", "fault.url")
		}
	}
}

// future checks an instant that is to come, but not too far.
func (c *form) future(ctx context.Context, name string, t time.Time) {
	now := clock.Now(ctx)
	switch {
	case t.IsZero():
		c.Fail(name, "fault.required")
	case !t.After(now):
		c.Fail(name, "meetings.fault.past")
	case t.After(now.AddDate(YearsAhead, 0, 0)):
		c.Fail(name, "meetings.fault.far", "years", YearsAhead)
	}
}

// due checks the day of a decision or a commitment, which may be open.
func (c *form) due(ctx context.Context, name string, d clock.Day) {
	if d == "" {
		return
	}
	if _, err := clock.ParseDay(string(d)); err != nil {
		c.Fail(name, "fault.day")
		return
	}
	now := clock.Now(ctx)
	c.Require(d >= c.ch.Today(now), name, "meetings.fault.past")
	c.Require(d <= c.ch.Today(now.AddDate(2*YearsAhead, 0, 0)), name, "meetings.fault.far", "years", 2*YearsAhead)
}

// texts checks what series and meetings both say.
func (c *form) texts(ctx context.Context, x *Meeting) {
	for _, s := range []*string{&x.Title, &x.Purpose, &x.Place, &x.Link, &x.Guest, &x.Host, &x.Logistics} {
		*s = strings.TrimSpace(*s)
	}
	c.Require(x.Kind.Known(), "kind", "fault.choice")
	c.Text("title", x.Title, true, TitleMax)
	c.Text("purpose", x.Purpose, false, TextMax)
	c.Text("place", x.Place, false, LineMax)
	c.Text("guest", x.Guest, false, LineMax)
	c.Text("host", x.Host, false, LineMax)
	c.Text("logistics", x.Logistics, false, TextMax)
	c.link("link", x.Link, false)
	c.post(ctx, "chair", x.Chair, true)
	for _, s := range x.Secretaries {
		if !c.Failed("secretaries") {
			c.post(ctx, "secretaries", s, true)
		}
	}
	c.number("length", x.Length, 5, MinutesMax)
	c.number("capacity", x.Capacity, 0, 10000)
	c.number("quorum", x.Quorum, 0, 1000)
	c.Require(x.Capacity == 0 || x.Quorum <= x.Capacity, "quorum", "meetings.fault.quorum")
	if x.Axis != "" {
		_, ok := c.ch.Frame.Axes.Get(x.Axis)
		c.Require(ok, "axis", "fault.choice")
	}
	c.documents(x.Materials)
	c.Require(!x.Open || !x.Private, "open", "meetings.fault.open_private")
}

// reason checks why something is moved, cancelled, put off, given up.
func reason(field, text string) error {
	var c fault.Check
	c.Text(field, text, true, TextMax)
	return c.Err()
}

// When is the instant of a day and a time of day on the city's wall, as typed
// ("2026-03-24", "10:00"). Faults: Invalid on "day" and "clock", also for a time
// that a change of the clocks leaves out.
func (m *Module) When(ctx context.Context, day, at string) (time.Time, error) {
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return time.Time{}, err
	}
	var c fault.Check
	d, err := clock.ParseDay(strings.TrimSpace(day))
	c.Require(err == nil, "day", "fault.day")
	hour, ok := recur.ParseClock(strings.TrimSpace(at))
	c.Require(ok, "clock", "meetings.fault.clock")
	if err := c.Err(); err != nil {
		return time.Time{}, err
	}
	t, exact := recur.Wall(d, hour, ch.City.Zone)
	c.Require(exact, "clock", "meetings.fault.gap")
	return t, c.Err()
}
