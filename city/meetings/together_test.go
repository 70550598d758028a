package meetings

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"ronda/platform/db"
	"ronda/platform/fault"
)

// TestManyActAtOnce in one room and on meetings that share guests: nothing fails,
// changes have no gaps, numbers are given once, no paragraph is lost.
func TestManyActAtOnce(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		x := w.free(Guest{Post: director})
		w.must(w.Begin(w.as(coordinator), x.Number))
		chair, secretary := w.as(coordinator), w.as(team)
		var others []Meeting
		for range 4 {
			others = append(others, w.free(Guest{Post: director}, Guest{Post: planner}, Guest{Post: culture}))
		}
		w.InviteBy(nil)
		acts := []func(n int) error{
			func(n int) error { return w.writes(secretary, x.Number, fmt.Sprint("equipo ", n)) },
			func(n int) error { return w.writes(chair, x.Number, fmt.Sprint("coordinación ", n)) },
			func(n int) error {
				_, err := w.RecordDecision(chair, x.Number, "", Decision{Text: fmt.Sprint("Decisión ", n)})
				return err
			},
			func(int) error { return w.CheckIn(w.as(director), x.Number, Arrival{}) },
			func(n int) error { return w.CallMeeting(secretary, others[n%4].Number) },
			func(n int) error {
				return w.Invite(chair, others[(n+2)%4].Number, Guest{Post: minister}, Guest{Post: board})
			},
		}
		var wg sync.WaitGroup
		for _, act := range acts {
			wg.Go(func() {
				for n := range 8 {
					if err := act(n); err != nil && fault.KindOf(err) != fault.Conflict {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		w.gapless(t, x.ID)
		r, err := w.Room(chair, x.Number)
		w.must(err)
		for n := range 8 {
			for _, who := range []string{"equipo", "coordinación"} {
				if !strings.Contains(r.Notes[0].Text, fmt.Sprint(who, " ", n)) {
					t.Errorf("%s %d is lost", who, n)
				}
			}
		}
		numbers, err := db.Query[string](w.as(), w.db, `SELECT number FROM meetings_decision ORDER BY number`)
		w.must(err)
		for n, number := range numbers {
			if number != fmt.Sprintf("DEC-2026-%04d", n+1) {
				t.Errorf("decision %d is %s", n+1, number)
			}
		}
	})
}

// writes adds a paragraph over the version that the secretary last saw, which may
// be old by then.
func (w *town) writes(ctx context.Context, number, line string) error {
	r, err := w.Room(ctx, number)
	if err != nil {
		return err
	}
	var n Note
	if len(r.Notes) > 0 {
		n = r.Notes[0]
	}
	_, err = w.Note(ctx, number, "", n.Version, strings.TrimPrefix(n.Text+"\n"+line, "\n"))
	return err
}
