package demo_test

import (
	"context"
	"slices"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/i18n"
)

// ofMeetings are the checks of TestTheStory that look at the meetings.
var ofMeetings = map[string]func(world){
	"every kind and state of meeting is there": kindsOfMeeting, "a series has what happens to series": seriesOfMeetings,
	"one meeting runs": running, "the weekly meeting leaves something": registers, "an item came back": cameBack,
	"the monthly meeting has sections": sections, "the cycle stays private": secluded, "steps 3 and 4 have their meetings": stepMeetings,
	"a poll waits": poll, "roles find their meetings": meetingRoles, "no meeting is left over": leftOver,
}

// buildMeetings makes the meetings as the program does.
func (w *world) buildMeetings() {
	w.Helper()
	ch, err := w.Charters.Current(w.ctx)
	w.must(err)
	by := ch.Flow.ShownBy
	w.Meetings = meetings.New(meetings.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, Steps: w.Roundtable,
		Proofs: meetings.Proofs{Presented: by(charter.ProofPresentation), Discussed: by(charter.ProofDiscussion), Minuted: by(charter.ProofMinutes),
			Called: by(charter.ProofCall), Met: by(charter.ProofAttendance), Agreed: by(charter.ProofAgreement),
			Specialists: by(charter.ProofSpecialists), Confirmed: by(charter.ProofConfirmation), Procedures: by(charter.ProofProcedures), Present: by(charter.ProofPresence)},
		PersonOf: func(context.Context, string) (string, bool, error) { return "", false, nil }})
	w.Meetings.Listen(w.log)
}

// met are the meetings of half a year around today as a role sees them.
func (w world) met(role string) []meetings.Meeting {
	w.Helper()
	ctx := w.ctx
	if role != "" {
		ctx = w.as(role)
	}
	all, err := w.Meetings.Months(ctx, w.now.AddDate(0, -8, 0), w.now.AddDate(0, 8, 0))
	w.must(err)
	return all
}

// meeting is the one that fits, as the coordination sees it.
func (w world) meeting(fits func(meetings.Meeting) bool) meetings.View {
	w.Helper()
	all := w.met("coordination")
	n := slices.IndexFunc(all, fits)
	if n < 0 {
		w.Fatal("no such meeting")
	}
	v, err := w.Meetings.Meeting(w.as("coordination"), all[n].Number)
	w.must(err)
	return v
}

func kindsOfMeeting(w world) {
	kinds, states := map[meetings.Kind]int{}, map[meetings.State]int{}
	for _, m := range w.met("coordination") {
		kinds[m.Kind]++
		states[m.State]++
		if !m.Invented {
			w.Errorf("%s passes for real", m.Number)
		}
	}
	for _, k := range meetings.Kinds {
		if kinds[k] == 0 && k != meetings.Workshop {
			w.Errorf("no meeting is a %s", k)
		}
	}
	for _, s := range meetings.States {
		if states[s] == 0 {
			w.Errorf("no meeting is %s", s)
		}
	}
}

// ofSeries are the meetings of the series of a kind, the groups left out.
func (w world) ofSeries(kind meetings.Kind) []meetings.Meeting {
	return slices.DeleteFunc(w.met("coordination"), func(m meetings.Meeting) bool { return m.Kind != kind || m.Series == "" })
}

func seriesOfMeetings(w world) {
	monthly := w.ofSeries(meetings.Monthly)
	moved, cancelled := 0, 0
	for _, m := range monthly {
		if m.MovedAway() {
			moved++
		}
		if m.State == meetings.Cancelled {
			cancelled++
		}
	}
	if len(monthly) != 12 || moved != 2 || cancelled != 2 {
		w.Errorf("%d monthly meetings, %d moved, %d cancelled", len(monthly), moved, cancelled)
	}
	past, crowded, delegates, long, groups := 0, 0, 0, 0, 0
	for _, m := range w.ofSeries(meetings.Weekly) {
		v, err := w.Meetings.Meeting(w.as("coordination"), m.Number)
		w.must(err)
		groups += len(v.Groups)
		if m.State.Coming() && v.Budget.Over() > 0 {
			long++
		}
		if !m.State.Over() {
			continue
		}
		past++
		came := 0
		for _, a := range v.Attendees {
			if a.Came() {
				came++
			}
			if a.Came() && a.Rank == "delegate" && a.For != "" {
				delegates++
			}
		}
		if came < m.Quorum {
			w.Errorf("%s had %d people", m.Number, came)
		}
		if came > m.Capacity {
			crowded++
		}
	}
	if past != 9 || crowded != 1 || delegates < 5 || long == 0 || groups != 1 {
		w.Errorf("%d past, %d crowded, %d delegates, %d agendas too long, %d groups", past, crowded, delegates, long, groups)
	}
}

