package meetings

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// owes are the last parts of the addresses on somebody's desk.
func (w *town) owes(posts ...string) string {
	w.t.Helper()
	items, err := w.Desk(w.as(posts...), "person-"+posts[0])
	w.must(err)
	var out []string
	for _, i := range items {
		out = append(out, strings.TrimPrefix(i.Href, "/"))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// TestADeskHoldsWhatAMeetingExpects from the invitation to the signature, and what
// was undertaken until it is kept.
func TestADeskHoldsWhatAMeetingExpects(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		x := w.free(Guest{Post: director})
		page := "reuniones/" + x.Number
		expect := func(what, want string, posts ...string) {
			t.Helper()
			if got := w.owes(posts...); got != want {
				t.Errorf("%s: %q, want %q", what, got, want)
			}
		}
		expect("before the call", "", director)
		w.must(w.CallMeeting(w.as(team), x.Number))
		expect("an invitation", page, director)
		w.must(w.Respond(w.as(director), x.Number, Accepted, false))
		expect("answered", "", director)
		w.now = x.Starts
		w.must(w.Begin(w.as(coordinator), x.Number))
		_, err := w.RecordDecision(w.as(team), x.Number, "", Decision{Text: "Se hace", Owner: director})
		w.must(err)
		c, err := w.RecordCommitment(w.as(team), x.Number, "", Commitment{What: "Mandar los datos", Who: directorOf, Due: "2026-04-01"})
		w.must(err)
		w.must(w.End(w.as(coordinator), x.Number))
		expect("undertaken", "compromisos#COM-2026-0001 decisiones#DEC-2026-0001", director)
		expect("minutes to write", page+"/minuta", team)
		expect("minutes to approve", page+"/minuta", coordinator)
		w.must(w.Approve(w.as(coordinator), x.Number))
		expect("minutes to sign", page+"/minuta", coordinator)
		expect("nothing to sign for who signs nothing", "", team)
		w.must(w.Sign(w.as(coordinator), x.Number))
		expect("signed", "", coordinator)
		w.wantKind("another keeps it", w.KeepCommitment(w.as(culture), c.Number, "Ya está"), fault.Forbidden)
		w.wantField("without a word", w.KeepCommitment(w.as(director), c.Number, " "), "text", "fault.required")
		w.must(w.KeepCommitment(w.as(director), c.Number, "Mandados por correo"))
		w.wantKind("twice", w.DropCommitment(w.as(director), c.Number, "Ya no"), fault.Conflict)
		expect("kept", "decisiones#DEC-2026-0001", director)
		rows, _, err := w.Commitments(w.as(planner), Register{State: DueDone}, "", 10)
		w.must(err)
		if len(rows) != 1 || rows[0].DoneText != "Mandados por correo" || rows[0].MeetingNumber != x.Number {
			t.Errorf("the register: %+v", rows)
		}
		if rows, _, err := w.Commitments(w.as(), Register{}, "", 10); err != nil || len(rows) != 0 {
			t.Errorf("a visitor reads %+v, %v", rows, err)
		}
	})
}

// TestAMinistrysSectionHoldsWhatIsDue, its items and the lines of others.
func TestAMinistrysSectionHoldsWhatIsDue(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		w.Contributors = []Contributor{func(_ context.Context, ministry string, _ Meeting) ([]Line, error) {
			if ministry != "min-cultura" {
				return nil, nil
			}
			return []Line{{Section: ministry, Title: "Un hito atrasado"}}, nil
		}}
		x := w.free(Guest{Post: director})
		w.must(w.Begin(w.as(coordinator), x.Number))
		_, err := w.RecordDecision(w.as(team), x.Number, "", Decision{Text: "Abrir aulas", Owner: directorOf, Due: "2026-04-10"})
		w.must(err)
		_, err = w.RecordDecision(w.as(team), x.Number, "", Decision{Text: "Más adelante", Owner: directorOf, Due: "2026-12-10"})
		w.must(err)
		m, err := w.CreateMeeting(w.as(team), Meeting{Kind: Monthly, Title: "Mensual", Starts: w.now.AddDate(0, 0, 10), Length: 60, Chair: cabinet}, []Guest{{Post: minister}})
		w.must(err)
		_, err = w.AddItem(w.as(minister), m.Number, Item{Title: "Aulas", Wanted: Decide, Minutes: 5, Section: "min-educacion"})
		w.must(err)
		_, err = w.AddItem(w.as(minister), m.Number, Item{Title: "Ajeno", Wanted: Decide, Minutes: 5, Section: "min-cultura"})
		w.wantKind("an item in another's section", err, fault.Forbidden)
		list, err := w.Sections(w.as(cabinet), m.Number)
		w.must(err)
		by := map[string]Section{}
		for _, s := range list {
			by[s.Ministry] = s
		}
		e := by["min-educacion"]
		if len(by) != 2 || len(e.Lines) != 1 || e.Lines[0].Title != "Abrir aulas" || len(e.Items) != 1 || len(by["min-cultura"].Lines) != 1 {
			t.Errorf("sections: %+v", list)
		}
	})
}

