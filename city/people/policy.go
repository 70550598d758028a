package people

import (
	"context"
	"slices"

	"ronda/city/charter"
	"ronda/platform/fault"
)

// Action is something this module lets some people do.
type Action string

// The actions.
const (
	ActSeeBodies      Action = "see_bodies"      // bodies, posts and who holds them
	ActDelegate       Action = "delegate"        // see delegations, give and revoke one's own
	ActSeeSpecialists Action = "see_specialists" // also those who did not consent to be named in public
	ActSpecialists    Action = "specialists"     // keep organisations and specialists
	ActAppoint        Action = "appoint"         // give a post and end its terms, see CanAppoint
	ActPersons        Action = "persons"         // see and make persons
	ActRoles          Action = "roles"           // grant and revoke roles
	ActStructure      Action = "structure"       // found, end, merge and split bodies and posts
	ActChanges        Action = "changes"         // propose, confirm and reject what takes two
	ActOperate        Action = "operate"         // change administrators from the command line
)

// capacity is in which quality somebody may act.
type capacity string

const (
	anyone        capacity = "anyone"
	official      capacity = "official" // acts for some post today, own or delegated
	head          capacity = "head"     // heads a ministry or sits on a local board
	facilitator   capacity = "facilitator"
	administrator capacity = "administrator"
	operator      capacity = "operator" // runs the machine
)

// policy says who may do what; what is not listed is denied.
var policy = map[Action][]capacity{
	ActSeeBodies:      {anyone},
	ActDelegate:       {official},
	ActSeeSpecialists: {official, facilitator, administrator},
	ActSpecialists:    {facilitator, administrator},
	ActAppoint:        {head, administrator},
	ActPersons:        {administrator},
	ActRoles:          {administrator},
	ActStructure:      {administrator},
	ActChanges:        {administrator},
	ActOperate:        {operator},
}

// Can says whether s may do the action at all; the use case may ask for more,
// such as holding the very post.
func Can(s Standing, a Action) bool {
	return slices.ContainsFunc(policy[a], s.acts)
}

func (s Standing) acts(c capacity) bool {
	switch c {
	case anyone:
		return true
	case official:
		return s.Official()
	case head:
		return slices.ContainsFunc(s.Posts, Holding.heads)
	case facilitator:
		return s.HasRole(RoleFacilitator)
	case administrator:
		return s.Administrator()
	case operator:
		return s.HasRole(RoleOperator)
	}
	return false
}

// heads says whether this is the own post of somebody who answers for the
// members of a whole ministry or board. A delegate appoints nobody.
func (h Holding) heads() bool {
	if h.Delegated || !h.Signs {
		return false
	}
	return h.BodyKind == string(charter.KindLocalBoard) || rankOrder(h.Rank) <= rankOrder(string(charter.RankMinister))
}

// CanAppoint says whether s may appoint to the post: administrators to any,
// heads to the posts of their own body and of those below it, save their own and
// any that is as high as theirs elsewhere than on their board.
func CanAppoint(s Standing, p Post, b Body) bool {
	if s.Administrator() {
		return true
	}
	return slices.ContainsFunc(s.Posts, func(h Holding) bool {
		if !h.heads() || h.Post == p.Code || !b.Within(h.Body) {
			return false
		}
		board := h.BodyKind == string(charter.KindLocalBoard) && b.Code == h.Body
		return board || rankOrder(h.Rank) < rankOrder(string(p.Rank))
	})
}

// allow refuses whoever acts in ctx unless they may do the action.
func allow(ctx context.Context, a Action) error {
	if !Can(Me(ctx), a) {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}
