package charter_test

import (
	"context"
	"errors"
	"io/fs"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/fault"
	"ronda/platform/i18n"
)

var tables = []db.Migrations{charter.Migrations}

// folder is the small city on a disk of its own, with a changed sentence.
func folder(t testing.TB, name, old, new string) fs.FS {
	t.Helper()
	f := files(t)
	if name != "" {
		edit(t, f, name, old, new)
	}
	fsys := fstest.MapFS{}
	for name, text := range f {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func install(t testing.TB, ctx context.Context, s *charter.Store, fsys fs.FS, from clock.Day, label string) *charter.Charter {
	t.Helper()
	c, err := s.Install(ctx, fsys, from, label)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func at(day string) context.Context {
	t, err := time.Parse(time.RFC3339, day)
	if err != nil {
		panic(err)
	}
	return clock.At(context.Background(), t)
}

func TestVersionsByDay(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		ctx, s := at("2024-05-01T12:00:00Z"), charter.NewStore(d)
		_, err := s.At(ctx, day2013)
		same(t, "before any version", fault.KindOf(err), fault.NotFound)

		first := install(t, ctx, s, folder(t, "", "", ""), "2013-01-01", "first")
		later := install(t, ctx, s, folder(t, "adoption.yaml", "answer_days: 7", "answer_days: 9"), "2024-06-01", "quicker")
		for day, want := range map[clock.Day]string{"2013-01-01": first.Version.ID, "2024-05-31": first.Version.ID, "2024-06-01": later.Version.ID, "2030-01-01": later.Version.ID} {
			c, err := s.At(ctx, day)
			if err != nil {
				t.Fatal(err)
			}
			same(t, string(day), c.Version.ID, want)
		}
		_, err = s.At(ctx, "2012-12-31")
		same(t, "the day before the first", fault.KindOf(err), fault.NotFound)
		same(t, "rules of the later version", later.Adoption.AnswerDays, 9)
		list, err := s.List(ctx)
		same(t, "the list, newest first", []any{err, len(list), list[0].Label, list[1].Number}, []any{nil, 2, "quicker", 1})
	})
}

func TestAnInitiativeKeepsItsVersion(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		ctx := at("2024-05-01T12:00:00Z")
		filed := install(t, ctx, charter.NewStore(d), folder(t, "", "", ""), "", "")
		install(t, ctx, charter.NewStore(d), folder(t, "steps.yaml", "due_days: 20", "due_days: 40"), "", "")
		again := charter.NewStore(d) // the program after a restart, with an empty memory
		old, err := again.ByID(ctx, filed.Version.ID)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "where it came from", old.Version, filed.Version)
		step, _ := old.Flow.Steps.Get("vecinos")
		same(t, "its term", step.DueDays, 20)
		now, err := again.Current(ctx)
		if err != nil {
			t.Fatal(err)
		}
		step, _ = now.Flow.Steps.Get("vecinos")
		same(t, "the term of today", step.DueDays, 40)
		_, err = again.ByID(ctx, "nothing")
		same(t, "an unknown version", fault.KindOf(err), fault.NotFound)
	})
}

func TestTodayIsTheCitysDay(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		s := charter.NewStore(d)
		evening, night := at("2024-06-01T02:59:59Z"), at("2024-06-01T03:00:00Z") // midnight in Montevideo
		old := install(t, evening, s, folder(t, "", "", ""), "", "")
		install(t, evening, s, folder(t, "adoption.yaml", "answer_days: 7", "answer_days: 9"), "2024-06-01", "")
		for ctx, want := range map[context.Context]int{evening: old.Adoption.AnswerDays, night: 9} {
			c, err := s.Current(ctx)
			if err != nil {
				t.Fatal(err)
			}
			same(t, clock.Now(ctx).String(), c.Adoption.AnswerDays, want)
		}
	})
}

func TestInstallingTheSameChangesNothing(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		ctx, s := at("2024-05-01T12:00:00Z"), charter.NewStore(d)
		var wg sync.WaitGroup
		ids := make([]string, 8)
		for i := range ids {
			wg.Go(func() { // as when several copies of the program start at once
				c, err := charter.NewStore(d).Install(ctx, folder(t, "", "", ""), "", "")
				if err != nil {
					t.Error(err)
					return
				}
				ids[i] = c.Version.ID
			})
		}
		wg.Wait()
		for _, id := range ids {
			same(t, "one version", id, ids[0])
		}
		install(t, ctx, s, folder(t, "adoption.yaml", "answer_days: 7", "answer_days: 9"), "", "")
		back := install(t, ctx, s, folder(t, "", "", ""), "", "as it was")
		same(t, "going back is a version of its own", []any{back.Version.Number, back.Version.ID != ids[0]}, []any{3, true})
		c, err := s.At(ctx, day2013)
		same(t, "and in force", []any{err, c.Version.ID}, []any{nil, back.Version.ID})
	})
}

