package jury

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"ronda/city/ideas"
	"ronda/city/people"
	"ronda/method/choice/review"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// PlacesMax is the most ideas that an evaluation can choose.
const PlacesMax = 500

// Seal closes the evaluation of a challenge: the grades stand in a file without
// names, whose digest is public from now on, and the ranking is made of it.
// places is how many ideas can be chosen, said before anybody knows which.
// Faults: Forbidden but to the head of the body that asks; Conflict while ideas
// are taken, or when it is closed; Invalid on "places".
func (m *Module) Seal(ctx context.Context, number string, places int) (err error) {
	defer fault.Wrap(&err, "Seal(%s)", number)
	return m.DB.Write(ctx, func(ctx context.Context) error {
		c, err := m.concluding(ctx, number)
		if err != nil {
			return err
		}
		p, err := m.lock(ctx, c.Challenge)
		if err != nil {
			return err
		}
		live := c.Challenge.Phase == ideas.PhaseEvaluating || c.Challenge.Phase == ideas.PhaseAnswered
		if !live || !p.Sealed.IsZero() {
			return closed()
		}
		if places < 1 || places > PlacesMax {
			return bad("places", "ideas.jury.fault.places", "max", PlacesMax)
		}
		return m.seal(ctx, c, places)
	})
}

// concluding is the case of a challenge that the person of the context may
// conclude.
func (m *Module) concluding(ctx context.Context, number string) (ideas.Case, error) {
	c, err := m.City.Challenge(ctx, number)
	if err != nil {
		return c, err
	}
	_, err = c.Require(people.Me(ctx), ideas.MayConclude)
	return c, err
}

func (m *Module) seal(ctx context.Context, c ideas.Case, places int) error {
	p, reviewers, err := m.anonymous(ctx, c.Challenge)
	if err != nil {
		return err
	}
	if len(p.Reviews) == 0 {
		return fault.New(fault.Conflict, "ideas.jury.fault.empty")
	}
	file := review.File{Criteria: codes(c.Challenge.Criteria), Panel: *p}
	text := file.String()
	ranking, err := review.Rank(p, review.Options{Places: places})
	if err != nil {
		return err
	}
	packed, err := json.Marshal(ranking)
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(text))
	digest := hex.EncodeToString(sum[:])
	if _, err := m.DB.Exec(ctx, `UPDATE jury_panel SET places = $2, sealed_at = $3, file = $4, digest = $5, ranking = $6 WHERE challenge = $1`,
		c.Challenge.ID, places, clock.Now(ctx), text, digest, string(packed)); err != nil {
		return err
	}
	return m.tell(ctx, c, event.Event{Kind: EventSealed, Public: true, Data: map[string]string{"digest": digest, "reviews": strconv.Itoa(len(p.Reviews)),
		"reviewers": strconv.Itoa(reviewers), "ideas": strconv.Itoa(len(ranking.Ideas)), "places": strconv.Itoa(places)}}, ideas.MayConclude)
}

func codes(criteria []ideas.Criterion) []string {
	var out []string
	for _, k := range criteria {
		out = append(out, k.Code)
	}
	return out
}

// anonymous reads the finished reviews of published ideas; each juror is a
// number drawn by lot, which nobody can find the person by.
func (m *Module) anonymous(ctx context.Context, c ideas.Challenge) (*review.Panel, int, error) {
	p := &review.Panel{Best: Highest - Lowest}
	for _, k := range c.Criteria {
		p.Weights = append(p.Weights, float64(k.Weight))
	}
	persons, err := db.Query[string](ctx, m.DB, `SELECT DISTINCT person FROM jury_review WHERE challenge = $1 AND state = $2`, c.ID, Done)
	if err != nil {
		return nil, 0, err
	}
	slices.Sort(persons)
	names, err := drawNames(persons)
	if err != nil {
		return nil, 0, err
	}
	err = db.Each(ctx, m.DB, `SELECT `+reviewOf+` FROM jury_review r JOIN jury_idea i ON i.idea = r.idea
		WHERE r.challenge = $1 AND r.state = $2 AND i.live = TRUE ORDER BY r.number, r.person`, []any{c.ID, Done}, func(r Review) error {
		grades, err := r.grades()
		if err != nil {
			return err
		}
		row := review.Review{Reviewer: names[r.Person], Idea: r.Number}
		for _, k := range c.Criteria {
			g := grades[k.Code]
			if g < Lowest {
				return nil // graded before the criteria changed: it says nothing on one of them
			}
			row.Grades = append(row.Grades, g-Lowest)
		}
		p.Reviews = append(p.Reviews, row)
		return nil
	})
	return p, len(persons), err
}

