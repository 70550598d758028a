package roundtable

import (
	"context"
	"errors"
	"testing"
	"time"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/id"
	"ronda/platform/search"
)

// room is the roundtable of Buenos Aires on an empty database, with somebody on
// every post.
type room struct {
	*Module
	t   testing.TB
	ch  *charter.Charter
	now time.Time
}

func run(t *testing.T, fn func(t *testing.T, r *room)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, newRoom(t, dbtest.SQLite(t, tablesOf(db.SQLite)...))) })
	t.Run("postgres", func(t *testing.T) { fn(t, newRoom(t, dbtest.Postgres(t, tablesOf(db.Postgres)...))) })
}

func tablesOf(e db.Engine) []db.Migrations {
	return []db.Migrations{event.Migrations, charter.Migrations, people.Migrations, search.Migrations(e), Migrations}
}

func newRoom(t testing.TB, d *db.DB) *room {
	t.Helper()
	log, store := event.New(d), charter.NewStore(d)
	files, err := cities.Open("buenosaires")
	if err != nil {
		t.Fatal(err)
	}
	ch, err := store.Install(t.Context(), files, "", "test")
	if err != nil {
		t.Fatal(err)
	}
	p := people.New(d, log, store.Current)
	return &room{Module: New(d, log, store, p), t: t, ch: ch, now: start}
}

// standing is somebody who holds the posts; the person is named after the first.
func (r *room) standing(posts ...string) people.Standing {
	r.t.Helper()
	s := people.Standing{}
	for _, code := range posts {
		p, ok := r.ch.Posts.Get(code)
		if !ok {
			r.t.Fatalf("no post %s", code)
		}
		h := people.Holding{Post: p.Code, Body: p.Body, Rank: string(p.Rank), Signs: p.Signs}
		if b, ok := r.ch.Bodies.Get(p.Body); ok {
			h.BodyKind = string(b.Kind)
		}
		if m, ok := r.ch.Ministry(p.Body); ok {
			h.Ministry = m.Code
		}
		for _, b := range r.ch.Path(p.Body) {
			h.Path = append(h.Path, b.Code)
			if b.Kind == charter.KindGeneralDirection {
				h.Direction = b.Code
			}
		}
		s.Posts = append(s.Posts, h)
		s.Person = "person-" + posts[0]
	}
	return s
}

// as is a context in which the holder of the posts acts; no post is a visitor,
// "citizen" somebody with an account.
func (r *room) as(posts ...string) context.Context {
	ctx := clock.At(r.t.Context(), r.now)
	switch {
	case len(posts) == 0 || posts[0] == "":
		return ctx
	case posts[0] == "citizen":
		return people.With(ctx, people.Standing{Person: "person-citizen"})
	}
	return people.With(ctx, r.standing(posts...))
}

func (r *room) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

const (
	proposer    = "director-planeamiento-educativo"
	proposerOf  = "dg-planeamiento-educativo"
	planning    = "director-planificacion"
	coordinator = "coordinador-mesa"
	speaker     = "coordinador-comunicacion"
	mayor       = "jefe-de-gobierno"
	chief       = "jefe-de-gabinete"
)

// dossier is complete enough to file.
func (r *room) filled(version int64) Dossier {
	return Dossier{Title: "Aprendizajes significativos", Line: "Cada escuela arma un proyecto.", Change: "180.000 chicos arman un proyecto propio.",
		Problem: "La escuela enseña poco a emprender.", Type: "programa-escolar", Axis: "educacion-siglo-xxi", SDG: "4.4",
		Goals: []string{"motor-economico"}, Territories: []string{"ciudad"}, Planned: []Planned{{"estudiantes", "ciudad", 180000}}, Version: version}
}

// filed is an initiative in the round.
func (r *room) filed() string {
	r.t.Helper()
	i, err := r.Propose(r.as(proposer), Thought{Title: "Aprendizajes " + id.New()[24:], Line: "Cada escuela arma un proyecto.", Sponsor: proposerOf, WhyNew: "Es otra cosa, distinta."})
	r.must(err)
	r.must(r.Edit(r.as(proposer), i.Number, r.filled(1)))
	r.must(r.File(r.as(proposer), i.Number))
	return i.Number
}

