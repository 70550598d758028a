package ballot_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ronda/city/ideas/ballot"
	"ronda/method/choice/budget"
	"ronda/method/choice/rank"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// contests are one of every method and kind of ballot.
func contests() []ballot.Contest {
	out := []ballot.Contest{{Method: ballot.STAR}, {Method: ballot.Schulze}, {Method: ballot.RankedPairs}, {Method: ballot.MajorityJudgment}, {Method: ballot.Duels}, {Method: ballot.Dots}}
	for _, m := range ballot.Methods {
		for _, k := range []ballot.Kind{ballot.Approval, ballot.Points, ballot.Ranking} {
			if m.Spends() {
				out = append(out, money(m, k, 0))
			}
		}
	}
	return out
}

// crowd casts random ballots of some people.
func (w *world) crowd(people int) {
	w.t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	options, c := w.town.contest.Votable(w.town.options), w.town.contest
	for i := range people {
		for range 1 + r.IntN(4) {
			tap := ballot.Tap{Key: ballot.Key{Idea: options[r.IntN(len(options))].Number}, Value: 1 + r.IntN(3)}
			switch c.Kind() {
			case ballot.Approval:
				tap.Value = 1
			case ballot.Pairs:
				other := options[r.IntN(len(options))].Number
				if tap.Idea == other {
					continue
				}
				tap.Idea, tap.Other = min(tap.Idea, other), max(tap.Idea, other)
			}
			err := w.ballot.Cast(w.ctx(fmt.Sprint("p", i)), number, tap)
			if err != nil && !fault.Is(err, fault.Conflict) {
				w.t.Fatal(err)
			}
		}
	}
}

// recount follows the command that the page prints, on the file that it offers.
func recount(t *testing.T, command, file string) (chosen []string, order [][]string) {
	t.Helper()
	words := strings.Fields(command)
	flags := map[string]string{}
	for i := 3; i+1 < len(words); i += 2 {
		flags[words[i]] = words[i+1]
	}
	switch words[1] {
	case "choose":
		return choose(t, file, budget.Rule(flags["--rule"])), nil
	case "rank":
		poll, _, err := rank.ReadJSON(strings.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		out, err := rank.Count(poll, rank.Rule(flags["--rule"]), flags["--seed"])
		if err != nil {
			t.Fatal(err)
		}
		for _, group := range out.Places {
			var names []string
			for _, c := range group {
				names = append(names, poll.Candidates[c])
			}
			order = append(order, names)
		}
		return order[0], order
	}
	t.Fatalf("no such command: %s", command)
	return nil, nil
}

// choose is what `ronda choose` does.
func choose(t *testing.T, file string, rule budget.Rule) (chosen []string) {
	t.Helper()
	in, err := budget.Read(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if len(in.Notes) > 0 {
		t.Errorf("the file is odd: %v", in.Notes)
	}
	o, apply := budget.Options{Raise: rule == budget.EqualSharesAdd1Rule}, budget.EqualShares
	switch rule {
	case budget.GreedyRule:
		apply = budget.Greedy
	case budget.PhragmenRule:
		apply = budget.Phragmen
	}
	out, err := apply(in, o)
	if err != nil {
		t.Fatal(err)
	}
	chosen = []string{}
	for _, p := range out.Selected {
		chosen = append(chosen, in.Projects[p].ID)
	}
	return chosen
}

// Whoever downloads the file of ballots and types the printed command finds the
// same options in the same order, and the digest of the public event is that of
// the file.
func TestAnybodyRecomputesTheResult(t *testing.T) {
	for _, c := range contests() {
		t.Run(fmt.Sprintf("%s of %s", c.Method, c.Kind()), func(t *testing.T) {
			w := newWorld(t, dbtest.SQLite(t, migrations...), c, plazas()...)
			w.crowd(40)
			w.over()
			w.must(w.ballot.Publish(w.ctx(head), number, ballot.Choice{}))
			o, err := w.ballot.Outcome(w.ctx(""), number)
			w.must(err)
			page, file := w.get("", "/resultado"), w.get("", "/resultado/votos")
			page.wants(t, "the result", 200, o.Result.Command, o.File)
			_, text, err := w.ballot.File(w.ctx(""), number)
			w.must(err)
			if file.status != 200 || len(file.body) == 0 {
				t.Fatalf("the file of ballots: status %d", file.status)
			}
			sum := sha256.Sum256([]byte(text))
			if got := hex.EncodeToString(sum[:]); got != o.Digest || got != w.counted().Data["digest"] || got != w.town.how.Digest {
				t.Errorf("the file has the digest %s, told are %s, %s and %s", got, o.Digest, w.counted().Data["digest"], w.town.how.Digest)
			}
			chosen, order := recount(t, o.Result.Command, text)
			if c.Method == ballot.Dots {
				chosen = chosen[:min(len(chosen), len(o.Chosen))]
			}
			if !slices.Equal(chosen, o.Chosen) || !slices.Equal(w.town.chosen, o.Chosen) || len(chosen) == 0 {
				t.Errorf("the command finds %v, published is %v, concluded %v", chosen, o.Chosen, w.town.chosen)
			}
			ranked := slices.Concat(order...)
			for i, n := range ranked {
				if o.Result.Places[i].Number != n {
					t.Errorf("place %d is %s, the command finds %s", i+1, o.Result.Places[i].Number, n)
				}
			}
		})
	}
}

// counted is the event of the count.
func (w *world) counted() event.Event {
	w.t.Helper()
	events, err := w.log.All(w.ctx(""), event.Page{Limit: 1000})
	w.must(err)
	i := slices.IndexFunc(events, func(e event.Event) bool { return e.Kind == ballot.EventCounted })
	if i < 0 {
		w.t.Fatal("nothing tells of the count")
	}
	return events[i]
}

// The file holds every ballot once, without a person or a time, and those who
// voted are numbered in an order that is not the one in which they voted.
func TestTheFileNamesNobody(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t, migrations...), money(ballot.EqualShares, ballot.Approval, 0), six()...)
	const voters = 60
	for i := range voters {
		w.vote(fmt.Sprintf("voter%02d", i), 1, six()[i*6/voters].Number) // in the order of the options
	}
	w.over()
	w.must(w.ballot.Publish(w.ctx(head), number, ballot.Choice{}))
	_, text, err := w.ballot.File(w.ctx(""), number)
	w.must(err)
	if strings.Contains(text, "voter0") || strings.Contains(text, "person") {
		t.Error("the file names a person")
	}
	_, votes, _ := strings.Cut(text, "VOTES\nvoter_id;vote\n")
	rows := strings.Split(strings.TrimSpace(votes), "\n")
	var said []string
	for i, row := range rows {
		id, vote, _ := strings.Cut(row, ";")
		if id != fmt.Sprint(i+1) {
			t.Errorf("row %d is of voter %s", i+1, id)
		}
		said = append(said, vote)
	}
	if len(said) != voters || slices.IsSorted(said) {
		t.Errorf("%d rows, in the order of casting: %t", len(said), slices.IsSorted(said))
	}
}