// TestAPollChoosesTheDate of a meeting before its call.
func TestAPollChoosesTheDate(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		x := w.free(Guest{Post: director})
		dates := []time.Time{w.at("2026-04-01", "10:00"), w.at("2026-04-02", "10:00")}
		w.wantField("one date", w.OpenPoll(w.as(team), x.Number, dates[:1]), "starts", "meetings.fault.dates")
		w.wantField("a past date", w.OpenPoll(w.as(team), x.Number, []time.Time{w.now.AddDate(-1, 0, 0), dates[0]}), "starts", "meetings.fault.past")
		w.must(w.OpenPoll(w.as(team), x.Number, dates))
		w.wantKind("called without a date", w.CallMeeting(w.as(team), x.Number), fault.Conflict)
		if got := w.owes(director); got != "reuniones/"+x.Number+"/fechas" {
			t.Errorf("the desk: %s", got)
		}
		slots := w.view(x.Number).Slots
		w.must(w.Vote(w.as(director), x.Number, slots[0].ID, VoteNo))
		w.must(w.Vote(w.as(director), x.Number, slots[0].ID, VoteYes))
		w.must(w.Vote(w.as(coordinator), x.Number, slots[1].ID, VoteMaybe))
		w.wantKind("who is not invited votes", w.Vote(w.as(culture), x.Number, slots[0].ID, VoteYes), fault.Forbidden)
		v := w.viewAs(director, x.Number)
		if s := v.Slots; s[0].Yes != 1 || s[0].No != 0 || s[0].Mine != VoteYes || s[1].Maybe != 1 {
			t.Errorf("votes: %+v", s)
		}
		w.must(w.ClosePoll(w.as(team), x.Number, slots[1].ID))
		w.must(w.CallMeeting(w.as(team), x.Number))
		if got := w.view(x.Number).Meeting.Starts; !got.Equal(dates[1]) {
			t.Errorf("the meeting is at %s", got)
		}
	})
}

// TestACrowdedMeetingWarnsAndSplits into groups that take items and guests.
func TestACrowdedMeetingWarnsAndSplits(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		x, err := w.CreateMeeting(w.as(team), Meeting{Kind: Free, Title: "Todos", Starts: w.now.Add(time.Hour), Length: 15, Capacity: 3, Quorum: 3, Chair: coordinator},
			[]Guest{{Post: director}, {Post: planner}, {Post: delegate}})
		w.must(err)
		one, two := w.addItem(x.Number, "Uno", Discuss), w.addItem(x.Number, "Dos", Discuss)
		codes := func() (out []string) {
			for _, a := range w.view(x.Number).Warnings {
				out = append(out, a.Code)
			}
			return out
		}
		if got := codes(); !slices.Equal(got, []string{"agenda", "capacity"}) {
			t.Errorf("warnings: %v", got)
		}
		groups, err := w.SplitGroups(w.as(team), x.Number, []Group{{Title: "Grupo A", Chair: planner, Items: []string{one.ID}, Guests: []string{"post:" + director}}})
		w.must(err)
		g := w.view(groups[0].Number)
		if g.Parent == nil || g.Parent.ID != x.ID || len(g.Items) != 1 || g.Items[0].ID != one.ID || len(g.Attendees) != 2 {
			t.Errorf("a group: %+v", g)
		}
		v := w.view(x.Number)
		if len(v.Groups) != 1 || len(v.Items) != 1 || v.Items[0].ID != two.ID {
			t.Errorf("what stays: %+v", v.Items)
		}
		w.must(w.CallMeeting(w.as(team), x.Number))
		w.must(w.Respond(w.as(director), x.Number, Declined, false))
		w.must(w.Respond(w.as(planner), x.Number, Declined, false))
		if got := codes(); !slices.Equal(got, []string{"quorum"}) {
			t.Errorf("warnings: %v", got)
		}
	})
}

