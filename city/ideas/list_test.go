package ideas

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"ronda/platform/fault"
)

// filled is a city with 50 ideas in two places, of which some have supports and
// answers.
func (w *town) filled() []Idea {
	var out []Idea
	for n := range 50 {
		w.now = w.now.Add(time.Minute)
		ctx := w.citizen(nth("autor", n/5))
		d, err := w.SaveDraft(ctx, Draft{Title: fmt.Sprintf("Idea número %d", n), Text: someText, Place: []string{"flores", "caballito"}[n%2]})
		w.must(err)
		i, err := w.Send(ctx, d.ID)
		w.must(err)
		if i.State == Held {
			w.must(w.Approve(w.as(coordinator), i.Number))
		}
		for v := range n % 4 {
			w.must(w.Support(w.citizen(nth("vecino", v)), i.Number))
		}
		if n%10 == 0 {
			w.must(w.Answer(w.as(coordinator), i.Number, "Ya hay un programa que lo hace.", Answered))
		}
		out = append(out, w.read(i.Number))
	}
	w.must(w.Tick(w.as()))
	return out
}

// walk reads a list to its end.
func (w *town) walk(f Filter) []Card {
	w.t.Helper()
	var out []Card
	for {
		p, err := w.List(w.as(), f)
		w.must(err)
		out = append(out, p.Cards...)
		if f.After = p.Next; f.After == "" {
			return out
		}
		if len(p.Cards) != PageSize || len(out) > 500 {
			w.t.Fatalf("a page of %d that goes on", len(p.Cards))
		}
	}
}

func TestEveryOrderShowsEachIdeaOnce(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		all := w.filled()
		for order, n := range map[Order]int{ByNew: 50, BySupports: 50, ByWaiting: 45, ByChance: 50} {
			list := w.walk(Filter{Order: order})
			seen := map[string]bool{}
			for _, c := range list {
				seen[c.ID] = true
			}
			if len(list) != n || len(seen) != n {
				t.Errorf("%s: %d cards, %d ideas, not %d", order, len(list), len(seen), n)
			}
			sorted := slices.IsSortedFunc(list, func(a, b Card) int {
				switch order {
				case BySupports:
					return b.Supports - a.Supports
				case ByWaiting:
					return a.Published.Compare(b.Published)
				case ByNew:
					return b.Published.Compare(a.Published)
				}
				return 0
			})
			if !sorted {
				t.Errorf("%s: out of order", order)
			}
		}
		today := w.walk(Filter{Order: ByChance})
		w.now = w.now.Add(24 * time.Hour)
		if tomorrow := w.walk(Filter{Order: ByChance}); tomorrow[0].ID == today[0].ID || len(all) != len(tomorrow) {
			t.Error("tomorrow begins where today does")
		}
	})
}

func TestFiltersCombineAndCount(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		w.filled()
		flores := Filter{By: map[string]string{FilterPlace: "flores"}}
		p, err := w.List(w.as(), flores)
		if w.must(err); p.Total != 25 || len(w.walk(flores)) != 25 {
			t.Errorf("flores: %d", p.Total)
		}
		if n := len(w.walk(Filter{By: map[string]string{FilterPlace: "comuna-7"}})); n != 25 {
			t.Errorf("the comuna of flores: %d", n)
		}
		both := Filter{By: map[string]string{FilterPlace: "flores", FilterOutcome: string(Answered)}}
		if n := len(w.walk(both)); n != 5 {
			t.Errorf("answered in flores: %d", n)
		}
		if _, err := w.List(w.as(), Filter{By: map[string]string{"author": "x"}}); !fault.Is(err, fault.NotFound) {
			t.Errorf("a filter that is none: %v", err)
		}
		for _, after := range []string{"x", "1_2", "_", "99999999999999999999_" + noID} {
			if _, err := w.List(w.as(), Filter{After: after}); !fault.Is(err, fault.NotFound) {
				t.Errorf("cursor %q: %v", after, err)
			}
		}
		found, err := w.Search(w.as(), "idea num", both, 20)
		if w.must(err); len(found) != 5 {
			t.Errorf("searched among them: %d", len(found))
		}
		n := 0
		w.must(w.Each(w.as(), flores, func(i Idea) error { n++; return nil }))
		if n != 25 {
			t.Errorf("each of flores: %d", n)
		}
	})
}

func TestTypingShowsWhatIsAlike(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		c := w.opened()
		for _, title := range []string{"Bicisendas en Rivadavia", "Huerta en la escuela", "Teatro al aire libre"} {
			w.published(strings.Fields(title)[0], title)
		}
		here := w.answering("zoe", "Más bicisendas para Caballito", c.ID)
		likes, err := w.Typing(w.as(), "bicisend", c.ID)
		w.must(err)
		if len(likes) != 2 || likes[0].Number != here.Number || !likes[0].Here || likes[1].Here {
			t.Errorf("typed: %+v", likes)
		}
		w.must(w.Hide(w.as(coordinator), here.Number, "una prueba de ocultar"))
		if likes, _ = w.Typing(w.as(), "bicisend", c.ID); len(likes) != 1 {
			t.Errorf("a hidden idea is alike: %+v", likes)
		}
	})
}