// Whatever people vote and the ideas cost, no list costs more than the budget,
// and every option has a reason.
func TestNoListCostsMoreThanTheBudget(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t, migrations...), money(ballot.EqualShares, ballot.Approval, 0), six()...)
	round := 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		c := money(rapid.SampledFrom(ballot.Methods[:4]).Draw(rt, "method"), ballot.Approval, 0)
		c.ID, c.Number, c.Body, c.Opens, c.Closes = fmt.Sprint("c", round), number, owner, opening, opening.Add(hours(48))
		options := six()
		for i := range options {
			options[i].Cost = int64(rapid.IntRange(0, 12000).Draw(rt, "cost"))
		}
		w.now, w.town.contest, w.town.options, w.town.chosen = opening.Add(hours(1)), c, options, nil
		for who := range rapid.IntRange(0, 8).Draw(rt, "voters") {
			for range 3 {
				_ = w.ballot.Cast(w.ctx(fmt.Sprint(who)), number, ballot.Tap{Key: ballot.Key{Idea: options[rapid.IntRange(0, 5).Draw(rt, "idea")].Number}, Value: 1})
			}
		}
		w.over()
		o, err := w.ballot.Outcome(w.ctx(head), number)
		if err != nil || o.Result == nil {
			rt.Fatal(err)
		}
		if o.Result.Cost > c.Budget || o.Result.Greedy.Cost > c.Budget {
			rt.Fatalf("%d and %d of %d are spent", o.Result.Cost, o.Result.Greedy.Cost, c.Budget)
		}
		for _, p := range o.Result.Places {
			if p.Why == "" || p.Chosen != slices.Contains(o.Result.Chosen, p.Number) {
				rt.Fatalf("%+v has no reason", p)
			}
		}
	})
}

