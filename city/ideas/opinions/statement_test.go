package opinions

import (
	"context"
	"errors"
	"strings"
	"testing"

	"ronda/city/ideas"
	"ronda/method/opinion"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// field is the message of the first wrong field.
func field(err error) string {
	var f *fault.Error
	if errors.As(err, &f) && len(f.Fields) > 0 {
		return f.Fields[0].Key
	}
	if errors.As(err, &f) {
		return f.Key
	}
	return ""
}

func TestWhatAStatementMayBe(t *testing.T) {
	w := newWorld(t)
	w.must(func() error {
		_, err := w.m.Propose(w.ctx(neighbour), asked, "Más árboles en cada cuadra", "")
		return err
	}())
	cases := []struct{ name, text, want string }{
		{"empty", "  ", "fault.required"},
		{"too short", "¡Sí! 🌳🌳🌳🌳🌳🌳", "ideas.opinions.fault.short"},
		{"too long", strings.Repeat("árbol ", 24), "fault.too_long"},
		{"a huge one", strings.Repeat("x", 100_000), "fault.too_long"},
		{"as long as can be", strings.Repeat("ñ", TextMax), ""},
		{"a link", "Miren https://ejemplo.ar por favor", "ideas.opinions.fault.link"},
		{"a bare address", "Entren a www.ejemplo para ver más", "ideas.opinions.fault.link"},
		{"the same in capitals", "MAS ARBOLES, en cada cuadra!!", "ideas.opinions.fault.twice"},
		{"right to left and emoji", "حديقة في كل حي 🌳 للجميع", ""},
		{"two lines", "Una plaza abierta\nde noche y de día", ""},
		{"no text", "Una plaza\x00 abierta", "fault.encoding"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w.t = t
			s, err := w.m.Propose(w.ctx(citizen), asked, c.text, "")
			if got := field(err); got != c.want {
				t.Fatalf("refused with %q (%v), want %q", got, err, c.want)
			}
			if err == nil && strings.ContainsAny(s.Text, "\n") {
				t.Error("it has more than one line")
			}
			w.must(w.db.Write(w.ctx(nobody), func(ctx context.Context) error { _, err := w.db.Exec(ctx, `DELETE FROM opinions_limit`); return err }))
		})
	}
}

func TestSeedsAreSownTogetherOrNotAtAll(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		w := worldOn(t, d)
		_, _, err := w.m.Seed(w.ctx(owner), asked, "Una plaza con más sombra\n\nno\nOtra plaza con juegos nuevos")
		if got := field(err); got != "ideas.opinions.fault.line" {
			t.Fatalf("a wrong line: %v", err)
		}
		sown, known, err := w.m.Seed(w.ctx(owner), asked, "- Una plaza con más sombra\r\n* UNA PLAZA CON MAS SOMBRA\n\nOtra plaza con juegos nuevos")
		if err != nil || sown != 2 || known != 1 {
			t.Fatalf("%d sown, %d known: %v", sown, known, err)
		}
		if _, _, err := w.m.Seed(w.ctx(facilitator), asked, "Las plazas se cuidan entre todos"); err != nil {
			t.Fatalf("a facilitator: %v", err)
		}
		s, err := w.m.statement(w.ctx(nobody), "1", 3)
		if err != nil || s.Text != "Las plazas se cuidan entre todos" || s.Body != "dg-reciclado" {
			t.Errorf("the third is %+v: %v", s, err)
		}
		if _, _, err := w.m.Seed(w.ctx(citizen), asked, "Las plazas son de quien las usa"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a citizen sows: %v", err)
		}
		if _, _, err := w.m.Seed(w.ctx(owner), over, "Las plazas son de quien las usa"); !fault.Is(err, fault.Conflict) {
			t.Errorf("after the end: %v", err)
		}
	})
}

func TestWordsChangeOnlyBeforeTheFirstAnswer(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		w := worldOn(t, d)
		s, err := w.m.Propose(w.ctx(citizen), asked, "Más vancos en las plazas", "")
		w.must(err)
		w.must(w.m.Edit(w.ctx(citizen), asked, s.No, 1, "Más bancos en las plazas"))
		if err := w.m.Edit(w.ctx(citizen), asked, s.No, 1, "Más bancos y mesas"); !fault.Is(err, fault.Conflict) {
			t.Errorf("an edit of words that were edited: %v", err)
		}
		if err := w.m.Edit(w.ctx(neighbour), asked, s.No, 2, "Menos bancos en las plazas"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("somebody else edits it: %v", err)
		}
		if err := w.m.Vote(w.ctx(neighbour), asked, Ballot{No: s.No, Version: 1, Answer: opinion.Agree}); !fault.Is(err, fault.Conflict) {
			t.Errorf("an answer to the old words counts: %v", err)
		}
		w.must(w.m.Vote(w.ctx(neighbour), asked, Ballot{No: s.No, Version: 2, Answer: opinion.Agree}))
		if err := w.m.Edit(w.ctx(citizen), asked, s.No, 2, "Menos bancos en las plazas"); !fault.Is(err, fault.Conflict) {
			t.Errorf("it is edited after an answer: %v", err)
		}
		if got, ok := w.room(asked).statement("1"); !ok || got.Text != "Más bancos en las plazas" {
			t.Errorf("the room has %+v", got)
		}
	})
}

