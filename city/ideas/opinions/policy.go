package opinions

import (
	"slices"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/fault"
)

// Action is something a person may or may not do here. Reading is not among
// them: whoever may see the challenge may see its statements and its map.
type Action string

// The actions.
const (
	Vote     Action = "vote"     // answer, change an answer, take it back
	Propose  Action = "propose"  // write a statement as a citizen
	Seed     Action = "seed"     // write many in the name of a body
	Edit     Action = "edit"     // change the words of one that nobody has answered
	Moderate Action = "moderate" // let through, take off, put back
)

// Actions lists every action.
var Actions = []Action{Vote, Propose, Seed, Edit, Moderate}

// Role is what a person is to a challenge or to one of its statements.
type Role string

// The roles.
const (
	SignedIn  Role = "signed_in"
	Author    Role = "author"    // wrote the statement as a citizen
	Owner     Role = "owner"     // holds a post in the body that asks
	Sower     Role = "sower"     // may seed, of a statement that a body wrote
	Moderator Role = "moderator" // in the coordination's office, or facilitator
)

// allow is the policy: an action is allowed to whoever has one of its roles, and
// to nobody else. The body that asks does not moderate: it could silence what it
// would rather not hear.
var allow = map[Action][]Role{
	Vote:     {SignedIn},
	Propose:  {SignedIn},
	Seed:     {Owner, Moderator},
	Edit:     {Author, Sower},
	Moderate: {Moderator},
}

// Case is what a decision of the policy looks at. Statement is empty for what is
// not about one.
type Case struct {
	Charter   *charter.Charter
	Challenge Challenge
	Statement Statement
}

// Can gives the post in whose name the person may do the action, empty for what
// citizens do; ok is false when the person may not.
func (c Case) Can(who people.Standing, a Action) (post people.Holding, ok bool) {
	for _, role := range allow[a] {
		if h, is := c.is(who, role); is {
			return h, true
		}
	}
	return people.Holding{}, false
}

// Require is Can as an error. A statement that waits for a moderator does not
// exist for who may neither moderate nor edit it.
func (c Case) Require(who people.Standing, a Action) (people.Holding, error) {
	h, ok := c.Can(who, a)
	switch {
	case ok:
		return h, nil
	case c.Statement.State == Held && !c.sees(who):
		return h, fault.New(fault.NotFound, "fault.notfound")
	case !who.SignedIn():
		return h, fault.New(fault.Forbidden, "fault.sign_in")
	}
	return h, fault.New(fault.Forbidden, "fault.forbidden")
}

// sees says whether the person may know of a statement that is held.
func (c Case) sees(who people.Standing) bool {
	return slices.ContainsFunc([]Action{Edit, Moderate}, func(a Action) bool { _, ok := c.Can(who, a); return ok })
}

func (c Case) is(who people.Standing, role Role) (people.Holding, bool) {
	switch role {
	case SignedIn:
		return people.Holding{}, who.SignedIn()
	case Author:
		return people.Holding{}, who.SignedIn() && c.Statement.Body == "" && c.Statement.Author == who.Person
	case Owner:
		if c.Challenge.Body == "" {
			return people.Holding{}, false
		}
		return who.In(c.Challenge.Body)
	case Moderator:
		return c.moderates(who)
	case Sower:
		h, ok := c.Can(who, Seed)
		return h, ok && c.Statement.Body != ""
	}
	return people.Holding{}, false
}

func (c Case) moderates(who people.Standing) (people.Holding, bool) {
	if h, ok := who.In(c.Charter.Office(charter.OfficeCoordination)); ok {
		return h, true
	}
	return people.Holding{}, who.HasRole(people.RoleFacilitator)
}
