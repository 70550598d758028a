package roundtable

import (
	"strconv"
	"testing"
)

// TestASearchIsReadPageByPage: every hit stands on one page, the counts beside the
// filters are of all of them, and a filter keeps what it says.
func TestASearchIsReadPageByPage(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		const many = PageSize + 3
		for n := range many {
			_, err := r.Propose(r.as(proposer), Thought{Title: "Huertas del barrio " + strconv.Itoa(n), Line: "Una línea.", Sponsor: proposerOf, WhyNew: "Es de otra manzana."})
			r.must(err)
		}
		ctx, f := r.as(planning), Filter{Inside: true}
		seen := map[string]bool{}
		for after, pages := "", 0; pages == 0 || after != ""; pages++ {
			found, err := r.Find(ctx, "huert barr", f, after)
			r.must(err)
			if found.Total != many || found.Tally.Of(ByBody, proposerOf) != many {
				t.Errorf("page %d: %d found, %d of the body; want %d of each", pages, found.Total, found.Tally.Of(ByBody, proposerOf), many)
			}
			for _, c := range found.Cards {
				if seen[c.ID] {
					t.Errorf("%s stands on two pages", c.Title)
				}
				seen[c.ID] = true
			}
			if after = found.Next; pages > many {
				t.Fatal("no end of pages")
			}
		}
		if len(seen) != many {
			t.Errorf("%d on all pages, want %d", len(seen), many)
		}
		none, err := r.Find(ctx, "huert", Filter{Inside: true, By: map[string]string{ByState: string(Draft)}}, "")
		r.must(err)
		all, err := r.Find(ctx, "huert", Filter{Inside: true, By: map[string]string{ByBody: proposerOf}}, "")
		r.must(err)
		if len(none.Cards)+len(all.Cards) == 0 || all.Total != many || none.Tally.Of(ByBody, proposerOf) != many {
			t.Errorf("narrowed to %d and %d", none.Total, all.Total)
		}
	})
}
