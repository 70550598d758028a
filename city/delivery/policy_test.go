package delivery

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/city/roundtable/roundtest"
	"ronda/platform/fault"
)

// everybody are the persons of the matrix, by the letters that stand for them.
var everybody = map[string]string{"visitor": "v", roundtest.Citizen: "c", stranger: "s", proposer: "P", education: "e", planner: "L",
	roundtest.Coordinator: "K", treasurer: "T", mayor: "Y", modern: "M", modernDir: "m", culture: "C", "admin": "A"}

const officials = "sPeLKTYMmC"

// matrix says who may do what: while an initiative is prepared, once it is adopted
// and a ministry is asked to execute it, and once that one does.
var matrix = []struct {
	action                       Action
	prepared, adopted, executing string
}{
	{SeePlan, "vcA" + officials, "vcA" + officials, "vcA" + officials},
	{SeePersons, officials, officials, officials},
	{EditPlan, "PL", "P", "Mm"},
	{AskChange, "P", "P", "Mm"},
	{DecideChange, "L", "L", "L"},
	{Report, "", "", "MmC"},
	{OverrideLight, "LK", "LK", "LK"},
	{HandOver, "PY", "PY", "MmY"},
	{Accept, "", "Mm", ""},
	{Invite, "P", "P", "Mm"},
	{TakePart, "", "C", "C"},
	{EditEquipment, "PL", "P", "Mm"},
	{EditFeasibility, "PL", "P", "Mm"},
	{ImportBudget, "TL", "TL", "TL"},
	{AmendBudget, "TL", "TL", "TL"},
	{Draw, "PL", "PL", "MmL"},
	{ReportMoney, "PT", "PT", "MmT"},
	{DefineIndicator, "PL", "PL", "MmL"},
	{Measure, "PL", "PL", "MmCL"},
	{CorrectMeasure, "PL", "PL", "MmL"},
	{GiveToken, "LA", "LA", "LA"},
}

func TestWhoMayDoWhat(t *testing.T) {
	lone(t, func(w *world) {
		if len(matrix) != len(Actions) || len(allow) != len(Actions) {
			t.Fatalf("%d actions, %d in the matrix, %d in the policy", len(Actions), len(matrix), len(allow))
		}
		i := roundtable.Initiative{ID: "x", State: roundtable.Filed, Sponsor: roundtest.ProposerOf, Ministry: "min-educacion"}
		prepared := Case{Charter: w.World.City, Initiative: i}
		adopted, executing := prepared, prepared
		adopted.Initiative.State, executing.Initiative.State = roundtable.Adopted, roundtable.Adopted
		adopted.Asked, adopted.Participants = "min-modernizacion", []Part{{"min-cultura", PartAsked}}
		executing.Executor, executing.Participants = "min-modernizacion", []Part{{"min-cultura", PartIn}}
		for _, row := range matrix {
			for name, x := range map[string]struct {
				Case
				want string
			}{"prepared": {prepared, row.prepared}, "adopted": {adopted, row.adopted}, "executing": {executing, row.executing}} {
				if got := w.allowed(x.Case, row.action); got != letters(x.want) {
					t.Errorf("%s %s: %s may, want %s", row.action, name, got, letters(x.want))
				}
			}
		}
	})
}

// allowed are the letters of those who may.
func (w *world) allowed(c Case, action Action) string {
	var got string
	for post, letter := range everybody {
		who := people.Me(w.As(post))
		switch post {
		case "visitor":
			who = people.Standing{}
		case "admin":
			who = people.Standing{Person: "admin", Roles: []string{people.RoleAdministrator}}
		}
		if _, ok := c.Can(who, action); ok {
			got += letter
		}
	}
	return letters(got)
}

func letters(s string) string {
	b := []byte(s)
	slices.Sort(b)
	return string(b)
}

// TestOnTheOwnSide: Planning does not decide on changes of what it carries itself,
// and a body that is executed for does not accept in the ministry's name.
func TestOnTheOwnSide(t *testing.T) {
	lone(t, func(w *world) {
		c := Case{Charter: w.World.City, Initiative: roundtable.Initiative{ID: "x", State: roundtable.Adopted, Sponsor: "dg-planificacion"}}
		if _, ok := c.Can(people.Me(w.As(planner)), DecideChange); ok {
			t.Error("Planning decides on its own plan")
		}
		c.Initiative.Sponsor, c.Asked = roundtest.ProposerOf, "min-educacion"
		if _, ok := c.Can(people.Me(w.As(proposer)), Accept); ok {
			t.Error("the proposer accepts its own request")
		}
		if _, ok := c.Can(people.Me(w.As(education)), Accept); !ok {
			t.Error("the minister may not accept")
		}
	})
}

// TestTheMomentIsRight: nobody does a thing in a state in which it is not done, and
// what is in preparation is hidden from whoever holds no post.
func TestTheMomentIsRight(t *testing.T) {
	lone(t, func(w *world) {
		draft := w.Draft("Lo que nadie debe ver", nil)
		_, err := w.Case(w.As(roundtest.Citizen), draft)
		w.refuses("a citizen looks at a draft", err, fault.NotFound)
		for _, act := range slices.Sorted(maps.Keys(during)) {
			for _, state := range roundtable.States {
				c := Case{Charter: w.World.City, Initiative: roundtable.Initiative{ID: "x", State: state}}
				if fits := c.Fits(act) == nil; fits != slices.Contains(during[act], state) {
					t.Errorf("%s of %s fits: %v", act, state, fits)
				}
			}
		}
		number := w.Filed("En la ronda", nil)
		w.refuses("handed over before it is adopted", w.HandOver(w.As(proposer), number, "min-cultura", "Porque sí, sin más."), fault.Conflict)
		w.refuses("a stranger", w.SaveNeed(w.As(stranger), number, Need{}), fault.Forbidden)
		w.refuses("a visitor", w.SaveNeed(w.As(), number, Need{}), fault.Forbidden)
		w.refuses("a draft, by a citizen", w.SaveNeed(w.As(roundtest.Citizen), draft, Need{}), fault.NotFound)
	})
}

// TestNoTreasury: a city without these offices has others do their work.
func TestNoTreasury(t *testing.T) {
	lone(t, func(w *world) {
		if got := (Case{Charter: w.World.City}).planning(); got != "dg-planificacion" {
			t.Errorf("planning is %q", got)
		}
		if !strings.HasPrefix(w.World.City.Office("treasury"), "dg-") {
			t.Errorf("the treasury is %q", w.World.City.Office("treasury"))
		}
	})
}
