package room

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"

	"ronda/city/meetings"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/fault"
)

// chairs are the acts of whoever leads.
func (r *Rooms) chairs() map[string]act {
	m := r.meetings
	return map[string]act{
		"begin": func(ctx context.Context, n string, _ url.Values) error { return m.Begin(ctx, n) },
		"open":  func(ctx context.Context, n string, f url.Values) error { return m.OpenItem(ctx, n, f.Get("item")) },
		"pause": func(ctx context.Context, n string, f url.Values) error { return m.PauseItem(ctx, n, f.Get("item")) },
		"close": r.closeItem, "record": r.record, "said": r.said,
		"agree": func(ctx context.Context, n string, _ url.Values) error { _, err := m.AgreeAgenda(ctx, n); return err },
		"end":   func(ctx context.Context, n string, _ url.Values) error { return m.End(ctx, n) },
		"floor": func(ctx context.Context, n string, f url.Values) error {
			seconds, _ := strconv.Atoi(f.Get("seconds")) // none, or nonsense, is no limit
			return m.GiveFloor(ctx, n, f.Get("turn"), max(0, seconds))
		},
		"done":  func(ctx context.Context, n string, _ url.Values) error { return m.EndTurn(ctx, n) },
		"queue": func(ctx context.Context, n string, f url.Values) error { return m.AskToSpeak(ctx, n, f.Get("key")) },
		"drop":  func(ctx context.Context, n string, f url.Values) error { return m.LeaveQueue(ctx, n, f.Get("turn")) },
		"in": func(ctx context.Context, n string, f url.Values) error {
			return m.CheckIn(ctx, n, meetings.Arrival{Key: f.Get("key"), Rank: f.Get("rank")})
		},
		"out": func(ctx context.Context, n string, f url.Values) error { return m.CheckOut(ctx, n, f.Get("key")) },
		"arrive": func(ctx context.Context, n string, f url.Values) error {
			a := meetings.Arrival{Name: strings.TrimSpace(f.Get("name")), Rank: f.Get("rank"), For: f.Get("for")}
			return named(m.CheckIn(ctx, n, a))
		},
	}
}

// meant is Conflict when a page that was left open closes an item while another
// is in course, unless its sender knows.
func (r *Rooms) meant(ctx context.Context, number string, f url.Values) error {
	h, err := r.hall(ctx, number)
	if err != nil {
		return err
	}
	open, sent := h.open(), h.sentFor(f.Get("item"))
	if open == nil || sent == nil || sent.State == meetings.ItemClosed || open.ID == sent.ID || f.Get("sure") == sent.ID {
		return nil
	}
	return fault.New(fault.Conflict, "meetings.room.close.other", "open", open.Title, "sent", sent.Title)
}

// closeItem closes an item with its outcome and what was decided or undertaken.
func (r *Rooms) closeItem(ctx context.Context, number string, f url.Values) error {
	if err := r.meant(ctx, number, f); err != nil {
		return err
	}
	c := meetings.Closing{Outcome: meetings.Outcome(f.Get("outcome")), Text: f.Get("text")}
	if c.Outcome == meetings.Decided && strings.TrimSpace(f.Get("what")) != "" {
		d, err := decisionOf(f)
		if err != nil {
			return err
		}
		c.Decisions = []meetings.Decision{d}
	}
	if c.Outcome == meetings.Tasked && strings.TrimSpace(f.Get("what")) != "" {
		x, err := commitmentOf(f)
		if err != nil {
			return err
		}
		c.Commitments = []meetings.Commitment{x}
	}
	return named(r.meetings.CloseItem(ctx, number, f.Get("item"), c))
}

// record keeps a decision or a commitment without closing its item.
func (r *Rooms) record(ctx context.Context, number string, f url.Values) error {
	if f.Get("kind") == "task" {
		x, err := commitmentOf(f)
		if err == nil {
			_, err = r.meetings.RecordCommitment(ctx, number, f.Get("item"), x)
		}
		return named(err)
	}
	d, err := decisionOf(f)
	if err == nil {
		_, err = r.meetings.RecordDecision(ctx, number, f.Get("item"), d)
	}
	return named(err, "text", "what")
}

// said records what a specialist says of the initiative or of a procedure.
func (r *Rooms) said(ctx context.Context, number string, f url.Values) error {
	return r.meetings.RecordSpecialist(ctx, number, f.Get("item"), roundtable.Specialist{Name: f.Get("name"), Organisation: f.Get("organisation"),
		Area: f.Get("area"), Procedure: f.Get("procedure"), Stance: roundtable.Stance(f.Get("stance")), Text: f.Get("text")})
}

func decisionOf(f url.Values) (meetings.Decision, error) {
	due, err := dayOf(f)
	_, owner, _ := strings.Cut(f.Get("owner"), ":")
	return meetings.Decision{Text: f.Get("what"), Owner: owner, Due: due}, err
}

func commitmentOf(f url.Values) (meetings.Commitment, error) {
	due, err := dayOf(f)
	kind, who, _ := strings.Cut(f.Get("owner"), ":")
	if name := strings.TrimSpace(f.Get("outside")); name != "" {
		kind, who = meetings.WhoOutside, name
	}
	return meetings.Commitment{What: f.Get("what"), Who: who, WhoKind: kind, Due: due}, err
}

// dayOf is the day of the form, empty for none.
func dayOf(f url.Values) (clock.Day, error) {
	if f.Get("due") == "" {
		return "", nil
	}
	day, err := clock.ParseDay(f.Get("due"))
	if err != nil {
		return "", &fault.Error{Kind: fault.Invalid, Fields: []fault.Field{{Name: "due", Key: "fault.date"}}}
	}
	return day, nil
}

// named gives the faults of fields the names that they have in the forms.
// pairs are further names and what the form calls them.
func named(err error, pairs ...string) error {
	var f *fault.Error
	if !errors.As(err, &f) {
		return err
	}
	names := map[string]string{"decisions": "what", "commitments": "what", "who": "owner", "guests": "name"}
	for at := 0; at+1 < len(pairs); at += 2 {
		names[pairs[at]] = pairs[at+1]
	}
	for i, field := range f.Fields {
		if name := names[field.Name]; name != "" {
			f.Fields[i].Name = name
		}
	}
	return err
}