// prove gives every item of a step what it asks.
func (r *room) prove(number, step string) {
	r.t.Helper()
	rules, _ := r.ch.Flow.Steps.Get(step)
	for _, item := range rules.Items.All() {
		e := Evidence{Step: step, Item: item.Code, Kind: item.Evidence[0], Text: "qué; quién; cuándo", URL: "https://example.org/a"}
		switch {
		case e.Kind == charter.EvidencePresence:
			continue
		case item.Threshold != nil:
			e.Kind, e.Figure = charter.EvidenceFigure, int64(item.Threshold.Min)
		case e.Kind == charter.EvidenceDocument:
			e.Kind = item.Evidence[1]
		}
		r.must(r.AddEvidence(r.as(proposer), number, e))
	}
}

// signer is who signs a step in Buenos Aires.
func signer(step charter.Step) string {
	return map[string]string{charter.OfficePlanning: planning, charter.OfficeCoordination: coordinator, charter.OfficeCommunication: speaker}[step.Office]
}

// sign takes a step from open to signed.
func (r *room) sign(number, step string) {
	r.t.Helper()
	rules, _ := r.ch.Flow.Steps.Get(step)
	r.prove(number, step)
	if rules.Attendance != "" {
		r.must(r.RecordAttendance(r.as(coordinator), number, step, "En la sede, a las diez"))
	}
	r.must(r.SignStep(r.as(signer(rules)), number, step, ""))
}

func (r *room) get(number string) Initiative {
	r.t.Helper()
	i, err := r.byNumber(r.t.Context(), number)
	r.must(err)
	return i
}

func (r *room) events(number string) []event.Event {
	r.t.Helper()
	events, err := r.log.Timeline(r.t.Context(), r.get(number).Subject(), event.Page{Limit: 500})
	r.must(err)
	return events
}

func TestFromAThoughtToAdoption(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		i, err := r.Propose(r.as("director-espacios-verdes"), Thought{Title: "  Aprendizajes   significativos ", Line: "Cada escuela arma un proyecto."})
		r.must(err)
		if i.State != Idea || i.Number != "INI-2026-0001" || i.Title != "Aprendizajes significativos" {
			t.Errorf("a thought is %+v", i)
		}
		r.must(r.TakeUp(r.as(proposer), i.Number, proposerOf))
		r.must(r.Edit(r.as(proposer), i.Number, r.filled(1)))
		r.must(r.File(r.as(proposer), i.Number))
		for _, s := range r.ch.Flow.Steps.All() {
			r.now = r.now.Add(24 * time.Hour)
			r.sign(i.Number, s.Code)
		}
		r.must(r.Adopt(r.as(mayor), i.Number, "Todos los pasos están firmados."))
		got := r.get(i.Number)
		if got.State != Adopted || got.Ring != "ssssss" || got.Override || got.Ministry != "min-educacion" {
			t.Errorf("at the end %+v", got)
		}
		public, err := r.PublicHistory(r.as(), got, "", 100)
		r.must(err)
		if len(public) == 0 || public[0].Kind != EventAdopted || public[len(public)-1].Kind != EventFiled {
			t.Errorf("the public history has %d acts and does not go from filing to adoption", len(public))
		}
		for _, e := range public {
			if e.Actor.Person == "" || e.Actor.Post == "" || e.Actor.Body == "" {
				t.Errorf("%s has no actor: %+v", e.Kind, e.Actor)
			}
		}
	})
}

// Nobody but the one office signs each step: every other post of the city, and
// whoever holds the right post but stands on the proposer's side, is refused,
// and nothing changes.
func TestNobodyElseSigns(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		number := r.filed()
		posts := []string{"", "citizen", proposer, planning, coordinator, speaker, mayor, chief, "ministro-educacion", "coordinador-laboratorio",
			"analista-planificacion", "equipo-mesa", "presidente-comuna-8", "director-informacion"}
		for _, step := range r.ch.Flow.Steps.All() {
			r.prove(number, step.Code)
			if step.Attendance != "" {
				r.must(r.RecordAttendance(r.as(coordinator), number, step.Code, "En la sede, a las diez"))
			}
			right := signer(step)
			for _, post := range posts {
				if post == right {
					continue
				}
				for name, act := range map[string]func(ctx context.Context) error{
					"sign":   func(ctx context.Context) error { return r.SignStep(ctx, number, step.Code, "") },
					"return": func(ctx context.Context) error { return r.ReturnStep(ctx, number, step.Code, "Falta el presupuesto.") },
				} {
					if err := act(r.as(post)); !fault.Is(err, fault.Forbidden) {
						t.Errorf("%s: %q may %s: %v", step.Code, post, name, err)
					}
				}
			}
			if err := r.SignStep(r.as(right, proposer), number, step.Code, ""); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s: signed by somebody of the proposer's general direction: %v", step.Code, err)
			}
			r.must(r.SignStep(r.as(right), number, step.Code, ""))
		}
	})
}

