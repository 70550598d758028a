package roundtable

import (
	"testing"
	"time"

	"ronda/platform/fault"
)

// What strangers must not know of does not exist for them.
func TestADraftIsHidden(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		i, err := r.Propose(r.as(proposer), Thought{Title: "Secreta por ahora", Line: "Un borrador.", Sponsor: proposerOf})
		r.must(err)
		for _, post := range []string{"", "citizen"} {
			ctx := r.as(post)
			_, verr := r.View(ctx, i.Number)
			for name, err := range map[string]error{"view": verr, "edit": r.Edit(ctx, i.Number, r.filled(1)), "file": r.File(ctx, i.Number), "ask": r.Ask(ctx, i.Number, "¿Cuándo empieza esto?"),
				"sign": r.SignStep(ctx, i.Number, "efectividad", "")} {
				if !fault.Is(err, fault.NotFound) {
					t.Errorf("%q, %s: %v, want NotFound", post, name, err)
				}
			}
			page, err := r.List(ctx, Filter{}, "", 0)
			if err != nil || len(page.Cards) != 0 {
				t.Errorf("%q sees it in the list: %v %v", post, page.Cards, err)
			}
			if found, err := r.Find(ctx, "secreta", Filter{Inside: true}, ""); err != nil || len(found.Cards) != 0 {
				t.Errorf("%q finds it: %v %v", post, found, err)
			}
		}
		if found, err := r.Find(r.as(planning), "secr", Filter{Inside: true}, ""); err != nil || len(found.Cards) != 1 {
			t.Errorf("an official does not find it: %v %v", found, err)
		}
	})
}

func TestTwoPeopleEditing(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		i, err := r.Propose(r.as(proposer), Thought{Title: "Dos manos", Line: "Una línea.", Sponsor: proposerOf})
		r.must(err)
		mine, yours := r.filled(1), r.filled(1)
		mine.Problem, yours.Problem = "Lo que escribí yo.", "Lo que escribiste vos."
		r.must(r.Edit(r.as(proposer), i.Number, mine))
		err = r.Edit(r.as(proposer), i.Number, yours)
		var f *fault.Error
		if !fault.Is(err, fault.Conflict) || !asFault(err, &f) {
			t.Fatalf("the second edit: %v", err)
		}
		if theirs, ok := f.Theirs.(Dossier); !ok || theirs.Problem != mine.Problem {
			t.Errorf("the conflict does not show the other text: %+v", f.Theirs)
		}
		yours.Version = 2
		r.must(r.Edit(r.as(proposer), i.Number, yours))
	})
}

func TestSimilarOnesHaveToBeExplained(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		first := Thought{Title: "Bicicletas públicas para toda la ciudad", Line: "Doscientas estaciones automáticas de bicicletas."}
		_, err := r.Propose(r.as(proposer), first)
		r.must(err)
		other := []string{"Huertas en escuelas", "Biblioteca en el parque", "Talleres de robótica", "Semáforos para ciegos", "Ferias de barrio"}
		for _, title := range other {
			_, err := r.Propose(r.as(proposer), Thought{Title: title, Line: title + " en cada comuna."})
			r.must(err)
		}
		if _, err := r.Propose(r.as(planning), first); !fault.Is(err, fault.Invalid) {
			t.Errorf("a copy was filed without a word: %v", err)
		}
		first.WhyNew = "Esta es para niños."
		if _, err := r.Propose(r.as(planning), first); err != nil {
			t.Errorf("an explained one was refused: %v", err)
		}
		near, err := r.SimilarTyping(r.as(planning), "bicicletas pub")
		if err != nil || len(near) == 0 {
			t.Errorf("nothing similar while typing: %v %v", near, err)
		}
		for _, who := range []string{"", "citizen"} { // both are ideas, which no resident reads
			if near, err := r.Similar(r.as(who), first.Title+" "+first.Line, ""); !fault.Is(err, fault.Forbidden) || near != nil {
				t.Errorf("%q is told of %v, %v", who, near, err)
			}
			if near, err := r.SimilarTyping(r.as(who), "bicicletas pub"); !fault.Is(err, fault.Forbidden) || near != nil {
				t.Errorf("%q is told of %v, %v", who, near, err)
			}
		}
	})
}

