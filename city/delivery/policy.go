package delivery

import (
	"ronda/city/charter"
	"ronda/city/people"
	"ronda/city/roundtable"
)

// Action is something a person may or may not do in the execution of an initiative.
type Action string

// The actions.
const (
	SeePlan         Action = "see"           // plan, money, progress, measurements
	SeePersons      Action = "see_persons"   // who does what, by name, and hours
	EditPlan        Action = "edit_plan"     // tasks, links, objectives, progress
	AskChange       Action = "ask_change"    // of what was agreed at the first step
	DecideChange    Action = "decide_change" //
	Report          Action = "report"        // tell how it goes, with photographs
	OverrideLight   Action = "override_light"
	HandOver        Action = "hand_over"    // ask a ministry to execute it
	Accept          Action = "accept"       // be the one that executes it, or refuse
	Invite          Action = "invite"       // ask a further ministry to take part
	TakePart        Action = "take_part"    // answer that, or leave
	EditEquipment   Action = "equipment"    //
	EditFeasibility Action = "feasibility"  //
	ImportBudget    Action = "import_law"   // enact a budget law and bring its lines
	AmendBudget     Action = "amend_law"    //
	Draw            Action = "draw"         // draw on a line of the budget law
	ReportMoney     Action = "report_money" // what was committed, accrued and paid
	DefineIndicator Action = "define_indicator"
	Measure         Action = "measure"
	CorrectMeasure  Action = "correct_measure"
	GiveToken       Action = "give_token" // let another system report measurements
)

// Actions lists every action.
var Actions = []Action{SeePlan, SeePersons, EditPlan, AskChange, DecideChange, Report, OverrideLight, HandOver, Accept, Invite, TakePart,
	EditEquipment, EditFeasibility, ImportBudget, AmendBudget, Draw, ReportMoney, DefineIndicator, Measure, CorrectMeasure, GiveToken}

// Role is what a person is to the execution of an initiative.
type Role string

// The roles, each a relation that the charter, the posts and the execution give.
// An initiative is carried by the body that proposed it until a ministry has
// accepted to execute it, and by that ministry from then on.
const (
	Reader           Role = "reader"        // anybody, of what is public; officials of the rest
	Official         Role = "official"      // holds any post today
	Carrier          Role = "carrier"       // in the body that carries it, or below
	CarrierHead      Role = "carrier_head"  // signs for that body
	Executing        Role = "executing"     // in the ministry that executes it
	AskedHead        Role = "asked_head"    // signs for the ministry that is asked to execute it, not for the body that proposed it
	Participant      Role = "participant"   // in a ministry that takes part
	InvitedHead      Role = "invited_head"  // signs for a ministry that takes part or is asked to
	Planning         Role = "planning"      // in the office of planning
	Assistant        Role = "assistant"     // the same, while it is prepared: afterwards whoever executes it writes, and Planning decides
	PlanningHead     Role = "planning_head" // signs for it, and is not on the carrier's side
	CoordinationHead Role = "coordination_head"
	Treasury         Role = "treasury" // in the office that keeps the budget
	Decider          Role = "decider"  // holds a post that adopts
	Admin            Role = "administrator"
)

// Roles lists every role.
var Roles = []Role{Reader, Official, Carrier, CarrierHead, Executing, AskedHead, Participant, InvitedHead, Planning, Assistant, PlanningHead,
	CoordinationHead, Treasury, Decider, Admin}

