package demo_test

import (
	"context"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"ronda/app/demo"
	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/city/delivery/workplan"
	"ronda/city/ideas"
	"ronda/city/ideas/ballot"
	"ronda/city/ideas/jury"
	"ronda/city/ideas/opinions"
	"ronda/city/indicators/impact"
	"ronda/city/meetings"
	"ronda/city/notices"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/i18n"
	"ronda/platform/search"
)

var wednesday = time.Date(2026, 6, 17, 15, 0, 0, 0, time.UTC)

var argentina = time.FixedZone("ART", -3*3600)

// world is a city in which the story has been told.
type world struct {
	demo.Deps
	*testing.T
	log   *event.Log
	now   time.Time
	ctx   context.Context
	roles map[string]string // person by role
}

// tables are those of every module that the story touches.
func tables(e db.Engine) []db.Migrations {
	return []db.Migrations{event.Migrations, search.Migrations(e), charter.Migrations, people.Migrations, roundtable.Migrations, notices.Migrations, demo.Migrations,
		ideas.Migrations, opinions.Migrations, ballot.Migrations, jury.Migrations, meetings.Migrations,
		delivery.Migrations, workplan.Migrations, budget.Migrations, impact.Migrations}
}

// tell tells the story of Buenos Aires as it stands at a time.
func tell(t *testing.T, d *db.DB, now time.Time) world {
	t.Helper()
	w := world{T: t, now: now, ctx: clock.At(t.Context(), now), log: event.New(d), roles: map[string]string{}}
	w.must(d.Migrate(w.ctx, tables(d.Engine())...))
	w.DB, w.Charters = d, charter.NewStore(d)
	files, err := cities.Open("buenosaires")
	w.must(err)
	_, err = w.Charters.Install(w.ctx, files, "", "")
	w.must(err)
	w.People = people.New(d, w.log, w.Charters.Current)
	w.must(w.People.SyncFrom(w.ctx, w.Charters))
	w.Roundtable = roundtable.New(d, w.log, w.Charters, w.People)
	w.Notices = notices.New(d, w.log)
	w.buildIdeas()
	w.buildMeetings()
	w.buildExecution()
	w.must(demo.Build(w.ctx, w.Deps))
	roles, err := demo.Roles(w.ctx, d)
	w.must(err)
	for _, r := range roles {
		w.roles[r.Code] = r.Person
	}
	return w
}

// buildIdeas makes the City of Ideas as the program does.
func (w *world) buildIdeas() {
	pepper := []byte("pepper of a demonstration")
	w.Ideas = ideas.New(ideas.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable, Follow: w.Notices.Subscribe, Pepper: pepper})
	var err error
	w.Opinions, err = opinions.New(opinions.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, Challenges: w.Ideas, Pepper: pepper})
	w.must(err)
	source := ballot.City{Ideas: w.Ideas}
	w.Ballot = ballot.New(ballot.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, Source: source, Conclude: source.Conclude})
	w.Jury = jury.New(jury.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, City: jury.CityOf(w.Ideas)})
	w.Jury.Listen(w.log)
}