func TestAStepIsNotSignedWithoutItsItems(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		number := r.filed()
		first := r.ch.Flow.Steps.All()[0]
		err := r.SignStep(r.as(planning), number, first.Code, "")
		if !fault.Is(err, fault.Invalid) {
			t.Fatalf("signed without evidence: %v", err)
		}
		r.sign(number, first.Code)
		item := first.Items.All()[0].Code
		if err := r.AddEvidence(r.as(proposer), number, Evidence{Step: first.Code, Item: item, Kind: charter.EvidenceList, Text: "otra"}); !fault.Is(err, fault.Conflict) {
			t.Errorf("a signed item was edited: %v", err)
		}
	})
}

func TestAThresholdHolds(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		number := r.filed()
		for _, s := range r.ch.Flow.Steps.All()[:4] {
			r.sign(number, s.Code)
		}
		fifth := r.ch.Flow.Steps.All()[4]
		r.prove(number, fifth.Code)
		r.must(r.AddEvidence(r.as(proposer), number, Evidence{Step: fifth.Code, Item: "umbral-de-alcance", Kind: charter.EvidenceFigure, Figure: 59}))
		if err := r.SignStep(r.as(planning), number, fifth.Code, ""); !fault.Is(err, fault.Invalid) {
			t.Errorf("signed below the threshold: %v", err)
		}
		r.must(r.AddEvidence(r.as(proposer), number, Evidence{Step: fifth.Code, Item: "umbral-de-alcance", Kind: charter.EvidenceFigure, Figure: 60}))
		r.must(r.SignStep(r.as(planning), number, fifth.Code, ""))
	})
}

func TestReturnReopenAndTheOldSignature(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		number, steps := r.filed(), r.ch.Flow.Steps.All()
		if err := r.ReturnStep(r.as(planning), number, steps[0].Code, "no"); !fault.Is(err, fault.Invalid) {
			t.Errorf("returned with a remark that helps nobody: %v", err)
		}
		r.must(r.ReturnStep(r.as(planning), number, steps[0].Code, "Falta la partida del presupuesto."))
		if err := r.Resubmit(r.as(planning), number, steps[0].Code, "Ya está todo cargado."); !fault.Is(err, fault.Forbidden) {
			t.Errorf("the office resubmitted for the sponsor: %v", err)
		}
		r.must(r.Resubmit(r.as(proposer), number, steps[0].Code, "Ya está la partida cargada."))
		r.sign(number, steps[0].Code)
		r.sign(number, steps[1].Code)
		r.must(r.ReopenStep(r.as(planning), number, steps[0].Code, "Cambió la ley de presupuesto."))
		got := r.get(number)
		if got.Ring != "cfoooo" || got.Returns != 1 {
			t.Errorf("after re-opening %s, %d returns", got.Ring, got.Returns)
		}
		all, err := r.Signatures(t.Context(), got.ID)
		r.must(err)
		if len(all) != 2 || all[0].Reopened.IsZero() || !all[1].Reopened.IsZero() {
			t.Errorf("signatures %+v", all)
		}
		if err := r.Adopt(r.as(mayor), number, "Así como está se adopta."); !fault.Is(err, fault.Conflict) {
			t.Errorf("adopted with open steps: %v", err)
		}
	})
}

func TestOnlyTheChiefOverrides(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		number := r.filed()
		for _, post := range []string{"", "citizen", proposer, planning, coordinator, mayor, "ministro-educacion"} {
			if err := r.Overrule(r.as(post), number, "Es urgente para la ciudad."); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%q overrides: %v", post, err)
			}
		}
		if err := r.Overrule(r.as(chief), number, " "); !fault.Is(err, fault.Invalid) {
			t.Errorf("overridden without a reason: %v", err)
		}
		r.must(r.Overrule(r.as(chief), number, "Es urgente para la ciudad."))
		e := r.events(number)[0]
		if e.Kind != EventOverridden || !e.Public || e.Text["reason"] == "" || e.Data["open"] == "" || !r.get(number).Override {
			t.Errorf("the override is not on public record: %+v", e)
		}
	})
}

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
			if found, err := r.Search(ctx, "secreta", true, 10); err != nil || len(found) != 0 {
				t.Errorf("%q finds it: %v %v", post, found, err)
			}
		}
		if found, err := r.Search(r.as(planning), "secr", true, 10); err != nil || len(found) != 1 {
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

func asFault(err error, f **fault.Error) bool { return errors.As(err, f) }
