package invitations

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"ronda/city/meetings"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ical"
)

const (
	pastMonths = 3         // of what was are kept in calendars
	refresh    = time.Hour // how often programs that subscribe should look
)

// since is from when on a calendar shows meetings: the first of a month, so that
// the same calendar is the same bytes for a while.
func since(now time.Time, zone *time.Location) time.Time {
	local := now.In(zone)
	return time.Date(local.Year(), local.Month()-pastMonths, 1, 0, 0, 0, 0, zone)
}

// Secret is the person's secret, made when they have none yet.
func (m *Module) Secret(ctx context.Context, person string) (secret string, err error) {
	secret, ok, err := db.Find[string](ctx, m.db, `SELECT secret FROM invitations_secret WHERE person = $1`, person)
	if err != nil || ok {
		return secret, err
	}
	err = m.db.Write(ctx, func(ctx context.Context) error {
		if _, err := m.db.Exec(ctx, `INSERT INTO invitations_secret (person, secret, made) VALUES ($1, $2, $3) ON CONFLICT (person) DO NOTHING`, person, newSecret(), clock.Now(ctx)); err != nil {
			return err
		}
		secret, err = db.One[string](ctx, m.db, `SELECT secret FROM invitations_secret WHERE person = $1`, person)
		return err
	})
	return secret, err
}

// Renew gives the person a new secret: the old one opens nothing any more.
func (m *Module) Renew(ctx context.Context, person string) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		_, err := m.db.Exec(ctx, `INSERT INTO invitations_secret (person, secret, made) VALUES ($1, $2, $3)
			ON CONFLICT (person) DO UPDATE SET secret = excluded.secret, made = excluded.made`, person, newSecret(), clock.Now(ctx))
		return err
	})
}

// whose is the person that a secret opens the calendar of; ok is false for a
// secret that is none and for an account that is kept out.
func (m *Module) whose(ctx context.Context, secret string) (person string, a Account, ok bool, err error) {
	person, ok, err = db.Find[string](ctx, m.db, `SELECT person FROM invitations_secret WHERE secret = $1`, strings.ToLower(secret))
	if err != nil || !ok {
		return "", a, false, err
	}
	a, ok, err = m.Accounts(ctx, person)
	return person, a, ok, err
}

// feed serves a person's calendar as a file.
func (m *Module) feed(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	secret, isFile := strings.CutSuffix(r.PathValue("file"), ".ics")
	person, account, ok, err := m.whose(ctx, secret)
	if err != nil {
		return err
	}
	if !ok || !isFile {
		return fault.New(fault.NotFound, "fault.notfound")
	}
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return err
	}
	from := since(clock.Now(ctx), ch.City.Zone)
	stamp, err := m.Meetings.Stamp(ctx, person)
	if err != nil {
		return err
	}
	tag := feedTag(person, stamp, string(account.Lang), ch.City.Zone.String(), from)
	h := w.Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "private, max-age=300")
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	raw, err := m.files.get(tag, func() ([]byte, error) {
		return m.file(i18n.With(ctx, m.Words, account.Lang), person, ch.City.Zone, from)
	})
	if err != nil {
		return err
	}
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Content-Disposition", `inline; filename="ronda.ics"`)
	_, err = w.Write(raw)
	return err
}

func feedTag(parts ...any) string {
	sum := sha256.New()
	for _, p := range parts {
		switch v := p.(type) {
		case string:
			sum.Write([]byte(v + "\n"))
		case time.Time:
			sum.Write([]byte(v.Format(time.RFC3339) + "\n"))
		}
	}
	return `"` + hex.EncodeToString(sum.Sum(nil)[:12]) + `"`
}

// file is a person's calendar. A single meeting is composed once for everybody who
// has it, and again when it changes.
func (m *Module) file(ctx context.Context, person string, zone *time.Location, from time.Time) ([]byte, error) {
	c := ical.Calendar{Name: i18n.T(ctx, "meetings.invitations.calendar"), Zone: zone, Method: ical.Publish, Refresh: refresh}
	composed := map[meetings.Mark]ical.Part{}
	list, err := m.Meetings.For(ctx, person, from, func(k meetings.Mark) bool {
		p, ok := m.parts.find(k)
		if ok && p.In(zone) {
			composed[k] = p
			return true
		}
		return false
	})
	if err != nil {
		return nil, err
	}
	for _, o := range list {
		if o.Series != nil {
			c.Events = append(c.Events, events(o, zone, m.Origin)...)
			continue
		}
		part, ok := composed[o.Mark]
		if !ok {
			if part, err = m.part(*o.Meeting, zone); err != nil {
				return nil, err
			}
		}
		c.Parts = append(c.Parts, part)
	}
	return c.Bytes()
}

// part composes a meeting and remembers it, unless it is an occurrence of a
// series: those also change with the series.
func (m *Module) part(x meetings.Meeting, zone *time.Location) (ical.Part, error) {
	p, err := ical.Compose(zone, single(x, m.Origin))
	if err == nil && x.Series == "" {
		m.parts.keep(x.Mark(), p)
	}
	return p, err
}

// coming are the next meetings of a person, first to come first.
func (m *Module) coming(ctx context.Context, person string, zone *time.Location, limit int) ([]upcoming, error) {
	now := clock.Now(ctx)
	list, err := m.Meetings.For(ctx, person, now, nil)
	if err != nil {
		return nil, err
	}
	var out []upcoming
	for _, o := range list {
		some, err := unfold(o, zone, now, m.Origin)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return firstOf(out, limit), nil
}

// upcoming is one meeting that is to come.
type upcoming struct {
	at        time.Time
	title     string
	href      string
	where     string
	reply     meetings.Answer
	cancelled bool
}
