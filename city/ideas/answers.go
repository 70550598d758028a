package ideas

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Reply is an official answer to an idea, with the name of a post.
type Reply struct {
	ID      string    `db:"id"`
	Idea    string    `db:"idea"`
	Text    string    `db:"text"`
	Outcome Outcome   `db:"outcome"`
	Person  string    `db:"person"` // who acted for the post: public
	Post    string    `db:"post"`
	Body    string    `db:"body"`
	At      time.Time `db:"at"`
}

const replyColumns = `id, idea, text, outcome, person, post, body, at`

// Answer answers an idea officially. outcome is Answered; NotChosen for what the
// city will not do, at the standing door; Executed for what was taken up. It may
// be given again: the newest answer stands first, all stay.
func (m *Module) Answer(ctx context.Context, number, text string, outcome Outcome) error {
	return m.act(ctx, number, MayAnswer, func(ctx context.Context, w *work) error {
		if err := w.in(Published); err != nil {
			return err
		}
		text = strings.TrimSpace(text)
		var c fault.Check
		c.Text("answer", text, true, AnswerMax)
		if !c.Failed("answer") && len([]rune(text)) < TextMin {
			c.Fail("answer", "ideas.fault.short", "min", TextMin)
		}
		c.Require(w.mayBecome(outcome), "outcome", "ideas.fault.outcome")
		if err := c.Err(); err != nil {
			return err
		}
		if twice, err := w.answeredSame(ctx, text); err != nil || twice {
			return err
		}
		return w.answer(ctx, text, outcome)
	})
}

// mayBecome says whether an answer may bring the idea to the outcome.
func (w *work) mayBecome(to Outcome) bool {
	now := w.Idea.Outcome
	switch to {
	case Answered:
		return true // says something, and leaves a later outcome as it is
	case NotChosen:
		return w.Idea.Challenge == "" && (now == Waiting || now == Answered || now == NotChosen)
	case Executed:
		return now == TakenUp || now == Executed
	}
	return false
}

// answeredSame says whether the newest answer says just that: a form sent twice.
func (w *work) answeredSame(ctx context.Context, text string) (bool, error) {
	last, ok, err := db.Find[string](ctx, w.m.db, `SELECT text FROM ideas_reply WHERE idea = $1 ORDER BY id DESC LIMIT 1`, w.Idea.ID)
	return ok && last == text, err
}

func (w *work) answer(ctx context.Context, text string, outcome Outcome) error {
	r := Reply{ID: id.New(), Idea: w.Idea.ID, Text: text, Outcome: outcome, Person: w.Who.Person, Post: w.As.Post, Body: w.As.Body, At: clock.Now(ctx)}
	if err := w.m.db.Insert(ctx, "ideas_reply", r); err != nil {
		return err
	}
	again := !w.Idea.AnsweredAt.IsZero()
	if !again {
		if err := w.stopClock(ctx); err != nil {
			return err
		}
	}
	if outcome != Answered || w.Idea.Outcome == Waiting {
		w.Idea.Outcome = outcome
	}
	data := map[string]string{"outcome": string(outcome), "again": No}
	if again {
		data["again"] = Yes
	}
	return w.tell(ctx, tale{kind: EventAnswered, public: true, data: data, text: map[string]string{"answer": text}})
}

// stopClock counts the first answer for the body that owed it, and answers the
// challenge when this was the last idea that waited.
func (w *work) stopClock(ctx context.Context) error {
	now := clock.Now(ctx)
	w.Idea.AnsweredAt = now
	late := clock.DayOf(now, w.Charter.City.Zone) > w.Idea.AnswerDue
	if _, err := w.m.db.Exec(ctx, `INSERT INTO ideas_clock (body, days, late, n) VALUES ($1, $2, $3, 1)
		ON CONFLICT (body, days, late) DO UPDATE SET n = ideas_clock.n + 1`, w.Idea.Body, days(w.Idea.Published, now), late); err != nil {
		return err
	}
	if w.Idea.Challenge == "" {
		return nil
	}
	if _, err := w.m.db.Exec(ctx, `UPDATE ideas_challenge SET answered = answered + 1 WHERE id = $1`, w.Idea.Challenge); err != nil {
		return err
	}
	return w.m.allAnswered(ctx, w.Idea.Challenge)
}

// Assign says which body owes the answer. Its day stays: the citizen waits as
// long, whoever answers.
func (m *Module) Assign(ctx context.Context, number, body string) error {
	return m.act(ctx, number, MayAssign, func(ctx context.Context, w *work) error {
		if err := w.in(Published, Held); err != nil {
			return err
		}
		if !w.Idea.AnsweredAt.IsZero() {
			return fault.New(fault.Conflict, "ideas.fault.answered")
		}
		b, ok := w.Charter.Bodies.Get(body)
		if !ok || !b.ActiveOn(clock.DayOf(clock.Now(ctx), w.Charter.City.Zone)) {
			return bad("body", "ideas.fault.unknown")
		}
		if w.Idea.Body == body {
			return nil
		}
		before := event.Subject{Kind: "body", ID: w.Idea.Body}
		w.Idea.Body = body
		return w.tell(ctx, tale{kind: EventAssigned, public: true, data: map[string]string{"body": body, "due": string(w.Idea.AnswerDue)}, also: []event.Subject{before}})
	})
}

// costMax keeps sums of costs inside 64 bits.
const costMax = 1_000_000_000_000_00

// SetCost says what carrying the idea out costs, in centavos.
func (m *Module) SetCost(ctx context.Context, number string, centavos int64) error {
	return m.act(ctx, number, MaySetCost, func(ctx context.Context, w *work) error {
		if err := w.in(Published); err != nil {
			return err
		}
		if centavos < 0 || centavos > costMax {
			return bad("cost", "ideas.fault.cost")
		}
		if w.Challenge.ID != "" && !w.Challenge.VoteOpens.IsZero() && !clock.Now(ctx).Before(w.Challenge.VoteOpens) {
			return fault.New(fault.Conflict, "ideas.fault.voting")
		}
		if w.Idea.Cost == centavos {
			return nil
		}
		w.Idea.Cost = centavos
		return w.tell(ctx, tale{kind: EventCost, public: true, data: map[string]string{"cost": strconv.FormatInt(centavos, 10),
			"currency": cmp.Or(w.Challenge.Currency, w.Charter.City.Currency)}})
	})
}

// Label gives an idea its tags, in place of those it has.
func (m *Module) Label(ctx context.Context, number string, tags []string) error {
	return m.act(ctx, number, MayLabel, func(ctx context.Context, w *work) error {
		list := labels(tags)
		if len(list) > TagsMax {
			return bad("tags", "fault.too_many", "max", TagsMax)
		}
		if slices.Equal(list, w.Idea.Labels()) {
			return nil
		}
		w.Idea.Tags = strings.Join(list, " ")
		return w.tell(ctx, tale{kind: EventLabelled, public: true, data: map[string]string{"tags": w.Idea.Tags}})
	})
}