func TestQuestions(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		number := r.filed()
		if err := r.Ask(r.as(), number, "¿Llega a las escuelas técnicas?"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a visitor without an account asked: %v", err)
		}
		for n := range questionsADay {
			r.now = r.now.Add(time.Minute)
			r.must(r.Ask(r.as("citizen"), number, "¿Llega a las escuelas técnicas, número "+string(rune('1'+n))+"?"))
		}
		if err := r.Ask(r.as("citizen"), number, "¿Y una pregunta más todavía?"); !fault.Is(err, fault.Invalid) {
			t.Errorf("more questions than a day allows: %v", err)
		}
		v, err := r.View(r.as(), number)
		r.must(err)
		if v.Initiative.Questions != questionsADay || v.Questions[0].Due != "2026-04-03" {
			t.Errorf("%d unanswered, the first due %s", v.Initiative.Questions, v.Questions[0].Due)
		}
		first := v.Questions[0].ID
		if err := r.Answer(r.as(planning), number, first, "Sí, a todas las escuelas."); !fault.Is(err, fault.Forbidden) {
			t.Errorf("answered by another office: %v", err)
		}
		r.must(r.Answer(r.as(proposer), number, first, "Sí, a todas las escuelas."))
		if err := r.Answer(r.as(proposer), number, first, "No, a ninguna de ellas."); !fault.Is(err, fault.Conflict) {
			t.Errorf("answered twice: %v", err)
		}
		r.must(r.HideQuestion(r.as(coordinator), number, v.Questions[1].ID, "Nombra a un particular."))
		if n := r.get(number).Questions; n != questionsADay-2 {
			t.Errorf("%d unanswered, want %d", n, questionsADay-2)
		}
	})
}

func TestCoOwners(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		number := r.filed()
		r.must(r.InviteOwner(r.as(proposer), number, "min-modernizacion"))
		if err := r.AnswerInvitation(r.as("ministro-cultura"), number, "min-modernizacion", true); !fault.Is(err, fault.Forbidden) {
			t.Errorf("another ministry accepted: %v", err)
		}
		r.must(r.AnswerInvitation(r.as("ministro-modernizacion"), number, "min-modernizacion", true))
		page, err := r.List(r.as(), Filter{By: map[string]string{ByMinistry: "min-modernizacion"}}, "", 0)
		if err != nil || len(page.Cards) != 1 {
			t.Errorf("the co-owner's list has %d, %v", len(page.Cards), err)
		}
		r.must(r.AnswerInvitation(r.as("ministro-modernizacion"), number, "min-modernizacion", false))
		if n, _ := r.Counts(r.as(), false, ByMinistry); n["min-modernizacion"] != 0 || n["min-educacion"] != 1 {
			t.Errorf("after leaving the counts are %v", n)
		}
	})
}

func TestBarriers(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		number := r.filed()
		r.must(r.AddBarrier(r.as(planning), number, Barrier{Kind: "procurement", What: "La licitación quedó desierta.", Owner: proposerOf, Opened: "2026-03-14"}))
		if err := r.AddBarrier(r.as("director-espacios-verdes"), number, Barrier{Kind: "procurement", What: "Otra.", Owner: proposerOf, Opened: "2026-03-14"}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a stranger added a barrier: %v", err)
		}
		v, err := r.View(r.as(), number)
		r.must(err)
		if d := v.Barriers[0].DaysOpen(v.Today); d != 10 {
			t.Errorf("open for %d days, want 10", d)
		}
		r.must(r.ResolveBarrier(r.as(proposer), number, v.Barriers[0].ID, "Se llamó de nuevo y hubo ofertas."))
		if err := r.ResolveBarrier(r.as(proposer), number, v.Barriers[0].ID, "Se llamó de nuevo y hubo ofertas."); !fault.Is(err, fault.NotFound) {
			t.Errorf("resolved twice: %v", err)
		}
	})
}

