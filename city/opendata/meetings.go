package opendata

import (
	"context"
	"net/url"

	"ronda/city/meetings"
	"ronda/platform/table"
)

// ofMeetings are the registers of what meetings decided, as far as they were
// released.
func (s *sources) ofMeetings() []Dataset {
	return []Dataset{
		define(partMeetings, "decisiones", "decisions", s.decisions, "number text", "what text", "owner text", "ministry text", "due day", "state text",
			"done text", "noted time", "closed time", "initiative text", "meeting text", "meeting_kind text", "held time", "url link"),
		define(partMeetings, "compromisos", "commitments", s.commitments, "number text", "what text", "owner text", "owner_kind text", "ministry text", "due day",
			"state text", "done text", "noted time", "closed time", "initiative text", "meeting text", "meeting_kind text", "held time", "url link"),
	}
}

func (s *sources) decisions(ctx context.Context, _ url.Values) table.Rows {
	numbers := s.numbers(ctx)
	each := func(fn func(meetings.DecisionRow) error) error {
		return s.Meetings.EachDecision(ctx, meetings.Register{}, fn)
	}
	return streamSome(each, func(d meetings.DecisionRow) ([]any, bool) {
		return []any{d.Number, d.Text, d.Owner, d.Ministry, d.Due, string(d.State), d.DoneText, d.At, d.ClosedAt, numbers(d.Initiative), d.MeetingNumber,
			string(d.MeetingKind), d.Starts, "/decisiones/" + d.Number}, d.Public
	})
}

// commitments leave out who owes them when it is no post and no body: people and
// guests have no name in public.
func (s *sources) commitments(ctx context.Context, _ url.Values) table.Rows {
	numbers := s.numbers(ctx)
	each := func(fn func(meetings.CommitmentRow) error) error {
		return s.Meetings.EachCommitment(ctx, meetings.Register{}, fn)
	}
	return streamSome(each, func(c meetings.CommitmentRow) ([]any, bool) {
		who := c.Who
		if c.WhoKind != meetings.WhoPost && c.WhoKind != meetings.WhoBody {
			who = ""
		}
		return []any{c.Number, c.What, who, c.WhoKind, c.Ministry, c.Due, string(c.State), c.DoneText, c.At, c.ClosedAt, numbers(c.Initiative), c.MeetingNumber,
			string(c.MeetingKind), c.Starts, "/compromisos/" + c.Number}, c.Public
	})
}

// numbers gives the number of an initiative by its id, one look-up for each that a
// list names; empty for what nobody may know of.
func (s *sources) numbers(ctx context.Context) func(id string) string {
	known := map[string]string{"": ""}
	return func(id string) string {
		number, ok := known[id]
		if !ok {
			if i, err := s.Roundtable.ByID(ctx, id); err == nil && i.State.Public() {
				number = i.Number
			}
			if len(known) >= numbersMost {
				clear(known)
				known[""] = ""
			}
			known[id] = number
		}
		return number
	}
}

// numbersMost is how many numbers are remembered while a list is written.
const numbersMost = 5000
