package roundtable

import (
	"context"
	"strings"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Question is what a citizen asked, and the answer with a name and a deadline.
type Question struct {
	ID         string    `db:"id"`
	Initiative string    `db:"initiative"`
	Person     string    `db:"person"` // who asked; never public
	Text       string    `db:"text"`
	At         time.Time `db:"at"`
	Answerer   string    `db:"answerer"` // body that owes the answer
	Due        clock.Day `db:"due"`
	Answer     string    `db:"answer"`
	AnsweredAt time.Time `db:"answered_at"`
	AnsweredBy string    `db:"answered_by"` // person who answered, as post holder: public
	Post       string    `db:"answered_post"`
	Hidden     string    `db:"hidden"` // reason why it is out of sight, empty if it is not
}

// Answered says whether there is an answer.
func (q Question) Answered() bool { return !q.AnsweredAt.IsZero() }

const (
	QuestionMax    = 1000 // characters of a question
	questionsADay  = 5    // of one person, over all initiatives
	questionWindow = 24 * time.Hour
	questionCols   = `id, initiative, person, text, at, answerer, due, answer, answered_at, answered_by, answered_post, hidden`
)

// Ask puts a question to the sponsor, who has the days of the charter to answer.
func (m *Module) Ask(ctx context.Context, number, text string) error {
	return m.act(ctx, number, Ask, "", func(ctx context.Context, w *work) error {
		if !w.Initiative.State.Public() {
			return notFound()
		}
		if err := w.Fits(Ask); err != nil {
			return err
		}
		text = strings.TrimSpace(text)
		if twice, err := w.asked(ctx, text); err != nil || twice {
			return err
		}
		if err := w.checkQuestion(ctx, text); err != nil {
			return err
		}
		now := clock.Now(ctx)
		q := Question{ID: id.New(), Initiative: w.Initiative.ID, Person: w.Who.Person, Text: text, At: now, Answerer: w.Initiative.Sponsor,
			Due: clock.DayOf(now.AddDate(0, 0, w.Charter.Adoption.AnswerDays), w.Charter.City.Zone)}
		if err := m.db.Insert(ctx, "roundtable_question", q); err != nil {
			return err
		}
		w.Initiative.Questions++
		return w.tell(ctx, EventAsked, true, map[string]string{"question": q.ID, "due": string(q.Due)}, map[string]string{"question": text})
	})
}

// asked says whether the person has asked the same today: a form sent twice asks
// once.
func (w *work) asked(ctx context.Context, text string) (bool, error) {
	_, ok, err := db.Find[string](ctx, w.m.db, `SELECT id FROM roundtable_question WHERE person = $1 AND at > $2 AND initiative = $3 AND text = $4`,
		w.Who.Person, clock.Now(ctx).Add(-questionWindow), w.Initiative.ID, text)
	return ok, err
}

func (w *work) checkQuestion(ctx context.Context, text string) error {
	var c fault.Check
	c.Text("question", text, true, QuestionMax)
	if !c.Failed("question") && len([]rune(text)) < RemarkMin {
		c.Fail("question", "roundtable.fault.reason", "min", RemarkMin)
	}
	if err := c.Err(); err != nil {
		return err
	}
	n, err := db.One[int](ctx, w.m.db, `SELECT count(*) FROM roundtable_question WHERE person = $1 AND at > $2`, w.Who.Person, clock.Now(ctx).Add(-questionWindow))
	if err == nil && n >= questionsADay {
		err = &fault.Error{Kind: fault.Invalid, Key: "fault.form", Args: []any{"count", 1}, Fields: []fault.Field{{Name: "question", Key: "roundtable.fault.questions", Args: []any{"max", questionsADay}}}}
	}
	return err
}

// Answer answers a question in the name of the sponsor. It is given once; a
// better answer is a new question's.
func (m *Module) Answer(ctx context.Context, number, question, text string) error {
	return m.act(ctx, number, Answer, "", func(ctx context.Context, w *work) error {
		if err := needReason("answer", text); err != nil {
			return err
		}
		n, err := m.db.Exec(ctx, `UPDATE roundtable_question SET answer = $3, answered_at = $4, answered_by = $5, answered_post = $6
			WHERE id = $1 AND initiative = $2 AND answered_at = 0 AND hidden = ''`,
			question, w.Initiative.ID, strings.TrimSpace(text), clock.Now(ctx), w.Who.Person, w.As.Post)
		if err := db.Changed(n, err, "roundtable.fault.answered"); err != nil {
			return err
		}
		w.Initiative.Questions--
		return w.tell(ctx, EventAnswered, true, map[string]string{"question": question}, map[string]string{"answer": strings.TrimSpace(text)})
	})
}

// HideQuestion takes a question that breaks the rules out of sight. The reason
// is public.
func (m *Module) HideQuestion(ctx context.Context, number, question, reason string) error {
	return m.act(ctx, number, Hide, "", func(ctx context.Context, w *work) error {
		if err := needReason("reason", reason); err != nil {
			return err
		}
		open, ok, err := db.Find[bool](ctx, m.db, `UPDATE roundtable_question SET hidden = $3 WHERE id = $1 AND initiative = $2 AND hidden = ''
			RETURNING answered_at = 0`, question, w.Initiative.ID, reason)
		if err != nil {
			return err
		}
		if !ok {
			return notFound()
		}
		if open {
			w.Initiative.Questions--
		}
		if err := w.eraseQuestion(ctx, question); err != nil {
			return err
		}
		return w.tell(ctx, EventQuestionHid, true, map[string]string{"question": question}, map[string]string{"reason": reason})
	})
}

// questionEvents is how far back the acts of a hidden question are looked for.
const questionEvents = 5000

// eraseQuestion takes the words of a hidden question, and of its answer, out of
// the history and what is published of it; that they were there stays.
func (w *work) eraseQuestion(ctx context.Context, question string) error {
	events, err := w.m.log.Timeline(ctx, w.Initiative.Subject(), event.Page{Limit: questionEvents})
	if err != nil {
		return err
	}
	by := event.Actor{Person: w.Who.Person, Post: w.As.Post, Body: w.As.Body}
	for _, e := range events {
		if e.Data["question"] != question {
			continue
		}
		for _, name := range []string{"question", "answer"} {
			if e.Text[name] == "" {
				continue
			}
			if err := w.m.log.Erase(ctx, e.ID, name, "hidden", by); err != nil {
				return err
			}
		}
	}
	return nil
}

// questions reads those of an initiative, oldest first; hidden ones too, whose
// text the page does not show.
func (m *Module) questions(ctx context.Context, initiative string) ([]Question, error) {
	return db.Query[Question](ctx, m.db, `SELECT `+questionCols+` FROM roundtable_question WHERE initiative = $1 ORDER BY id LIMIT 100`, initiative)
}