// reviewOf is reviewColumns of a join.
var reviewOf = "r." + strings.ReplaceAll(reviewColumns, ", ", ", r.")

// drawNames gives persons names like "J07", by lot.
func drawNames(persons []string) (map[string]string, error) {
	numbers := make([]int, len(persons))
	for i := range numbers {
		numbers[i] = i + 1
	}
	for i := len(numbers) - 1; i > 0; i-- {
		j, err := rand.Int(rand.Reader, big.NewInt(int64(i+1)))
		if err != nil {
			return nil, err
		}
		k := int(j.Int64())
		numbers[i], numbers[k] = numbers[k], numbers[i]
	}
	out := map[string]string{}
	for i, person := range persons {
		out[person] = fmt.Sprintf("J%0*d", len(strconv.Itoa(len(persons))), numbers[i])
	}
	return out, nil
}

// Outcome is where the evaluation of a challenge stands for one person.
type Outcome struct {
	ideas.Case
	Share     Share
	Work      Load // of all jurors together: how many reviews, never what they say
	Places    int
	Digest    string // empty until it is closed
	Published bool
	Chosen    []string        // numbers of the ideas that the published conclusion chose
	Ranking   *review.Ranking // nil for who may not see it yet
	MayDecide bool            // the person concludes the challenge
}

// Outcome reads the evaluation of a challenge. Before the result is published
// only whoever has to publish it finds the ranking in there, and the grades
// nobody.
func (m *Module) Outcome(ctx context.Context, number string) (o Outcome, err error) {
	defer fault.Wrap(&err, "Outcome(%s)", number)
	if o.Case, err = m.City.Challenge(ctx, number); err != nil {
		return o, err
	}
	if len(o.Challenge.Jury) == 0 || !o.Challenge.Public() {
		return o, fault.New(fault.NotFound, "fault.notfound")
	}
	if o.Share, err = m.Share(ctx, o.Challenge.ID); err != nil {
		return o, err
	}
	if o.Work, err = m.total(ctx, o.Challenge.ID); err != nil {
		return o, err
	}
	p, err := m.panelOf(ctx, o.Challenge.ID)
	if err != nil {
		return o, err
	}
	_, o.MayDecide = o.Can(people.Me(ctx), ideas.MayConclude)
	o.Places, o.Digest, o.Published = p.Places, p.Digest, !p.Published.IsZero()
	if p.Sealed.IsZero() || !o.Published && !o.MayDecide {
		return o, nil
	}
	if o.Published {
		if o.Chosen, err = m.chosen(ctx, o.Challenge); err != nil {
			return o, err
		}
	}
	o.Ranking, err = m.ranking(ctx, p)
	return o, err
}

// File is the sealed file of grades, once the result is published; NotFound
// before, to everybody.
func (m *Module) File(ctx context.Context, number string) (string, error) {
	o, err := m.Outcome(ctx, number)
	if err != nil {
		return "", err
	}
	if !o.Published {
		return "", fault.New(fault.NotFound, "fault.notfound")
	}
	return db.One[string](ctx, m.DB, `SELECT file FROM jury_panel WHERE challenge = $1`, o.Challenge.ID)
}

func bad(field, key string, args ...any) error {
	var c fault.Check
	c.Fail(field, key, args...)
	return c.Err()
}