// TestItemsAreChecked, and an edit over an old version shows the stored item.
func TestItemsAreChecked(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		x := w.free()
		for name, c := range map[string]struct {
			item       Item
			field, key string
		}{
			"no title":         {Item{Wanted: Inform}, "title", "fault.required"},
			"long title":       {Item{Title: strings.Repeat("a", 201), Wanted: Inform}, "title", "fault.too_long"},
			"bad text":         {Item{Title: "a", Text: "\x00", Wanted: Inform}, "text", "fault.encoding"},
			"nothing wanted":   {Item{Title: "a"}, "wanted", "fault.choice"},
			"endless":          {Item{Title: "a", Wanted: Inform, Minutes: -1}, "minutes", "fault.range"},
			"no such section":  {Item{Title: "a", Wanted: Inform, Section: "x"}, "section", "fault.choice"},
			"a bad document":   {Item{Title: "a", Wanted: Inform, Documents: Documents{{Name: "x", URL: "file:///etc/passwd"}}}, "documents", "fault.url"},
			"no such subject":  {Item{Title: "a", Wanted: Inform, SubjectKind: "initiative", SubjectID: "x"}, "subject", "meetings.fault.subject"},
			"a page elsewhere": {Item{Title: "a", Wanted: Inform, Documents: Documents{{Name: "x", URL: "//evil.example"}}}, "documents", "fault.url"},
		} {
			_, err := w.AddItem(w.as(team), x.Number, c.item)
			w.wantField(name, err, c.field, c.key)
		}
		i := w.addItem(x.Number, "Uno", Discuss)
		edited, err := w.EditItem(w.as(team), x.Number, i.ID, 1, Item{Title: "Otro", Wanted: Decide, Minutes: 5, Documents: Documents{{Name: "Informe", URL: "/informe"}}})
		w.must(err)
		_, err = w.EditItem(w.as(coordinator), x.Number, i.ID, 1, Item{Title: "Tercero", Wanted: Decide})
		w.wantKind("an old version", err, fault.Conflict)
		if got := w.view(x.Number).Items[0]; edited.Title != "Otro" || got.Title != "Otro" || got.Documents[0].Name != "Informe" {
			t.Errorf("edited: %+v", got)
		}
		two := w.addItem(x.Number, "Dos", Discuss)
		w.must(w.MoveItem(w.as(team), x.Number, two.ID, 1))
		if got := w.view(x.Number).Items[0]; got.ID != two.ID {
			t.Errorf("first is %s", got.Title)
		}
		w.must(w.PutBack(w.as(team), x.Number, two.ID))
		list, err := w.Backlog(w.as(team), "")
		w.must(err)
		if len(list) != 1 || list[0].ID != two.ID {
			t.Errorf("the backlog: %+v", list)
		}
		w.must(w.TakeFromBacklog(w.as(team), x.Number, two.ID))
		w.must(w.DropItem(w.as(team), x.Number, two.ID))
		if got := w.view(x.Number).Items; len(got) != 1 {
			t.Errorf("%d items", len(got))
		}
	})
}

