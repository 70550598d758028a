package ideas

import (
	"context"
	"errors"
	"time"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// The terms at the standing door, where no rules say others.
const (
	doorHold       = 48 * time.Hour // by when a held idea is read
	doorAnswerDays = 30
)

// Send makes an idea of a draft. Sending one twice gives the same idea.
func (m *Module) Send(ctx context.Context, draft string) (Idea, error) {
	who := people.Me(ctx)
	if _, err := (Case{}).Require(who, MaySend); err != nil {
		return Idea{}, err
	}
	var sent Idea
	err := m.db.Write(ctx, func(ctx context.Context) error {
		i, again, err := m.sent(ctx, who, draft)
		if err == nil && !again {
			i, err = m.sendKept(ctx, who, draft)
		}
		sent = i
		return err
	})
	var again sentTwice
	if errors.As(err, &again) {
		return again.first, m.DropDraft(ctx, draft)
	}
	if db.IsUnique(err) || fault.Is(err, fault.NotFound) { // the other of two that came at once may have sent it
		if i, again, _ := m.sent(ctx, who, draft); again {
			return i, nil
		}
	}
	return sent, err
}

// SendNew makes an idea of words that nobody asked to keep: no draft is written
// and thrown away for them. The same words of a moment ago are the same idea, and
// a draft that the form kept of them meanwhile is that draft.
func (m *Module) SendNew(ctx context.Context, d Draft) (Idea, error) {
	who := people.Me(ctx)
	if _, err := (Case{}).Require(who, MaySend); err != nil {
		return Idea{}, err
	}
	d.ID, d.Images = "", nil
	d.tidy()
	if err := m.checkDraft(ctx, d); err != nil {
		return Idea{}, err
	}
	var sent Idea
	err := m.db.Write(ctx, func(ctx context.Context) error {
		kept, err := m.keptAs(ctx, d)
		if err != nil {
			return err
		}
		sent, err = m.send(ctx, who, kept)
		return err
	})
	var again sentTwice
	if errors.As(err, &again) {
		return again.first, nil
	}
	return sent, err
}

// keptAs is the draft that was kept of the same words, or the words as they are.
func (m *Module) keptAs(ctx context.Context, d Draft) (Draft, error) {
	own := m.owners(ctx)
	for _, owner := range own {
		kept, ok, err := db.Find[string](ctx, m.db, `SELECT id FROM ideas_draft WHERE owner = $1 AND challenge = $2 AND title = $3 AND text = $4 ORDER BY id LIMIT 1`,
			owner, d.Challenge, d.Title, d.Text)
		if err != nil {
			return d, err
		}
		if ok {
			old, err := m.draft(ctx, own, kept)
			d.ID, d.Images = old.ID, old.Images
			return d, err
		}
	}
	return d, nil
}

// sentTwice says that the person has just sent the same words from another draft:
// a double click on a form, or a form sent again.
type sentTwice struct{ first Idea }

func (sentTwice) Error() string { return "the idea was sent already" }

// twiceWithin is for how long the same words are the same idea.
const twiceWithin = time.Hour

// unsent fails with sentTwice when the idea was sent a moment ago. The lock on the
// counter of numbers lets the second of two see the first.
func (m *Module) unsent(ctx context.Context, i Idea) error {
	first, ok, err := db.Find[string](ctx, m.db, `SELECT id FROM ideas_idea WHERE author = $1 AND author <> '' AND title = $2 AND text = $3
		AND challenge = $4 AND created_at > $5 ORDER BY id LIMIT 1`, i.Author, i.Title, i.Text, i.Challenge, i.Created.Add(-twiceWithin))
	if err != nil || !ok {
		return err
	}
	was, err := m.byID(ctx, first)
	if err == nil {
		err = sentTwice{was}
	}
	return err
}

// sent finds the idea that the person has made of a draft.
func (m *Module) sent(ctx context.Context, who people.Standing, draft string) (Idea, bool, error) {
	return db.Find[Idea](ctx, m.db, `SELECT `+ideaColumns+` FROM ideas_idea WHERE draft = $1 AND draft <> '' AND author = $2`, draft, who.Person)
}

// sendKept sends a draft of the person or visitor.
func (m *Module) sendKept(ctx context.Context, who people.Standing, draft string) (Idea, error) {
	d, err := m.draft(ctx, m.owners(ctx), draft)
	if err != nil {
		return Idea{}, err
	}
	return m.send(ctx, who, d)
}

func (m *Module) send(ctx context.Context, who people.Standing, d Draft) (_ Idea, err error) {
	if err := m.spend(ctx, limitSend, who.Person); err != nil {
		return Idea{}, err
	}
	w := &work{m: m, Who: who}
	if w.Case, err = m.caseOf(ctx, Idea{Challenge: d.Challenge}); err != nil {
		return Idea{}, err
	}
	if err := w.checkSending(ctx, d); err != nil {
		return Idea{}, err
	}
	if err := w.compose(ctx, d); err != nil {
		return Idea{}, err
	}
	return w.Idea, w.create(ctx, d)
}

// checkSending checks what must be there, and whether it may be sent now.
func (w *work) checkSending(ctx context.Context, d Draft) error {
	if d.Challenge != "" && !w.Challenge.TakesIdeas(clock.Now(ctx)) {
		return fault.New(fault.Conflict, "ideas.fault.closed")
	}
	var c fault.Check
	c.Text("title", d.Title, true, TitleMax)
	checkText(&c, d.Text)
	c.Text("signature", d.Signature, false, SignatureMax)
	if err := w.m.noLinks(ctx, &c, w.Who, map[string]string{"title": d.Title, "text": d.Text, "signature": d.Signature}); err != nil {
		return err
	}
	return c.Err()
}

func checkText(c *fault.Check, text string) {
	c.Text("text", text, true, TextMax)
	if !c.Failed("text") && len([]rune(text)) < TextMin {
		c.Fail("text", "ideas.fault.short", "min", TextMin)
	}
}

// compose makes the idea of the draft, held or published.
func (w *work) compose(ctx context.Context, d Draft) (err error) {
	now := clock.Now(ctx)
	w.Idea = Idea{ID: id.New(), Challenge: d.Challenge, Title: d.Title, Text: d.Text, Place: d.Place, Lat: d.Lat, Lon: d.Lon, Author: w.Who.Person,
		Signature: d.Signature, Axis: w.Challenge.Axis, Images: len(d.Images), Invented: w.Who.Invented, Created: now, Moved: now, Version: 1}
	if w.Idea.Number, err = w.m.nextNumber(ctx, w.Charter, ideaPrefix, 5); err != nil {
		return err
	}
	if err := w.m.unsent(ctx, w.Idea); err != nil {
		return err
	}
	hold := w.Challenge.Moderation == ModerateBefore
	if !hold && !w.Who.Official() {
		if hold, err = w.m.first(ctx, w.Who.Person); err != nil {
			return err
		}
	}
	if !hold {
		w.publish(ctx)
		return nil
	}
	w.Idea.State, w.Idea.HeldUntil = Held, now.Add(doorHold)
	if w.Challenge.HoldHours > 0 {
		w.Idea.HeldUntil = now.Add(time.Duration(w.Challenge.HoldHours) * time.Hour)
	}
	return nil
}

// publish makes the idea visible and says who owes it an answer by when.
func (w *work) publish(ctx context.Context) {
	i, now := &w.Idea, clock.Now(ctx)
	i.State, i.HeldUntil, i.Why = Published, time.Time{}, ""
	if i.Published.IsZero() {
		i.Published = now
	}
	if i.Body == "" {
		i.Body = w.Challenge.Body
	}
	if i.Body == "" {
		i.Body = w.Charter.Office("coordination")
	}
	if i.AnswerDue == "" {
		from, term := now, doorAnswerDays
		if w.Challenge.ID != "" {
			term = w.Challenge.AnswerDays
			if w.Challenge.Closes.After(now) {
				from = w.Challenge.Closes
			}
		}
		i.AnswerDue = clock.DayOf(from.AddDate(0, 0, term), w.Charter.City.Zone)
	}
}

// create writes a new idea in place of its draft.
func (w *work) create(ctx context.Context, d Draft) error {
	i := w.Idea
	if err := w.m.db.Insert(ctx, "ideas_idea", ideaRow{Idea: i, Line: lineOf(i.Text), Draft: d.ID}); err != nil {
		return err
	}
	if len(d.Images) > 0 {
		if _, err := w.m.db.Exec(ctx, `UPDATE ideas_image SET idea = $2, draft = '' WHERE draft = $1`, d.ID, i.ID); err != nil {
			return err
		}
	}
	if d.ID != "" {
		if _, err := w.m.db.Exec(ctx, `DELETE FROM ideas_draft WHERE id = $1`, d.ID); err != nil {
			return err
		}
	}
	if err := w.enter(ctx); err != nil {
		return err
	}
	if err := w.m.follow(ctx, i.Author, i.Subject()); err != nil {
		return err
	}
	if i.State == Held {
		if err := w.m.raise(ctx, matter{Kind: MatterHeld, Idea: i.ID, Due: i.HeldUntil}); err != nil {
			return err
		}
		return w.tell(ctx, tale{kind: EventSent, data: map[string]string{"held_until": i.HeldUntil.UTC().Format(time.RFC3339)}})
	}
	return w.tellPublished(ctx, false)
}

// enter puts a new idea where lists, searches and counters find it.
func (w *work) enter(ctx context.Context) error {
	if err := w.m.moveTags(ctx, w.Idea, nil, tagsOf(w.Charter, w.Idea)); err != nil {
		return err
	}
	if err := w.m.found(ctx, w.Idea); err != nil {
		return err
	}
	w.m.db.AfterCommit(ctx, w.m.like.stale)
	return w.count(ctx)
}

func (w *work) tellPublished(ctx context.Context, byClock bool) error {
	data := map[string]string{"body": w.Idea.Body, "due": string(w.Idea.AnswerDue)}
	if byClock {
		data["clock"] = Yes
	}
	return w.tell(ctx, tale{kind: EventPublished, public: true, data: data, text: map[string]string{"title": w.Idea.Title}})
}
