package demo

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"ronda/city/ideas"
)

// life is what happens to an idea once it is published.
func (c *council) life(x *thought) {
	if !c.past(x.seen) {
		return
	}
	c.office(x)
	c.moderation(x)
	c.supports(x)
	c.comments(x)
	c.kinship(x)
}

// after adds what somebody does some days after the publication, unless that is
// still to come.
func (c *council) after(x *thought, r *reply, by string, office bool, fn func(context.Context, string) error) {
	if r == nil {
		return
	}
	c.at(x, r, c.when(x, r, office), by, fn)
}

// then is after for what answers the last act of moderation: it comes later, also
// where a weekend put that one off.
func (c *council) then(x *thought, r *reply, by string, office bool, fn func(context.Context, string) error) {
	if r == nil {
		return
	}
	at := c.when(x, r, office)
	if at.Before(x.moderated.Add(time.Hour)) {
		at = c.awake(x.moderated.Add(2 * time.Hour))
		if office {
			at = c.atWork(x.moderated, 1)
		}
	}
	x.moderated = at
	c.at(x, r, at, by, fn)
}

// when is the day of something about an idea; an office keeps its hours.
func (c *council) when(x *thought, r *reply, office bool) time.Time {
	if office {
		return c.atWork(x.seen, max(r.After, 1))
	}
	return c.awake(x.seen.Add(time.Duration(r.After)*24*time.Hour + 40*time.Minute))
}

// at adds what somebody does about an idea, unless it is still to come.
func (c *council) at(x *thought, r *reply, at time.Time, by string, fn func(context.Context, string) error) {
	if !c.past(at) {
		return
	}
	text := strings.TrimSpace(r.Text)
	c.do(at, cmp.Or(r.By, by), x.Title, func(ctx context.Context) error { return fn(ctx, text) })
}

// office is what officials do with an idea.
func (c *council) office(x *thought) {
	if x.Owes != "" {
		c.after(x, &reply{After: 1}, "mesa", true, func(ctx context.Context, _ string) error {
			who, err := c.People.Standing(ctx, c.persons[x.Owes])
			if err != nil {
				return err
			}
			return c.Ideas.Assign(ctx, x.number, who.Posts[0].Body)
		})
	}
	owes := x.Owes
	if owes == "" && x.tender.Rules != nil {
		owes = x.tender.Rules.By
	}
	if x.Answer != nil {
		outcome := cmp.Or(x.Answer.Outcome, ideas.Answered)
		r := *x.Answer
		r.After = max(r.After, 4) // after it was given to somebody, weekends or not
		c.after(x, &r, cmp.Or(owes, "mesa"), true, func(ctx context.Context, text string) error { return c.Ideas.Answer(ctx, x.number, text, outcome) })
	}
	if x.Cost > 0 {
		at := c.days.work(*x.tender.Rules.VoteOpens - 5).Add(10*time.Hour + time.Duration(c.luck.IntN(300))*time.Minute)
		c.do(at, x.tender.Rules.By, x.Title, func(ctx context.Context) error { return c.Ideas.SetCost(ctx, x.number, x.Cost*100) })
	}
}

// moderation is what is done about an idea that should not stand as it does.
func (c *council) moderation(x *thought) {
	c.after(x, x.Edit, x.By, false, func(ctx context.Context, text string) error {
		return c.Ideas.Edit(ctx, x.number, 1, ideas.Words{Title: x.Title, Text: text, Place: x.Place, Signature: x.Sign})
	})
	c.then(x, x.Report, c.someone("").key, false, func(ctx context.Context, why string) error { return c.Ideas.Report(ctx, x.number, "", why) })
	c.then(x, x.Hide, "equipo-mesa", true, func(ctx context.Context, why string) error {
		if err := c.Ideas.Hide(ctx, x.number, why); err != nil {
			return err
		}
		return c.Jury.ShareIdea(ctx, x.id)
	})
	c.then(x, x.Appeal, x.By, false, func(ctx context.Context, text string) error { return c.Ideas.Appeal(ctx, x.number, text) })
	c.then(x, x.Restore, "mesa", true, func(ctx context.Context, why string) error {
		if err := c.Ideas.Restore(ctx, x.number, why); err != nil {
			return err
		}
		return c.Jury.ShareIdea(ctx, x.id)
	})
	c.after(x, x.Withdraw, x.By, false, func(ctx context.Context, why string) error { return c.Ideas.Withdraw(ctx, x.number, why) })
}

