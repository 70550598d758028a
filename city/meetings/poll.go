package meetings

import (
	"context"
	"slices"
	"time"

	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// OpenPoll asks the guests of a planned single meeting about dates: two at least.
func (m *Module) OpenPoll(ctx context.Context, number string, starts []time.Time) error {
	return m.act(ctx, number, EditMeeting, func(ctx context.Context, w *work) error {
		if w.Meeting.State != Planned || w.Meeting.Series != "" {
			return fault.New(fault.Conflict, "meetings.fault.poll")
		}
		c := form{ch: w.Charter}
		for n := range starts {
			starts[n] = starts[n].UTC().Truncate(time.Minute)
			if !c.Failed("starts") {
				c.future(ctx, "starts", starts[n])
			}
		}
		starts = slices.CompactFunc(slices.SortedFunc(slices.Values(starts), time.Time.Compare), time.Time.Equal)
		c.Require(len(starts) >= 2 || c.Failed("starts"), "starts", "meetings.fault.dates")
		c.Require(len(starts) <= SlotsMax, "starts", "fault.too_many", "max", SlotsMax)
		if err := c.Err(); err != nil {
			return err
		}
		for _, s := range starts {
			if _, err := m.db.Exec(ctx, `INSERT INTO meetings_slot (id, meeting, starts) VALUES ($1, $2, $3) ON CONFLICT (meeting, starts) DO NOTHING`,
				id.New(), w.Meeting.ID, s); err != nil {
				return err
			}
		}
		w.Meeting.Polling = true
		return nil
	})
}

// Vote is a guest's word on a date: VoteYes, VoteMaybe or VoteNo.
func (m *Module) Vote(ctx context.Context, number, slot, vote string) error {
	return m.act(ctx, number, Reply, func(ctx context.Context, w *work) error {
		var c fault.Check
		c.Require(slices.Contains([]string{VoteYes, VoteMaybe, VoteNo}, vote), "vote", "fault.choice")
		if err := c.Err(); err != nil {
			return err
		}
		if err := w.slot(ctx, slot, nil); err != nil {
			return err
		}
		_, err := m.db.Exec(ctx, `INSERT INTO meetings_vote (slot, key, vote) VALUES ($1, $2, $3)
			ON CONFLICT (slot, key) DO UPDATE SET vote = excluded.vote`, slot, ownKey(w.Who, w.Case), vote)
		return err
	})
}

// slot finds a date of the meeting's running poll.
func (w *work) slot(ctx context.Context, slot string, found *Slot) error {
	s, ok, err := db.Find[Slot](ctx, w.m.db, `SELECT id, meeting, starts FROM meetings_slot WHERE id = $1 AND meeting = $2`, slot, w.Meeting.ID)
	switch {
	case err != nil:
		return err
	case !w.Meeting.Polling:
		return fault.New(fault.Conflict, "meetings.fault.poll")
	case !ok:
		return notFound()
	}
	if found != nil {
		*found = s
	}
	return nil
}

// ClosePoll takes one of the dates.
func (m *Module) ClosePoll(ctx context.Context, number, slot string) error {
	return m.act(ctx, number, EditMeeting, func(ctx context.Context, w *work) error {
		var s Slot
		if err := w.slot(ctx, slot, &s); err != nil {
			return err
		}
		c := form{ch: w.Charter}
		c.future(ctx, "starts", s.Starts)
		if err := c.Err(); err != nil {
			return err
		}
		w.Meeting.Polling = false
		to := w.Meeting
		to.Starts = s.Starts
		w.Meeting.Version++
		return w.move(ctx, to, "")
	})
}

// slots are the dates of a poll with what was said to each.
func (m *Module) slots(ctx context.Context, meeting, me string) ([]Slot, error) {
	type said struct {
		Slot string `db:"slot"`
		Key  string `db:"key"`
		Vote string `db:"vote"`
	}
	list, err := db.Query[Slot](ctx, m.db, `SELECT id, meeting, starts FROM meetings_slot WHERE meeting = $1 ORDER BY starts`, meeting)
	if err != nil {
		return nil, err
	}
	votes, err := db.Query[said](ctx, m.db, `SELECT v.slot, v.key, v.vote FROM meetings_vote v JOIN meetings_slot s ON s.id = v.slot WHERE s.meeting = $1`, meeting)
	for _, v := range votes {
		n := slices.IndexFunc(list, func(s Slot) bool { return s.ID == v.Slot })
		switch v.Vote {
		case VoteYes:
			list[n].Yes++
		case VoteMaybe:
			list[n].Maybe++
		case VoteNo:
			list[n].No++
		}
		if v.Key == me {
			list[n].Mine = v.Vote
		}
	}
	return list, err
}
