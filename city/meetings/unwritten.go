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

// SplitGroups makes working groups of a coming meeting, each a meeting of its own.
func (m *Module) SplitGroups(ctx context.Context, number string, groups []Group) ([]Meeting, error) {
	return nil, errUnwritten
}

// --- agenda

// Sections are the ministries' parts of a monthly meeting's agenda.
func (m *Module) Sections(ctx context.Context, number string) ([]Section, error) {
	return nil, errUnwritten
}

// --- room

// Begin begins a meeting: its guests become its attendees.
func (m *Module) Begin(ctx context.Context, number string) error { return errUnwritten }

// OpenItem opens an item and pauses the one that is open.
func (m *Module) OpenItem(ctx context.Context, number, item string) error { return errUnwritten }

// PauseItem stops the clock of the open item.
func (m *Module) PauseItem(ctx context.Context, number, item string) error { return errUnwritten }

// CloseItem closes an item with its outcome. Faults on outcome, text, decisions,
// commitments.
func (m *Module) CloseItem(ctx context.Context, number, item string, c Closing) error {
	return errUnwritten
}

// Arrival is somebody who comes in: a guest by Key, or somebody not invited by
// Post, Body or Name. Rank is the post's when empty; For says whose place a
// delegate takes.
type Arrival struct{ Key, Post, Body, Name, Rank, For string }

// CheckIn records that somebody is in the room; the zero Arrival is the person.
func (m *Module) CheckIn(ctx context.Context, number string, a Arrival) error { return errUnwritten }

// CheckOut records that they went; an empty key is the person.
func (m *Module) CheckOut(ctx context.Context, number, key string) error { return errUnwritten }

// AskToSpeak puts an attendee into the queue; an empty key is the person.
func (m *Module) AskToSpeak(ctx context.Context, number, key string) error { return errUnwritten }

// GiveFloor lets a turn begin, for at most so many seconds (0: no limit), and
// ends the one that speaks.
func (m *Module) GiveFloor(ctx context.Context, number, turn string, seconds int) error {
	return errUnwritten
}

// EndTurn ends the turn of whoever speaks.
func (m *Module) EndTurn(ctx context.Context, number string) error { return errUnwritten }

// LeaveQueue takes a waiting turn out of the queue.
func (m *Module) LeaveQueue(ctx context.Context, number, turn string) error { return errUnwritten }

// Note writes what a secretary typed over version. What another one wrote
// meanwhile is merged when the changes do not touch; otherwise it is a Conflict
// whose Theirs is the stored Note. Texts up to NoteMax bytes.
func (m *Module) Note(ctx context.Context, number, item string, version int, text string) (Note, error) {
	return Note{}, errUnwritten
}

// RecordSpecialist records what a specialist confirms or objects to at a
// collaborative meeting; it is told to the initiative's step.
func (m *Module) RecordSpecialist(ctx context.Context, number, item string, s roundtable.Specialist) error {
	return errUnwritten
}

// End ends a meeting: everybody goes, the clock of the open item stops.
func (m *Module) End(ctx context.Context, number string) error { return errUnwritten }

// Room reads the state of a meeting's room.
func (m *Module) Room(ctx context.Context, number string) (Room, error) { return Room{}, errUnwritten }

// Changes are the acts in a room after a number, in order. Whether the person may
// follow the room, Room has said.
func (m *Module) Changes(ctx context.Context, meeting string, after int64, limit int) ([]Change, error) {
	return nil, errUnwritten
}

// --- registers

// RecordDecision records a decision from the beginning of a meeting until its
// minutes are approved; item may be empty. Faults on text, owner, due.
func (m *Module) RecordDecision(ctx context.Context, number, item string, d Decision) (Decision, error) {
	return d, errUnwritten
}

// RecordCommitment is the same for a commitment. Faults on what, who, due.
func (m *Module) RecordCommitment(ctx context.Context, number, item string, c Commitment) (Commitment, error) {
	return c, errUnwritten
}

// AgreeAgenda makes the open commitments of a collaborative meeting the next
// version of its initiative's common agenda.
func (m *Module) AgreeAgenda(ctx context.Context, number string) (CommonAgenda, error) {
	return CommonAgenda{}, errUnwritten
}

// CommonAgendas are the versions of an initiative's common agenda, newest first.
func (m *Module) CommonAgendas(ctx context.Context, initiative string) ([]CommonAgenda, error) {
	return nil, errUnwritten
}

// KeepCommitment says that a commitment is kept, and how.
func (m *Module) KeepCommitment(ctx context.Context, number, text string) error { return errUnwritten }