// allow is the policy of everything in execution: an action is allowed to whoever
// has one of its roles, and to nobody else.
var allow = map[Action][]Role{
	SeePlan:         {Reader},
	SeePersons:      {Official},
	EditPlan:        {Carrier, Assistant},
	AskChange:       {Carrier},
	DecideChange:    {PlanningHead},
	Report:          {Executing, Participant},
	OverrideLight:   {PlanningHead, CoordinationHead},
	HandOver:        {CarrierHead, Decider},
	Accept:          {AskedHead},
	Invite:          {Carrier},
	TakePart:        {InvitedHead},
	EditEquipment:   {Carrier, Assistant},
	EditFeasibility: {Carrier, Assistant},
	ImportBudget:    {Treasury, Planning},
	AmendBudget:     {Treasury, Planning},
	Draw:            {Carrier, Planning},
	ReportMoney:     {Carrier, Treasury},
	DefineIndicator: {Carrier, Planning},
	Measure:         {Carrier, Participant, Planning},
	CorrectMeasure:  {Carrier, Planning},
	GiveToken:       {Planning, Admin},
}

// Can gives the post in whose name the person may do the action; ok is false when
// the person may not. The post is empty for what citizens do.
func (c Case) Can(who people.Standing, action Action) (post people.Holding, ok bool) {
	for _, role := range allow[action] {
		if h, is := c.Is(who, role); is {
			return h, true
		}
	}
	return people.Holding{}, false
}

// Is says whether the person has the role in this case, and by which post.
func (c Case) Is(who people.Standing, role Role) (people.Holding, bool) {
	switch role {
	case Reader:
		return first(who.Posts), who.Official() || c.Initiative.ID == "" || c.Initiative.State.Public()
	case Official:
		return first(who.Posts), who.Official()
	case Admin:
		return first(who.Posts), who.Administrator()
	case Planning, Assistant, PlanningHead:
		if role == PlanningHead && c.carries(who) || role == Assistant && c.Initiative.State == roundtable.Adopted {
			return people.Holding{}, false
		}
		return c.inOffice(who, c.planning(), role == PlanningHead)
	case CoordinationHead:
		return c.inOffice(who, c.Charter.Office(charter.OfficeCoordination), true)
	case Treasury:
		return c.inOffice(who, c.Charter.Office(charter.OfficeTreasury), false)
	}
	for _, h := range who.Posts {
		if c.holds(h, role) {
			return h, true
		}
	}
	return people.Holding{}, false
}

// holds says whether a post gives one of the roles that posts give.
func (c Case) holds(h people.Holding, role Role) bool {
	switch role {
	case Carrier:
		return h.Within(c.carrier())
	case CarrierHead:
		return h.Within(c.carrier()) && h.Signs && (h.Body == c.carrier() || h.Ministry == c.Executor && h.Body != c.Initiative.Sponsor)
	case Executing:
		return h.Within(c.Executor)
	case AskedHead:
		return h.Signs && c.Asked != "" && h.Ministry == c.Asked && (h.Body == c.Asked || h.Body != c.Initiative.Sponsor)
	case Participant:
		return c.participates(h.Ministry, PartIn)
	case InvitedHead:
		return h.Signs && (c.participates(h.Ministry, PartAsked) || c.participates(h.Ministry, PartIn))
	case Decider:
		return c.Charter.MayDecide(h.Post)
	}
	return false
}

// carrier is the body that answers for the initiative now, empty for one that
// nobody has taken up.
func (c Case) carrier() string {
	if c.Executor != "" {
		return c.Executor
	}
	return c.Initiative.Sponsor
}

func (c Case) carries(who people.Standing) bool {
	_, is := c.Is(who, Carrier)
	return is
}

// planning is the body that plans: cities without an office of planning have the
// coordination do it.
func (c Case) planning() string {
	if body := c.Charter.Office(charter.OfficePlanning); body != "" {
		return body
	}
	return c.Charter.Office(charter.OfficeCoordination)
}

func (c Case) inOffice(who people.Standing, body string, signs bool) (people.Holding, bool) {
	if body == "" {
		return people.Holding{}, false
	}
	h, in := who.In(body)
	return h, in && (h.Signs || !signs)
}

func first(posts []people.Holding) people.Holding {
	if len(posts) == 0 {
		return people.Holding{}
	}
	return posts[0]
}