func running(w world) {
	v := w.meeting(func(m meetings.Meeting) bool { return m.State == meetings.Running })
	if ago := w.now.Sub(v.Meeting.Began); ago < 20*time.Minute || ago > 25*time.Minute {
		w.Errorf("it began %v ago", ago)
	}
	r, err := w.Meetings.Room(w.as("coordination"), v.Meeting.Number)
	w.must(err)
	open := slices.IndexFunc(r.Items, func(i meetings.Item) bool { return i.State == meetings.ItemOpen })
	if open < 0 || r.Items[open].Elapsed(w.now) < 5*time.Minute {
		w.Fatal("no item is open")
	}
	if len(r.Queue) != 3 || r.Queue[0].State != meetings.TurnSpeaking || len(r.Notes) != 2 || len(r.Decisions) != 1 || len(r.Commitments) != 1 {
		w.Errorf("%d in the queue, %d notes, %d decisions, %d commitments", len(r.Queue), len(r.Notes), len(r.Decisions), len(r.Commitments))
	}
	if len(r.Warnings) > 0 {
		w.Errorf("it warns of %v", r.Warnings)
	}
}

func registers(w world) {
	states, late := map[meetings.DueState]int{}, 0
	today := clock.DayOf(w.now, argentina)
	w.must(w.Meetings.EachCommitment(w.as("coordination"), meetings.Register{}, func(c meetings.CommitmentRow) error {
		states[c.State]++
		if c.Late(today) {
			late++
		}
		return nil
	}))
	if states[meetings.DueOpen] < 10 || states[meetings.DueDone] < 4 || states[meetings.Dropped] != 1 || late < 2 || late > 5 {
		w.Errorf("commitments: %v, %d late", states, late)
	}
	public := 0
	w.must(w.Meetings.EachDecision(w.ctx, meetings.Register{}, func(meetings.DecisionRow) error { public++; return nil }))
	if public < 2 {
		w.Errorf("everybody reads %d decisions", public)
	}
	v := w.meeting(func(m meetings.Meeting) bool { return m.Kind == meetings.Weekly && !m.Released.IsZero() })
	minutes, err := w.Meetings.Minutes(w.ctx, v.Meeting.Number)
	if err != nil || !minutes.PublicOnly || len(minutes.Items) == 0 {
		w.Errorf("released minutes have %d items for everybody, %v", len(minutes.Items), err)
	}
}

// cameBack: the item that was deferred, then moved to the backlog, then decided.
func cameBack(w world) {
	var outcomes []meetings.Outcome
	for _, m := range w.ofSeries(meetings.Weekly) {
		v, err := w.Meetings.Meeting(w.as("coordination"), m.Number)
		w.must(err)
		for _, i := range v.Items {
			if strings.HasPrefix(i.Title, "Programá tu futuro") {
				outcomes = append(outcomes, i.Outcome)
			}
		}
	}
	if want := []meetings.Outcome{meetings.Deferred, meetings.Moved, meetings.Decided}; !slices.Equal(outcomes, want) {
		w.Errorf("it went %v, want %v", outcomes, want)
	}
	list, err := w.Meetings.SeriesList(w.as("coordination"))
	w.must(err)
	waiting := 0
	for _, s := range list {
		backlog, err := w.Meetings.Backlog(w.as("coordination"), s.Number)
		w.must(err)
		waiting += len(backlog)
	}
	if waiting != 3 {
		w.Errorf("%d items wait", waiting)
	}
}

func sections(w world) {
	v := w.meeting(func(m meetings.Meeting) bool { return m.Kind == meetings.Monthly && m.State == meetings.Called })
	all, err := w.Meetings.Sections(w.as("minister"), v.Meeting.Number)
	w.must(err)
	if len(all) < 4 || len(v.Items) < 4 {
		w.Errorf("%d sections, %d items", len(all), len(v.Items))
	}
}

