package ideas

import (
	"slices"
	"strings"
	"testing"

	"ronda/city/people"
	"ronda/platform/fault"
)

// want is the policy once more, by role: what each may do with a published idea
// of a challenge of directorOf that owes its answer. Whoever is signed in may
// do what "citizen" may.
var want = map[string]string{
	"visitor":     "save",
	"citizen":     "save send support comment report",
	"author":      "save send support comment report edit withdraw ask_family consent leave_family read_unseen appeal",
	"co-author":   "save send support comment report ask_family consent",
	"juror":       "save send support comment report evaluate",
	"facilitator": "save send support comment report ask_family read_unseen moderate label assign import",
	"moderator":   "save send support comment report ask_family read_unseen moderate label assign import",
	"admin":       "save send support comment report import",
	"planning":    "save send support comment report assign set_cost take_up", // its office is a body that may propose
	"member":      "save send support comment report draft_challenge advance label answer assign set_cost take_up",
	"head":        "save send support comment report draft_challenge advance label answer assign set_cost take_up open_challenge change_rules cancel conclude",
	"other body":  "save send support comment report take_up",
	"ministry":    "save send support comment report",
}

// actors are who tries, by what they are.
func (w *town) actors() map[string]people.Standing {
	member := w.standing(director)
	member.Posts[0].Signs = false
	named := func(s people.Standing, name string) people.Standing { s.Person = name; return s }
	return map[string]people.Standing{
		"visitor": {}, "citizen": {Person: "citizen"}, "author": {Person: "author"}, "co-author": {Person: "kin"}, "juror": {Person: "juror"},
		"facilitator": {Person: "f", Roles: []string{people.RoleFacilitator}}, "admin": {Person: "a", Roles: []string{people.RoleAdministrator}},
		"moderator": w.standing(coordinator), "planning": w.standing(planner), "member": named(member, "m"), "head": w.standing(director),
		"other body": w.standing(w.postIn("general_direction", directorOf)), "ministry": w.standing(w.postIn("ministry", "")),
	}
}

// postIn is a post of a body of a kind, but not of one body.
func (w *town) postIn(kind, except string) string {
	offices := []string{w.ch.Office("coordination"), w.ch.Office("planning"), except}
	for _, b := range w.ch.Bodies.All() {
		if string(b.Kind) == kind && !slices.Contains(offices, b.Code) && len(w.ch.PostsOf(b.Code)) > 0 {
			return w.ch.PostsOf(b.Code)[0].Code
		}
	}
	w.t.Fatalf("no post in a %s", kind)
	return ""
}

// TestThePolicyIsThisTable tries every action as everybody.
func TestThePolicyIsThisTable(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		c := Case{Charter: w.ch, Challenge: Challenge{ID: "c", Phase: PhaseOpen, Opened: start, Rules: Rules{Body: directorOf, Method: MethodJury, Jury: []string{"juror"}}},
			Idea: Idea{ID: "i", State: Published, Published: start, Author: "author", Body: directorOf, Challenge: "c"}, Kin: []CoAuthor{{Person: "kin"}}}
		for name, who := range w.actors() {
			var may []string
			for _, a := range Actions {
				if _, ok := c.Can(who, a); ok {
					may = append(may, string(a))
				}
				_, err := c.Require(who, a)
				if ok := slices.Contains(strings.Fields(want[name]), string(a)); ok != (err == nil) {
					t.Errorf("%s, %s: %v", name, a, err)
				}
			}
			planned := strings.Fields(want[name])
			slices.Sort(planned)
			slices.Sort(may)
			if !slices.Equal(may, planned) {
				t.Errorf("%s may %v, not %v", name, may, planned)
			}
		}
		for _, roles := range allow {
			for _, r := range roles {
				if !slices.Contains(Roles, r) {
					t.Errorf("%s is no role", r)
				}
			}
		}
		if len(allow) != len(Actions) {
			t.Errorf("%d actions in the policy, %d in the list", len(allow), len(Actions))
		}
	})
}

// TestTheCoordinationPublishesVotesNotVerdictsOfAJury: what everybody voted may be
// published by two offices, what a jury graded by the one that asked.
func TestTheCoordinationPublishesVotesNotVerdictsOfAJury(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		for method, may := range map[Method]bool{MethodGreedy: true, MethodSTAR: true, MethodJury: false, MethodNone: false} {
			c := Case{Charter: w.ch, Challenge: Challenge{ID: "c", Phase: PhaseEvaluating, Opened: start, Rules: Rules{Body: directorOf, Method: method}}}
			if _, ok := c.Can(w.standing(coordinator), MayConclude); ok != may {
				t.Errorf("%s: the coordination may conclude: %v", method, ok)
			}
		}
	})
}

// TestWhatIsUnseenIsNotEvenForbidden: of a held idea and of a draft others cannot
// learn that it is there.
func TestWhatIsUnseenIsNotEvenForbidden(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		held := Case{Charter: w.ch, Idea: Idea{ID: "i", State: Held, Author: "author", Body: directorOf}}
		draft := Case{Charter: w.ch, Challenge: Challenge{ID: "c", Phase: PhaseDraft, Rules: Rules{Body: directorOf}}}
		reads := map[string][]string{"held": {"author", "moderator", "facilitator"}, "draft": {"head", "member"}}
		for name, who := range w.actors() {
			for what, c := range map[string]Case{"held": held, "draft": draft} {
				_, err := c.Require(who, MaySupport)
				if hidden := fault.Is(err, fault.NotFound); hidden == slices.Contains(reads[what], name) {
					t.Errorf("%s, %s: %v", what, name, err)
				}
			}
		}
	})
}
