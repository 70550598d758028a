package roundtable

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
	Propose    Action = "propose"     // file a raw thought
	TakeUp     Action = "take_up"     // become the sponsor of an idea
	ReadInside Action = "read_inside" // ideas, drafts, discussion, evidence that is not public
	Edit       Action = "edit"        // write the dossier
	File       Action = "file"        // enter the round
	Prove      Action = "prove"       // add evidence to a step
	SignStep   Action = "sign"
	ReturnStep Action = "return"
	ReopenStep Action = "reopen"
	Resend     Action = "resubmit"
	Attend     Action = "attend"   // record the attendance a step needs
	Confirm    Action = "confirm"  // record a specialist's answer
	Decide     Action = "decide"   // adopt, decline, defer, resume
	Overrule   Action = "override" // adopt with a step open
	Withdraw   Action = "withdraw"
	Join       Action = "join" // let it go on inside another
	Obstacle   Action = "barrier"
	Invite     Action = "invite"  // ask another ministry to be co-owner
	Accept     Action = "accept"  // be co-owner, or leave
	Discuss    Action = "discuss" // comment inside
	Opine      Action = "opine"   // public opinion of a local board
	Ask        Action = "ask"
	Answer     Action = "answer"
	Hide       Action = "hide" // take a question out of sight, with a reason
	Import     Action = "import"
)

// Role is what a person is to an initiative, or to one step of it.
type Role string

// The roles, each a relation that the charter, the posts and the initiative give.
const (
	SignedIn     Role = "signed_in"
	Official     Role = "official"      // holds any post today
	Author       Role = "author"        // had the thought
	Proposer     Role = "proposer"      // in a body that may propose
	Sponsor      Role = "sponsor"       // in the sponsoring body
	SponsorHead  Role = "sponsor_head"  // signs for the sponsoring body
	CoOwner      Role = "co_owner"      // in a ministry that co-owns it
	Invited      Role = "invited"       // signs for a ministry that is asked to co-own it
	Office       Role = "office"        // in the office of the step
	OfficeHead   Role = "office_head"   // signs for the office of the step, on nobody's side
	Attendance   Role = "attendance"    // in the office that must be present, on nobody's side
	Coordination Role = "coordination"  // in the office that coordinates the roundtable
	Decider      Role = "decider"       // holds a post that decides
	Overruler    Role = "overruler"     // holds a post that may override
	Board        Role = "board"         // in a local board
	Admin        Role = "administrator" // of the program
)

// allow is the policy: an action is allowed to whoever has one of its roles,
// and to nobody else.
var allow = map[Action][]Role{
	Propose:    {Official},
	TakeUp:     {Proposer},
	ReadInside: {Official},
	Edit:       {Sponsor, CoOwner, Author},
	File:       {SponsorHead},
	Prove:      {Sponsor, Office},
	SignStep:   {OfficeHead},
	ReturnStep: {OfficeHead},
	ReopenStep: {OfficeHead},
	Resend:     {Sponsor},
	Attend:     {Attendance},
	Confirm:    {Sponsor, Attendance},
	Decide:     {Decider},
	Overrule:   {Overruler},
	Withdraw:   {SponsorHead},
	Join:       {Sponsor, Author},
	Obstacle:   {Sponsor, CoOwner, Office, Coordination},
	Invite:     {Sponsor},
	Accept:     {Invited},
	Discuss:    {Official},
	Opine:      {Board},
	Ask:        {SignedIn},
	Answer:     {Sponsor},
	Hide:       {Coordination},
	Import:     {Admin, Coordination},
}

// Case is what a decision of the policy looks at. Initiative and Step may be
// empty for actions that are not about one.
type Case struct {
	Charter    *charter.Charter
	Initiative Initiative
	Owners     []Owner // co-owners and invitations
	Step       *Step
}

// Can gives the post in whose name the person may do the action; ok is false
// when the person may not. The post is empty for what citizens and authors do.
func (c Case) Can(who people.Standing, action Action) (post people.Holding, ok bool) {
	for _, role := range allow[action] {
		if h, is := c.is(who, role); is {
			return h, true
		}
	}
	return people.Holding{}, false
}