// TestAnOfficialProposesAnItem to a series, and takes it back.
func TestAnOfficialProposesAnItem(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		s := w.weeklySeries()
		i, err := w.Propose(w.as(culture), s.Number, Item{Title: "Una idea de otra área", Wanted: Discuss, Minutes: 10})
		w.must(err)
		if _, err := w.Propose(w.citizen("eva"), s.Number, Item{Title: "x", Wanted: Discuss}); !fault.Is(err, fault.NotFound) {
			t.Errorf("a citizen proposes: %v", err)
		}
		w.wantKind("another takes it back", w.DropProposal(w.as(board), i.ID), fault.Forbidden)
		w.must(w.TakeFromBacklog(w.as(team), "REU-2026-0001", i.ID))
		if got := w.view("REU-2026-0001").Items; len(got) != 1 || got[0].Body != "min-cultura" {
			t.Errorf("the agenda: %+v", got)
		}
		w.must(w.CancelMeeting(w.as(team), "REU-2026-0001", "Nadie puede"))
		list, err := w.Backlog(w.as(culture), s.Number)
		w.must(err)
		if len(list) != 1 || list[0].ID != i.ID {
			t.Errorf("the backlog after a cancellation: %+v", list)
		}
		w.must(w.DropProposal(w.as(culture), i.ID))
	})
}

// TestForgettingAPersonLeavesNoTraceOfThem but what was done for a post.
func TestForgettingAPersonLeavesNoTraceOfThem(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		id, err := w.People.CreateCitizen(w.as(), "Eva Vecina")
		w.must(err)
		eva := people.With(w.as(), people.Standing{Person: id})
		x := w.free(Guest{Person: id})
		w.must(w.OpenPoll(w.as(team), x.Number, []time.Time{w.now.Add(48 * time.Hour), w.now.Add(72 * time.Hour)}))
		w.must(w.Vote(eva, x.Number, w.view(x.Number).Slots[0].ID, VoteYes))
		w.must(w.ClosePoll(w.as(team), x.Number, w.view(x.Number).Slots[0].ID))
		w.must(w.CallMeeting(w.as(team), x.Number))
		w.now = w.now.Add(-time.Minute)
		w.wantKind("begun two days and a minute early", w.Begin(w.as(coordinator), x.Number), fault.Conflict)
		w.now = w.now.Add(time.Minute)
		w.must(w.Begin(w.as(coordinator), x.Number))
		w.must(w.CheckIn(eva, x.Number, Arrival{}))
		w.must(w.AskToSpeak(eva, x.Number, ""))
		_, err = w.RecordCommitment(w.as(team), x.Number, "", Commitment{What: "Ayudar", Who: id})
		w.must(err)
		w.must(w.Forget(w.as(), id))
		n, err := db.One[int](w.as(), w.db, `SELECT (SELECT count(*) FROM meetings_guest WHERE key = $1) + (SELECT count(*) FROM meetings_attendee WHERE key = $1 OR person = $2)
			+ (SELECT count(*) FROM meetings_turn WHERE key = $1) + (SELECT count(*) FROM meetings_vote WHERE key = $1)
			+ (SELECT count(*) FROM meetings_stamp WHERE key = $1) + (SELECT count(*) FROM meetings_change WHERE data LIKE '%' || $2 || '%')`, "person:"+id, id)
		w.must(err)
		if n != 0 {
			t.Errorf("%d rows still hold the person", n)
		}
		if s := w.view(x.Number); len(s.Attendees) != 3 || slices.ContainsFunc(s.Attendees, func(a Attendee) bool { return strings.Contains(a.Key+a.Person, id) }) {
			t.Errorf("attendees: %+v", s.Attendees)
		}
		if c := w.view(x.Number).Commitments[0]; c.Who != "" || c.What != "Ayudar" {
			t.Errorf("what they undertook: %+v", c)
		}
	})
}

// TestApprovedMinutesHoldNobodyWhoMayBeForgotten, and go on being what was
// approved when somebody is.
func TestApprovedMinutesHoldNobodyWhoMayBeForgotten(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		id, err := w.People.CreateCitizen(w.as(), "Eva Vecina")
		w.must(err)
		x := w.free(Guest{Person: id})
		w.must(w.Begin(w.as(coordinator), x.Number))
		w.must(w.CheckIn(people.With(w.as(), people.Standing{Person: id}), x.Number, Arrival{}))
		_, err = w.RecordCommitment(w.as(team), x.Number, "", Commitment{What: "Ayudar", Who: id})
		w.must(err)
		w.must(w.End(w.as(coordinator), x.Number))
		w.must(w.Approve(w.as(coordinator), x.Number))
		if m, err := w.Minutes(w.as(coordinator), x.Number); err != nil || m.Commitments[0].Who != id || len(m.Present) != 1 || strings.Contains(m.Text, id) {
			t.Errorf("approved: %+v, %v", m, err)
		}
		w.must(w.Forget(w.as(), id))
		m, err := w.Minutes(w.as(coordinator), x.Number)
		if err != nil || m.Commitments[0].Who != "" || m.Commitments[0].What != "Ayudar" || strings.Contains(fmt.Sprintf("%+v", m), id) {
			t.Errorf("after the person was forgotten: %+v, %v", m, err)
		}
	})
}

