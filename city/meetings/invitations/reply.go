package invitations

import (
	"context"
	"errors"
	"time"

	"ronda/city/meetings"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/ical"
	"ronda/platform/mail"
	"ronda/platform/mail/inbound"
)

// Why an answer was not taken: codes for messages.
const (
	reasonNoCalendar = "no_calendar" // words alone
	reasonNoReply    = "no_reply"    // another calendar: a counter-proposal, an invitation
	reasonBroken     = "broken"
	reasonOther      = "other"   // sent by somebody else than who answers
	reasonUnknown    = "unknown" // no such meeting
	reasonUninvited  = "uninvited"
	reasonInvalid    = "invalid"
)

// Read is the inbound.Handler of answers. An answer that cannot be taken is kept
// in quarantine with its reason, with the others of its mail.
func (m *Module) Read(ctx context.Context, in inbound.Mail) (inbound.Verdict, error) {
	if len(in.Calendars) == 0 {
		return kept(reasonNoCalendar), nil
	}
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return inbound.Verdict{}, err
	}
	why := reasonNoReply
	for _, raw := range in.Calendars {
		replies, err := ical.ReadReplies(raw, ch.City.Zone)
		switch {
		case errors.Is(err, ical.ErrNoReply):
			continue
		case err != nil:
			why = reasonBroken
			continue
		}
		return m.take(ctx, in, replies)
	}
	return kept(why), nil
}

func kept(reason string) inbound.Verdict {
	return inbound.Verdict{State: inbound.Quarantined, Reason: reason}
}

func (m *Module) take(ctx context.Context, in inbound.Mail, replies []ical.Reply) (inbound.Verdict, error) {
	for _, r := range replies {
		address, ok := mail.Address(r.Address)
		if !ok || address != in.From {
			return kept(reasonOther), nil
		}
	}
	for _, r := range replies {
		if reason, err := m.answer(ctx, in.From, r); err != nil || reason != "" {
			return kept(reason), err
		}
	}
	return inbound.Verdict{State: inbound.Handled}, nil
}

// answer takes one answer; reason says why it cannot. One that is older than
// another already taken changes nothing.
func (m *Module) answer(ctx context.Context, from string, r ical.Reply) (reason string, err error) {
	r.Stamp = stampOf(ctx, r)
	newer, err := m.newest(ctx, from, r)
	if err != nil || !newer {
		return "", err
	}
	err = m.Meetings.Reply(ctx, meetings.MailReply{UID: r.UID, Recurrence: r.Occurrence, Address: from, Partstat: string(r.Answer), Sequence: r.Sequence, Stamp: r.Stamp})
	switch fault.KindOf(err) {
	case fault.NotFound:
		return reasonUnknown, nil
	case fault.Forbidden:
		return reasonUninvited, nil
	case fault.Invalid, fault.Conflict:
		return reasonInvalid, nil
	}
	if err != nil {
		return "", err
	}
	return "", m.remember(ctx, from, r)
}

// soon is how far the clock of a guest may be ahead of ours: an answer dated
// later would keep every further one out.
const soon = time.Hour

// stampOf is when the answer was given, as far as that can be.
func stampOf(ctx context.Context, r ical.Reply) time.Time {
	if now := clock.Now(ctx); r.Stamp.IsZero() || r.Stamp.After(now.Add(soon)) {
		return now
	}
	return r.Stamp
}

// newest says whether no newer answer was taken.
func (m *Module) newest(ctx context.Context, from string, r ical.Reply) (bool, error) {
	type row struct {
		Sequence int       `db:"sequence"`
		Stamp    time.Time `db:"stamp"`
	}
	last, ok, err := db.Find[row](ctx, m.db, `SELECT sequence, stamp FROM invitations_answer WHERE uid = $1 AND occurrence = $2 AND address = $3`, r.UID, r.Occurrence, from)
	if err != nil || !ok {
		return !ok, err
	}
	return r.Sequence > last.Sequence || r.Sequence == last.Sequence && !r.Stamp.Before(last.Stamp), nil
}

func (m *Module) remember(ctx context.Context, from string, r ical.Reply) error {
	_, err := m.db.Exec(ctx, `INSERT INTO invitations_answer (uid, occurrence, address, sequence, stamp, comment) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (uid, occurrence, address) DO UPDATE SET sequence = excluded.sequence, stamp = excluded.stamp, comment = excluded.comment`,
		r.UID, r.Occurrence, from, r.Sequence, r.Stamp, r.Comment)
	return err
}