// private: of the cycle nobody outside of it knows more than what was released.
func secluded(w world) {
	for role, want := range map[string]int{"minister": 2, "mayor": 2, "coordination": 2, "proposer": 1, "citizen": 1, "": 1} {
		cycle := slices.DeleteFunc(w.met(role), func(m meetings.Meeting) bool { return !m.Kind.Cycle() })
		if len(cycle) != want {
			w.Errorf("%q sees %d meetings of the cycle", role, len(cycle))
		}
	}
	v := w.meeting(func(m meetings.Meeting) bool { return m.Kind == meetings.Talk })
	if v.Meeting.Released.IsZero() || len(v.Meeting.Materials) == 0 {
		w.Errorf("the talk was released at %v with %v", v.Meeting.Released, v.Meeting.Materials)
	}
}

// stepMeetings: what the meetings show stands at the steps once it was told, and
// nobody has signed by it.
func stepMeetings(w world) {
	w.must(w.log.Dispatch(clock.At(w.ctx, w.now)))
	for title, items := range map[string][]string{"Plataforma para empresas que exportan": {"reunion-colaborativa", "convocatoria", "reunion-realizada", "agenda-comun"},
		"WiFi para la inclusión": {"especialistas", "especialista", "iniciativa-confirmada"}, "Programá tu futuro": {"discusion-interna", "discutida"}} {
		step, items := items[0], items[1:]
		v, err := w.Roundtable.StepView(w.as("coordination"), w.titled(title).Number, step)
		w.must(err)
		for _, item := range items {
			if !slices.ContainsFunc(v.Evidence, func(e roundtable.Evidence) bool { return e.Item == item }) {
				w.Errorf("%s: nothing shows %s", title, item)
			}
		}
	}
	call := w.meeting(func(m meetings.Meeting) bool { return m.Open && m.State == meetings.Called })
	waiting := slices.DeleteFunc(call.Wishes, func(x meetings.Wish) bool { return x.State != "open" })
	if len(call.Wishes) != 3 || len(waiting) != 2 {
		w.Errorf("%d want to come, %d wait", len(call.Wishes), len(waiting))
	}
	agreed, err := w.Meetings.CommonAgendas(w.ctx, w.titled("Plataforma para empresas que exportan").ID)
	if err != nil || len(agreed) != 1 || len(agreed[0].Lines) != 4 {
		w.Errorf("the common agenda is %v, %v", agreed, err)
	}
}

// titled is the initiative with a title.
func (w world) titled(title string) roundtable.Initiative {
	w.Helper()
	all := w.all()
	n := slices.IndexFunc(all, func(i roundtable.Initiative) bool { return i.Title == title })
	if n < 0 {
		w.Fatalf("no initiative is called %s", title)
	}
	return all[n]
}

func poll(w world) {
	v := w.meeting(func(m meetings.Meeting) bool { return m.Polling })
	votes := 0
	for _, s := range v.Slots {
		votes += s.Yes + s.Maybe + s.No
	}
	if len(v.Slots) != 4 || votes != 8 {
		w.Errorf("%d dates with %d votes", len(v.Slots), votes)
	}
}

// meetingRoles: who holds a post owes something, everybody finds a meeting.
func meetingRoles(w world) {
	words, err := i18n.New(meetings.Messages)
	w.must(err)
	ctx := i18n.With(w.ctx, words, i18n.Spanish)
	for role, person := range w.roles {
		who, err := w.People.Standing(w.ctx, person)
		w.must(err)
		owed, err := w.Meetings.Desk(ctx, person)
		w.must(err)
		if who.Official() && len(owed) == 0 || len(owed) > 12 {
			w.Errorf("%s owes %d things to meetings", role, len(owed))
		}
		page, err := w.Meetings.List(people.With(w.ctx, who), meetings.Filter{}, "", 0)
		if err != nil || len(page.Meetings) == 0 {
			w.Errorf("%s sees no meeting to come, %v", role, err)
		}
	}
	for _, role := range []string{"author", "evaluator"} {
		page, err := w.Meetings.List(w.as(role), meetings.Filter{Mine: true}, "", 0)
		if err != nil || len(page.Meetings) == 0 {
			w.Errorf("%s is invited to nothing, %v", role, err)
		}
	}
}

// leftOver: nothing that was to come is past.
func leftOver(w world) {
	n, err := db.One[int](w.ctx, w.DB, `SELECT count(*) FROM meetings_meeting WHERE state IN ('planned', 'called') AND starts < $1`, w.now)
	if err != nil || n > 0 {
		w.Errorf("%d meetings were forgotten, %v", n, err)
	}
	n, err = db.One[int](w.ctx, w.DB, `SELECT count(*) FROM meetings_meeting WHERE state = 'cancelled' AND changed_at > starts`)
	if err != nil || n > 0 {
		w.Errorf("%d meetings were cancelled after their time, %v", n, err)
	}
}