// Require is Can as an error: Forbidden, or NotFound when the person must not
// even know that the initiative exists.
func (c Case) Require(who people.Standing, action Action) (people.Holding, error) {
	h, ok := c.Can(who, action)
	if ok {
		return h, nil
	}
	if c.Initiative.ID != "" && !c.Initiative.State.Public() {
		if _, reads := c.Can(who, ReadInside); !reads {
			return h, fault.New(fault.NotFound, "fault.notfound")
		}
	}
	if !who.SignedIn() {
		return h, fault.New(fault.Forbidden, "fault.sign_in")
	}
	return h, fault.New(fault.Forbidden, "fault.forbidden")
}

// is says whether the person has the role in this case, and by which post.
func (c Case) is(who people.Standing, role Role) (people.Holding, bool) {
	none := people.Holding{}
	switch role {
	case SignedIn:
		return first(who.Posts), who.SignedIn()
	case Official:
		return first(who.Posts), who.Official()
	case Author:
		return first(who.Posts), c.Initiative.State == Idea && who.SignedIn() && who.Person == c.Initiative.Author
	case Admin:
		return first(who.Posts), who.HasRole("administrator")
	case Office, OfficeHead, Attendance:
		return c.office(who, role)
	case Coordination:
		return who.In(c.Charter.Office(charter.OfficeCoordination))
	}
	for _, h := range who.Posts {
		if c.holds(h, role) {
			return h, true
		}
	}
	return none, false
}

// holds says whether a post gives one of the roles that posts give.
func (c Case) holds(h people.Holding, role Role) bool {
	switch role {
	case Proposer:
		return c.Charter.MayPropose(h.Body)
	case Sponsor:
		return c.sponsors(h)
	case SponsorHead:
		return c.sponsors(h) && h.Signs
	case CoOwner:
		return c.owns(h, OwnerIn)
	case Invited:
		return h.Signs && (c.owns(h, OwnerAsked) || c.owns(h, OwnerIn))
	case Decider:
		return c.Charter.MayDecide(h.Post)
	case Overruler:
		return c.Charter.MayOverride(h.Post)
	case Board:
		return charter.Kind(h.BodyKind) == charter.KindLocalBoard
	}
	return false
}

func (c Case) sponsors(h people.Holding) bool {
	return c.Initiative.Sponsor != "" && h.Body == c.Initiative.Sponsor
}

func (c Case) owns(h people.Holding, state OwnerState) bool {
	return slices.ContainsFunc(c.Owners, func(o Owner) bool { return o.State == state && o.Ministry == h.Ministry })
}

// office decides the roles that a step gives. Who is on the proposer's side, or
// in a body that the charter bars from the step, has none of those that sign.
func (c Case) office(who people.Standing, role Role) (people.Holding, bool) {
	if c.Step == nil {
		return c.anyOffice(who, role)
	}
	step, ok := c.Charter.Flow.Steps.Get(c.Step.Code)
	if !ok || role != Office && (c.OnProposersSide(who) || c.barred(step, who)) {
		return people.Holding{}, false
	}
	body := c.Step.Office
	if role == Attendance {
		body = c.Charter.Office(step.Attendance)
	}
	for _, h := range who.Posts {
		if h.Body == body && body != "" && (role != OfficeHead || h.Signs) {
			return h, true
		}
	}
	return people.Holding{}, false
}

// anyOffice is the role in what is about the whole initiative: in the office of
// one of its steps.
func (c Case) anyOffice(who people.Standing, role Role) (people.Holding, bool) {
	if role == Office && c.Charter != nil {
		for _, step := range c.Charter.Flow.Steps.All() {
			if h, in := who.In(c.Charter.Office(step.Office)); in {
				return h, true
			}
		}
	}
	return people.Holding{}, false
}

func (c Case) barred(step charter.Step, who people.Standing) bool {
	for _, office := range step.Never {
		if _, in := who.In(c.Charter.Office(office)); in {
			return true
		}
	}
	return false
}

// OnProposersSide says whether the person had the thought, or holds a post, own
// or delegated, in the sponsoring body or its general direction.
func (c Case) OnProposersSide(who people.Standing) bool {
	if who.Person == c.Initiative.Author && who.SignedIn() {
		return true
	}
	return slices.ContainsFunc(who.Posts, func(h people.Holding) bool {
		return c.Initiative.Sponsor != "" && (h.Body == c.Initiative.Sponsor || h.Direction == c.Initiative.Sponsor)
	})
}

func first(posts []people.Holding) people.Holding {
	if len(posts) == 0 {
		return people.Holding{}
	}
	return posts[0]
}