func TestBrokenFilesInstallNothing(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		ctx, s := at("2024-05-01T12:00:00Z"), charter.NewStore(d)
		_, err := s.Install(ctx, folder(t, "steps.yaml", "number: 3", "number: 9"), "", "")
		var errs charter.Errors
		same(t, "the mistakes", []any{errors.As(err, &errs), len(errs)}, []any{true, 1})
		list, err := s.List(ctx)
		same(t, "nothing installed", []any{err, len(list)}, []any{nil, 0})
	})
}

func TestInstallIsPartOfTheWriteAround(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		ctx, s := at("2024-05-01T12:00:00Z"), charter.NewStore(d)
		refused := errors.New("the second administrator says no")
		err := d.Write(ctx, func(ctx context.Context) error {
			if _, err := s.Install(ctx, folder(t, "", "", ""), "", ""); err != nil {
				return err
			}
			return refused
		})
		same(t, "the write fails", errors.Is(err, refused), true)
		list, err := s.List(ctx)
		same(t, "nothing installed", []any{err, len(list)}, []any{nil, 0})
	})
}

func TestAnotherCopySeesANewVersion(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		here, there := charter.NewStore(d), charter.NewStore(d)
		install(t, at("2024-05-01T12:00:00Z"), here, folder(t, "", "", ""), "", "")
		if _, err := there.Current(at("2024-05-01T12:00:00Z")); err != nil {
			t.Fatal(err)
		}
		install(t, at("2024-05-01T12:00:01Z"), here, folder(t, "adoption.yaml", "answer_days: 7", "answer_days: 9"), "", "")
		c, err := there.Current(at("2024-05-01T12:00:03Z"))
		if err != nil {
			t.Fatal(err)
		}
		same(t, "seconds later", c.Adoption.AnswerDays, 9)
	})
}

func TestDiffNamesEveryChange(t *testing.T) {
	f := files(t)
	old, err := charter.Parse(f)
	if err != nil {
		t.Fatal(err)
	}
	edit(t, f, "adoption.yaml", "# Departments", "# A comment counts for nothing. Departments")
	edit(t, f, "adoption.yaml", "answer_days: 7", "answer_days: 9")
	edit(t, f, "bodies.yaml", "{es: Secretaría de Obras,", "{es: Secretaría de Obras y Puentes,")
	edit(t, f, "steps.yaml", "{min: 15,", "{min: 20,")
	edit(t, f, "frame.yaml", "  - {code: taller, name: {es: Taller, en: Workshop}}\n", "  - {code: feria, name: {es: Feria, en: Fair}}\n")
	changed, err := charter.Parse(f)
	if err != nil {
		t.Fatal(err)
	}
	name := func(es, en string) charter.Name { return charter.Name{i18n.Spanish: es, i18n.English: en} }
	same(t, "changes", charter.Diff(old, changed), []charter.Change{
		{File: "bodies.yaml", List: "bodies", Code: "obras", Kind: charter.Changed, Name: name("Secretaría de Obras y Puentes", "Department of Works"),
			Fields: []charter.FieldChange{{Path: "name.es", Old: "Secretaría de Obras", New: "Secretaría de Obras y Puentes"}}},
		{File: "frame.yaml", List: "types", Code: "feria", Kind: charter.Added, Name: name("Feria", "Fair"), Fields: []charter.FieldChange{
			{Path: "code", New: "feria"}, {Path: "name.en", New: "Fair"}, {Path: "name.es", New: "Feria"}}},
		{File: "frame.yaml", List: "types", Code: "taller", Kind: charter.Removed, Name: name("Taller", "Workshop"), Fields: []charter.FieldChange{
			{Path: "code", Old: "taller"}, {Path: "name.en", Old: "Workshop"}, {Path: "name.es", Old: "Taller"}}},
		{File: "steps.yaml", List: "steps", Code: "vecinos", Kind: charter.Changed, Name: name("Vecinos", "Neighbours"),
			Fields: []charter.FieldChange{{Path: "items.asamblea.threshold.min", Old: "15", New: "20"}}},
		{File: "adoption.yaml", Kind: charter.Changed, Fields: []charter.FieldChange{{Path: "answer_days", Old: "7", New: "9"}}},
	})
	same(t, "no change", len(charter.Diff(old, old)), 0)
	same(t, "another city is all change", len(charter.Diff(old, load(t, "buenosaires"))) > 200, true)
}

func TestShippedCitiesOpen(t *testing.T) {
	same(t, "names", cities.Names(), []string{"buenosaires", "villaflores"})
	if _, err := cities.Open("atlantis"); err == nil {
		t.Error("opened a city that is not there")
	}
	own := fstest.MapFS{"sdg.yaml": {Data: []byte("x: 1\n")}}
	text, err := fs.ReadFile(cities.Complete(own), "sdg.yaml")
	same(t, "a city's own file goes before the shared one", []any{err, string(text)}, []any{nil, "x: 1\n"})
}