// Bad input: nobody votes, everything is tied, nothing can be paid for, ideas go
// while people vote. There is always a result and it says why.
func TestResultsOfOddVotes(t *testing.T) {
	dear := plazas()[3:]
	none := ballot.Contest{Method: ballot.EqualShares}
	cases := []struct {
		name    string
		contest ballot.Contest
		options []ballot.Option
		vote    func(w *world)
		want    []string // on the page of the head
	}{
		{"nobody votes", money(ballot.EqualSharesAdd1, ballot.Approval, 0), plazas(), nil, []string{"Nadie lo eligió", "No hay ninguna idea elegida"}},
		{"nobody ranks", ballot.Contest{Method: ballot.Schulze}, six(), nil, []string{"No hay ninguna idea elegida", "Empataba con"}},
		{"nobody duels", ballot.Contest{Method: ballot.Duels}, six(), nil, []string{"No hay ninguna idea elegida"}},
		{"nothing fits", money(ballot.EqualShares, ballot.Approval, 0), dear, nil, []string{"No tiene un costo calculado", "Cuesta $ 500, más que todo el presupuesto"}},
		{"no money", none, plazas(), nil, []string{"No hay ninguna idea elegida"}},
		{"no ideas", ballot.Contest{Method: ballot.STAR}, nil, nil, []string{"No hay ninguna idea elegida"}},
		{"no ideas, dots", ballot.Contest{Method: ballot.Dots}, nil, nil, []string{"No hay ninguna idea elegida"}},
		{"all tied", money(ballot.Greedy, ballot.Approval, 0), six(), func(w *world) { w.vote("ana", 1, six()[1].Number, six()[2].Number) }, []string{"Empataba con «Idea 3»"}[:0]},
		{"a draw", ballot.Contest{Method: ballot.STAR}, six()[:2], func(w *world) { w.vote("ana", 5, six()[0].Number, six()[1].Number) }, []string{"Empate que ninguna cuenta resuelve", "Empataba con «Idea 2»"}},
		{"an idea goes", money(ballot.EqualShares, ballot.Approval, 0), plazas(), func(w *world) {
			w.vote("ana", 1, plazas()[0].Number, plazas()[1].Number)
			w.vote("beto", 1, plazas()[0].Number)
			w.town.change(func(o []ballot.Option) { o[0].Gone = true })
		}, []string{"!Cancha techada", "Huerta", "personas votaron"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, dbtest.SQLite(t, migrations...), c.contest, c.options...)
			w.get("ana", "/votacion").wants(t, "the vote", 200)
			if c.vote != nil {
				c.vote(w)
			}
			w.over()
			w.get(head, "/resultado").wants(t, "the result", 200, c.want...)
			w.must(w.ballot.Publish(w.ctx(head), number, ballot.Choice{}))
			w.get("", "/resultado").wants(t, "the published result", 200, c.want...)
			w.get("", "/resultado/votos").wants(t, "the file", 200)
		})
	}
}

// Another list than the method's needs a reason and must fit the budget; both
// lists are shown, and the reason goes into the conclusion.
func TestAnotherListNeedsAReason(t *testing.T) {
	dbtest.Run(t, migrations, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, money(ballot.EqualShares, ballot.Approval, 0), plazas()...)
		w.vote("ana", 1, plazas()[0].Number)
		w.vote("beto", 1, plazas()[0].Number)
		w.over()
		reason := "La cancha ya se hizo con otro presupuesto."
		for name, ch := range map[string]ballot.Choice{
			"no reason": {Chosen: []string{plazas()[1].Number}}, "a short one": {Chosen: []string{plazas()[1].Number}, Reason: "porque sí"},
			"too dear":     {Chosen: []string{plazas()[0].Number, plazas()[2].Number}, Reason: reason},
			"not an idea":  {Chosen: []string{"IDEA-1999-00001"}, Reason: reason},
			"one of twice": {Chosen: []string{plazas()[1].Number, plazas()[1].Number}, Reason: reason},
		} {
			if err := w.ballot.Publish(w.ctx(head), number, ch); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v, want invalid", name, err)
			}
		}
		a := w.post(head, "/resultado/otra-lista", "chosen", plazas()[1].Number, "reason", "corto")
		a.wants(t, "a short reason", 422, "al menos 20 caracteres", "corto")
		a = w.post(head, "/resultado/otra-lista", "chosen", plazas()[1].Number, "reason", reason)
		if a.status != 303 {
			t.Fatalf("another list: %d %s", a.status, a.told())
		}
		if !slices.Equal(w.town.chosen, []string{plazas()[1].Number}) || !w.town.how.Override || w.town.how.Reason != reason {
			t.Errorf("concluded %v, %+v", w.town.chosen, w.town.how)
		}
		w.get("", "/resultado").wants(t, "the result", 200, "se apartó del método", reason, "La sumó el organismo", "La había elegido el método", "Cancha techada")
		if err := w.ballot.Publish(w.ctx(head), number, ballot.Choice{}); !fault.Is(err, fault.Conflict) {
			t.Errorf("publishing twice: %v", err)
		}
	})
}

// Counting twice, or again after a crash between sealing and counting, changes
// nothing.
func TestCountingTwiceIsCountingOnce(t *testing.T) {
	dbtest.Run(t, migrations, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, money(ballot.EqualSharesAdd1, ballot.Approval, 0), plazas()...)
		w.crowd(10)
		w.over()
		first, err := w.ballot.Outcome(w.ctx(head), number)
		w.must(err)
		w.must(d.Write(w.ctx(""), func(ctx ctxt) error {
			_, err := d.Exec(ctx, `UPDATE ballot_poll SET result = ''`)
			return err
		}))
		w.over()
		again, err := w.ballot.Outcome(w.ctx(head), number)
		w.must(err)
		if first.Digest != again.Digest || again.Result == nil || !slices.Equal(first.Result.Chosen, again.Result.Chosen) || first.Voters != again.Voters {
			t.Errorf("%v became %v", first, again)
		}
	})
}