// ends is until when people can speak of an idea: it may leave before the rest.
func (x *thought) ends(c *council) time.Time {
	end := x.last
	for _, r := range []*reply{x.Hide, x.Withdraw} {
		if r == nil {
			continue
		}
		if at := x.seen.Add(time.Duration(r.After)*24*time.Hour - 12*time.Hour); at.Before(end) {
			end = at
		}
	}
	return end
}

// supports gives the idea its voices when the talk about it is over.
func (c *council) supports(x *thought) {
	end := x.ends(c)
	var chorus []neighbour
	var at []time.Time
	for _, n := range c.some(*x.Supports) {
		if when := c.between(x.seen.Add(10*time.Minute), end); n.key != x.By && when.After(x.seen) {
			chorus, at = append(chorus, n), append(at, when)
		}
	}
	if len(chorus) == 0 {
		return
	}
	c.do(slices.MaxFunc(at, time.Time.Compare), "", x.Title, func(ctx context.Context) error {
		var voices []ideas.Voice
		for i, n := range chorus {
			voices = append(voices, ideas.Voice{Person: c.persons[n.key], At: at[i]})
		}
		return c.Ideas.Chorus(ctx, x.number, voices)
	})
}

// comments lets people talk about an idea, each after the one before.
func (c *council) comments(x *thought) {
	at, root := x.seen, ""
	for _, text := range x.Comments {
		at = c.awake(at.Add(time.Duration(40+c.luck.IntN(1500)) * time.Minute))
		if !c.past(at) || at.After(x.ends(c)) {
			return
		}
		text, answers := strings.CutPrefix(text, "> ")
		by := c.someone("").key
		if rest, named := strings.CutPrefix(text, "["); named {
			by, text, _ = strings.Cut(rest, "] ")
		}
		if by == "autor" {
			by = x.By
		}
		if c.holdsPost(by) {
			at = c.atWork(at, 1)
		}
		if !c.past(at) {
			return
		}
		c.do(at, by, x.Title, func(ctx context.Context) error {
			parent := ""
			if answers {
				parent = root
			}
			said, err := c.Ideas.Comment(ctx, x.number, parent, text)
			if !answers {
				root = said.ID
			}
			return err
		})
	}
}

// kinship asks for a family, and lets the other side agree the day after.
func (c *council) kinship(x *thought) {
	k := x.Family
	if k == nil {
		return
	}
	at := c.awake(x.seen.Add(time.Duration(k.After)*24*time.Hour + 90*time.Minute))
	if !c.past(at) {
		return
	}
	ask := ""
	c.do(at, x.By, x.Title, func(ctx context.Context) error {
		a, err := c.Ideas.AskFamily(ctx, x.number, c.thought[k.With].number, k.Why)
		ask = a.ID
		return err
	})
	if yes := c.awake(at.Add(20 * time.Hour)); !k.Waits && c.past(yes) {
		other := c.thought[k.With]
		c.do(yes, other.By, x.Title, func(ctx context.Context) error {
			err := c.Ideas.Consent(ctx, ask, true)
			if err == nil {
				err = c.Jury.ShareIdea(ctx, x.id)
			}
			return err
		})
	}
}

// holdsPost says whether somebody acts in the hours of an office.
func (t *teller) holdsPost(key string) bool { return t.posts[key] }
