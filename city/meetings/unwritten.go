package meetings

import (
	"context"
	"time"

	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/desk"
	"ronda/platform/event"
	"ronda/platform/fault"
)

var errUnwritten = fault.New(fault.Unavailable, "fault.unavailable")

// --- series

// CreateSeries plans a series and makes its occurrences of a year. First is moved
// to the first instant that the rule allows. Chair and secretaries are guests of
// it without being named. Faults: Forbidden, Invalid on the fields of a form:
// kind, title, purpose, place, link, chair, secretaries, first, clock, length,
// capacity, quorum, every, unit, weekday, nth, count, until, guests.
func (m *Module) CreateSeries(ctx context.Context, s Series) (Series, error) { return s, errUnwritten }

// EditSeries changes what a series says, save when it falls (see SplitSeries),
// in it and in its coming occurrences that did not differ. Conflict holds the
// stored Series when version is old.
func (m *Module) EditSeries(ctx context.Context, number string, version int, s Series) (Series, error) {
	return s, errUnwritten
}

// CallSeries sends the invitations of a series; its occurrences are called by it.
func (m *Module) CallSeries(ctx context.Context, number string) error { return errUnwritten }

// EndSeries ends a series after its last day; later occurrences are cancelled.
func (m *Module) EndSeries(ctx context.Context, number string, last clock.Day, why string) error {
	return errUnwritten
}

// SplitSeries moves the rest of a series, from the occurrence of that instant on:
// the old one ends before that day and next goes on. Of next the fields of a
// form are read; Kind and Private stay. Coming meetings pass over with their
// numbers and agendas: one on a day that next has too stays as it was changed by
// hand, the others follow next in order.
func (m *Module) SplitSeries(ctx context.Context, number string, from time.Time, why string, next Series) (Series, error) {
	return next, errUnwritten
}

// Series reads a series for the person of the context.
func (m *Module) Series(ctx context.Context, number string) (SeriesView, error) {
	return SeriesView{}, errUnwritten
}

// SeriesList lists the series that the person may know of, those that go on first.
func (m *Module) SeriesList(ctx context.Context) ([]Series, error) { return nil, errUnwritten }

// --- meetings

// When is the instant of a day and a time of day on the city's wall, as typed
// ("2026-03-24", "10:00"). Faults: Invalid on "day" and "clock", also for a time
// that a change of the clocks leaves out.
func (m *Module) When(ctx context.Context, day, clock string) (time.Time, error) {
	return time.Time{}, errUnwritten
}

// CreateMeeting plans a single meeting. Fields as in CreateSeries, with "starts".
func (m *Module) CreateMeeting(ctx context.Context, x Meeting, guests []Guest) (Meeting, error) {
	return x, errUnwritten
}

// EditMeeting changes what a coming meeting says, save its time and place (see
// MoveMeeting). Conflict holds the stored Meeting when version is old.
func (m *Module) EditMeeting(ctx context.Context, number string, version int, x Meeting) (Meeting, error) {
	return x, errUnwritten
}

// MoveMeeting moves a coming meeting to another time, length, place or link; of
// to these four are read. An occurrence keeps its Occurrence.
func (m *Module) MoveMeeting(ctx context.Context, number string, version int, to Meeting, why string) error {
	return errUnwritten
}

// CancelMeeting cancels a coming meeting; its items go to the backlog.
func (m *Module) CancelMeeting(ctx context.Context, number, why string) error { return errUnwritten }

// CallMeeting sends the invitations of a meeting.
func (m *Module) CallMeeting(ctx context.Context, number string) error { return errUnwritten }

// Invite adds guests to a meeting, or changes their role. Fault: Invalid on
// "guests" with the one that cannot be.
func (m *Module) Invite(ctx context.Context, number string, guests ...Guest) error {
	return errUnwritten
}

// Uninvite takes a guest off a coming meeting, also one of its series.
func (m *Module) Uninvite(ctx context.Context, number, key string) error { return errUnwritten }

// Respond is the answer of the person of the context to an invitation; series
// answers for all occurrences to come.
func (m *Module) Respond(ctx context.Context, number string, a Answer, series bool) error {
	return errUnwritten
}

// SplitGroups makes working groups of a coming meeting, each a meeting of its own.
func (m *Module) SplitGroups(ctx context.Context, number string, groups []Group) ([]Meeting, error) {
	return nil, errUnwritten
}

// Meeting reads a meeting for the person of the context, NotFound when it is not
// for them to know of.
func (m *Module) Meeting(ctx context.Context, number string) (View, error) {
	return View{}, errUnwritten
}

// ByID finds a meeting by its id, e.g. for the subject of an event; NotFound for
// what the person must not know of.
func (m *Module) ByID(ctx context.Context, id string) (Meeting, error) {
	return Meeting{}, errUnwritten
}

// List is a page of meetings; after is the Next of the page before.
func (m *Module) List(ctx context.Context, f Filter, after string, size int) (Page, error) {
	return Page{}, errUnwritten
}

// Months are the meetings of a stretch of time, as List sees them, in order; at
// most a thousand.
func (m *Module) Months(ctx context.Context, from, to time.Time) ([]Meeting, error) {
	return nil, errUnwritten
}

// --- agenda

// AddItem puts an item at the end of the agenda. Faults on title, text, wanted,
// minutes, presenter, section, documents, subject.
func (m *Module) AddItem(ctx context.Context, number string, i Item) (Item, error) {
	return i, errUnwritten
}

// EditItem changes an item that is not closed. Conflict holds the stored Item.
func (m *Module) EditItem(ctx context.Context, number, item string, version int, i Item) (Item, error) {
	return i, errUnwritten
}

// MoveItem gives an item another place in the agenda, from 1.
func (m *Module) MoveItem(ctx context.Context, number, item string, to int) error {
	return errUnwritten
}

// DropItem takes an item that nothing came of out of the agenda.
func (m *Module) DropItem(ctx context.Context, number, item string) error { return errUnwritten }

// Backlog is what waits for a meeting of the series; an empty number is the
// backlog of what is of no series.
func (m *Module) Backlog(ctx context.Context, series string) ([]Item, error) {
	return nil, errUnwritten
}

// TakeFromBacklog puts an item of the backlog on a meeting's agenda.
func (m *Module) TakeFromBacklog(ctx context.Context, number, item string) error {
	return errUnwritten
}

// PutBack moves a waiting item of an agenda to the backlog.
func (m *Module) PutBack(ctx context.Context, number, item string) error { return errUnwritten }

// Propose puts an item into the backlog of a series, in the name of a post.
func (m *Module) Propose(ctx context.Context, series string, i Item) (Item, error) {
	return i, errUnwritten
}

// DropProposal takes an item out of a backlog: its proposer, or who plans.
func (m *Module) DropProposal(ctx context.Context, item string) error { return errUnwritten }

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

// Tick makes the occurrences that came within a year; a job calls it each minute.
func (m *Module) Tick(ctx context.Context) error { return errUnwritten }

// Desk is what meetings expect of a person.
func (m *Module) Desk(ctx context.Context, person string) ([]desk.Item, error) {
	return nil, errUnwritten
}

// Forget parts a person whose account ends from everything here.
func (m *Module) Forget(ctx context.Context, person string) error { return errUnwritten }

// Listen tells the steps of initiatives what meetings show.
func (m *Module) Listen(l *event.Log) {}
