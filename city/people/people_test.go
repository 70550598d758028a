package people

import (
	"context"
	"maps"
	"testing"
	"time"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

const today clock.Day = "2026-06-15"

var tables = []db.Migrations{event.Migrations, Migrations}

const testBodies = `
kinds:
  mayor_office: {es: Intendencia, en: Mayor's Office}
  ministry: {es: Secretaría, en: Department}
  under_secretariat: {es: Subsecretaría, en: Under-secretariat}
  general_direction: {es: Dirección General, en: General Direction}
  coordination: {es: Equipo, en: Team}
  junta_comunal: {es: Consejo de barrio, en: Neighbourhood council}
  other: {es: Organismo, en: Body}
offices: {coordination: mesa, communication: mesa, accounts: hacienda, engineering: obras}
bodies:
  - {code: intendencia, kind: mayor_office, name: {es: Intendencia, en: Mayor's Office}}
  - {code: hacienda, kind: ministry, parent: intendencia, name: {es: Secretaría de Hacienda, en: Treasury Department}}
  - {code: obras, kind: ministry, parent: intendencia, name: {es: Secretaría de Obras, en: Department of Works}}
  - {code: ss-vial, kind: under_secretariat, parent: obras, name: {es: Subsecretaría Vial, en: Under-secretariat of Roads}}
  - {code: dg-caminos, kind: general_direction, parent: ss-vial, name: {es: Dirección General de Caminos, en: General Direction of Roads}}
  - {code: dg-puentes, kind: general_direction, parent: obras, name: {es: Dirección General de Puentes, en: General Direction of Bridges}}
  - {code: mesa, kind: coordination, parent: intendencia, name: {es: Equipo de la Mesa, en: Table Team}}
  - {code: concejo, kind: other, name: {es: Concejo Deliberante, en: City Council}}
  - {code: consejo-norte, kind: junta_comunal, territory: norte, name: {es: Consejo del Norte, en: Council of the North}}
`

const testPosts = `
ranks:
  mayor: {es: Intendente o Intendenta, en: Mayor}
  minister: {es: Secretario o Secretaria, en: Secretary}
  director: {es: Director o Directora, en: Director}
  coordinator: {es: Responsable, en: Lead}
  member: {es: Integrante, en: Member}
posts:
  - {code: intendente, body: intendencia, rank: mayor, signs: true, term: {years: 4, renewals: 1}, name: {es: Intendente/a, en: Mayor}}
  - {code: secretario-hacienda, body: hacienda, rank: minister, signs: true, name: {es: Secretario/a de Hacienda, en: Secretary of the Treasury}}
  - {code: secretario-obras, body: obras, rank: minister, signs: true, name: {es: Secretario/a de Obras, en: Secretary of Works}}
  - {code: director-caminos, body: dg-caminos, rank: director, signs: true, name: {es: Director/a de Caminos, en: Director of Roads}}
  - {code: director-puentes, body: dg-puentes, rank: director, signs: true, name: {es: Director/a de Puentes, en: Director of Bridges}}
  - {code: responsable-mesa, body: mesa, rank: coordinator, signs: true, name: {es: Responsable de la Mesa, en: Lead of the Table}}
  - {code: consejero-norte, body: consejo-norte, rank: member, signs: true, seats: 7, name: {es: Consejero/a del Norte, en: Councillor of the North}}
`

// version is a charter of the small city in force from a day on.
func version(t testing.TB, from clock.Day, bodies, posts string) *charter.Charter {
	t.Helper()
	fsys, err := cities.Open("villaflores")
	if err != nil {
		t.Fatal(err)
	}
	files, err := charter.ReadFiles(fsys)
	if err != nil {
		t.Fatal(err)
	}
	files = maps.Clone(files)
	files["bodies.yaml"], files["posts.yaml"] = bodies, posts
	c, err := charter.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	c.Version.ValidFrom = from
	return c
}

// world is the small city on a day, with everything that a test asks of it.
type world struct {
	*Module
	t     testing.TB
	words *i18n.Catalogue
	now   time.Time
}

// newWorld is the small city on an empty database.
func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	c := version(t, "", testBodies, testPosts)
	m := New(d, event.New(d), func(context.Context) (*charter.Charter, error) { return c, nil })
	words, err := i18n.New(Messages, ui.Messages)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{Module: m, t: t, words: words}
	w.on(today)
	w.must(m.Sync(w.ctx(), c))
	return w
}

// run runs a test of the small city on both engines.
func run(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) { fn(t, newWorld(t, d)) })
}

// on makes it noon of a day.
func (w *world) on(day clock.Day) { w.now = day.Time(time.UTC).Add(15 * time.Hour) }

// ctx is a context of nobody, in Spanish.
func (w *world) ctx() context.Context {
	return i18n.With(clock.With(context.Background(), func() time.Time { return w.now }), w.words, i18n.Spanish)
}

// as is a context in which the person acts with today's standing.
func (w *world) as(person string) context.Context {
	w.t.Helper()
	ctx := w.ctx()
	s, err := w.Standing(ctx, person)
	w.must(err)
	return With(ctx, s)
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// official is a new person who works for the city.
func (w *world) official(name string) string {
	w.t.Helper()
	id, err := w.createPerson(w.ctx(), Person{Name: name, Official: true, Invented: true})
	w.must(err)
	return id
}

// administrator is a new administrator; the first one needs nobody.
func (w *world) administrator(name string) string {
	w.t.Helper()
	id := w.official(name)
	w.must(w.db.Write(w.ctx(), w.granting(id, RoleAdministrator)))
	return id
}

// granting gives a role without asking anybody.
func (w *world) granting(person, role string) func(context.Context) error {
	return func(ctx context.Context) error { return w.giveRole(ctx, person, role) }
}

// holds gives the person a post, by an administrator's hand.
func (w *world) holds(person, post string, from, last clock.Day) Term {
	w.t.Helper()
	t, err := w.tryHold(person, post, from, last)
	w.must(err)
	return t
}

func (w *world) tryHold(person, post string, from, last clock.Day) (t Term, err error) {
	ctx := With(w.ctx(), Standing{Person: person, Roles: []string{RoleAdministrator}})
	err = w.db.Write(ctx, func(ctx context.Context) error {
		t, err = w.appoint(ctx, Appointment{Post: post, Person: person, From: string(from), Last: string(last)})
		return err
	})
	return t, err
}

// refused checks that err is a fault of the kind, and of the field when that is
// not empty.
func refused(t testing.TB, what string, err error, kind fault.Kind, field string) {
	t.Helper()
	var f *fault.Error
	if !asFault(err, &f) || f.Kind != kind {
		t.Errorf("%s: got %v, want %s", what, err, kind)
		return
	}
	if field == "" {
		return
	}
	for _, x := range f.Fields {
		if x.Name == field {
			return
		}
	}
	t.Errorf("%s: got %v, want a fault of field %s", what, err, field)
}

// forgetTerms deletes terms and delegations in the running transaction.
func (w *world) forgetTerms(ctx context.Context) error {
	return w.each(ctx, []string{`DELETE FROM people_delegation`, `DELETE FROM people_holding`})
}
