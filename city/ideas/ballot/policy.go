package ballot

import (
	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/fault"
)

// Action is something a person may or may not do here.
type Action string

// The actions.
const (
	VoteIn  Action = "vote"    // tap
	Preview Action = "preview" // see the result before it is published
	Publish Action = "publish" // publish it, also with another list
)

// Actions lists every action.
var Actions = []Action{VoteIn, Preview, Publish}

// Role is what a person is to a contest.
type Role string

// The roles.
const (
	SignedIn     Role = "signed_in"
	Owner        Role = "owner"        // holds a post in the body that asks
	OwnerHead    Role = "owner_head"   // signs for it
	Coordination Role = "coordination" // in the office that coordinates the roundtable
)

// allow is the policy: an action is allowed to whoever has one of its roles, and
// to nobody else.
var allow = map[Action][]Role{
	VoteIn:  {SignedIn},
	Preview: {Owner, Coordination},
	Publish: {OwnerHead, Coordination},
}

// Case is what a decision of the policy looks at.
type Case struct {
	Charter *charter.Charter
	Contest Contest
}

// Can gives the post in whose name the person may do the action; ok is false when
// the person may not. The post is empty for what citizens do.
func (c Case) Can(who people.Standing, action Action) (post people.Holding, ok bool) {
	for _, role := range allow[action] {
		if h, is := c.is(who, role); is {
			return h, true
		}
	}
	return people.Holding{}, false
}

// Require is Can as an error.
func (c Case) Require(who people.Standing, action Action) (people.Holding, error) {
	h, ok := c.Can(who, action)
	switch {
	case ok:
		return h, nil
	case !who.SignedIn():
		return h, fault.New(fault.Forbidden, "fault.sign_in")
	}
	return h, fault.New(fault.Forbidden, "fault.forbidden")
}

func (c Case) is(who people.Standing, role Role) (people.Holding, bool) {
	switch role {
	case SignedIn:
		return people.Holding{}, who.SignedIn()
	case Coordination:
		return who.In(c.Charter.Office(charter.OfficeCoordination))
	case Owner:
		return who.In(c.Contest.Body)
	case OwnerHead:
		for _, h := range who.Posts {
			if h.Body == c.Contest.Body && h.Signs {
				return h, true
			}
		}
	}
	return people.Holding{}, false
}
