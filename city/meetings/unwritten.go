package meetings

import (
	"context"
	"time"

	"ronda/city/roundtable"
	"ronda/platform/desk"
	"ronda/platform/event"
	"ronda/platform/fault"
)

var errUnwritten = fault.New(fault.Unavailable, "fault.unavailable")

// --- series

// --- meetings

// --- agenda

// Sections are the ministries' parts of a monthly meeting's agenda.
func (m *Module) Sections(ctx context.Context, number string) ([]Section, error) {
	return nil, errUnwritten
}

// --- room

// RecordSpecialist records what a specialist confirms or objects to at a
// collaborative meeting; it is told to the initiative's step.
func (m *Module) RecordSpecialist(ctx context.Context, number, item string, s roundtable.Specialist) error {
	return errUnwritten
}

// --- registers

// AgreeAgenda makes the open commitments of a collaborative meeting the next
// version of its initiative's common agenda.
func (m *Module) AgreeAgenda(ctx context.Context, number string) (CommonAgenda, error) {
	return CommonAgenda{}, errUnwritten
}

// CommonAgendas are the versions of an initiative's common agenda, newest first.
func (m *Module) CommonAgendas(ctx context.Context, initiative string) ([]CommonAgenda, error) {
	return nil, errUnwritten
}

// --- minutes

// --- mail, poll, interest, calendar

// MailReply is an answer that came by mail.
type MailReply struct {
	UID        string
	Recurrence time.Time // zero: the whole series, or a single meeting
	Address    string
	Partstat   string // ACCEPTED, DECLINED, TENTATIVE
	Sequence   int
	Stamp      time.Time // DTSTAMP
}

// Reply takes an answer by mail. NotFound for an unknown UID, Forbidden for an
// address that is not invited, Invalid on "partstat"; older answers are ignored.
func (m *Module) Reply(ctx context.Context, r MailReply) error { return errUnwritten }

// For is a person's calendar: series that go on or ended after since, and single
// meetings that end after it.
func (m *Module) For(ctx context.Context, person string, since time.Time) ([]Occasion, error) {
	return nil, errUnwritten
}

// Stamp changes when For may give something else; it costs next to nothing.
func (m *Module) Stamp(ctx context.Context, person string) (string, error) { return "", errUnwritten }

// Desk is what meetings expect of a person.
func (m *Module) Desk(ctx context.Context, person string) ([]desk.Item, error) {
	return nil, errUnwritten
}

// Forget parts a person whose account ends from everything here.
func (m *Module) Forget(ctx context.Context, person string) error { return errUnwritten }

// Listen tells the steps of initiatives what meetings show.
func (m *Module) Listen(l *event.Log) {}
