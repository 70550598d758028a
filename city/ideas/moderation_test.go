package ideas

import (
	"strings"
	"testing"
	"time"

	"ronda/platform/event"
	"ronda/platform/fault"
)

// TestAHiddenIdeaIsGoneForOthers: its words leave page, lists, search, history;
// the reason is public; its author may appeal and a moderator restore it.
func TestAHiddenIdeaIsGoneForOthers(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		i := w.published("ana", "Vendo zapatillas baratas")
		w.must(w.Hide(w.as(coordinator), i.Number, "Es una publicidad"))
		v, err := w.Idea(w.citizen("bruno"), i.Number)
		w.must(err)
		if v.Idea.State != Hidden || v.Idea.Why != "Es una publicidad" || v.Idea.Title+v.Idea.Text+v.Idea.Author != "" {
			t.Errorf("others see: %+v", v.Idea)
		}
		if v, err = w.Idea(w.citizen("ana"), i.Number); err != nil || v.Idea.Title == "" || !v.Unseen {
			t.Errorf("the author sees: %+v, %v", v.Idea, err)
		}
		if p, _ := w.List(w.as(), Filter{}); len(p.Cards) != 0 || p.Total != 0 {
			t.Errorf("listed: %+v", p)
		}
		if found, _ := w.Search(w.as(), "zapatillas", Filter{}, 10); len(found) != 0 {
			t.Errorf("found: %+v", found)
		}
		events, err := w.log.Timeline(w.as(), i.Subject(), event.Page{})
		w.must(err)
		for _, e := range events {
			if strings.Contains(e.Text["title"], "zapatillas") {
				t.Errorf("the history still says it: %+v", e)
			}
		}
		if err := w.Uphold(w.as(coordinator), i.Number, "Sigue siendo publicidad"); !is(err, "ideas.fault.no_appeal") {
			t.Errorf("upheld without an appeal: %v", err)
		}
		w.must(w.Appeal(w.citizen("ana"), i.Number, "Las zapatillas son para el club"))
		w.must(w.Uphold(w.as(coordinator), i.Number, "Sigue siendo publicidad"))
		w.must(w.Appeal(w.citizen("ana"), i.Number, "Por favor mírenlo otra vez"))
		w.must(w.Restore(w.as(coordinator), i.Number, "Tenía razón: es para el club"))
		if found, _ := w.Search(w.as(), "zapatillas", Filter{}, 10); len(found) != 1 {
			t.Error("restored, and not found")
		}
		log, err := w.ModerationLog(w.as(), "")
		w.must(err)
		var kinds []string
		for _, e := range log {
			kinds = append(kinds, strings.TrimPrefix(e.Kind, "ideas."))
		}
		if got := strings.Join(kinds, " "); got != "restored appealed upheld appealed hidden" {
			t.Errorf("the public log: %s", got)
		}
	})
}

func TestReportsWaitForAModerator(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		i := w.published("ana", "Bebederos")
		c, err := w.Comment(w.citizen("bruno"), i.Number, "", "Esto es un insulto")
		w.must(err)
		for _, who := range []string{"carla", "dora", "carla"} {
			w.must(w.Report(w.citizen(who), i.Number, c.ID, "Insulta a la autora"))
		}
		w.must(w.Report(w.citizen("carla"), i.Number, "", "Está repetida, ya se hizo"))
		queue, _, err := w.Queue(w.as(coordinator), "")
		w.must(err)
		if len(queue) != 2 || queue[0].Comment != c.ID || queue[0].N != 2 || queue[1].Comment != "" || queue[1].N != 1 {
			t.Fatalf("queue: %+v", queue)
		}
		if _, _, err := w.Queue(w.citizen("carla"), ""); !fault.Is(err, fault.Forbidden) {
			t.Errorf("everybody reads the queue: %v", err)
		}
		reasons, err := w.Reports(w.as(coordinator), queue[0].ID)
		if w.must(err); len(reasons) != 2 {
			t.Errorf("reasons: %v", reasons)
		}
		w.must(w.HideComment(w.as(coordinator), c.ID, "Insulta a otra persona"))
		w.must(w.CloseReports(w.as(coordinator), queue[1].ID, "No está repetida"))
		if queue, _, _ = w.Queue(w.as(coordinator), ""); len(queue) != 0 {
			t.Errorf("settled: %+v", queue)
		}
		page, err := w.Comments(w.citizen("carla"), i.Number, "")
		if w.must(err); page.Total != 0 || len(page.Comments) != 1 || page.Comments[0].Text != "" || page.Comments[0].Hidden == "" {
			t.Errorf("the hidden comment: %+v", page)
		}
		w.must(w.ShowComment(w.as(coordinator), c.ID, "Lo leímos otra vez"))
		if page, _ = w.Comments(w.citizen("carla"), i.Number, ""); page.Total != 1 || page.Comments[0].Text == "" {
			t.Errorf("shown again: %+v", page)
		}
	})
}

