package opinions

import (
	"context"
	"fmt"
	"strconv"
	"testing"
	"time"

	"ronda/method/opinion"
	"ronda/platform/clock"
)

// crowd is a challenge in which a thousand people gave fifty thousand answers.
func crowd(b *testing.B) *world {
	b.Helper()
	w := newWorld(b)
	const people, statements = 1000, 60
	w.sow(asked, statements)
	w.must(w.db.Write(w.ctx(nobody), func(ctx context.Context) error {
		for p := range people {
			for no := 1; no <= statements; no++ {
				if (p+no)%6 == 0 {
					continue
				}
				v := voteRow{Person: fmt.Sprintf("person %04d", p), No: no, Answer: opinion.Vote((p%3+no+p*no%4)%3 - 1), At: clock.Now(ctx)}
				if err := w.m.keepVote(ctx, "1", v); err != nil {
					return err
				}
			}
		}
		_, err := w.db.Exec(ctx, `UPDATE opinions_statement SET voted = TRUE`)
		return err
	}))
	w.room(asked)
	w.later(time.Hour)
	w.room(asked)
	return w
}

// BenchmarkMapPage is the page of the map, for somebody on it.
func BenchmarkMapPage(b *testing.B) {
	w := crowd(b)
	for b.Loop() {
		w.get("person 0001", base).wants(b, "the page", 200)
	}
}

// BenchmarkVote is one answer by its form, on disk when it returns.
func BenchmarkVote(b *testing.B) {
	w := crowd(b)
	n := 0
	for b.Loop() {
		n++
		w.post("voter "+strconv.Itoa(n/40), base, "no", strconv.Itoa(n%60+1), "version", "1", "answer", strconv.Itoa(n%3-1))
	}
}

// BenchmarkRedraw is the map drawn anew after an answer.
func BenchmarkRedraw(b *testing.B) {
	w := crowd(b)
	for n := 0; b.Loop(); n++ {
		w.m.hearVote("1", voteRow{Person: "person 0001", No: 1, Answer: opinion.Vote(n%3 - 1)})
		w.later(10 * time.Second)
		w.room(asked)
	}
}
