package indicators

import (
	"context"
	"maps"
	"slices"
	"time"

	"ronda/city/charter"
	"ronda/city/indicators/index"
	"ronda/city/meetings"
	"ronda/city/roundtable"
	"ronda/platform/clock"
)

// gathering is the facts on the way from their owners.
type gathering struct {
	m        *Module
	charters map[string]*charter.Charter // by version
	byID     map[string]*index.Initiative
	ids      []string
	proofs   map[string]map[stepItem][]roundtable.Proof // of initiatives with a signature taken back
	codes    map[string]string                          // each code that was read
	items    map[string]map[string][]string             // of steps, by version of the rules and code
}

// stepItem is an item of a step, by their codes.
type stepItem struct{ step, item string }

// Facts reads everything that the indices are computed from, and the name of the
// zone in which their periods begin.
func (m *Module) Facts(ctx context.Context) (*index.Facts, *time.Location, error) {
	g := &gathering{m: m, charters: map[string]*charter.Charter{}, byID: map[string]*index.Initiative{},
		proofs: map[string]map[stepItem][]roundtable.Proof{}, codes: map[string]string{}, items: map[string]map[string][]string{}}
	current, err := m.Charters.Current(ctx)
	if err != nil {
		return nil, nil, err
	}
	zone := current.City.Zone
	for _, read := range []func(context.Context) error{g.readCharters, g.readInitiatives, g.readProofs, g.readSignatures, g.readSteps,
		g.readMoments, g.readOwners, g.readExecution, g.readOpinions, g.readMeetings, g.readMeasurements} {
		if err := read(ctx); err != nil {
			return nil, nil, err
		}
	}
	f := &index.Facts{Ministries: g.ministries(zone), Rules: map[string]index.Rules{}}
	for id, ch := range g.charters {
		f.Rules[id] = rulesOf(ch)
	}
	for _, id := range g.ids {
		f.Initiatives = append(f.Initiatives, *g.byID[id])
	}
	return f, zone, nil
}

func (g *gathering) readCharters(ctx context.Context) error {
	versions, err := g.m.Charters.List(ctx)
	if err != nil {
		return err
	}
	for _, v := range versions {
		if g.charters[v.ID], err = g.m.Charters.ByID(ctx, v.ID); err != nil {
			return err
		}
	}
	return nil
}

// rulesOf are the steps of a version of the city's rules.
func rulesOf(ch *charter.Charter) index.Rules {
	var out index.Rules
	for _, s := range ch.Flow.Steps.All() {
		step := index.Step{Code: s.Code}
		for _, i := range s.Items.All() {
			step.Items = append(step.Items, i.Code)
		}
		out = append(out, step)
	}
	return out
}

// ministries are all that any version of the rules knows, as its latest says.
func (g *gathering) ministries(zone *time.Location) []index.Ministry {
	found := map[string]index.Ministry{}
	inOrder := slices.SortedFunc(maps.Values(g.charters), func(a, b *charter.Charter) int { return a.Version.Number - b.Version.Number })
	for _, ch := range inOrder {
		for _, b := range ch.Bodies.All() {
			if b.Kind.Ministerial() {
				found[b.Code] = index.Ministry{Code: b.Code, Span: index.Span{From: begin(b.From, zone), To: begin(b.To, zone)}}
			}
		}
	}
	out := make([]index.Ministry, 0, len(found))
	for _, code := range slices.Sorted(maps.Keys(found)) {
		out = append(out, found[code])
	}
	return out
}

// begin is the first instant of a day, zero for an open bound.
func begin(d clock.Day, zone *time.Location) time.Time {
	if d == "" {
		return time.Time{}
	}
	return d.Time(zone)
}

func (g *gathering) readInitiatives(ctx context.Context) error {
	return g.m.Roundtable.EachCourse(ctx, func(r roundtable.Course) error {
		x := &index.Initiative{Number: r.Number, Title: r.Title, Axis: g.same(r.Axis), Ministry: g.same(r.Ministry), Rules: g.same(r.Charter),
			Filed: r.FiledAt, Decided: r.DecidedAt}
		if r.State == roundtable.Adopted || r.State == roundtable.Declined || r.State == roundtable.Withdrawn {
			x.Outcome = index.Outcome(g.same(string(r.State)))
		}
		g.byID[r.ID] = x
		g.ids = append(g.ids, r.ID)
		return nil
	})
}

// same is one string for all that say the same: the facts are kept, and hundreds of
// thousands of them say the few codes of a city.
func (g *gathering) same(code string) string {
	if kept, ok := g.codes[code]; ok {
		return kept
	}
	g.codes[code] = code
	return code
}

// of is the initiative with that id; a stray one, which nobody reads, for what
// became public while the facts were read.
func (g *gathering) of(id string) *index.Initiative {
	if i, ok := g.byID[id]; ok {
		return i
	}
	return &index.Initiative{}
}

// ministryOf is the ministry a body is of under the rules of the initiative.
func (g *gathering) ministryOf(i *index.Initiative, body string) string {
	ch := g.charters[i.Rules]
	if ch == nil {
		return ""
	}
	b, _ := ch.Ministry(body)
	return b.Code
}

func (g *gathering) readOpinions(ctx context.Context) error {
	return g.m.Roundtable.EachOpinion(ctx, func(o roundtable.OpinionGiven) error {
		i := g.of(o.Initiative)
		i.Acts = append(i.Acts, index.Act{Ministry: g.ministryOf(i, o.Body), Kind: index.Opinion, At: o.At})
		return nil
	})
}

func (g *gathering) readMeetings(ctx context.Context) error {
	err := g.m.Meetings.EachCall(ctx, func(c meetings.MinistryCall) error {
		i := g.of(c.Initiative)
		i.Calls = append(i.Calls, index.Call{Ministry: c.Ministry, Meeting: c.Meeting, At: c.At, Came: c.Came > 0, Stayed: c.Stayed, Length: c.Length})
		return nil
	})
	if err != nil {
		return err
	}
	return g.m.Meetings.EachKept(ctx, func(k meetings.MinistryKept) error {
		i := g.of(k.Initiative)
		i.Acts = append(i.Acts, index.Act{Ministry: k.Ministry, Kind: index.Commitment, At: k.At, Ref: k.Number})
		return nil
	})
}
