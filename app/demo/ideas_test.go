package demo_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"ronda/city/ideas"
	"ronda/method/opinion"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
)

// ofIdeas are the checks of TestTheStory that look at the City of Ideas.
var ofIdeas = map[string]func(world){
	"each challenge stands where it should": challenges, "the open one is full of life": alive, "counters recount": counters,
	"the map shows groups": groups, "the vote is on and sealed": vote, "the result has its ranges": result, "a vote was counted": counted,
	"an idea became an initiative and all heard of it": onwards, "the answer clock runs": answerClock, "roles find their work": ideaRoles,
	"nobody real is in it": allInvented,
}

// called is the challenge with a title, as its own people see it.
func (w world) called(title string) ideas.Challenge {
	w.Helper()
	var found ideas.Challenge
	for _, phase := range ideas.Phases[1:] { // drafts are listed nowhere
		page, _, err := w.Ideas.Challenges(w.as("minister"), ideas.ChallengeFilter{Phase: phase})
		w.must(err)
		for _, c := range page {
			if c.Title == title {
				found = c
			}
		}
	}
	if found.ID == "" {
		w.Fatalf("no challenge is called %s", title)
	}
	return found
}

func challenges(w world) {
	for title, want := range map[string]ideas.Phase{"Verano en la Ciudad": ideas.PhaseOpen, "El barrio decide, Comuna 8": ideas.PhaseAnswered,
		"Cultura a la vuelta de casa": ideas.PhaseTakenUp} {
		if c := w.called(title); c.Phase != want || len(c.RulesHash) != 64 {
			w.Errorf("%s is %s with the rules %q", title, c.Phase, c.RulesHash)
		}
	}
	drafts, err := db.Query[string](w.ctx, w.DB, `SELECT number FROM ideas_challenge WHERE phase = 'draft'`)
	w.must(err)
	if len(drafts) != 1 {
		w.Fatalf("%d drafts", len(drafts))
	}
	if _, err := w.Ideas.Challenge(w.as("minister"), drafts[0]); err != nil {
		w.Errorf("its own ministry cannot read the draft: %v", err)
	}
	if _, err := w.Ideas.Challenge(w.as("citizen"), drafts[0]); err == nil {
		w.Error("everybody reads the draft")
	}
	if changes, err := w.Ideas.RuleVersions(w.ctx, w.called("Verano en la Ciudad").ID); err != nil || len(changes) != 2 {
		w.Errorf("the rules have %d versions, %v", len(changes), err)
	}
}

// inOpen counts ideas of the open challenge in one SQL condition.
func (w world) inOpen(where string) int {
	w.Helper()
	n, err := db.One[int](w.ctx, w.DB, fmt.Sprintf(`SELECT count(*) FROM ideas_idea WHERE challenge = $1 AND %s`, where), w.called("Verano en la Ciudad").ID)
	w.must(err)
	return n
}

func alive(w world) {
	for where, least := range map[string]int{"state = 'published'": 200, "state = 'held'": 1, "state = 'hidden'": 2, "state = 'withdrawn'": 1, "family <> ''": 2,
		"answered_at > 0": 12, "comments > 2": 15, "supports > 30": 30, "signature <> ''": 40, "version > 1": 1} {
		if n := w.inOpen(where); n < least {
			w.Errorf("%d ideas are %s, want %d", n, where, least)
		}
	}
	titles, err := db.Query[string](w.ctx, w.DB, `SELECT title FROM ideas_idea ORDER BY title`)
	w.must(err)
	if n := len(slices.Compact(slices.Clone(titles))); n < len(titles)-3 {
		w.Errorf("of %d titles only %d differ", len(titles), n)
	}
	braces, err := db.Query[string](w.ctx, w.DB, `SELECT title FROM ideas_idea WHERE title LIKE '%{%' OR text LIKE '%{%'`)
	w.must(err)
	if len(braces) > 0 {
		w.Errorf("a place is not filled in: %v", braces)
	}
	log, err := w.Ideas.ModerationLog(w.ctx, "")
	w.must(err)
	if len(log) < 6 {
		w.Errorf("the log of moderation has %d lines", len(log))
	}
}

