package delivery

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// What the legal and administrative way is made of.
const (
	WayRule       = "rule"       // a law, decree or resolution that allows it
	WayCompetence = "competence" // a matter in which only some bodies may act
	WayRoute      = "route"      // how it is contracted
	WayOpinion    = "opinion"    // a legal opinion
	WayPermit     = "permit"     // something that has to be asked for first
)

// Where a part of the way stands.
const (
	WayOpen  = "ok"       // nothing stands in the way
	WayWaits = "pending"  // somebody has to do something first
	WayShut  = "obstacle" // it cannot be done like this
)

// WayKinds and WayStates list them, for forms.
var (
	WayKinds  = []string{WayRule, WayCompetence, WayRoute, WayOpinion, WayPermit}
	WayStates = []string{WayOpen, WayWaits, WayShut}
)

// Way is a line of the checklist of the legal and administrative way.
type Way struct {
	ID         string    `db:"id"`
	Initiative string    `db:"initiative"`
	Kind       string    `db:"kind"`
	Code       string    `db:"code"`    // of the competence or the route, empty for the others
	Text       string    `db:"text"`    // which rule and article, what the opinion says, what is asked for
	URL        string    `db:"url"`     // of the rule or the document; may be a path of this site
	State      string    `db:"state"`   //
	Day        clock.Day `db:"day"`     // by which what waits is to be there, empty without one
	Version    int64     `db:"version"` // grows with each edit; 0 of a new one
}

const wayColumns = `id, initiative, kind, code, text, url, state, day, version`

// Warning is that the body that is to execute may not act in a matter that the
// initiative touches.
type Warning struct {
	Competence charter.Competence
	Body       string // that lacks it
}

// Feasibility is the legal and administrative way of an initiative.
type Feasibility struct {
	Case
	Ways     []Way
	Warnings []Warning
	Lacks    []string // message keys of what the first step asks for and is not there
	Today    clock.Day
}

// Feasibility reads it for the person of the context.
func (m *Module) Feasibility(ctx context.Context, number string) (Feasibility, error) {
	c, err := m.Case(ctx, number)
	if err != nil {
		return Feasibility{}, err
	}
	return m.feasibility(ctx, c)
}

func (m *Module) feasibility(ctx context.Context, c Case) (f Feasibility, err error) {
	f.Case, f.Today = c, clock.DayOf(clock.Now(ctx), c.Charter.City.Zone)
	if f.Ways, err = db.Query[Way](ctx, m.db, `SELECT `+wayColumns+` FROM delivery_check WHERE initiative = $1 ORDER BY id`, c.Initiative.ID); err != nil {
		return f, err
	}
	f.Warnings, f.Lacks = c.warnings(f.Ways), lacks(f.Ways)
	return f, nil
}

// warnings are the matters of the checklist in which the body may not act that
// executes, is asked to, or proposed it.
func (c Case) warnings(ways []Way) []Warning {
	body := c.carrier()
	if c.Asked != "" {
		body = c.Asked
	}
	var out []Warning
	for _, w := range ways {
		if k, ok := c.Charter.Execution.Competences.Get(w.Code); ok && w.Kind == WayCompetence && body != "" && !c.Charter.Competent(k, body) {
			out = append(out, Warning{k, body})
		}
	}
	return out
}

// lacks are the parts that every checklist needs: a rule, a route, and nothing that
// shuts the way.
func lacks(ways []Way) []string {
	var out []string
	has := func(fits func(Way) bool) bool { return slices.ContainsFunc(ways, fits) }
	if !has(func(w Way) bool { return w.Kind == WayRule }) {
		out = append(out, "delivery.lacks.rule")
	}
	if !has(func(w Way) bool { return w.Kind == WayRoute }) {
		out = append(out, "delivery.lacks.route")
	}
	if has(func(w Way) bool { return w.State == WayShut }) {
		out = append(out, "delivery.lacks.open")
	}
	return out
}

