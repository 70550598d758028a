package demo

import (
	"cmp"
	"context"
	"regexp"
	"strings"
	"time"

	"ronda/city/ideas"
	"ronda/city/people"
)

// held is how long an idea waits for a moderator at most.
const held = 48 * time.Hour

// thoughts are the ideas of a tender: those of its file, and their echoes.
func (c *council) thoughts(t *tender) []*thought {
	var out []*thought
	for _, p := range t.Ideas {
		out = append(out, c.think(t, p))
		if p.Like == nil {
			continue
		}
		for _, place := range p.Like.In {
			out = append(out, c.think(t, c.echo(*p.Like, place)))
		}
	}
	for _, p := range t.Drafts {
		c.draft(t, p)
	}
	return out
}

var inBraces = regexp.MustCompile(`\{[a-z]+\}`)

// echo is a thought of the file as somebody has it elsewhere.
func (c *council) echo(e echo, place string) proposal {
	fill := func(text string) string {
		return inBraces.ReplaceAllStringFunc(text, func(w string) string { return cmp.Or(c.area.Places[place][strings.Trim(w, "{}")], w) })
	}
	voice := c.area.Voices[c.luck.IntN(len(c.area.Voices))]
	return proposal{Place: place, Title: fill(e.Title), Text: fill(strings.TrimSpace(e.Text)) + " " + fill(voice)}
}

// think gives an idea its author, its hour and what was left to the lot.
func (c *council) think(t *tender, p proposal) *thought {
	if p.By == "" {
		n := c.someone(p.Place)
		p.By = n.key
		if p.Sign == "" && c.luck.IntN(5) < 2 {
			p.Sign, _, _ = strings.Cut(n.name, " ")
		}
	}
	from, to := t.span()
	if p.Day == nil {
		day := from + int(float64(to-from+1)*c.luck.Float64()*(0.4+0.6*c.luck.Float64()))
		p.Day = &day
	}
	if p.Supports == nil {
		n := 2 + c.luck.IntN(5)
		p.Supports = &n
	}
	x := &thought{proposal: p, tender: t, sent: c.atHome(*p.Day), last: c.days.today.Add(-time.Hour)}
	if t.Rules != nil && t.Rules.Closes < 0 {
		x.last = c.days.on(t.Rules.Closes - 3)
	}
	if p.Key != "" {
		c.thought[p.Key] = x
	}
	return x
}

// span is from which day to which ideas come.
func (t *tender) span() (from, to int) {
	if t.Rules == nil {
		return -120, -1
	}
	return t.Rules.Opens + 1, min(t.Rules.Closes-4, -1)
}

// draft keeps what somebody has begun to write.
func (c *council) draft(t *tender, p proposal) {
	c.do(c.atHome(*p.Day), p.By, p.Title, func(ctx context.Context) error {
		_, err := c.Ideas.SaveDraft(ctx, ideas.Draft{Challenge: t.id, Title: p.Title, Text: strings.TrimSpace(p.Text), Place: p.Place, Signature: p.Sign})
		return err
	})
}

// publication says when an idea is sent and when everybody sees it: somebody's
// first one waits for a moderator, or for its term.
func (c *council) publication(x *thought) {
	c.do(x.sent, x.By, x.Title, func(ctx context.Context) error { return c.send(ctx, x) })
	x.seen = x.sent
	f, ok := c.first[x.By]
	if ok && !x.sent.Before(f) {
		return
	}
	approval := c.atWork(x.sent, 1)
	term := x.sent.Add(held + time.Minute)
	moderator := []string{"mesa", "equipo-mesa"}[c.luck.IntN(2)]
	if x.seen = approval; term.Before(approval) {
		x.seen = term
	}
	if !ok {
		c.first[x.By] = x.seen
	}
	switch {
	case !c.past(x.seen): // it waits now
	case x.seen.Equal(approval):
		c.do(x.seen, moderator, x.Title, func(ctx context.Context) error { return c.approve(ctx, x) })
	default:
		c.do(x.seen, "", x.Title, func(ctx context.Context) error { return c.release(ctx, x) })
	}
}

func (c *council) send(ctx context.Context, x *thought) error {
	d, err := c.Ideas.SaveDraft(ctx, ideas.Draft{Challenge: x.tender.id, Title: x.Title, Text: strings.TrimSpace(x.Text), Place: x.Place, Signature: x.Sign})
	if err != nil {
		return err
	}
	i, err := c.Ideas.Send(ctx, d.ID)
	if err != nil {
		return err
	}
	x.number, x.id = i.Number, i.ID
	if i.State == ideas.Published {
		return c.share(ctx, x)
	}
	return nil
}

// share gives an idea to its jury; where there is none, its turn comes with all
// other news.
func (c *council) share(ctx context.Context, x *thought) error {
	if x.tender.Graded == nil {
		return nil
	}
	return c.Jury.ShareIdea(ctx, x.id)
}

// approve publishes a held idea. The moderator has read it.
func (c *council) approve(ctx context.Context, x *thought) error {
	if err := c.Ideas.Approve(ctx, x.number); err != nil {
		return err
	}
	if err := c.Jury.ShareIdea(ctx, x.id); err != nil {
		return err
	}
	return c.Jury.Read(ctx, x.number)
}

// release lets the clock publish what nobody has read in time.
func (c *council) release(ctx context.Context, x *thought) error {
	if err := c.Ideas.Tick(people.With(ctx, people.Standing{})); err != nil {
		return err
	}
	return c.share(ctx, x)
}