// TestNobodyOwesWhatNobodyDoes: what a forgotten person owed is not a visitor's.
func TestNobodyOwesWhatNobodyDoes(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		x := w.free()
		w.must(w.Begin(w.as(coordinator), x.Number))
		_, err := w.RecordDecision(w.as(team), x.Number, "", Decision{Text: "Sin responsable"})
		w.must(err)
		w.must(w.db.Write(w.as(), func(ctx context.Context) error {
			_, err := w.db.Exec(ctx, `UPDATE meetings_decision SET public = TRUE`)
			return err
		}))
		mine, _, err := w.Decisions(w.as(), Register{Mine: true}, "", 0)
		if err != nil || len(mine) != 0 {
			t.Errorf("a visitor owes %+v, %v", mine, err)
		}
	})
}

// TestAFormPlansOneMeeting however often it is sent, also at the same time.
func TestAFormPlansOneMeeting(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		form := Meeting{ID: "01a20ae4-5be5-7925-8f4d-0a3a45de29be", Kind: Free, Title: " Reunión ", Starts: w.now.Add(24*time.Hour + time.Second), Length: 60, Chair: coordinator,
			Secretaries: Codes{team}}
		var numbers [8]string
		var wg sync.WaitGroup
		for n := range numbers {
			wg.Go(func() {
				x, err := w.CreateMeeting(w.as(team), form, []Guest{{Post: director}})
				if err != nil {
					t.Error(err)
				}
				numbers[n] = x.Number
			})
		}
		wg.Wait()
		if len(slices.Compact(numbers[:])) != 1 {
			t.Errorf("planned %v", numbers)
		}
		if n, err := db.One[int](w.as(), w.db, `SELECT count(*) FROM meetings_meeting`); err != nil || n != 1 {
			t.Errorf("%d meetings, %v", n, err)
		}
		form.Title = "Otra reunión"
		if x, err := w.CreateMeeting(w.as(team), form, nil); err != nil || x.Number == numbers[0] || x.Title != "Otra reunión" {
			t.Errorf("from the form that was gone back to: %+v, %v", x, err)
		}
	})
}

// TestARegisterIsCountedAsItIsListed, by where each row stands.
func TestARegisterIsCountedAsItIsListed(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		x := w.free()
		w.must(w.Begin(w.as(coordinator), x.Number))
		for n, due := range []clock.Day{"", "2026-03-25", "2026-03-25", "2026-06-01", "2026-03-25", "2026-03-25"} {
			c, err := w.RecordCommitment(w.as(team), x.Number, "", Commitment{What: "Ayudar", Who: planner, Due: due})
			w.must(err)
			switch n {
			case 4:
				w.must(w.KeepCommitment(w.as(planner), c.Number, "Hecho"))
			case 5:
				w.must(w.DropCommitment(w.as(coordinator), c.Number, "Ya no hace falta"))
			}
		}
		w.now = w.now.AddDate(0, 0, 7)
		for _, r := range []Register{{}, {Late: true}, {State: DueDone}, {Owner: planner}} {
			if got, err := w.TallyCommitments(w.as(coordinator), r); err != nil || got != (Tally{Done: 1, Open: 2, Late: 2, Dropped: 1}) {
				t.Errorf("%+v: %+v, %v", r, got, err)
			}
		}
		if got, err := w.TallyCommitments(w.as(coordinator), Register{Owner: "nadie"}); err != nil || got != (Tally{}) {
			t.Errorf("of nobody: %+v, %v", got, err)
		}
		if got, err := w.TallyDecisions(w.as(), Register{}); err != nil || got != (Tally{}) {
			t.Errorf("decisions: %+v, %v", got, err)
		}
	})
}
