package meetings

import (
	"ronda/city/charter"
	"ronda/city/people"
)

// Action is something a person may or may not do here.
type Action string

// The actions.
const (
	SeeMeeting      Action = "see"         // know of it
	SeeInside       Action = "see_inside"  // agenda, attendance, records
	SeePrivate      Action = "see_private" // a private meeting, and private items of any
	PlanSeries      Action = "plan_series"
	PlanMeeting     Action = "plan_meeting"
	EditMeeting     Action = "edit_meeting" // move, call, invite, split into groups, poll
	EditAgenda      Action = "edit_agenda"
	EditSection     Action = "edit_section" // items of the own ministry's section
	ProposeItem     Action = "propose_item"
	Reply           Action = "reply" // to the invitation, and to its poll
	Want            Action = "want"  // say that one is interested, where it is open
	Chair           Action = "chair" // begin, end, open and close items, give the floor
	TakeNotes       Action = "take_notes"
	CheckIn         Action = "check_in"      // others
	CheckInSelf     Action = "check_in_self" // oneself
	Speak           Action = "speak"
	Follow          Action = "follow" // the room
	Record          Action = "record" // decisions and commitments
	ApproveMinutes  Action = "approve_minutes"
	SignMinutes     Action = "sign_minutes"
	ReturnMinutes   Action = "return_minutes"
	ReleaseMinutes  Action = "release"
	CloseDecision   Action = "close_decision"
	CloseCommitment Action = "close_commitment"
	CancelMeeting   Action = "cancel"
)

// Actions lists every action.
var Actions = []Action{SeeMeeting, SeeInside, SeePrivate, PlanSeries, PlanMeeting, EditMeeting, EditAgenda, EditSection, ProposeItem, Reply, Want, Chair,
	TakeNotes, CheckIn, CheckInSelf, Speak, Follow, Record, ApproveMinutes, SignMinutes, ReturnMinutes, ReleaseMinutes, CloseDecision, CloseCommitment, CancelMeeting}

// Case is what a decision of the policy looks at. Only Charter is always there.
type Case struct {
	Charter    *charter.Charter
	Meeting    Meeting // of a series: its kind, chair, secretaries, privacy
	Guests     []Guest // those invited, RoleOut included
	Item       *Item   // EditSection
	Decision   *Decision
	Commitment *Commitment
}

// Can gives the post in whose name the person may do the action; ok is false
// when the person may not. The post is empty for what citizens do.
func (c Case) Can(who people.Standing, action Action) (post people.Holding, ok bool) {
	return people.Holding{}, false
}

// Require is Can as an error: Forbidden, or NotFound when the person must not
// even know of the meeting.
func (c Case) Require(who people.Standing, action Action) (people.Holding, error) {
	return people.Holding{}, errUnwritten
}

// Permits is every action with whether the person may do it. Whether the moment
// is right for it, the act itself says; View.May takes both together.
func (c Case) Permits(who people.Standing) map[Action]bool { return nil }