func (w world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// as is the context of a role.
func (w world) as(role string) context.Context {
	w.Helper()
	who, err := w.People.Standing(w.ctx, w.roles[role])
	w.must(err)
	return people.With(w.ctx, who)
}

// all is every initiative, ideas and drafts included.
func (w world) all() []roundtable.Initiative {
	w.Helper()
	var all []roundtable.Initiative
	for _, inside := range []bool{false, true} {
		w.must(w.Roundtable.Each(w.as("mayor"), roundtable.Filter{Inside: inside}, func(i roundtable.Initiative) error {
			all = append(all, i)
			return nil
		}))
	}
	return all
}

func TestTheStory(t *testing.T) {
	t.Run("told", func(t *testing.T) { // on SQLite: a demonstration has no other database
		w := tell(t, dbtest.SQLite(t), wednesday)
		checks := map[string]func(world){
			"every state and step is there": everything, "the case is there": theCase, "steps are due about now": dues,
			"each desk has its work": desks, "history reads": histories, "acts fall on working days": days,
			"no name is in what the record will hold": names, "all is marked as invented": invented,
			"nothing is filed twice": likenesses, "roles speak both languages": labels, "telling again changes nothing": again,
			"who follows hears of what came after": notified,
		}
		maps.Copy(checks, ofIdeas)
		maps.Copy(checks, ofMeetings)
		maps.Copy(checks, ofExecution)
		for name, check := range checks {
			t.Run(name, func(t *testing.T) { w.T = t; check(w) })
		}
	})
}

func everything(w world) {
	states, rings := map[roundtable.State]int{}, ""
	current := map[int]int{}
	overrides, returns := 0, 0
	for _, i := range w.all() {
		states[i.State]++
		if i.State == roundtable.Filed {
			current[i.Current]++
			rings += i.Ring
		}
		if i.Override {
			overrides++
		}
		if i.Returns >= 2 {
			returns++
		}
	}
	for _, s := range roundtable.States {
		if states[s] == 0 {
			w.Errorf("no initiative is %s", s)
		}
	}
	for n := range 7 { // 0: ready for a decision
		if current[n] == 0 {
			w.Errorf("no initiative stands at step %d", n)
		}
	}
	for _, letter := range "scrfo" {
		if !strings.ContainsRune(rings, letter) {
			w.Errorf("no step is %c", letter)
		}
	}
	if states[roundtable.Adopted] < 3 || overrides != 1 || returns == 0 {
		w.Errorf("%d adopted, %d by override, %d returned twice", states[roundtable.Adopted], overrides, returns)
	}
}

func theCase(w world) {
	var titles []string
	for _, i := range w.all() {
		titles = append(titles, i.Title)
	}
	for _, want := range []string{"Aprendizajes significativos", "Programá tu futuro", "Aceleradoras y Fondo de capital semilla", "Territorio creativo",
		"BA ID", "Ciudad de Ideas", "Tarjeta En Todo Estás Vos", "Eco Bici", "Escuelas del futuro", "Academia de empresas",
		"WiFi para la inclusión", "Plataforma para empresas que exportan"} {
		if !slices.Contains(titles, want) {
			w.Errorf("%s is missing", want)
		}
	}
}

// dues holds the steps with an office against today: some late, none forgotten.
func dues(w world) {
	late := map[string]int{}
	today := clock.DayOf(w.now, argentina)
	for _, i := range w.all() {
		if i.State != roundtable.Filed {
			continue
		}
		v, err := w.Roundtable.View(w.as("mayor"), i.Number)
		w.must(err)
		for _, s := range v.Round.Steps {
			if s.Entered.IsZero() != (s.Due == "") {
				w.Errorf("%s: step %s entered %v, due %q", i.Title, s.Code, s.Entered, s.Due)
			}
			if s.Due == "" {
				continue
			}
			days := int(s.Due.Time(time.UTC).Sub(today.Time(time.UTC)).Hours() / 24)
			if days < -9 || days > 21 {
				w.Errorf("%s: step %s is due in %d days", i.Title, s.Code, days)
			}
			if days < 0 {
				late[s.Office]++
			}
		}
	}
	for _, office := range []string{"dg-planificacion", "coordinacion-mesa", "coordinacion-comunicacion"} {
		if late[office] != 1 {
			w.Errorf("%s is late with %d", office, late[office])
		}
	}
}

func desks(w world) {
	for role, want := range map[string][2]int{"mayor": {1, 4}, "chief-of-cabinet": {1, 4}, "minister": {1, 4}, "proposer": {3, 6}, "proposer-economy": {2, 6},
		"planning": {1, 4}, "coordination": {1, 4}, "communication": {1, 4}, "laboratory": {1, 4}} {
		items, err := w.Roundtable.Desk(w.ctx, w.roles[role])
		w.must(err)
		if len(items) < want[0] || len(items) > want[1] {
			w.Errorf("%s owes %d things: %v", role, len(items), items)
		}
	}
	for _, role := range []string{"comuna", "citizen", "administrator", "administrator-2"} {
		if w.roles[role] == "" {
			w.Errorf("nobody can enter as %s", role)
		}
	}
	if waiting, err := w.People.PendingChanges(w.ctx); err != nil || len(waiting) != 1 {
		w.Errorf("%d changes wait for the second administrator, %v", len(waiting), err)
	}
	followed, err := w.Notices.Followed(w.ctx, w.roles["citizen"], roundtable.SubjectKind, 9)
	if err != nil || len(followed) == 0 {
		w.Errorf("the citizen follows %v, %v", followed, err)
	}
}

// histories reads every timeline: it begins with the thought, ends with the last
// act, and nothing in it is of tomorrow.
func histories(w world) {
	for _, i := range w.all() {
		events, err := w.Roundtable.History(w.as("mayor"), i, "", 200)
		w.must(err)
		begins := roundtable.EventProposed
		if len(i.Origins()) > 0 { // its first act is the idea it came from
			begins = ideas.EventPublished
		}
		if len(events) == 0 || events[len(events)-1].Kind != begins && i.Title != "Eco Bici" {
			w.Errorf("%s does not begin with a thought", i.Title)
			continue
		}
		for n, e := range events {
			if e.At.After(w.now) || n > 0 && e.At.After(events[n-1].At) {
				w.Errorf("%s: %s is at %v", i.Title, e.Kind, e.At)
			}
		}
		own := slices.IndexFunc(events, func(e event.Event) bool { // not what a meeting did about it, nor how it is carried out
			return e.Subject == i.Subject() && strings.HasPrefix(e.Kind, "roundtable.")
		})
		if !i.Moved.Equal(events[own].At) && i.State != roundtable.Joined && i.Title != "Eco Bici" {
			w.Errorf("%s moved at %v, its last act was at %v", i.Title, i.Moved, events[own].At)
		}
	}
}

func days(w world) {
	events, err := w.log.All(w.ctx, event.Page{Limit: 5000})
	w.must(err)
	if len(events) < 500 {
		w.Errorf("only %d acts", len(events))
	}
	for n, e := range events {
		at := e.At.In(argentina)
		if e.Kind == people.EventSynced {
			continue
		}
		if n > 0 && e.At.After(events[n-1].At) {
			w.Errorf("%s stands before what happened later", e.Kind)
		}
		if e.Actor.Post == "" { // citizens write on Sundays, but not at night
			if at.Hour() < 7 {
				w.Errorf("%s happened at night, %v", e.Kind, at)
			}
			continue
		}
		if at.Weekday() == time.Saturday || at.Weekday() == time.Sunday || at.Hour() < 9 || at.Hour() > 18 {
			w.Errorf("%s happened on %v", e.Kind, at)
		}
	}
}

// names looks for persons in what is kept for good.
func names(w world) {
	events, err := w.log.Latest(w.ctx, event.Page{Limit: 5000})
	w.must(err)
	persons, err := db.Query[string](w.ctx, w.DB, `SELECT name FROM people_person`)
	w.must(err)
	ids, err := db.Query[string](w.ctx, w.DB, `SELECT id FROM people_person`)
	w.must(err)
	for _, e := range events {
		for key, value := range e.Data {
			for _, p := range slices.Concat(persons, ids) {
				if strings.Contains(value, p) {
					w.Errorf("%s names %s in %s", e.Kind, p, key)
				}
			}
		}
	}
}

func invented(w world) {
	for _, i := range w.all() {
		if !i.Invented {
			w.Errorf("%s passes for real", i.Title)
		}
	}
	for role, person := range w.roles {
		if p, err := w.People.Person(w.ctx, person); err != nil || !p.Invented {
			w.Errorf("%s passes for real, %v", role, err)
		}
	}
}

// likenesses: what is much like another says why it is new, as anybody would have
// to.
func likenesses(w world) {
	ch, err := w.Charters.Current(w.ctx)
	w.must(err)
	for _, i := range w.all() {
		near, err := w.Roundtable.Similar(w.as("mayor"), i.Title+" "+i.Line, i.Number)
		w.must(err)
		if len(near) > 0 && near[0].Score >= ch.Adoption.SimilarExplain && i.WhyNew == "" {
			w.Errorf("%s is like %s (%.2f)", i.Title, near[0].Title, near[0].Score)
		}
	}
}

func labels(w world) {
	roles, err := demo.Roles(w.ctx, w.DB)
	w.must(err)
	for _, r := range roles {
		if es, en := r.Label.In(i18n.Spanish), r.Label.In(i18n.English); es == "" || en == "" || es == en {
			w.Errorf("%s is %q and %q", r.Code, es, en)
		}
	}
}

// notified: whoever begins to follow is not told what was before.
func notified(w world) {
	w.must(w.log.Dispatch(w.ctx))
	events, err := w.Notices.Notices(w.ctx, w.roles["citizen"], 200)
	w.must(err)
	if len(events) < 5 {
		w.Errorf("only %d notices", len(events))
	}
	for _, e := range events {
		if e.At.Before(w.now.AddDate(0, 0, -69)) {
			w.Errorf("%s of %v, before the citizen followed anything", e.Kind, e.At)
		}
	}
}

func again(w world) {
	before, err := w.log.All(w.ctx, event.Page{Limit: 5000})
	w.must(err)
	w.must(demo.Build(clock.At(w.ctx, w.now.AddDate(0, 0, 3)), w.Deps))
	after, err := w.log.All(w.ctx, event.Page{Limit: 5000})
	w.must(err)
	if len(before) != len(after) {
		w.Errorf("%d acts became %d", len(before), len(after))
	}
}

// The story is told on whatever day somebody opens it: RONDA_STORY_DAYS=366 asks a
// whole year.
func TestTheStoryHoldsOnAnyDay(t *testing.T) {
	starts := []time.Time{time.Date(2028, 2, 29, 2, 0, 0, 0, time.UTC), time.Date(2027, 1, 1, 3, 0, 0, 0, time.UTC)}
	for _, n := range []int{160, 3, 4} { // a Saturday, a Sunday
		starts = append(starts, wednesday.AddDate(0, 0, n))
	}
	more, _ := strconv.Atoi(os.Getenv("RONDA_STORY_DAYS"))
	for n := range more {
		starts = append(starts, wednesday.AddDate(0, 0, 5+n))
	}
	for _, now := range starts {
		t.Run(now.Format("2006-01-02 Mon"), func(t *testing.T) {
			w := tell(t, dbtest.SQLite(t), now)
			for _, check := range []func(world){dues, desks, seriesOfMeetings, running, registers, leftOver, lights, impacts} {
				check(w)
			}
		})
	}
}
