package town

import (
	"context"
	"math/rand/v2"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/city/roundtable"
)

// act is something that happens to an initiative, done by somebody.
type act struct {
	by people.Standing
	do func(ctx context.Context, m *roundtable.Module, number string) error
}

// plan is the life of one initiative; the first act proposes it.
type plan struct {
	thought roundtable.Thought
	by      people.Standing
	acts    []act
}

// planner thinks up lives. What becomes of an initiative is drawn; the shares
// add up to about fifteen acts for each.
type planner struct {
	t *Town
	c *Cast
	r *rand.Rand

	asked int // questions so far: citizens ask in turn, since nobody may ask often
}

// stepShares is how many of the filed initiatives stand at each step: more at
// the first, since some never go on.
var stepShares = []int{1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5, 5, 6, 6}

func (p *planner) life() plan {
	who := pick(p.r, p.c.Directions)
	place := pick(p.r, p.t.Charter.Territories.All())
	l := plan{by: who, thought: roundtable.Thought{Title: title(p.r, place.Name.In("es")), Line: pick(p.r, openings),
		WhyNew: "En otro lugar, con otra gente y otro presupuesto."}}
	fate := p.r.IntN(100)
	if fate < 12 {
		return p.talk(l, 3)
	}
	l.thought.Sponsor = who.Posts[0].Body
	l.add(who, func(ctx context.Context, m *roundtable.Module, number string) error {
		return m.Edit(ctx, number, p.dossier(l.thought, place))
	})
	if fate < 25 {
		return p.talk(l, 4)
	}
	l.add(who, func(ctx context.Context, m *roundtable.Module, number string) error { return m.File(ctx, number) })
	if fate < 80 {
		return p.talk(p.walk(l, pick(p.r, stepShares)), 4)
	}
	return p.end(l, fate)
}

// end decides about an initiative: adopted once every step is signed, else
// declined, withdrawn or deferred on the way.
func (p *planner) end(l plan, fate int) plan {
	mayor := p.t.Head(p.c, p.mayor())
	reason := pick(p.r, endings)
	if fate < 89 {
		l = p.talk(p.walk(l, len(p.t.Charter.Flow.Steps.All())+1), 3)
		l.add(mayor, func(ctx context.Context, m *roundtable.Module, number string) error {
			return m.Adopt(ctx, number, reason)
		})
		return l
	}
	l = p.talk(p.walk(l, pick(p.r, stepShares)), 3)
	if fate < 95 {
		l.add(mayor, func(ctx context.Context, m *roundtable.Module, number string) error {
			return m.Decline(ctx, number, reason)
		})
	} else {
		l.add(l.by, func(ctx context.Context, m *roundtable.Module, number string) error {
			return m.Withdraw(ctx, number, reason)
		})
	}
	return l
}

// mayor is the body of whoever decides.
func (p *planner) mayor() string {
	for _, post := range p.t.Charter.Posts.All() {
		if p.t.Charter.MayDecide(post.Code) {
			return post.Body
		}
	}
	return ""
}

// walk takes an initiative up to a step, counted from 1, whose evidence is there
// and which waits for its signature; each tenth was sent back once.
func (p *planner) walk(l plan, upTo int) plan {
	for _, step := range p.t.Charter.Flow.Steps.All() {
		if step.Number > upTo {
			break
		}
		head := p.t.Head(p.c, p.t.Charter.Office(step.Office))
		l.acts = append(l.acts, p.t.evidence(p.r, l.by, head, step)...)
		if step.Number == upTo {
			break
		}
		if p.r.IntN(10) == 0 {
			l.add(head, func(ctx context.Context, m *roundtable.Module, number string) error {
				return m.ReturnStep(ctx, number, step.Code, "Falta decir quién responde por el mantenimiento.")
			})
			l.add(l.by, func(ctx context.Context, m *roundtable.Module, number string) error {
				return m.Resubmit(ctx, number, step.Code, "Lo dice ahora la lista de equipamiento.")
			})
			l.acts = append(l.acts, p.t.attendance(head, step)...)
		}
		l.add(head, func(ctx context.Context, m *roundtable.Module, number string) error {
			return m.SignStep(ctx, number, step.Code, "")
		})
	}
	return l
}

// talk adds up to most comments of officials and questions of citizens.
func (p *planner) talk(l plan, most int) plan {
	filed := len(l.acts) > 1
	for range p.r.IntN(most + 1) {
		if filed && p.r.IntN(2) == 0 && len(p.c.Citizens) > 0 {
			q, who := pick(p.r, questions), p.c.Citizens[p.asked%len(p.c.Citizens)]
			p.asked++
			l.add(who, func(ctx context.Context, m *roundtable.Module, number string) error { return m.Ask(ctx, number, q) })
			continue
		}
		said := pick(p.r, remarks)
		l.add(pick(p.r, p.c.Directions), func(ctx context.Context, m *roundtable.Module, number string) error {
			return m.Discuss(ctx, number, said)
		})
	}
	return l
}

func (l *plan) add(by people.Standing, do func(ctx context.Context, m *roundtable.Module, number string) error) {
	l.acts = append(l.acts, act{by, do})
}

// dossier is complete enough to file.
func (p *planner) dossier(t roundtable.Thought, place charter.Territory) roundtable.Dossier {
	frame, r := p.t.Charter.Frame, p.r
	axis := pick(r, frame.Axes.All()).Code
	d := roundtable.Dossier{Title: t.Title, Line: t.Line, Change: pick(r, endings), Problem: text(r, 3), Version: 1,
		Type: pick(r, frame.Types.All()).Code, Axis: axis, SDG: pick(r, p.t.Charter.SDG.Targets.All()).Code,
		Axes: []string{pick(r, frame.Axes.All()).Code}, Goals: []string{pick(r, frame.Goals.All()).Code},
		Purposes: []string{pick(r, frame.Purposes.All()).Code, pick(r, frame.Purposes.All()).Code}, Territories: []string{place.Code}}
	for _, g := range []int{r.IntN(frame.Groups.Len()), r.IntN(frame.Groups.Len())} {
		d.Planned = append(d.Planned, roundtable.Planned{Group: frame.Groups.All()[g].Code, Territory: place.Code, People: int64(100 + r.IntN(90_000))})
		if len(d.Planned) == 2 && d.Planned[0].Group == d.Planned[1].Group {
			d.Planned = d.Planned[:1]
		}
	}
	return d
}