// DropCommitment gives a commitment up, with a reason.
func (m *Module) DropCommitment(ctx context.Context, number, why string) error { return errUnwritten }

// DecisionDone says that a decision is carried out, and how.
func (m *Module) DecisionDone(ctx context.Context, number, text string) error { return errUnwritten }

// DropDecision gives a decision up, with a reason.
func (m *Module) DropDecision(ctx context.Context, number, why string) error { return errUnwritten }

// Decision is one decision that the person may know of.
func (m *Module) Decision(ctx context.Context, number string) (DecisionRow, error) {
	return DecisionRow{}, errUnwritten
}

// Commitment is one commitment that the person may know of.
func (m *Module) Commitment(ctx context.Context, number string) (CommitmentRow, error) {
	return CommitmentRow{}, errUnwritten
}

// Decisions is a page of the register, newest first; next continues it.
func (m *Module) Decisions(ctx context.Context, r Register, after string, size int) (rows []DecisionRow, next string, err error) {
	return nil, "", errUnwritten
}

// Commitments is the same for commitments.
func (m *Module) Commitments(ctx context.Context, r Register, after string, size int) (rows []CommitmentRow, next string, err error) {
	return nil, "", errUnwritten
}

// EachDecision gives the whole register, for exports.
func (m *Module) EachDecision(ctx context.Context, r Register, fn func(DecisionRow) error) error {
	return errUnwritten
}

// EachCommitment is the same for commitments.
func (m *Module) EachCommitment(ctx context.Context, r Register, fn func(CommitmentRow) error) error {
	return errUnwritten
}

// --- minutes

// Minutes are those of a meeting for the person of the context: as they stand, as
// they were frozen, or the released part of them.
func (m *Module) Minutes(ctx context.Context, number string) (Minutes, error) {
	return Minutes{}, errUnwritten
}

// Approve freezes the minutes in the name of the chair. Conflict while an item
// is not closed.
func (m *Module) Approve(ctx context.Context, number string) error { return errUnwritten }

// Sign signs approved minutes in the name of the coordination.
func (m *Module) Sign(ctx context.Context, number string) error { return errUnwritten }

// ReturnMinutes takes approved minutes back to be corrected, with a reason.
func (m *Module) ReturnMinutes(ctx context.Context, number, why string) error { return errUnwritten }

// Release makes parts of signed minutes public; what was released stays so.
func (m *Module) Release(ctx context.Context, number string, what Release) error { return errUnwritten }

// Compiled are the minutes of a series' meetings that began in [from, to).
func (m *Module) Compiled(ctx context.Context, series string, from, to time.Time) (Compilation, error) {
	return Compilation{}, errUnwritten
}

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

// OpenPoll asks the guests of a planned single meeting about dates.
func (m *Module) OpenPoll(ctx context.Context, number string, starts []time.Time) error {
	return errUnwritten
}

// Vote is a guest's word on a date: VoteYes, VoteMaybe or VoteNo.
func (m *Module) Vote(ctx context.Context, number, slot, vote string) error { return errUnwritten }

// ClosePoll takes one of the dates.
func (m *Module) ClosePoll(ctx context.Context, number, slot string) error { return errUnwritten }

// Interest says that the person wants to come to an open meeting.
func (m *Module) Interest(ctx context.Context, number string, w Wish) error { return errUnwritten }

// AnswerWish invites who is interested, or not.
func (m *Module) AnswerWish(ctx context.Context, number, wish string, invite bool) error {
	return errUnwritten
}

// For is a person's calendar: series that go on or ended after since, and single
// meetings that end after it.
func (m *Module) For(ctx context.Context, person string, since time.Time) ([]Occasion, error) {
	return nil, errUnwritten
}

// Stamp changes when For may give something else; it costs next to nothing.
func (m *Module) Stamp(ctx context.Context, person string) (string, error) { return "", errUnwritten }

// TimeGiven is the time given to meetings that ended in [from, to), by ministry,
// most first.
func (m *Module) TimeGiven(ctx context.Context, from, to time.Time) ([]TimeGiven, error) {
	return nil, errUnwritten
}

// Desk is what meetings expect of a person.
func (m *Module) Desk(ctx context.Context, person string) ([]desk.Item, error) {
	return nil, errUnwritten
}

// Forget parts a person whose account ends from everything here.
func (m *Module) Forget(ctx context.Context, person string) error { return errUnwritten }

// Listen tells the steps of initiatives what meetings show.
func (m *Module) Listen(l *event.Log) {}