// TestCommentsComeInThreads: 20 a page, answers behind what they answer, one
// number for each person.
func TestCommentsComeInThreads(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		i := w.published("ana", "Bebederos")
		first, err := w.Comment(w.citizen("bruno"), i.Number, "", "¿Y quién los limpia?")
		w.must(err)
		for n := range 24 {
			_, err := w.Comment(w.citizen("carla"), i.Number, "", nth("Me gusta, razón ", n))
			w.must(err)
		}
		reply, err := w.Comment(w.citizen("ana"), i.Number, first.ID, "El consorcio de la plaza")
		w.must(err)
		deep, err := w.Comment(w.citizen("bruno"), i.Number, reply.ID, "Buenísimo entonces")
		w.must(err)
		again, err := w.Comment(w.citizen("bruno"), i.Number, reply.ID, "Buenísimo entonces")
		if w.must(err); again.ID != deep.ID {
			t.Error("the same words twice are two comments")
		}
		page, err := w.Comments(w.as(), i.Number, "")
		w.must(err)
		if got := page.Comments[:3]; len(page.Comments) != PageSize || page.Total != 27 || got[0].ID != first.ID || got[1].ID != reply.ID || got[2].ID != deep.ID || !got[2].Reply() {
			t.Errorf("the first thread: %+v", got)
		}
		if a, b, c := page.Comments[0], page.Comments[1], page.Comments[3]; a.Voice != 1 || c.Voice != 2 || b.Voice != 3 || !b.Author || a.Author {
			t.Errorf("voices %d %d %d", a.Voice, b.Voice, c.Voice)
		}
		page, err = w.Comments(w.as(), i.Number, page.Next)
		if w.must(err); len(page.Comments) != 7 || page.Next != "" {
			t.Errorf("the second page: %d, %q", len(page.Comments), page.Next)
		}
		official, err := w.Comment(w.as(coordinator), i.Number, "", "Lo vemos con Espacio Público")
		if w.must(err); official.Body != w.ch.Office("coordination") {
			t.Errorf("who answers for the idea speaks for the body: %+v", official)
		}
		if _, err := w.Comment(w.citizen("newby"), i.Number, "", "Mirá https://spam.example"); !is(err, "ideas.fault.link") {
			t.Errorf("a link: %v", err)
		}
	})
}

// TestTheAnswerClock: median days to the first answer, late ones, what waits.
func TestTheAnswerClock(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		body := w.ch.Office("coordination")
		var list []Idea
		for n := range 5 {
			list = append(list, w.published("ana", nth("Idea para responder ", n)))
		}
		for n, days := range []int{2, 4, 40} {
			w.now = start.AddDate(0, 0, days)
			w.must(w.Answer(w.as(coordinator), list[n].Number, "Ya hay un programa que lo hace.", Answered))
		}
		w.must(w.Answer(w.as(coordinator), list[0].Number, "Y desde hoy también en Flores.", Answered))
		w.must(w.Assign(w.as(coordinator), list[4].Number, directorOf))
		clocks, err := w.Clock(w.as())
		w.must(err)
		by := map[string]AnswerClock{}
		for _, c := range clocks {
			by[c.Body] = c
		}
		if got := by[body]; got != (AnswerClock{Body: body, Answered: 3, Median: 4, Late: 1, Waiting: 1, Overdue: 1}) || got.Share() != 0.5 {
			t.Errorf("the coordination: %+v", got)
		}
		if got := by[directorOf]; got.Waiting != 1 || got.Overdue != 1 {
			t.Errorf("whom it was passed to: %+v", got)
		}
		owed, _, err := w.Owed(w.as(director), directorOf, "")
		if w.must(err); len(owed) != 1 || owed[0].AnswerDue != list[4].AnswerDue {
			t.Errorf("owed: %+v", owed)
		}
		if err := w.Answer(w.citizen("bruno"), list[3].Number, "No soy del gobierno, pero no.", Answered); !fault.Is(err, fault.Forbidden) {
			t.Errorf("anybody answers: %v", err)
		}
		v, err := w.Idea(w.as(), list[0].Number)
		if w.must(err); len(v.Replies) != 2 || v.Replies[0].Post != coordinator || !strings.Contains(v.Replies[0].Text, "Flores") {
			t.Errorf("replies: %+v", v.Replies)
		}
	})
}

func TestWithdrawingIsTheAuthors(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		i := w.published("ana", "Bebederos")
		if err := w.Withdraw(w.citizen("bruno"), i.Number, ""); !fault.Is(err, fault.Forbidden) {
			t.Errorf("somebody else: %v", err)
		}
		w.must(w.Withdraw(w.citizen("ana"), i.Number, ""))
		mine, _, err := w.Mine(w.citizen("ana"), "")
		if w.must(err); len(mine) != 1 || mine[0].State != Withdrawn {
			t.Errorf("mine: %+v", mine)
		}
		w.now = w.now.Add(time.Hour)
		if err := w.Hide(w.as(coordinator), i.Number, "una razón cualquiera"); !is(err, "ideas.fault.state") {
			t.Errorf("hidden after: %v", err)
		}
	})
}
