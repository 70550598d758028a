package meetings

import (
	"context"
	"encoding/json"
	"strconv"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/event"
)

// work is one act on one meeting while its transaction runs.
type work struct {
	Case
	m   *Module
	Who people.Standing
	As  people.Holding // the post in whose name it is done
	was Meeting
}

// act does an action to a meeting: lock it, ask the policy, let fn change it, and
// write the meeting with what fn tells in one transaction.
func (m *Module) act(ctx context.Context, number string, action Action, fn func(ctx context.Context, w *work) error) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		w, err := m.open(ctx, number)
		if err != nil {
			return err
		}
		if w.As, err = w.Require(w.Who, action); err != nil {
			return err
		}
		if err := w.Fits(action); err != nil {
			return err
		}
		if err := fn(ctx, w); err != nil {
			return err
		}
		return m.save(ctx, w.Meeting)
	})
}

// open loads and locks what an act needs.
func (m *Module) open(ctx context.Context, number string) (*work, error) {
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	x, err := m.locked(ctx, number)
	if err != nil {
		return nil, err
	}
	w := &work{m: m, Who: people.Me(ctx), was: x, Case: Case{Charter: ch, Meeting: x}}
	w.Guests, err = m.ownGuests(ctx, w.Who, x.lists()...)
	return w, err
}

// tell writes an event of the act. Nothing of a private meeting is public or
// stands beside another subject before it was released.
func (w *work) tell(ctx context.Context, kind string, public bool, data, text map[string]string, related ...event.Subject) error {
	x := w.Meeting
	if data == nil {
		data = map[string]string{}
	}
	data["number"], data["kind"] = x.Number, string(x.Kind)
	if w.As.Delegated {
		data["delegated"] = "yes"
	}
	var about []event.Subject
	if x.Series != "" {
		about = append(about, event.Subject{Kind: SubjectSeries, ID: x.Series})
	}
	if !x.Private || public {
		if x.Initiative != "" {
			about = append(about, event.Subject{Kind: subjectInitiative, ID: x.Initiative})
		}
		about = append(about, related...)
	}
	_, err := w.m.log.Append(ctx, event.Event{Kind: kind, Subject: x.Subject(), Related: about, Public: public, Data: data, Text: text,
		Actor: event.Actor{Person: w.Who.Person, Post: w.As.Post, Body: w.As.Body}})
	return err
}

// subjectInitiative is the kind of an initiative as a subject.
const subjectInitiative = "initiative"

// words is a text of an event, nil when nothing was written.
func words(name, text string) map[string]string {
	if text == "" {
		return nil
	}
	return map[string]string{name: text}
}

// change appends an act of the room under the next number; the number is kept
// when the meeting is saved.
func (w *work) change(ctx context.Context, kind string, hidden bool, data ...string) error {
	w.Meeting.Seq++
	pairs := map[string]string{}
	for n := 0; n+1 < len(data); n += 2 {
		pairs[data[n]] = data[n+1]
	}
	b, err := json.Marshal(pairs)
	if err != nil {
		return err
	}
	_, err = w.m.db.Exec(ctx, `INSERT INTO meetings_change (meeting, seq, at, kind, data, hidden) VALUES ($1, $2, $3, $4, $5, $6)`,
		w.Meeting.ID, w.Meeting.Seq, clock.Now(ctx), kind, string(b), hidden)
	return err
}

// notify tells guests of a change once they were called.
func (w *work) notify(ctx context.Context, method Method, guests []Guest, why string) error {
	if w.Meeting.Called.IsZero() || w.m.inviter == nil || len(guests) == 0 {
		return nil
	}
	x := w.Meeting
	return w.m.inviter(ctx, Notice{Method: method, Meeting: &x, Guests: guests, Why: why})
}

// rescheduled counts a change of time or place.
func (w *work) rescheduled(ctx context.Context) {
	w.Meeting.Sequence++
	w.touched(ctx)
}

// touched notes a change of what a calendar shows.
func (w *work) touched(ctx context.Context) { w.Meeting.Changed = clock.Now(ctx) }

func itoa(n int) string { return strconv.Itoa(n) }
