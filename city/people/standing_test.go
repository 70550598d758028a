package people

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ronda/platform/clock"
	"ronda/platform/fault"
)

func asFault(err error, f **fault.Error) bool { return errors.As(err, f) }

func TestAStandingIsOfItsDay(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ana := w.official("Ana Paz")
		w.holds(ana, "director-caminos", "2026-01-01", "2026-06-30")
		got, err := w.Standing(w.ctx(), ana)
		want := Standing{Person: ana, Name: "Ana Paz", Invented: true, Posts: []Holding{{
			Post: "director-caminos", Body: "dg-caminos", BodyKind: "general_direction", Rank: "director", Ministry: "obras",
			Direction: "dg-caminos", Path: []string{"dg-caminos", "ss-vial", "obras", "intendencia"}, Signs: true,
			From: "2026-01-01", To: "2026-07-01"}}}
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Error(diff, err)
		}
		for day, held := range map[clock.Day]bool{"2025-12-31": false, "2026-01-01": true, "2026-06-30": true, "2026-07-01": false} {
			w.on(day)
			if s, err := w.Standing(w.ctx(), ana); err != nil || s.Official() != held {
				t.Errorf("on %s she stands as %+v, %v", day, s, err)
			}
		}
	})
}

func TestAStandingAnswersWhereItIsHeld(t *testing.T) {
	path := []string{"dg-caminos", "ss-vial", "obras", "intendencia"}
	own := Holding{Post: "director-caminos", Body: "dg-caminos", Path: path}
	lent := Holding{Post: "sub-caminos", Body: "dg-caminos", Path: path, Delegated: true, Signs: true}
	s := Standing{Person: "p", Posts: []Holding{lent, own}, Roles: []string{RoleFacilitator}}
	if h, ok := s.In("dg-caminos"); !ok || h.Delegated {
		t.Errorf("in the body she acts by %+v, %v", h, ok)
	}
	if h, ok := s.Holds("sub-caminos"); !ok || h.Attends() != "delegate" {
		t.Errorf("the lent post is %+v, %v", h, ok)
	}
	for body, want := range map[string]bool{"dg-caminos": true, "obras": true, "intendencia": true, "hacienda": false, "": false} {
		if s.Within(body) != want {
			t.Errorf("within %q is %v", body, !want)
		}
	}
	if !s.HasRole(RoleFacilitator) || s.Administrator() || !s.SignedIn() || len(s.Bodies()) != 1 {
		t.Errorf("%+v", s)
	}
	if zero := (Standing{}); zero.SignedIn() || zero.Official() || zero.Within("") {
		t.Error("an anonymous visitor stands for something")
	}
}

func TestTheMiddlewareKnowsWhoAsks(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ana := w.official("Ana Paz")
		w.holds(ana, "responsable-mesa", "2026-01-01", "")
		for person, want := range map[string]string{"": "", ana: "Ana Paz", "nobody": ""} {
			var got Standing
			seen := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = Me(r.Context()) })
			h := w.Middleware(func(context.Context) string { return person })(seen)
			h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil).WithContext(w.ctx()))
			if got.Name != want || got.Official() != (want != "") {
				t.Errorf("%q asks as %+v", person, got)
			}
		}
	})
}

func TestADelegateStandsForThePostWhileItsHolderDoes(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ana, leo := w.official("Ana Paz"), w.official("Leo Ríos")
		w.holds(ana, "secretario-obras", "2026-01-01", "2026-12-31")
		w.holds(leo, "director-puentes", "2026-01-01", "")
		_, err := w.Delegate(w.as(ana), DelegationForm{Post: "secretario-obras", Delegate: leo, From: "2026-06-20", Last: "2026-07-10", Reason: "viaje"})
		w.must(err)
		for day, want := range map[clock.Day]bool{"2026-06-19": false, "2026-06-20": true, "2026-07-10": true, "2026-07-11": false} {
			w.on(day)
			s, err := w.Standing(w.ctx(), leo)
			w.must(err)
			h, ok := s.Holds("secretario-obras")
			if ok != want || (ok && (!h.Delegated || !h.Signs || h.Ministry != "obras")) {
				t.Errorf("on %s he acts by %+v, %v", day, h, ok)
			}
			if s.Posts[0].Post != "director-puentes" {
				t.Errorf("on %s his own post comes after %+v", day, s.Posts[0])
			}
			if who, _, err := w.HolderOn(w.ctx(), "secretario-obras", day); who != ana || err != nil {
				t.Errorf("on %s the post is %q's, %v", day, who, err)
			}
		}
	})
}

func TestSevenSitOnABoard(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		var board []string
		for i := range 7 {
			board = append(board, w.official("Vocal "+string(rune('A'+i))))
			w.holds(board[i], "consejero-norte", clock.Day("2026-01-0"+string(rune('1'+i))), "")
		}
		_, err := w.tryHold(w.official("Octava"), "consejero-norte", today, "")
		refused(t, "an eighth seat", err, fault.Invalid, "from")
		got, err := w.HoldersOn(w.ctx(), "consejero-norte", today)
		if err != nil || !slices.Equal(got, board) {
			t.Errorf("the board is %v, want %v: %v", got, board, err)
		}
		_, err = w.tryHold(board[0], "consejero-norte", today, "")
		refused(t, "two seats for one", err, fault.Invalid, "person")
	})
}
