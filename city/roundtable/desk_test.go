package roundtable

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ronda/city/people"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/fault"
)

// desked are those whose desks are looked at: some hold two offices, one of which
// the charter bars from the other's steps, some are on the proposer's side.
var desked = [][]string{{proposer}, {planning}, {coordinator}, {"equipo-mesa"}, {speaker}, {mayor}, {chief}, {"ministro-educacion"}, {"ministro-cultura"},
	{planning, coordinator}, {planning, proposer}, {coordinator, proposer}, {"presidente-comuna-5"}}

// Whatever has happened to an initiative, the desk of everybody holds what the
// policy and the steps let them do to it now, and nothing else.
func TestTheDeskOffersWhatThePolicyAllows(t *testing.T) {
	r := newRoom(t, dbtest.SQLite(t, tablesOf(db.SQLite)...))
	rapid.Check(t, func(rt *rapid.T) {
		number := r.filed()
		r.now = start
		for range rapid.IntRange(0, 15).Draw(rt, "length") {
			r.now = r.now.Add(time.Hour)
			step := rapid.SampledFrom(r.ch.Flow.Steps.All()).Draw(rt, "step").Code
			act := rapid.SampledFrom(attempts).Draw(rt, "act")
			_ = act.do(r, r.as(rapid.SampledFrom(crowd).Draw(rt, "who")...), number, step)
		}
		for _, posts := range desked {
			if diff := cmp.Diff(r.allowedTo(posts, number), r.onDesk(posts, number)); diff != "" {
				rt.Fatalf("%v may (-) and is offered (+): %s", posts, diff)
			}
		}
		if err := r.Withdraw(r.as(proposer), number, because); err != nil && !fault.Is(err, fault.Conflict) {
			rt.Fatal(err) // nothing is left on any desk for the next round
		}
	})
}

// onDesk is what a desk holds of an initiative.
func (r *room) onDesk(posts []string, number string) []string {
	r.t.Helper()
	all, err := r.debts(r.as(), r.standing(posts...))
	r.must(err)
	var out []string
	for _, d := range all {
		if d.Number == number {
			out = append(out, fmt.Sprint(d.Action, " ", d.What))
		}
	}
	slices.Sort(out)
	return out
}

// allowedTo is what an initiative's page would let somebody do of what is expected
// of people.
func (r *room) allowedTo(posts []string, number string) []string {
	r.t.Helper()
	who := r.standing(posts...)
	v, err := r.View(people.With(r.as(), who), number)
	r.must(err)
	var out []string
	for _, s := range v.Round.Steps {
		c := v.Case
		c.Step = &s
		for action, act := range map[Action]Act{SignStep: Sign, Attend: Present, Resend: Resubmit} {
			if c.May(who, action) && v.Round.Allows(s.Code, act) {
				out = append(out, fmt.Sprint(action, " ", s.Code))
			}
		}
	}
	if v.May(who, Decide) && (v.Round.Whole() || v.Initiative.State == Deferred) {
		out = append(out, "decide ")
	}
	slices.Sort(out)
	return out
}

// A planner's own thoughts, however many and however early they are due, do not
// hide what others wait for.
func TestTheOwnSideDoesNotFillTheDesk(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		planner := []string{planning, proposer} // the person of planning, who also sits in the direction
		for n := range deskMax + 2 {
			own, err := r.Propose(r.as(planner...), Thought{Title: fmt.Sprint("Idea propia ", n), Line: "Una línea.", Sponsor: proposerOf, WhyNew: "Es otra cosa, distinta."})
			r.must(err)
			d := r.filled(1)
			d.Title = own.Title
			r.must(r.Edit(r.as(planner...), own.Number, d))
			r.must(r.File(r.as(planner...), own.Number))
		}
		r.now = r.now.Add(48 * time.Hour)
		theirs := r.filed()
		all, err := r.debts(r.as(), r.standing(planning))
		r.must(err)
		if len(all) != 1 || all[0].Number != theirs || all[0].Action != SignStep {
			t.Errorf("the planner's desk holds %d things, %+v", len(all), all)
		}
	})
}

func TestWhatABodyOwes(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		number := r.filed()
		r.must(r.Ask(r.as("citizen"), number, "¿Llega a las escuelas técnicas?"))
		r.must(r.InviteOwner(r.as(proposer), number, "min-cultura"))
		draft, err := r.Propose(r.as(proposer), Thought{Title: "Huertas en terrazas", Line: "Verde en las alturas.", Sponsor: proposerOf, WhyNew: "Es otra cosa, distinta."})
		r.must(err)
		question := r.answerable(number)
		for _, c := range []struct {
			posts, want []string
		}{
			{[]string{proposer}, []string{"answer " + question}},
			{[]string{"ministro-cultura"}, []string{"accept "}},
			{[]string{"ministro-educacion"}, nil},
			{[]string{planning, coordinator}, nil}, // each office bars the other's step
		} {
			if got := r.onDesk(c.posts, number); !slices.Equal(got, c.want) {
				t.Errorf("%v owes %v, not %v", c.posts, got, c.want)
			}
		}
		if got := r.onDesk([]string{proposer}, draft.Number); !slices.Equal(got, []string{"edit "}) {
			t.Errorf("the draft is on the desk as %v", got)
		}
	})
}

// answerable is the id of the first question.
func (r *room) answerable(number string) string {
	v, err := r.View(r.as(), number)
	r.must(err)
	return v.Questions[0].ID
}

// A board is asked about what touches its own part of the city, until it has
// spoken.
func TestABoardIsAskedForItsOpinion(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		const board = "presidente-comuna-5"
		whole := r.filed()
		i, err := r.Propose(r.as(proposer), Thought{Title: "Talleres en Almagro", Line: "Un taller por cuadra.", Sponsor: proposerOf, WhyNew: "Es otra cosa, distinta."})
		r.must(err)
		d := r.filled(1)
		d.Title, d.Territories = i.Title, []string{"almagro"}
		r.must(r.Edit(r.as(proposer), i.Number, d))
		if got := r.onDesk([]string{board}, i.Number); got != nil {
			t.Errorf("a draft is on the board's desk: %v", got)
		}
		r.must(r.File(r.as(proposer), i.Number))
		for posts, want := range map[string]string{board: "opine ", "presidente-comuna-1": ""} {
			if got := strings.Join(r.onDesk([]string{posts}, i.Number), ""); got != want {
				t.Errorf("%s owes %q, not %q", posts, got, want)
			}
		}
		if got := r.onDesk([]string{board}, whole); got != nil {
			t.Errorf("what is for the whole city is on the board's desk: %v", got)
		}
		r.must(r.Opine(r.as(board), i.Number, "La junta lo pide desde hace años."))
		if got := r.onDesk([]string{board}, i.Number); got != nil {
			t.Errorf("asked again: %v", got)
		}
	})
}
