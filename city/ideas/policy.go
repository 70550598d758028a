package ideas

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
	MayDraftChallenge Action = "draft_challenge" // write it, edit it, read it before it opens
	MayOpenChallenge  Action = "open_challenge"  // sign its opening
	MayChangeRules    Action = "change_rules"
	MayAdvance        Action = "advance"
	MayCancel         Action = "cancel"
	MayConclude       Action = "conclude" // publish the result
	MayEvaluate       Action = "evaluate" // grade its ideas
	MaySave           Action = "save"     // keep a draft
	MaySend           Action = "send"
	MayEdit           Action = "edit"
	MayWithdraw       Action = "withdraw"
	MaySupport        Action = "support"
	MayComment        Action = "comment"
	MayReport         Action = "report"
	MayAskFamily      Action = "ask_family"
	MayConsent        Action = "consent"
	MayLeaveFamily    Action = "leave_family"
	MayReadUnseen     Action = "read_unseen" // what is held, hidden or withdrawn
	MayModerate       Action = "moderate"
	MayAppeal         Action = "appeal"
	MayLabel          Action = "label" // give tags
	MayAnswer         Action = "answer"
	MayAssign         Action = "assign" // say which body owes the answer
	MaySetCost        Action = "set_cost"
	MayTakeUp         Action = "take_up"
	MayImport         Action = "import"
)

// Actions lists every action.
var Actions = []Action{MayDraftChallenge, MayOpenChallenge, MayChangeRules, MayAdvance, MayCancel, MayConclude, MayEvaluate, MaySave, MaySend, MayEdit,
	MayWithdraw, MaySupport, MayComment, MayReport, MayAskFamily, MayConsent, MayLeaveFamily, MayReadUnseen, MayModerate, MayAppeal, MayLabel, MayAnswer,
	MayAssign, MaySetCost, MayTakeUp, MayImport}

// Role is what a person is to a challenge or to an idea.
type Role string

// The roles, each a relation that the charter, the posts, the challenge and the
// idea give.
const (
	Anyone     Role = "anyone" // visitors too
	SignedIn   Role = "signed_in"
	Author     Role = "author"
	Kin        Role = "co_author"  // author of another idea of the family
	Moderator  Role = "moderator"  // in the coordination office, or a facilitator
	Scrutineer Role = "scrutineer" // in the coordination office, where everybody votes: publishes what the votes gave
	Owner      Role = "owner"      // in the body that asks
	OwnerHead  Role = "owner_head" // signs for the body that asks
	Answerer   Role = "answerer"   // in the body that owes the answer
	Juror      Role = "juror"
	Proposer   Role = "proposer" // in a body that may propose initiatives
	Planning   Role = "planning" // in the office of planning
	Admin      Role = "administrator"
)

// Roles lists every role.
var Roles = []Role{Anyone, SignedIn, Author, Kin, Moderator, Scrutineer, Owner, OwnerHead, Answerer, Juror, Proposer, Planning, Admin}

// allow is the policy: an action is allowed to whoever has one of its roles, and
// to nobody else.
var allow = map[Action][]Role{
	MayDraftChallenge: {Owner},
	MayOpenChallenge:  {OwnerHead},
	MayChangeRules:    {OwnerHead},
	MayAdvance:        {Owner},
	MayCancel:         {OwnerHead},
	MayConclude:       {OwnerHead, Scrutineer},
	MayEvaluate:       {Juror},
	MaySave:           {Anyone},
	MaySend:           {SignedIn},
	MayEdit:           {Author},
	MayWithdraw:       {Author},
	MaySupport:        {SignedIn},
	MayComment:        {SignedIn},
	MayReport:         {SignedIn},
	MayAskFamily:      {Author, Kin, Moderator},
	MayConsent:        {Author, Kin},
	MayLeaveFamily:    {Author},
	MayReadUnseen:     {Author, Moderator},
	MayModerate:       {Moderator},
	MayAppeal:         {Author},
	MayLabel:          {Moderator, Owner, Answerer},
	MayAnswer:         {Answerer, Owner},
	MayAssign:         {Moderator, Owner, Answerer, Planning},
	MaySetCost:        {Answerer, Owner, Planning},
	MayTakeUp:         {Proposer},
	MayImport:         {Admin, Moderator},
}