func counters(w world) {
	for what, sql := range map[string]string{
		"supports":   `SELECT count(*) FROM ideas_idea i WHERE supports <> (SELECT count(*) FROM ideas_support s WHERE s.idea = i.id)`,
		"comments":   `SELECT count(*) FROM ideas_idea i WHERE comments <> (SELECT count(*) FROM ideas_comment c WHERE c.idea = i.id AND hidden = '')`,
		"families":   `SELECT count(*) FROM ideas_family f WHERE supporters <> (SELECT count(DISTINCT person) FROM ideas_support s JOIN ideas_idea i ON i.id = s.idea WHERE i.family = f.id)`,
		"challenges": `SELECT count(*) FROM ideas_challenge c WHERE ideas <> (SELECT count(*) FROM ideas_idea i WHERE i.challenge = c.id AND state = 'published')`,
		"tags":       `SELECT count(*) FROM ideas_tag t JOIN ideas_idea i ON i.id = t.idea WHERE t.supports <> i.supports AND i.id NOT IN (SELECT idea FROM ideas_moved)`,
		"late":       `SELECT count(*) FROM ideas_support s JOIN ideas_idea i ON i.id = s.idea WHERE s.at < i.published_at`,
	} {
		if n, err := db.One[int](w.ctx, w.DB, sql); err != nil || n != 0 {
			w.Errorf("%s: %d are wrong, %v", what, n, err)
		}
	}
}

// groups draws the map as the pages do, of the votes that were cast.
func groups(w world) {
	type row struct {
		Person string `db:"person"`
		No     string `db:"no"`
		Answer int    `db:"answer"`
	}
	rows, err := db.Query[row](w.ctx, w.DB, `SELECT person, CAST(no AS TEXT) AS no, answer FROM opinions_vote WHERE challenge = $1 ORDER BY person, no`,
		w.called("Verano en la Ciudad").ID)
	w.must(err)
	var votes opinion.Votes
	for _, r := range rows {
		w.must(votes.Cast(r.Person, r.No, opinion.Vote(r.Answer)))
	}
	m, _ := opinion.Draw(&votes, opinion.State{})
	if len(m.Groups) < 2 || len(m.Groups) > 3 || len(m.UnitesEach.Agree) < 2 {
		w.Errorf("%d people in %d groups, all agree on %d statements", len(m.Participants), len(m.Groups), len(m.UnitesEach.Agree))
	}
	for _, g := range m.Groups {
		if g.Size < 10 {
			w.Errorf("a group of %d", g.Size)
		}
	}
}

func vote(w world) {
	c := w.called("El barrio decide, Comuna 8")
	v, err := w.Ballot.Vote(w.as("citizen"), c.Number)
	w.must(err)
	if v.Voters < 85 || len(v.Options) < 12 || len(v.Barred) == 0 {
		w.Errorf("%d vote on %d options, %d cannot be voted for", v.Voters, len(v.Options), len(v.Barred))
	}
	if o, err := w.Ballot.Outcome(w.as("comuna"), c.Number); err != nil || o.Result != nil {
		w.Errorf("the result is %v before the end, %v", o.Result, err)
	}
}

// counted is a vote that is over: everybody reads why, and counts again.
func counted(w world) {
	c := w.called("Arreglos chicos, Comuna 8")
	o, err := w.Ballot.Outcome(w.ctx, c.Number)
	w.must(err)
	if c.Phase != ideas.PhaseChosen || o.Result == nil || o.Voters < 60 || len(o.Chosen) < 4 || len(o.Chosen) == len(o.Result.Places) || o.Override {
		w.Fatalf("%s, %d voted, %v of %v are chosen", c.Phase, o.Voters, o.Chosen, o.Result)
	}
	if _, file, err := w.Ballot.File(w.ctx, c.Number); err != nil || file == "" {
		w.Errorf("the file of ballots: %v", err)
	}
}

