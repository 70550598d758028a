package town

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"ronda/city/ideas"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/id"
)

// Thinkers is how many citizens have an idea that was published: a first idea
// waits for a moderator, theirs do not.
const Thinkers = 125

// Think fills the City of Ideas: it takes in so many ideas as from another
// program, and gives them supports and comments of the citizens.
func (t *Town) Think(ctx context.Context, c *Cast, n, supports, comments int) error {
	city := t.cityOfIdeas()
	r := rand.New(rand.NewPCG(6, 6))
	moderator := t.Head(c, t.Charter.Office("coordination"))
	if _, err := city.Import(people.With(ctx, moderator), t.foreign(r, c, n), ideas.ImportOptions{}); err != nil {
		return fmt.Errorf("import: %w", err)
	}
	if err := t.DB.Write(ctx, func(ctx context.Context) error { return t.firsts(ctx, city, c, moderator) }); err != nil {
		return fmt.Errorf("first ideas: %w", err)
	}
	if err := t.voices(ctx, r, c, supports, comments); err != nil {
		return fmt.Errorf("voices: %w", err)
	}
	return nil
}

// OpenThinkers gives the thinkers doors of the demonstration, "citizen-0" and on.
// Every page shows all doors, so this is for copies that no page is measured in.
func (t *Town) OpenThinkers(ctx context.Context) error {
	persons, err := db.Query[string](ctx, t.DB, `SELECT author FROM ideas_idea WHERE author <> '' ORDER BY id LIMIT $1`, Thinkers)
	if err != nil {
		return err
	}
	doors := make([]Role, len(persons))
	for i, person := range persons {
		doors[i] = Role{fmt.Sprintf("citizen-%d", i), person}
	}
	return t.OpenDoors(ctx, doors...)
}

func (t *Town) cityOfIdeas() *ideas.Module {
	follow := func(context.Context, string, event.Subject) error { return nil } // nobody is told of anything here
	return ideas.New(ideas.Deps{DB: t.DB, Log: t.Log, Charters: t.charters, People: t.People, Roundtable: t.Roundtable, Follow: follow})
}

// foreign are ideas of another program, spread over the time the town has lived.
func (t *Town) foreign(r *rand.Rand, c *Cast, n int) []ideas.Foreign {
	span := time.Since(c.Begin) - 48*time.Hour
	out := make([]ideas.Foreign, n)
	for i := range out {
		place := pick(r, t.Charter.Territories.All())
		out[i] = ideas.Foreign{Source: "town", ID: fmt.Sprint(i), Title: title(r, place.Name.In("es")), Text: text(r, 2) + " " + pick(r, questions),
			Place: place.Code, Axis: pick(r, t.Charter.Frame.Axes.All()).Code, Tags: []string{pick(r, tags), pick(r, tags)},
			Signature: name(r), Created: c.Begin.Add(span / time.Duration(n) * time.Duration(i))}
		if r.IntN(5) == 0 {
			out[i].Answer, out[i].AnsweredAt = pick(r, endings), out[i].Created.Add(20*24*time.Hour)
		}
	}
	return out
}

// firsts are the first ideas of the thinkers, read by a moderator.
func (t *Town) firsts(ctx context.Context, city *ideas.Module, c *Cast, moderator people.Standing) error {
	ctx = clock.At(ctx, time.Now().Add(-24*time.Hour))
	for i, who := range c.Citizens[:Thinkers] {
		own := people.With(ctx, who)
		d, err := city.SaveDraft(own, ideas.Draft{Title: fmt.Sprintf("La primera idea del vecino %d", i), Text: text(rand.New(rand.NewPCG(7, uint64(i))), 1)})
		if err != nil {
			return err
		}
		sent, err := city.Send(own, d.ID)
		if err != nil {
			return err
		}
		if err := city.Approve(people.With(ctx, moderator), sent.Number); err != nil {
			return err
		}
	}
	return nil
}

// voices writes supports and comments where their acts would.
func (t *Town) voices(ctx context.Context, r *rand.Rand, c *Cast, supports, comments int) error {
	at := time.Now().Add(-20 * time.Hour)
	return t.DB.Write(ctx, func(ctx context.Context) error {
		all, err := db.Query[string](ctx, t.DB, `SELECT id FROM ideas_idea`)
		if err != nil {
			return err
		}
		for given := int64(0); given < int64(supports); {
			n, err := t.DB.Exec(ctx, `INSERT INTO ideas_support (idea, person, at, fresh) VALUES ($1, $2, $3, FALSE) ON CONFLICT DO NOTHING`,
				pick(r, all), pick(r, c.Citizens).Person, at)
			if err != nil {
				return err
			}
			given += n
		}
		for range comments {
			x := ideas.Comment{ID: id.New(), Idea: pick(r, all), Person: pick(r, c.Citizens).Person, Voice: 1 + r.IntN(3), Text: pick(r, remarks), At: at}
			x.Root = x.ID
			if err := t.DB.Insert(ctx, "ideas_comment", x); err != nil {
				return err
			}
		}
		return t.countVoices(ctx)
	})
}

// countVoices brings the counters in line with the rows.
func (t *Town) countVoices(ctx context.Context) error {
	for _, sql := range []string{
		`UPDATE ideas_idea SET supports = (SELECT count(*) FROM ideas_support s WHERE s.idea = ideas_idea.id),
			comments = (SELECT count(*) FROM ideas_comment c WHERE c.idea = ideas_idea.id), voices = 3`,
		`UPDATE ideas_tag SET supports = (SELECT supports FROM ideas_idea i WHERE i.id = ideas_tag.idea)`,
	} {
		if _, err := t.DB.Exec(ctx, sql); err != nil {
			return err
		}
	}
	return nil
}
