package opinion

import (
	"fmt"
	"reflect"
	"sync"
	"testing"
)

func TestLiveMapEqualsTheMapOfItsVotes(t *testing.T) {
	l := NewLive(camps(30, 20, 10), State{})
	if l.Redraw() {
		t.Error("redrawn without a change")
	}
	before := l.State()
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 20 {
				who := fmt.Sprintf("late%d-%d", g, i)
				for range 10 {
					next, ok := l.Next(who, "2026-11-23", nil)
					if !ok {
						t.Errorf("%s has nothing to answer", who)
						return
					}
					l.Cast(who, next, Agree)
				}
				l.Map()
			}
		})
	}
	wg.Wait()
	l.Withdraw("late0-0", "1")
	l.Statement("fresh")
	l.Reject("2", true)
	if !l.Redraw() {
		t.Fatal("not redrawn")
	}
	want, after := Draw(l.votes, before)
	if !reflect.DeepEqual(l.Map(), want) || !reflect.DeepEqual(l.State(), after) {
		t.Error("the live map differs from the map of its votes")
	}
	if l.Map().Votes != 500+800-1 {
		t.Errorf("%d votes", l.Map().Votes)
	}
}
