package jury

import (
	"context"
	"encoding/json"
	"strings"

	"ronda/city/ideas"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// The scale of the grades, as the words of a criterion have it.
const (
	Lowest  = 1
	Highest = 5
)

// Lengths of texts, in characters.
const (
	NoteMax   = 4000
	ReasonMin = 10
	ReasonMax = 1000
)

// The kinds of event this package tells, all about the challenge.
const (
	EventReviewed  = "ideas.jury.reviewed"          // inside; data idea
	EventConflict  = "ideas.jury.conflict_declared" // inside; data idea; text reason
	EventSealed    = "ideas.jury.sealed"            // data digest, reviews, reviewers, ideas, places
	EventPublished = "ideas.jury.published"         // data digest
)

// Sheet is what a juror fills in.
type Sheet struct {
	Grades map[string]int // 1 to 5 by criterion; without an entry while there is none
	Note   string
}

// work is one act of a juror on an idea.
type work struct {
	ideas.View
	Review Review
	panel  panel
}

// begin reads what a juror of an idea works on. Faults: Forbidden to whoever is
// not of the jury, NotFound for an idea that was not given to them.
func (m *Module) begin(ctx context.Context, number string) (w work, err error) {
	if w.View, err = m.City.Idea(ctx, number); err != nil {
		return w, err
	}
	who := people.Me(ctx)
	if _, err := w.Require(who, ideas.MayEvaluate); err != nil {
		return w, err
	}
	if w.panel, err = m.panelOf(ctx, w.Challenge.ID); err != nil {
		return w, err
	}
	r, mine, err := m.review(ctx, w.Idea.ID, who.Person)
	if err == nil && !mine {
		err = fault.New(fault.NotFound, "ideas.jury.fault.not_yours")
	}
	w.Review = r
	return w, err
}

// open says whether grades can still be given.
func (w work) open() bool {
	return grading(w.Challenge.Phase) && w.panel.Sealed.IsZero()
}

func closed() error { return fault.New(fault.Conflict, "ideas.jury.fault.closed") }

// Keep stores what stands on a juror's sheet so far, without finishing it.
func (m *Module) Keep(ctx context.Context, number string, s Sheet) error {
	return m.grade(ctx, number, s, false)
}

// Finish stores a juror's sheet with all grades given; it can be changed until
// the evaluation is closed. Faults: Invalid on "grade-CODE" and "note", Conflict
// when it is closed, NotFound for an idea of others.
func (m *Module) Finish(ctx context.Context, number string, s Sheet) error {
	return m.grade(ctx, number, s, true)
}

func (m *Module) grade(ctx context.Context, number string, s Sheet, finish bool) (err error) {
	defer fault.Wrap(&err, "grade(%s)", number)
	return m.DB.Write(ctx, func(ctx context.Context) error {
		w, err := m.begin(ctx, number)
		if err != nil {
			return err
		}
		if w.panel, err = m.lock(ctx, w.Challenge); err != nil {
			return err
		}
		if !w.open() || !w.Review.State.counts() {
			return closed()
		}
		finish = finish || w.Review.State == Done
		if err := s.check(w.Challenge.Criteria, finish); err != nil {
			return err
		}
		return m.store(ctx, w, s, finish)
	})
}

// Field is the name of a criterion's field.
func Field(criterion string) string { return fieldPrefix + criterion }

const fieldPrefix = "grade-"

// codeOf is the criterion of a field, if it is one's.
func codeOf(field string) (string, bool) { return strings.CutPrefix(field, fieldPrefix) }

func (s Sheet) check(criteria []ideas.Criterion, whole bool) error {
	var c fault.Check
	for _, k := range criteria {
		g, given := s.Grades[k.Code]
		c.Require(given || !whole, Field(k.Code), "ideas.jury.fault.grade")
		c.Require(!given || g >= Lowest && g <= Highest, Field(k.Code), "ideas.jury.fault.scale")
	}
	c.Text("note", s.Note, false, NoteMax)
	return c.Err()
}

// store writes a sheet and counts what it finishes.
func (m *Module) store(ctx context.Context, w work, s Sheet, finish bool) error {
	grades := map[string]int{}
	for _, k := range w.Challenge.Criteria {
		if g, given := s.Grades[k.Code]; given {
			grades[k.Code] = g
		}
	}
	text, err := json.Marshal(grades)
	if err != nil {
		return err
	}
	state := Owed
	if finish {
		state = Done
	}
	if _, err := m.DB.Exec(ctx, `UPDATE jury_review SET grades = $3, note = $4, state = $5, at = $6 WHERE idea = $1 AND person = $2`,
		w.Idea.ID, w.Review.Person, string(text), strings.TrimSpace(s.Note), state, clock.Now(ctx)); err != nil {
		return err
	}
	if state == w.Review.State {
		return nil
	}
	return m.finished(ctx, w)
}

// finished moves the counters of a review that is done now, and tells it.
func (m *Module) finished(ctx context.Context, w work) error {
	for s, by := range map[State]int{Owed: -1, Done: 1} {
		if err := m.bump(ctx, w.Challenge.ID, w.Review.Person, s, by); err != nil {
			return err
		}
	}
	if err := m.markRead(ctx, w.Idea.ID, w.Review.Person); err != nil {
		return err
	}
	return m.tell(ctx, w.Case, event.Event{Kind: EventReviewed, Data: map[string]string{"idea": w.Idea.Number}}, ideas.MayEvaluate)
}

// tell writes an event about the challenge in the name of whoever may do the
// action.
func (m *Module) tell(ctx context.Context, c ideas.Case, e event.Event, a ideas.Action) error {
	who := people.Me(ctx)
	as, _ := c.Can(who, a)
	e.Subject, e.Related = c.Challenge.Subject(), []event.Subject{{Kind: "body", ID: c.Challenge.Body}}
	e.Actor = event.Actor{Person: who.Person, Post: as.Post, Body: as.Body}
	e.Data["number"] = c.Challenge.Number
	_, err := m.Log.Append(ctx, e)
	return err
}

// Declare says that the juror has a conflict of interest with an idea: it is
// given to somebody else, and grades given so far are gone.
func (m *Module) Declare(ctx context.Context, number, reason string) (err error) {
	defer fault.Wrap(&err, "Declare(%s)", number)
	reason = strings.TrimSpace(reason)
	var c fault.Check
	c.Text("reason", reason, true, ReasonMax)
	if !c.Failed("reason") {
		c.Require(len([]rune(reason)) >= ReasonMin, "reason", "ideas.jury.fault.reason", "min", ReasonMin)
	}
	if err := c.Err(); err != nil {
		return err
	}
	return m.DB.Write(ctx, func(ctx context.Context) error {
		w, err := m.begin(ctx, number)
		if err != nil {
			return err
		}
		if w.panel, err = m.lock(ctx, w.Challenge); err != nil {
			return err
		}
		if !w.open() || !w.Review.State.counts() {
			return closed()
		}
		return m.declare(ctx, w, reason)
	})
}

func (m *Module) declare(ctx context.Context, w work, reason string) error {
	if _, err := m.DB.Exec(ctx, `UPDATE jury_review SET state = $3, reason = $4, grades = '{}', note = '', at = $5 WHERE idea = $1 AND person = $2`,
		w.Idea.ID, w.Review.Person, Conflict, reason, clock.Now(ctx)); err != nil {
		return err
	}
	if err := m.bump(ctx, w.Challenge.ID, w.Review.Person, w.Review.State, -1); err != nil {
		return err
	}
	if err := m.settle(ctx, w.Challenge); err != nil {
		return err
	}
	e := event.Event{Kind: EventConflict, Data: map[string]string{"idea": w.Idea.Number}, Text: map[string]string{"reason": reason}}
	return m.tell(ctx, w.Case, e, ideas.MayEvaluate)
}
