package panorama

import (
	"context"
	"net/http"
	"slices"
	"time"

	"ronda/city/delivery"
	"ronda/city/ideas"
	"ronda/city/indicators/impact"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/city/roundtable/wording"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// life is what is known of an initiative from the idea to the impact, as everybody
// may know it.
type life struct {
	roundtable.View
	say        wording.Words
	ideas      []ideas.Idea
	acts       []event.Event // those that tell its life, oldest first
	executor   string        // body
	money      delivery.Money
	indicators []impact.Indicator
	main       *impact.Indicator // what it is told by, nil while there is none
}

// life shows it.
func (m *Module) life(w http.ResponseWriter, r *http.Request) error {
	ctx := people.With(r.Context(), people.Standing{}) // the same for everybody
	x, err := m.read(ctx, r.PathValue("number"))
	if err != nil {
		return err
	}
	v := m.lifeView(ctx, x)
	return web.Render(w, r, web.Page{Title: v.Heading.Title, Description: v.Quote, Section: "initiatives", Body: lifeBody(v)})
}

// read gathers the life of an initiative; NotFound for one that is not public.
func (m *Module) read(ctx context.Context, number string) (*life, error) {
	v, err := m.Roundtable.View(ctx, number)
	if err != nil {
		return nil, err
	}
	if !v.Initiative.State.Public() {
		return nil, fault.New(fault.NotFound, "fault.notfound")
	}
	x := &life{View: v, say: wording.Of(ctx, v.Charter, m.People)}
	for _, read := range []func(context.Context, *life) error{m.readIdeas, m.readActs, m.readExecution, m.readImpact} {
		if err := read(ctx, x); err != nil {
			return nil, err
		}
	}
	return x, nil
}

// readIdeas finds what it came of; an idea out of sight is left out.
func (m *Module) readIdeas(ctx context.Context, x *life) error {
	for _, s := range x.Initiative.Origins() {
		if s.Kind != ideas.SubjectIdea {
			continue
		}
		i, err := m.Ideas.IdeaByID(ctx, s.ID)
		if fault.Is(err, fault.NotFound) || err == nil && (i.Title == "" || !i.Public()) {
			continue
		}
		if err != nil {
			return err
		}
		x.ideas = append(x.ideas, i)
	}
	slices.SortFunc(x.ideas, func(a, b ideas.Idea) int { return a.Published.Compare(b.Published) })
	return nil
}

// actsMost is how much of a long history is read for its turning points.
const (
	actsMost = 1000
	actsPage = 200
)

// readActs reads the public history for the acts that tell its life.
func (m *Module) readActs(ctx context.Context, x *life) error {
	var all []event.Event
	before := ""
	for len(all) < actsMost {
		some, err := m.Roundtable.PublicHistory(ctx, x.Initiative, before, actsPage)
		if err != nil {
			return err
		}
		all = append(all, some...)
		if len(some) < actsPage {
			break
		}
		before = some[len(some)-1].ID
	}
	slices.Reverse(all)
	x.acts = turning(all)
	return nil
}

// turning picks the turning points of a history, oldest first: of each signature,
// report and kind of measurement the last, and of measurements the first as well.
func turning(all []event.Event) []event.Event {
	last, first := map[string]int{}, map[string]int{}
	for n, e := range all {
		key := pointOf(e)
		if key == "" {
			continue
		}
		last[key] = n
		if _, seen := first[key]; !seen {
			first[key] = n
		}
	}
	var out []event.Event
	for n, e := range all {
		key := pointOf(e)
		if key != "" && (last[key] == n || first[key] == n && e.Kind == impact.EventMeasured) {
			out = append(out, e)
		}
	}
	return out
}

// pointOf is what kind of turning point an act is, empty for none.
func pointOf(e event.Event) string {
	if e.Subject.Kind != roundtable.SubjectKind {
		return ""
	}
	switch e.Kind {
	case roundtable.EventFiled, roundtable.EventAdopted, roundtable.EventOverridden, roundtable.EventDeclined, roundtable.EventDeferred, roundtable.EventWithdrawn,
		delivery.EventAccepted, delivery.EventReported, impact.EventReached:
		return e.Kind
	case roundtable.EventSigned:
		return e.Kind + e.Data["step"]
	case impact.EventMeasured, impact.EventCorrected:
		return impact.EventMeasured
	}
	return ""
}

func (m *Module) readExecution(ctx context.Context, x *life) error {
	c, err := m.Delivery.Case(ctx, x.Initiative.Number)
	if err != nil {
		return err
	}
	x.executor = c.Executor
	columns, err := m.Budget.Columns(ctx, x.Initiative.ID)
	x.money = columns[x.Initiative.ID]
	return err
}

func (m *Module) readImpact(ctx context.Context, x *life) (err error) {
	x.indicators, err = m.Impact.Of(ctx, x.Initiative.Number)
	for n := range x.indicators {
		i := &x.indicators[n]
		if i.Retired.IsZero() && (x.main == nil || weight(*i) > weight(*x.main)) {
			x.main = i
		}
	}
	return err
}

// weight is how well an indicator tells what changed for people.
func weight(i impact.Indicator) int {
	n := 0
	if i.Measured > 0 && i.Current.Known {
		n += 4
	}
	if i.Kind == impact.Outcome {
		n += 2
	}
	if i.Social {
		n++
	}
	return n
}

// at is when an act of one of these kinds happened first, with the act; ok is false
// when none did.
func (x *life) at(kinds ...string) (event.Event, bool) {
	for _, e := range x.acts {
		if slices.Contains(kinds, e.Kind) {
			return e, true
		}
	}
	return event.Event{}, false
}

// last is the last act of a kind.
func (x *life) last(kinds ...string) (event.Event, bool) {
	for _, e := range slices.Backward(x.acts) {
		if slices.Contains(kinds, e.Kind) {
			return e, true
		}
	}
	return event.Event{}, false
}

// born is when somebody had the idea, or it entered the round.
func (x *life) born() time.Time {
	if len(x.ideas) > 0 {
		return x.ideas[0].Published
	}
	if !x.Initiative.FiledAt.IsZero() {
		return x.Initiative.FiledAt
	}
	return x.Initiative.Created
}

// lifeView is the page.
type lifeView struct {
	Heading  ui.Heading
	Change   string
	Phases   []phase
	Impact   ui.Bars
	Spark    string
	Figures  ui.Figures
	Quote    string
	Link     ui.CopyLink
	Address  string
	Timeline ui.Timeline
	None     string
}

// phase is a station on the line of life.
type phase struct {
	What, Day, Stamp, Took string
	Reached                bool
}
