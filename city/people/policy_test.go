package people

import (
	"slices"
	"testing"

	"ronda/city/charter"
)

// everybody is one person of each kind that a rule tells apart.
var everybody = map[string]Standing{
	"anonymous":     {},
	"citizen":       {Person: "p"},
	"director":      {Person: "p", Posts: []Holding{holding("director-caminos", "dg-caminos", charter.KindGeneralDirection, charter.RankDirector)}},
	"coordinator":   {Person: "p", Posts: []Holding{holding("responsable-mesa", "mesa", charter.KindCoordination, charter.RankCoordinator)}},
	"minister":      {Person: "p", Posts: []Holding{holding("secretario-obras", "obras", charter.KindMinistry, charter.RankMinister)}},
	"stand-in":      {Person: "p", Posts: []Holding{lent(holding("secretario-obras", "obras", charter.KindMinistry, charter.RankMinister))}},
	"mayor":         {Person: "p", Posts: []Holding{holding("intendente", "intendencia", charter.KindMayorOffice, charter.RankMayor)}},
	"board member":  {Person: "p", Posts: []Holding{holding("consejero-norte", "consejo-norte", charter.KindLocalBoard, charter.RankMember)}},
	"facilitator":   {Person: "p", Roles: []string{RoleFacilitator}},
	"administrator": {Person: "p", Roles: []string{RoleAdministrator}},
	"operator":      {Person: "p", Roles: []string{RoleOperator}},
}

func holding(post, body string, kind charter.Kind, rank charter.Rank) Holding {
	return Holding{Post: post, Body: body, BodyKind: string(kind), Rank: string(rank), Signs: true, Path: []string{body}}
}

func lent(h Holding) Holding { h.Delegated = true; return h }

func TestWhoMayDoWhat(t *testing.T) {
	officials := []string{"director", "coordinator", "minister", "stand-in", "mayor", "board member"}
	heads := []string{"minister", "mayor", "board member"}
	allowed := map[Action][]string{
		ActSeeBodies:      append([]string{"anonymous", "citizen", "facilitator", "administrator", "operator"}, officials...),
		ActDelegate:       officials,
		ActSeeSpecialists: append([]string{"facilitator", "administrator"}, officials...),
		ActSpecialists:    {"facilitator", "administrator"},
		ActAppoint:        append([]string{"administrator"}, heads...),
		ActPersons:        {"administrator"},
		ActRoles:          {"administrator"},
		ActStructure:      {"administrator"},
		ActChanges:        {"administrator"},
		ActOperate:        {"operator"},
		"something else":  nil,
	}
	for action := range policy {
		if _, ok := allowed[action]; !ok {
			t.Errorf("nobody thought about %s", action)
		}
	}
	for action, who := range allowed {
		for name, s := range everybody {
			if want := slices.Contains(who, name); Can(s, action) != want {
				t.Errorf("%s may do %s: %v", name, action, !want)
			}
		}
	}
}

func TestWhoMayAppointToWhat(t *testing.T) {
	bodies := map[string]Body{
		"intendencia":   {Code: "intendencia", Path: []string{"intendencia"}},
		"obras":         {Code: "obras", Path: []string{"obras", "intendencia"}},
		"hacienda":      {Code: "hacienda", Path: []string{"hacienda", "intendencia"}},
		"dg-caminos":    {Code: "dg-caminos", Path: []string{"dg-caminos", "obras", "intendencia"}},
		"consejo-norte": {Code: "consejo-norte", Path: []string{"consejo-norte"}},
	}
	posts := map[string]Post{
		"intendente":          {Body: "intendencia", Rank: charter.RankMayor},
		"secretario-obras":    {Body: "obras", Rank: charter.RankMinister},
		"delegado-obras":      {Body: "obras", Rank: charter.RankDelegate},
		"igual-obras":         {Body: "obras", Rank: charter.RankMinister},
		"secretario-hacienda": {Body: "hacienda", Rank: charter.RankMinister},
		"director-caminos":    {Body: "dg-caminos", Rank: charter.RankDirector},
		"consejero-norte":     {Body: "consejo-norte", Rank: charter.RankMember},
		"presidente-norte":    {Body: "consejo-norte", Rank: charter.RankMember},
	}
	allowed := map[string][]string{
		"administrator": {"intendente", "secretario-obras", "igual-obras", "delegado-obras", "secretario-hacienda", "director-caminos", "consejero-norte", "presidente-norte"},
		"mayor":         {"secretario-obras", "igual-obras", "delegado-obras", "secretario-hacienda", "director-caminos"},
		"minister":      {"delegado-obras", "director-caminos"},
		"board member":  {"presidente-norte"},
	}
	for name, s := range everybody {
		for code, p := range posts {
			p.Code = code
			if want := slices.Contains(allowed[name], code); CanAppoint(s, p, bodies[p.Body]) != want {
				t.Errorf("%s may appoint to %s: %v", name, code, !want)
			}
		}
	}
}