func TestFilesAreWhatTheySay(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		number := r.filed()
		pdf := []byte("%PDF-1.7\n%âãÏÓ\n")
		for name, c := range map[string]struct {
			file string
			data []byte
			ok   bool
		}{
			"a pdf": {"plan.pdf", pdf, true}, "a page": {"plan.pdf", []byte("<html><script>alert(1)</script>"), false}, "a program": {"plan.exe", []byte("MZ"), false},
			"a page by name": {"plan.html", []byte("<html>"), false}, "empty": {"plan.pdf", nil, false}, "svg": {"a.svg", []byte("<svg onload=alert(1)>"), false},
			"path in the name": {"../../etc/passwd.txt", []byte("hola"), true}, "too big": {"plan.pdf", append(pdf, make([]byte, attachmentMax)...), false},
		} {
			aid, err := r.Attach(r.as(proposer), number, c.file, c.data, true)
			if (err == nil) != c.ok {
				t.Errorf("%s: %v", name, err)
			}
			if err == nil {
				a, data, err := r.Attachment(r.as(), aid)
				if err != nil || string(data) != string(c.data) || len(a.Name) > 20 {
					t.Errorf("%s: %+v %v", name, a, err)
				}
			}
		}
		secret, err := r.Attach(r.as(proposer), number, "interno.txt", []byte("solo adentro"), false)
		r.must(err)
		if _, _, err := r.Attachment(r.as("citizen"), secret); !fault.Is(err, fault.NotFound) {
			t.Errorf("an internal file was given to a citizen: %v", err)
		}
	})
}

// A form that is sent twice files once and asks once.
func TestSentTwice(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		thought := Thought{Title: "Una sola vez", Line: "Aunque se apriete dos veces."}
		first, err := r.Propose(r.as(planning), thought)
		r.must(err)
		again, err := r.Propose(r.as(planning), thought)
		if err != nil || again.Number != first.Number {
			t.Errorf("sent twice: %s and %s, %v", first.Number, again.Number, err)
		}
		number := r.filed()
		for range 3 {
			r.must(r.Ask(r.as("citizen"), number, "¿Cuándo empieza en mi barrio?"))
		}
		if n := r.get(number).Questions; n != 1 {
			t.Errorf("asked %d times, want once", n)
		}
	})
}

// What was said in a question that is hidden is gone from the history too.
func TestAHiddenQuestionLeavesTheHistory(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		number := r.filed()
		r.must(r.Ask(r.as("citizen"), number, "¿Por qué vive ahí Fulano de Tal?"))
		v, err := r.View(r.as(), number)
		r.must(err)
		r.must(r.HideQuestion(r.as(coordinator), number, v.Questions[0].ID, "Nombra a un particular."))
		for _, e := range r.events(number) {
			if e.Text["question"] != "" {
				t.Errorf("the history still says %q", e.Text["question"])
			}
		}
	})
}

// A draft that joined another initiative was never public, and nothing of it is.
func TestAJoinedDraftStaysInside(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		into := r.filed()
		i, err := r.Propose(r.as(proposer), Thought{Title: "Borrador que se suma", Line: "Nunca fue pública.", Sponsor: proposerOf})
		r.must(err)
		r.must(r.AddBarrier(r.as(proposer), i.Number, Barrier{Kind: "staff", What: "Falta gente para hacerlo.", Owner: proposerOf, Opened: "2026-03-20"}))
		r.must(r.JoinInto(r.as(proposer), i.Number, into))
		if _, err := r.View(r.as(), i.Number); !fault.Is(err, fault.NotFound) {
			t.Errorf("a visitor sees it: %v", err)
		}
		r.must(r.EachBarrier(r.as(), func(b PublicBarrier) error {
			t.Errorf("the open data show %s", b.Number)
			return nil
		}))
	})
}
