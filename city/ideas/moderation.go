package ideas

import (
	"context"
	"slices"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// Approve publishes a held idea.
func (m *Module) Approve(ctx context.Context, number string) error {
	return m.act(ctx, number, MayModerate, func(ctx context.Context, w *work) error {
		if err := w.in(Held); err != nil {
			return err
		}
		return w.release(ctx, false)
	})
}

// release publishes a held idea, by a moderator or because its deadline has come.
func (w *work) release(ctx context.Context, byClock bool) error {
	w.publish(ctx)
	if err := w.m.settle(ctx, w.Idea.ID, "", MatterHeld); err != nil {
		return err
	}
	return w.tellPublished(ctx, byClock)
}

// Hide takes an idea out of sight, with a public reason. Its words leave the
// history as well; that they were there stays.
func (m *Module) Hide(ctx context.Context, number, why string) error {
	return m.act(ctx, number, MayModerate, func(ctx context.Context, w *work) (err error) {
		if err := w.in(Held, Published); err != nil {
			return err
		}
		if w.Idea.Why, err = reason("reason", why, true); err != nil {
			return err
		}
		if err := w.vanish(ctx, Hidden); err != nil {
			return err
		}
		return w.tell(ctx, tale{kind: EventHidden, public: true, log: true, text: map[string]string{"reason": w.Idea.Why}})
	})
}

// vanish takes the idea out of its family, of what waits for moderators, and of
// sight.
func (w *work) vanish(ctx context.Context, to State) error {
	if w.Idea.Family != "" {
		if err := w.leave(ctx); err != nil {
			return err
		}
	}
	if err := w.m.settle(ctx, w.Idea.ID, "", MatterHeld, MatterReport, MatterBrigade, MatterAppeal); err != nil {
		return err
	}
	if w.Idea.Published.IsZero() {
		w.Idea.Published = w.Idea.Created // from now on everybody may know that it was there
	}
	w.Idea.State = to
	return w.eraseWords(ctx)
}

// wordEvents is how far back the words of a hidden idea are looked for.
const wordEvents = 5000

// eraseWords takes the title out of the history and of what is published of it.
func (w *work) eraseWords(ctx context.Context) error {
	events, err := w.m.log.Timeline(ctx, w.Idea.Subject(), event.Page{Limit: wordEvents})
	if err != nil {
		return err
	}
	by := event.Actor{Person: w.Who.Person, Post: w.As.Post, Body: w.As.Body}
	titled := []string{EventPublished, EventEdited, EventRestored, EventImported}
	for _, e := range events {
		if e.Subject != w.Idea.Subject() || e.Text["title"] == "" || !slices.Contains(titled, e.Kind) {
			continue
		}
		if err := w.m.log.Erase(ctx, e.ID, "title", string(w.Idea.State), by); err != nil {
			return err
		}
	}
	return nil
}

// Appeal asks the moderators to look at a hidden idea again.
func (m *Module) Appeal(ctx context.Context, number, text string) error {
	return m.act(ctx, number, MayAppeal, func(ctx context.Context, w *work) error {
		if err := w.in(Hidden); err != nil {
			return err
		}
		text, err := reason("appeal", text, true)
		if err != nil {
			return err
		}
		if err := m.raise(ctx, matter{Kind: MatterAppeal, Idea: w.Idea.ID, Text: text, N: 1, Due: clock.Now(ctx).Add(matterTerm)}); err != nil {
			return err
		}
		return w.tell(ctx, tale{kind: EventAppealed, public: true, log: true})
	})
}

// Uphold refuses an appeal, with a public reason.
func (m *Module) Uphold(ctx context.Context, number, why string) error {
	return m.act(ctx, number, MayModerate, func(ctx context.Context, w *work) error {
		if err := w.in(Hidden); err != nil {
			return err
		}
		why, err := reason("reason", why, true)
		if err != nil {
			return err
		}
		if waits, err := m.waits(ctx, w.Idea.ID, MatterAppeal); err != nil || !waits {
			return conflictUnless(err, "ideas.fault.no_appeal")
		}
		if err := m.settle(ctx, w.Idea.ID, "", MatterAppeal); err != nil {
			return err
		}
		return w.tell(ctx, tale{kind: EventUpheld, public: true, log: true, text: map[string]string{"reason": why}})
	})
}

func conflictUnless(err error, key string) error {
	if err == nil {
		err = fault.New(fault.Conflict, key)
	}
	return err
}

// Restore brings a hidden idea back, with a public reason.
func (m *Module) Restore(ctx context.Context, number, why string) error {
	return m.act(ctx, number, MayModerate, func(ctx context.Context, w *work) error {
		if err := w.in(Hidden); err != nil {
			return err
		}
		why, err := reason("reason", why, true)
		if err != nil {
			return err
		}
		w.publish(ctx)
		if err := m.settle(ctx, w.Idea.ID, "", MatterAppeal); err != nil {
			return err
		}
		return w.tell(ctx, tale{kind: EventRestored, public: true, log: true, text: map[string]string{"reason": why, "title": w.Idea.Title}})
	})
}

// Withdraw takes the own idea back. Its voices stay with it, out of sight.
func (m *Module) Withdraw(ctx context.Context, number, why string) error {
	return m.act(ctx, number, MayWithdraw, func(ctx context.Context, w *work) (err error) {
		if err := w.in(Held, Published); err != nil {
			return err
		}
		if w.Idea.Outcome != Waiting && w.Idea.Outcome != Answered && w.Idea.Outcome != NotChosen {
			return fault.New(fault.Conflict, "ideas.fault.taken_up")
		}
		if w.Idea.Why, err = reason("reason", why, false); err != nil {
			return err
		}
		if err := w.vanish(ctx, Withdrawn); err != nil {
			return err
		}
		return w.tell(ctx, tale{kind: EventWithdrawn, public: true, text: map[string]string{"reason": w.Idea.Why}})
	})
}

// ModerationLog is a page of the public log of moderation, newest first; before
// is the id of the last event of the page before.
func (m *Module) ModerationLog(ctx context.Context, before string) ([]event.Event, error) {
	return m.log.Timeline(ctx, LogSubject, event.Page{Before: before, Limit: PageSize, PublicOnly: true})
}

// Moderates says whether the person of the context moderates.
func (m *Module) Moderates(ctx context.Context) (bool, error) {
	ch, err := m.charters.Current(ctx)
	if err != nil {
		return false, err
	}
	_, ok := Case{Charter: ch}.Can(people.Me(ctx), MayModerate)
	return ok, nil
}