func result(w world) {
	o, err := w.Jury.Outcome(w.ctx, w.called("Cultura a la vuelta de casa").Number)
	w.must(err)
	if !o.Published || o.Ranking == nil || len(o.Ranking.Ideas) < 18 {
		w.Fatalf("published %v, ranking %v", o.Published, o.Ranking)
	}
	chosen, err := db.Query[string](w.ctx, w.DB, `SELECT title FROM ideas_idea WHERE outcome IN ('chosen', 'taken_up') ORDER BY title`)
	w.must(err)
	if !slices.Contains(chosen, "Bibliotecas abiertas hasta la medianoche") || len(chosen) < 3 {
		w.Errorf("chosen are %v", chosen)
	}
}

func onwards(w world) {
	i, err := db.One[string](w.ctx, w.DB, `SELECT number FROM ideas_idea WHERE title = 'Bibliotecas abiertas hasta la medianoche'`)
	w.must(err)
	v, err := w.Ideas.Idea(w.as("author"), i)
	w.must(err)
	made, err := w.Roundtable.View(w.as("author"), v.Idea.Initiative)
	w.must(err)
	follows, n, err := w.Notices.Following(w.ctx, w.roles["author"], made.Initiative.Subject())
	if err != nil || !follows || n < 40 {
		w.Errorf("the author follows the initiative: %v, with %d others, %v", follows, n, err)
	}
	w.must(w.log.Dispatch(w.ctx))
	heard, err := w.Notices.Notices(w.ctx, w.roles["author"], 200)
	w.must(err)
	var kinds []string
	for _, e := range heard {
		kinds = append(kinds, e.Kind)
	}
	for _, want := range []string{ideas.EventAnswered, ideas.EventChosen, ideas.EventTakenUp} {
		if !slices.Contains(kinds, want) {
			w.Errorf("the author has not heard of %s: %v", want, kinds)
		}
	}
}

func answerClock(w world) {
	clocks, err := w.Ideas.Clock(w.ctx)
	w.must(err)
	overdue, quick := 0, 0
	for _, c := range clocks {
		overdue += c.Overdue
		if c.Answered >= 2 && c.Late == 0 && c.Overdue == 0 {
			quick++
		}
	}
	if len(clocks) < 10 || overdue < 4 || quick < 3 {
		w.Errorf("%d bodies answer, %d answers are overdue, %d bodies keep every promise", len(clocks), overdue, quick)
	}
}

func ideaRoles(w world) {
	if drafts, err := w.Ideas.Drafts(w.as("citizen")); err != nil || len(drafts) != 1 {
		w.Errorf("the citizen has %d drafts, %v", len(drafts), err)
	}
	if asks, err := w.Ideas.Asks(w.as("citizen")); err != nil || len(asks) == 0 {
		w.Errorf("%d wait for the consent of the citizen, %v", len(asks), err)
	}
	if items, err := w.Jury.Desk(w.ctx, w.roles["evaluator"]); err != nil || len(items) == 0 {
		w.Errorf("the evaluator owes %v, %v", items, err)
	}
	if queue, _, err := w.Ideas.Queue(w.as("coordination"), ""); err != nil || len(queue) < 2 {
		w.Errorf("%d matters wait for a moderator, %v", len(queue), err)
	}
}

func allInvented(w world) {
	for _, table := range []string{"ideas_idea", "ideas_challenge", "people_person"} {
		if n, err := db.One[int](w.ctx, w.DB, `SELECT count(*) FROM `+table+` WHERE invented = FALSE`); err != nil || n != 0 {
			w.Errorf("%d of %s pass for real, %v", n, table, err)
		}
	}
}

// What people thought is the same whenever the story is told on one day.
func TestTheLotFallsTheSameWay(t *testing.T) {
	var told [2][]string
	for n := range told {
		w := tell(t, dbtest.SQLite(t), wednesday.Add(time.Duration(n)*time.Hour))
		var err error
		told[n], err = db.Query[string](w.ctx, w.DB, `SELECT number || title || text || supports || comments || signature FROM ideas_idea ORDER BY number`)
		w.must(err)
	}
	if !slices.Equal(told[0], told[1]) {
		t.Error("the same day was told in two ways")
	}
}
