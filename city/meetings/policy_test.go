package meetings

import (
	"slices"
	"strings"
	"testing"

	"ronda/city/people"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// what each role may do, once more: words that many have.
const (
	reads     = "see see_inside follow propose_item "
	comes     = reads + "see_private reply check_in_self speak "
	writes    = "see see_inside see_private edit_meeting edit_agenda edit_section propose_item take_notes check_in follow record "
	organises = "see see_inside see_private plan_series plan_meeting edit_meeting edit_agenda edit_section propose_item chair take_notes check_in follow record close_decision close_commitment cancel "
	presides  = "see see_inside see_private edit_agenda edit_section propose_item chair take_notes check_in follow record approve_minutes return_minutes "
	signs     = "sign_minutes return_minutes release "
	officials = reads
)

// wanted is the policy by kind of meeting and who: the meeting is chaired by the
// Chief of Cabinet, its secretary is the planner, a director is invited.
var wanted = map[string]map[string]string{
	"weekly": {
		"visitor": "", "citizen": "", "guest citizen": "see see_inside see_private follow reply check_in_self speak", "minister": officials, "invited": comes,
		"chair": presides, "secretary": writes, "team": organises, "coordinator": organises + signs, "laboratory": officials,
		"facilitator": writes, "board": officials, "convener": officials, "mayor": officials,
	},
	"monthly": {
		"visitor": "", "citizen": "", "minister": officials, "invited": comes, "chair": presides, "team": organises, "coordinator": organises + signs, "mayor": officials,
	},
	"talk": { // private
		"visitor": "", "citizen": "", "minister": "", "invited": strings.ReplaceAll(comes, "propose_item ", ""), "chair": presides, "team": organises,
		"coordinator": organises + signs, "facilitator": "", "board": "", "laboratory": "", "secretary": writes,
	},
	"collaborative": { // open and called: public
		"visitor": "see", "citizen": "see want", "minister": officials + "want", "invited": comes + "want", "convener": organises + "want",
		"team": organises + "want", "coordinator": organises + signs + "want", "board": officials + "want",
	},
	"workshop": {
		"visitor": "", "minister": officials, "team": officials, "coordinator": officials, "laboratory": organises + signs,
	},
}

// actors are who tries, by what they are.
func (w *town) actors() map[string]people.Standing {
	citizen := people.Standing{Person: "c"}
	return map[string]people.Standing{
		"visitor": {}, "citizen": citizen, "guest citizen": {Person: "guest"}, "minister": w.standing(culture), "invited": w.standing(outsider1),
		"chair": w.standing(cabinet), "secretary": w.standing(planner), "team": w.standing(team), "coordinator": w.standing(coordinator),
		"laboratory": w.standing(laboratory), "facilitator": {Person: "f", Roles: []string{people.RoleFacilitator}}, "board": w.standing(board),
		"convener": w.standing(director), "mayor": w.standing(mayor),
	}
}

// TestEveryRoleMayDoWhatThePolicySays, and nothing else: each who by each action
// on each kind of meeting.
func TestEveryRoleMayDoWhatThePolicySays(t *testing.T) {
	w := newTown(t, dbtest.SQLite(t, tablesOf(db.SQLite)...))
	tried := map[Action]bool{}
	for kind, by := range wanted {
		x := Meeting{ID: "x", Kind: Kind(kind), Chair: cabinet, Secretaries: Codes{planner}, Private: Kind(kind).Cycle(), Convener: ""}
		if x.Kind == Collaborative {
			x.Convener, x.Open, x.Public = directorOf, true, true
		}
		c := Case{Charter: w.ch, Meeting: x, Guests: []Guest{{Owner: "x", Key: "post:" + outsider1, Post: outsider1}, {Owner: "x", Key: "person:guest", Person: "guest"}}}
		for name, want := range by {
			words := strings.Fields(want)
			for _, a := range Actions {
				_, got := c.Can(w.actors()[name], a)
				if got != slices.Contains(words, string(a)) {
					t.Errorf("%s: %s may %s: %v", kind, name, a, got)
				}
				tried[a] = tried[a] || got
			}
		}
	}
	if len(tried) != len(Actions) {
		t.Errorf("%d actions of %d", len(tried), len(Actions))
	}
}

// TestRolesThatAThingGives: the ministry of a section, whoever owes something,
// and whoever was taken off the list.
func TestRolesThatAThingGives(t *testing.T) {
	w := newTown(t, dbtest.SQLite(t, tablesOf(db.SQLite)...))
	x := Meeting{ID: "x", Kind: Monthly, Chair: cabinet, Series: "s"}
	c := Case{Charter: w.ch, Meeting: x, Item: &Item{Section: "min-educacion"}}
	for post, want := range map[string]bool{minister: true, director: true, delegate: true, culture: false, board: false} {
		if _, got := c.Can(w.standing(post), EditSection); got != want {
			t.Errorf("%s edits education's section: %v", post, got)
		}
	}
	c.Item = nil
	c.Decision = &Decision{Owner: "min-educacion"}
	for post, want := range map[string]bool{minister: true, delegate: true, director: false, team: true, culture: false} {
		if _, got := c.Can(w.standing(post), CloseDecision); got != want {
			t.Errorf("%s closes education's decision: %v", post, got)
		}
	}
	c.Decision, c.Commitment = nil, &Commitment{Who: "p1", WhoKind: WhoPerson}
	if _, got := c.Can(people.Standing{Person: "p1"}, CloseCommitment); !got {
		t.Error("a citizen does not keep what they undertook")
	}
	if _, got := c.Can(people.Standing{Person: "p2"}, CloseCommitment); got {
		t.Error("another citizen keeps it")
	}
	c.Meeting.Private = true
	c.Guests = []Guest{{Owner: "s", Key: "post:" + culture, Post: culture, Role: RoleRequired}, {Owner: "x", Key: "post:" + culture, Post: culture, Role: RoleOut}}
	if _, err := c.Require(w.standing(culture), SeeInside); !fault.Is(err, fault.NotFound) {
		t.Errorf("who was taken off the list: %v", err)
	}
}

// TestAPrivateCycleIsNotThere for anybody but its guests and its office.
func TestAPrivateCycleIsNotThere(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		x, err := w.CreateMeeting(w.as(team), Meeting{Kind: Talk, Title: "Con un referente", Starts: w.now.AddDate(0, 0, 7), Length: 90, Chair: cabinet,
			Guest: "Una referente", Host: "Centro cultural"}, []Guest{{Post: minister}, {Post: mayor}})
		w.must(err)
		if !x.Private {
			t.Fatal("a talk is not private")
		}
		i := w.addItem(x.Number, "Ideas", Discuss)
		w.must(w.CallMeeting(w.as(coordinator), x.Number))
		for who, sees := range map[string]bool{"": false, culture: false, board: false, planner: false, minister: true, mayor: true, cabinet: true, team: true} {
			ctx := w.as(who)
			_, err := w.Meeting(ctx, x.Number)
			if (err == nil) != sees || err != nil && !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", who, err)
			}
			p, err := w.List(ctx, Filter{}, "", 0)
			w.must(err)
			if (len(p.Meetings) == 1) != sees {
				t.Errorf("%s lists %d", who, len(p.Meetings))
			}
		}
		w.now = x.Starts
		w.must(w.Begin(w.as(cabinet), x.Number))
		d, err := w.RecordDecision(w.as(team), x.Number, i.ID, Decision{Text: "Hacer un ciclo", Owner: minister})
		w.must(err)
		w.must(w.CloseItem(w.as(team), x.Number, i.ID, Closing{Outcome: Decided}))
		w.must(w.End(w.as(cabinet), x.Number))
		w.must(w.Approve(w.as(cabinet), x.Number))
		w.must(w.Sign(w.as(coordinator), x.Number))
		w.nothingPublic(t)
		if _, err := w.Decision(w.as(culture), d.Number); !fault.Is(err, fault.NotFound) {
			t.Errorf("a minister who was not there reads the decision: %v", err)
		}
		w.must(w.Release(w.as(coordinator), x.Number, Release{Decisions: []string{d.Number}}))
		m, err := w.Minutes(w.as(), x.Number)
		w.must(err)
		if !m.PublicOnly || len(m.Decisions) != 1 || len(m.Items) != 0 || m.Notes != "" || m.Text != "" {
			t.Errorf("released minutes: %+v", m)
		}
		if _, err := w.Decision(w.as(), d.Number); err != nil {
			t.Errorf("a released decision: %v", err)
		}
		v, err := w.Meeting(w.as(), x.Number)
		w.must(err)
		if v.Inside || len(v.Items)+len(v.Attendees)+len(v.Guests) != 0 {
			t.Errorf("a visitor's view: %+v", v)
		}
	})
}

// nothingPublic checks that no event of any meeting is public.
func (w *town) nothingPublic(t *testing.T) {
	t.Helper()
	list, err := w.log.Latest(w.as(), event.Page{Limit: 50, PublicOnly: true})
	w.must(err)
	for _, e := range list {
		if strings.HasPrefix(e.Kind, "meetings.") {
			t.Errorf("%s is public: %v", e.Kind, e.Data)
		}
	}
}
