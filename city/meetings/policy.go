package meetings

import (
	"slices"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/fault"
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

// Role is what a person is to a meeting.
type Role string

// The roles, each a relation that the charter, the posts and the meeting give.
const (
	Onlooker   Role = "onlooker"   // anybody, where something of the meeting is public
	Interested Role = "interested" // signed in, where the call is open
	Reader     Role = "reader"     // holds a post, where the meeting is not private
	Invited    Role = "invited"
	Presider   Role = "presider" // holds the post that chairs
	Secretary  Role = "secretary"
	Organiser  Role = "organiser" // in the office or body that such meetings are of
	Signatory  Role = "signatory" // signs for the office that answers for the minutes
	Ministry   Role = "ministry"  // in the ministry of the item's section
	Ower       Role = "ower"      // owes the decision or commitment
)

// Roles lists every role.
var Roles = []Role{Onlooker, Interested, Reader, Invited, Presider, Secretary, Organiser, Signatory, Ministry, Ower}

// allow is the policy: an action is allowed to whoever has one of its roles, and
// to nobody else.
var allow = map[Action][]Role{
	SeeMeeting:      {Presider, Secretary, Organiser, Signatory, Invited, Reader, Onlooker},
	SeeInside:       {Presider, Secretary, Organiser, Signatory, Invited, Reader},
	SeePrivate:      {Presider, Secretary, Organiser, Signatory, Invited},
	PlanSeries:      {Organiser},
	PlanMeeting:     {Organiser},
	EditMeeting:     {Organiser, Secretary},
	EditAgenda:      {Organiser, Secretary, Presider},
	EditSection:     {Organiser, Secretary, Presider, Ministry},
	ProposeItem:     {Organiser, Secretary, Presider, Reader},
	Reply:           {Invited},
	Want:            {Interested},
	Chair:           {Presider, Organiser},
	TakeNotes:       {Secretary, Organiser, Presider},
	CheckIn:         {Secretary, Organiser, Presider},
	CheckInSelf:     {Invited},
	Speak:           {Invited},
	Follow:          {Presider, Secretary, Organiser, Signatory, Invited, Reader},
	Record:          {Secretary, Organiser, Presider},
	ApproveMinutes:  {Presider},
	SignMinutes:     {Signatory},
	ReturnMinutes:   {Presider, Signatory},
	ReleaseMinutes:  {Signatory},
	CloseDecision:   {Ower, Organiser},
	CloseCommitment: {Ower, Organiser},
	CancelMeeting:   {Organiser},
}

// Case is what a decision of the policy looks at. Only Charter is always there.
type Case struct {
	Charter    *charter.Charter
	Meeting    Meeting // of a series: its kind, chair, secretaries, privacy
	Guests     []Guest // those invited, RoleOut included; at least the person's own
	Item       *Item   // EditSection
	Decision   *Decision
	Commitment *Commitment
}

// Can gives the post in whose name the person may do the action; ok is false
// when the person may not. The post is empty for what citizens do.
func (c Case) Can(who people.Standing, action Action) (post people.Holding, ok bool) {
	for _, role := range allow[action] {
		if h, is := c.Is(who, role); is {
			return h, true
		}
	}
	return people.Holding{}, false
}

// Require is Can as an error: Forbidden, or NotFound when the person must not
// even know of the meeting.
func (c Case) Require(who people.Standing, action Action) (people.Holding, error) {
	if c.Meeting.ID != "" {
		if _, sees := c.Can(who, SeeMeeting); !sees {
			return people.Holding{}, notFound()
		}
	}
	if h, ok := c.Can(who, action); ok {
		return h, nil
	}
	if !who.SignedIn() {
		return people.Holding{}, fault.New(fault.Forbidden, "fault.sign_in")
	}
	return people.Holding{}, fault.New(fault.Forbidden, "fault.forbidden")
}

// Permits is every action with whether the person may do it. Whether the moment
// is right for it, the act itself says; View.May takes both together.
func (c Case) Permits(who people.Standing) map[Action]bool {
	out := make(map[Action]bool, len(Actions))
	for _, a := range Actions {
		_, out[a] = c.Can(who, a)
	}
	return out
}

// Is says whether the person has the role in this case, and by which post.
func (c Case) Is(who people.Standing, role Role) (people.Holding, bool) {
	switch role {
	case Onlooker:
		return people.Holding{}, c.Meeting.Public
	case Interested:
		return first(who.Posts), who.SignedIn() && c.Meeting.Open && c.Meeting.Public
	case Reader:
		return first(who.Posts), who.Official() && !c.Meeting.Private
	case Invited:
		return c.invited(who)
	case Presider:
		return c.holds(who, Codes{c.Meeting.Chair})
	case Secretary:
		if h, ok := c.holds(who, c.Meeting.Secretaries); ok {
			return h, true
		}
		return first(who.Posts), who.HasRole(people.RoleFacilitator) && !c.Meeting.Private
	case Organiser:
		return c.organises(who)
	case Signatory:
		h, in := who.In(c.office())
		return h, in && h.Signs
	case Ministry:
		return c.ofSection(who)
	case Ower:
		return c.owes(who)
	}
	return people.Holding{}, false
}

// office is the body that answers for meetings of the kind.
func (c Case) office() string {
	if c.Meeting.Kind == Workshop {
		return c.Charter.Office(charter.OfficeLaboratory)
	}
	return c.Charter.Office(charter.OfficeCoordination)
}

// organises says whether the person is in that office, or in the body that
// convenes a collaborative meeting.
func (c Case) organises(who people.Standing) (people.Holding, bool) {
	if office := c.office(); office != "" {
		if h, in := who.In(office); in {
			return h, true
		}
	}
	if c.Meeting.Kind == Collaborative && c.Meeting.Convener != "" {
		return who.In(c.Meeting.Convener)
	}
	return people.Holding{}, false
}

func (c Case) holds(who people.Standing, posts Codes) (people.Holding, bool) {
	for _, code := range posts {
		if h, ok := who.Holds(code); ok && code != "" {
			return h, true
		}
	}
	return people.Holding{}, false
}

// invited says by which post the person is invited. What stands on the list of
// the meeting goes before what stands on that of its series.
func (c Case) invited(who people.Standing) (people.Holding, bool) {
	for _, k := range keysOf(who) {
		if g, ok := c.guest(k); ok && g.Role != RoleOut {
			h, _ := who.Holds(g.Post)
			if g.Post == "" && g.Body != "" {
				h, _ = who.In(g.Body)
			}
			return h, true
		}
	}
	return people.Holding{}, false
}

// guest is the guest of that key, from the list that counts.
func (c Case) guest(key string) (g Guest, ok bool) {
	for _, x := range c.Guests {
		if x.Key == key && (!ok || x.Owner == c.Meeting.ID) {
			g, ok = x, true
		}
	}
	return g, ok
}

func (c Case) ofSection(who people.Standing) (people.Holding, bool) {
	if c.Item == nil || c.Item.Section == "" || c.Meeting.Private {
		return people.Holding{}, false
	}
	return c.ofAny(who, func(h people.Holding) bool { return h.Ministry == c.Item.Section || h.Body == c.Item.Section })
}

// owes says whether the decision or the commitment is the person's, of a post of
// theirs, or of a body they sign for.
func (c Case) owes(who people.Standing) (people.Holding, bool) {
	var code string
	switch {
	case c.Decision != nil:
		code = c.Decision.Owner
	case c.Commitment != nil && c.Commitment.WhoKind == WhoPerson:
		return first(who.Posts), who.SignedIn() && who.Person == c.Commitment.Who
	case c.Commitment != nil && c.Commitment.WhoKind != WhoOutside:
		code = c.Commitment.Who
	}
	return c.ofAny(who, func(h people.Holding) bool { return code != "" && (h.Post == code || h.Body == code) })
}

func (c Case) ofAny(who people.Standing, fits func(people.Holding) bool) (people.Holding, bool) {
	if n := slices.IndexFunc(who.Posts, fits); n >= 0 {
		return who.Posts[n], true
	}
	return people.Holding{}, false
}

func first(posts []people.Holding) people.Holding {
	if len(posts) == 0 {
		return people.Holding{}
	}
	return posts[0]
}

func notFound() error { return fault.New(fault.NotFound, "fault.notfound") }
