package opinions

import (
	"testing"

	"ronda/platform/fault"
)

// Every role meets every action: what is not in the table is refused, and a
// visitor is told to sign in.
func TestWhoMayDoWhat(t *testing.T) {
	w := newWorld(t)
	theirs := Statement{State: Shown, Author: w.persons[citizen]}
	seeded := Statement{State: Shown, Author: w.persons[owner], Body: "dg-reciclado"}
	cases := []struct {
		who       string
		statement Statement
		may       string
	}{
		{nobody, theirs, ""},
		{citizen, theirs, "vote propose edit"},
		{neighbour, theirs, "vote propose"},
		{stranger, theirs, "vote propose"},
		{owner, theirs, "vote propose seed"},
		{owner, seeded, "vote propose seed edit"},
		{moderator, theirs, "vote propose seed moderate"},
		{moderator, seeded, "vote propose seed edit moderate"},
		{facilitator, theirs, "vote propose seed moderate"},
		{stranger, seeded, "vote propose"},
	}
	for _, c := range cases {
		of := Case{w.ch, challengeOf(w.asked[asked]), c.statement}
		got := ""
		for _, a := range Actions {
			_, err := of.Require(w.standing(c.who), a)
			if err == nil {
				got += " " + string(a)
			} else if !fault.Is(err, fault.Forbidden) {
				t.Errorf("%q may not %s: %v", c.who, a, err)
			}
		}
		if got != "" {
			got = got[1:]
		}
		if got != c.may {
			t.Errorf("%q may %q, want %q", c.who, got, c.may)
		}
	}
}

func TestAHeldStatementDoesNotExistForOthers(t *testing.T) {
	w := newWorld(t)
	of := Case{w.ch, challengeOf(w.asked[careful]), Statement{State: Held, Author: w.persons[citizen]}}
	for _, who := range []string{neighbour, nobody} {
		if _, err := of.Require(w.standing(who), Edit); !fault.Is(err, fault.NotFound) {
			t.Errorf("%q learns of it: %v", who, err)
		}
	}
	if _, err := of.Require(w.standing(citizen), Edit); err != nil {
		t.Errorf("its author: %v", err)
	}
}