// SaveWay adds a line to the checklist, or changes the one with its id. Faults:
// Invalid by field, Conflict whose Theirs is the Way when somebody changed it.
func (m *Module) SaveWay(ctx context.Context, number string, x Way) error {
	return m.act(ctx, number, EditFeasibility, func(ctx context.Context, w *work) error {
		x.Text, x.URL, x.Initiative = strings.TrimSpace(x.Text), strings.TrimSpace(x.URL), w.Initiative.ID
		if err := x.check(w.Charter); err != nil {
			return err
		}
		change, err := w.saveWay(ctx, x)
		if err != nil {
			return err
		}
		if err := w.tell(ctx, EventFeasible, map[string]string{"change": change, "kind": x.Kind, "state": x.State}, "what", w.say(x)); err != nil {
			return err
		}
		return w.showFeasibility(ctx)
	})
}

// check refuses what is not whole. Only competences and routes have a code.
func (x *Way) check(ch *charter.Charter) error {
	var c fault.Check
	c.Require(slices.Contains(WayKinds, x.Kind), "kind", "fault.choice")
	switch x.Kind {
	case WayCompetence:
		c.Require(ch.Execution.Competences.Has(x.Code), "code", "roundtable.fault.unknown")
	case WayRoute:
		c.Require(ch.Execution.Routes.Has(x.Code), "code", "roundtable.fault.unknown")
	default:
		x.Code = ""
	}
	c.Text("text", x.Text, x.Code == "", TextMax)
	c.Require(x.URL == "" || address(x.URL), "url", "roundtable.fault.link")
	c.Require(slices.Contains(WayStates, x.State), "state", "fault.choice")
	if x.Day != "" {
		_, err := clock.ParseDay(string(x.Day))
		c.Require(err == nil, "day", "fault.day")
	}
	return c.Err()
}

// address says whether s is a whole web address or a path of this site.
func address(s string) bool {
	u, err := url.Parse(s)
	if err != nil || len(s) > AddressMax || u.User != nil {
		return false
	}
	whole := (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
	return whole || u.Scheme == "" && u.Host == "" && strings.HasPrefix(u.Path, "/")
}

func (w *work) saveWay(ctx context.Context, x Way) (change string, err error) {
	if x.ID == "" {
		if err := w.room(ctx, "delivery_check"); err != nil {
			return "", err
		}
		x.ID, x.Version = id.New(), 1
		return changeAdded, w.m.db.Insert(ctx, "delivery_check", x)
	}
	changed, err := w.m.db.Exec(ctx, `UPDATE delivery_check SET kind = $4, code = $5, text = $6, url = $7, state = $8, day = $9, version = version + 1
		WHERE id = $1 AND initiative = $2 AND version = $3`, x.ID, x.Initiative, x.Version, x.Kind, x.Code, x.Text, x.URL, x.State, x.Day)
	if err != nil || changed > 0 {
		return changeEdited, err
	}
	theirs, err := db.One[Way](ctx, w.m.db, `SELECT `+wayColumns+` FROM delivery_check WHERE id = $1 AND initiative = $2`, x.ID, x.Initiative)
	if err != nil {
		return "", err
	}
	return "", &fault.Error{Kind: fault.Conflict, Key: "delivery.fault.edited", Theirs: theirs}
}

// DropWay takes a line off the checklist.
func (m *Module) DropWay(ctx context.Context, number, way string) error {
	return m.act(ctx, number, EditFeasibility, func(ctx context.Context, w *work) error {
		x, err := db.One[Way](ctx, m.db, `DELETE FROM delivery_check WHERE id = $1 AND initiative = $2 RETURNING `+wayColumns, way, w.Initiative.ID)
		if err != nil {
			return err
		}
		data := map[string]string{"change": changeDropped, "kind": x.Kind, "state": x.State}
		if err := w.tell(ctx, EventFeasible, data, "what", w.say(x)); err != nil {
			return err
		}
		return w.showFeasibility(ctx)
	})
}