func TestModerationIsPublicAndReversible(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		w := worldOn(t, d)
		first, err := w.m.Propose(w.ctx(citizen), careful, "Cerrar las plazas de noche", "")
		w.must(err)
		second, err := w.m.Propose(w.ctx(neighbour), careful, "Fulano de Tal ensucia la plaza", "")
		w.must(err)
		if first.State != Held || len(w.kinds(careful)) != 0 {
			t.Fatalf("it is %s, and the public log says %v", first.State, w.kinds(careful))
		}
		if n, err := w.m.Approve(w.ctx(moderator), careful, first.No, first.No); err != nil || n != 1 {
			t.Fatalf("%d approved: %v", n, err)
		}
		if err := w.m.Reject(w.ctx(owner), careful, first.No, "topic", "No nos gusta lo que dice."); !fault.Is(err, fault.Forbidden) {
			t.Errorf("the body that asks silences it: %v", err)
		}
		w.must(w.m.Reject(w.ctx(moderator), careful, second.No, CausePrivate, "Nombra a un vecino sin su permiso."))
		w.must(w.m.Reject(w.ctx(moderator), careful, first.No, "topic", "Habla de otra cosa que las plazas."))
		if err := w.m.Reject(w.ctx(moderator), careful, first.No, "topic", "Habla de otra cosa que las plazas."); !fault.Is(err, fault.Conflict) {
			t.Errorf("it is taken off twice: %v", err)
		}
		if err := w.m.Vote(w.ctx(citizen), careful, Ballot{No: first.No, Version: 1}); !fault.Is(err, fault.Conflict) {
			t.Errorf("it is answered: %v", err)
		}
		w.must(w.m.Restore(w.ctx(moderator), careful, first.No, "Sí habla de las plazas, nos equivocamos."))
		if err := w.m.Restore(w.ctx(moderator), careful, second.No, "Nos equivocamos con esta también."); !fault.Is(err, fault.Conflict) {
			t.Errorf("erased words come back: %v", err)
		}
		want := "restored rejected rejected approved"
		if got := strings.Join(w.kinds(careful), " "); got != want {
			t.Errorf("the public log says %q, want %q", got, want)
		}
		for _, e := range w.events(careful, false) {
			if strings.Contains(e.Text["statement"], "Fulano") {
				t.Errorf("%s still holds the erased words", e.Kind)
			}
		}
	})
}

// events are what the log of a challenge's statements holds, newest first.
func (w *world) events(number string, public bool) []event.Event {
	w.t.Helper()
	events, err := w.m.log.Timeline(w.ctx(nobody), Log(w.asked[number].ID), event.Page{Limit: 100, PublicOnly: public})
	w.must(err)
	return events
}

func (w *world) kinds(number string) []string {
	var out []string
	for _, e := range w.events(number, true) {
		out = append(out, actName(e))
	}
	return out
}

func TestWhatIsSownBeforeTheOpeningIsNotPublic(t *testing.T) {
	w := newWorld(t)
	w.edit(asked, func(c *ideas.Challenge) { c.Phase = ideas.PhaseDraft })
	w.sow(asked, 3)
	if got := w.kinds(asked); len(got) != 0 {
		t.Errorf("the public log says %v", got)
	}
	if err := w.m.Vote(w.ctx(citizen), asked, Ballot{No: 1, Version: 1}); !fault.Is(err, fault.Conflict) {
		t.Errorf("it is answered: %v", err)
	}
}

func TestTheDeskSaysWhatWaits(t *testing.T) {
	w := newWorld(t)
	for _, text := range []string{"Cerrar las plazas de noche", "Abrir las plazas de noche"} {
		_, err := w.m.Propose(w.ctx(citizen), careful, text, "")
		w.must(err)
	}
	items, err := w.m.Desk(w.ctx(nobody), w.persons[moderator])
	if err != nil || len(items) != 1 || items[0].Title != "Leer 2 afirmaciones que esperan" || items[0].Due != "2026-03-26" {
		t.Errorf("the moderator owes %+v: %v", items, err)
	}
	items, err = w.m.Desk(w.ctx(nobody), w.persons[owner])
	if err != nil || len(items) != 0 {
		t.Errorf("the body that asks owes %+v: %v", items, err)
	}
}
