package people

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"ronda/platform/clock"
	"ronda/platform/db/dbtest"
	"ronda/platform/fault"
)

// life is a random history: a few people, two posts, days that go by.
type life struct {
	*world
	rt     *rapid.T
	people []string
	day    clock.Day
	then   map[string]string // who held each post on each day that is past, by "post day"
}

var livedPosts = []string{"secretario-obras", "consejero-norte"}

// TestWhoHeldAPostNeverChanges lives through random appointments, ends,
// delegations and revocations and checks on every day that no post has more
// holders than seats, that delegates act only inside the term of the giver, and
// that what a past day said of a signature's owner is still so.
func TestWhoHeldAPostNeverChanges(t *testing.T) {
	d := dbtest.SQLite(t, tables...)
	base := newWorld(t, d)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		l := &life{world: base, rt: rt, day: today, then: map[string]string{}}
		base.clear()
		for i := range 3 {
			l.people = append(l.people, l.official(fmt.Sprintf("Persona %d de %d", i, n)))
		}
		rt.Repeat(map[string]func(*rapid.T){
			"appoint": l.appointSome, "end": l.endSome, "delegate": l.delegateSome, "revoke": l.revokeSome,
			"sleep": l.sleep, "": l.check,
		})
	})
}

// clear forgets all terms and delegations.
func (w *world) clear() {
	w.t.Helper()
	w.on(today)
	w.must(w.db.Write(w.ctx(), w.forgetTerms))
}

func (l *life) pick(what []string) string { return rapid.SampledFrom(what).Draw(l.rt, "pick") }

// some is a day near today, "" one time in four when open is set.
func (l *life) some(open bool) string {
	if open && rapid.IntRange(0, 3).Draw(l.rt, "open") == 0 {
		return ""
	}
	return string(after(l.day, rapid.IntRange(-2, 7).Draw(l.rt, "day")))
}

// fine fails on what is no fault: a rule may refuse, nothing may break.
func (l *life) fine(err error) {
	if err != nil && fault.KindOf(err) == fault.Internal {
		l.rt.Fatal(err)
	}
}

func (l *life) appointSome(*rapid.T) {
	from := l.some(false)
	if from < string(l.day) {
		return // an import of history, which may fill days that are past
	}
	_, err := l.tryHold(l.pick(l.people), l.pick(livedPosts), clock.Day(from), clock.Day(l.some(true)))
	l.fine(err)
}

func (l *life) endSome(*rapid.T) {
	terms, err := l.termsOfPost(l.ctx(), l.pick(livedPosts))
	l.fine(err)
	last := l.some(false)
	if len(terms) == 0 || last < string(l.day) {
		return
	}
	term := terms[rapid.IntRange(0, len(terms)-1).Draw(l.rt, "term")]
	ctx := With(l.ctx(), Standing{Person: l.people[0], Roles: []string{RoleAdministrator}})
	_, err = l.EndTerm(ctx, term.ID, last)
	l.fine(err)
}

func (l *life) delegateSome(*rapid.T) {
	giver := l.pick(l.people)
	_, err := l.Delegate(l.as(giver), DelegationForm{Post: l.pick(livedPosts), Delegate: l.pick(l.people), From: l.some(false), Last: l.some(false), Reason: "x"})
	l.fine(err)
}

func (l *life) revokeSome(*rapid.T) {
	given, err := l.delegationsOfPost(l.ctx(), l.pick(livedPosts))
	l.fine(err)
	if len(given) == 0 {
		return
	}
	d := given[rapid.IntRange(0, len(given)-1).Draw(l.rt, "delegation")]
	l.fine(l.RevokeDelegation(l.as(d.Giver), d.ID, l.some(false)))
}

// sleep lets a day pass and notes who held what on it.
func (l *life) sleep(*rapid.T) {
	for _, post := range livedPosts {
		holders, err := l.HoldersOn(l.ctx(), post, l.day)
		l.fine(err)
		slices.Sort(holders)
		l.then[post+" "+string(l.day)] = fmt.Sprint(holders)
	}
	l.day = after(l.day, 1)
	l.on(l.day)
}

func (l *life) check(rt *rapid.T) {
	for i := range 5 {
		day := after(l.day, i)
		for _, post := range livedPosts {
			l.checkSeats(rt, post, day)
		}
		l.checkDelegates(rt, day)
	}
	for key, want := range l.then {
		var post string
		var day clock.Day
		_, _ = fmt.Sscanf(key, "%s %s", &post, &day)
		holders, err := l.HoldersOn(l.ctx(), post, day)
		l.fine(err)
		slices.Sort(holders)
		if got := fmt.Sprint(holders); got != want {
			rt.Fatalf("on %s %s was %s and now was %s", day, post, want, got)
		}
	}
}

func (l *life) checkSeats(rt *rapid.T, post string, day clock.Day) {
	holders, err := l.HoldersOn(l.ctx(), post, day)
	l.fine(err)
	p, err := l.Post(l.ctx(), post)
	l.fine(err)
	slices.Sort(holders)
	if len(holders) > p.Seats || len(slices.Compact(holders)) != len(holders) {
		rt.Fatalf("on %s %s has %v in %d seats", day, post, holders, p.Seats)
	}
}

func (l *life) checkDelegates(rt *rapid.T, day clock.Day) {
	for _, person := range l.people {
		standing, err := l.standing(l.ctx(), person, day)
		l.fine(err)
		for _, h := range standing.Posts {
			holders, err := l.HoldersOn(l.ctx(), h.Post, day)
			l.fine(err)
			own := slices.Contains(holders, person)
			if own == h.Delegated || (h.Delegated && len(holders) == 0) {
				rt.Fatalf("on %s %s acts by %+v while %v hold the post", day, person, h, holders)
			}
		}
	}
}
