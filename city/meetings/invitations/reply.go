package invitations

import (
	"context"
	"errors"

	"ronda/city/meetings"
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

// answer takes one answer; reason says why it cannot.
func (m *Module) answer(ctx context.Context, from string, r ical.Reply) (reason string, err error) {
	err = m.Meetings.Reply(ctx, meetings.MailReply{UID: r.UID, Recurrence: r.Occurrence, Address: from, Partstat: string(r.Answer), Sequence: r.Sequence, Stamp: r.Stamp})
	switch fault.KindOf(err) {
	case fault.NotFound:
		return reasonUnknown, nil
	case fault.Forbidden:
		return reasonUninvited, nil
	case fault.Invalid, fault.Conflict:
		return reasonInvalid, nil
	}
	return "", err
}