// Case is what a decision of the policy looks at. Challenge and Idea may be
// empty for actions that are not about one.
type Case struct {
	Charter   *charter.Charter
	Challenge Challenge // the idea's; empty at the standing door
	Idea      Idea
	Kin       []CoAuthor // authors of the other ideas of the family
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
// even know that the thing exists.
func (c Case) Require(who people.Standing, action Action) (people.Holding, error) {
	if c.secret(who) {
		return people.Holding{}, notFound()
	}
	if h, ok := c.Can(who, action); ok {
		return h, nil
	}
	if !who.SignedIn() {
		return people.Holding{}, fault.New(fault.Forbidden, "fault.sign_in")
	}
	return people.Holding{}, fault.New(fault.Forbidden, "fault.forbidden")
}

// secret says whether the person must not know of the case.
func (c Case) secret(who people.Standing) bool {
	if c.Idea.ID != "" && !c.Idea.Known() {
		_, reads := c.Can(who, MayReadUnseen)
		return !reads
	}
	if c.Challenge.ID != "" && !c.Challenge.Public() {
		_, reads := c.Can(who, MayDraftChallenge)
		return !reads
	}
	return false
}

// May is every action with whether the person may do it, for the buttons of a
// page. Whether the moment is right for it, the act itself says.
func (c Case) May(who people.Standing) map[Action]bool {
	out := make(map[Action]bool, len(Actions))
	for _, a := range Actions {
		_, out[a] = c.Can(who, a)
	}
	return out
}

// Is says whether the person has the role in this case, and by which post.
func (c Case) Is(who people.Standing, role Role) (people.Holding, bool) {
	none := people.Holding{}
	switch role {
	case Anyone:
		return none, true
	case SignedIn:
		return none, who.SignedIn()
	case Author:
		return none, who.SignedIn() && who.Person == c.Idea.Author
	case Kin:
		return none, who.SignedIn() && slices.ContainsFunc(c.Kin, func(k CoAuthor) bool { return k.Person == who.Person })
	case Juror:
		return first(who.Posts), who.SignedIn() && slices.Contains(c.Challenge.Jury, who.Person)
	case Admin:
		return first(who.Posts), who.Administrator()
	case Moderator:
		if h, in := c.office(who, charter.OfficeCoordination); in {
			return h, true
		}
		return first(who.Posts), who.HasRole(people.RoleFacilitator)
	case Scrutineer:
		h, in := c.office(who, charter.OfficeCoordination)
		return h, in && c.Challenge.Method.Votes()
	case Planning:
		return c.office(who, charter.OfficePlanning)
	}
	return c.byPost(who, role)
}

// byPost decides the roles that a post gives.
func (c Case) byPost(who people.Standing, role Role) (people.Holding, bool) {
	for _, h := range who.Posts {
		switch {
		case role == Owner && c.Challenge.Body != "" && h.Body == c.Challenge.Body,
			role == OwnerHead && c.Challenge.Body != "" && h.Body == c.Challenge.Body && h.Signs,
			role == Answerer && c.Idea.Body != "" && h.Body == c.Idea.Body,
			role == Proposer && c.Charter.MayPropose(h.Body):
			return h, true
		}
	}
	return people.Holding{}, false
}

func (c Case) office(who people.Standing, name string) (people.Holding, bool) {
	code := c.Charter.Office(name)
	if code == "" {
		return people.Holding{}, false
	}
	return who.In(code)
}

func first(posts []people.Holding) people.Holding {
	if len(posts) == 0 {
		return people.Holding{}
	}
	return posts[0]
}

func notFound() error { return fault.New(fault.NotFound, "fault.notfound") }
