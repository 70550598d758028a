package bring_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/ideas"
	"ronda/city/ideas/bring"
	"ronda/city/notices"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/i18n"
	"ronda/platform/search"
	"ronda/platform/table"
)

// open is the City of Ideas of Buenos Aires on an empty database, and a context
// in which whoever has the machine acts.
func open(t *testing.T, d *db.DB) (*ideas.Module, context.Context) {
	t.Helper()
	log, store := event.New(d), charter.NewStore(d)
	files, err := cities.Open("buenosaires")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Install(t.Context(), files, "", "test"); err != nil {
		t.Fatal(err)
	}
	p, n := people.New(d, log, store.Current), notices.New(d, log)
	m := ideas.New(ideas.Deps{DB: d, Log: log, Charters: store, People: p, Roundtable: roundtable.New(d, log, store, p), Follow: n.Subscribe, Pepper: []byte("sixteen bytes of pepper")})
	words, err := i18n.New(bring.Messages, table.Messages)
	if err != nil {
		t.Fatal(err)
	}
	ctx := clock.At(i18n.With(t.Context(), words, i18n.Spanish), time.Date(2026, 3, 24, 15, 0, 0, 0, time.UTC))
	return m, people.With(ctx, people.Standing{Person: "operator", Roles: []string{people.RoleAdministrator}})
}

func tables(e db.Engine) []db.Migrations {
	return []db.Migrations{event.Migrations, charter.Migrations, people.Migrations, search.Migrations(e), notices.Migrations, roundtable.Migrations, ideas.Migrations}
}

// TestTheCityTakesEveryFormat brings a file of each program into a real city, and
// brings it again.
func TestTheCityTakesEveryFormat(t *testing.T) {
	files := []struct {
		format bring.Format
		text   string
		taken  int
	}{
		{bring.ConsulMadrid, wellMade, 2},
		{bring.Decidim, zipped(t, "d.example-open-data-proposals.csv", newDecidim, "d.example-open-data-results.csv", results), 2},
		{bring.Consul, `{"data":{"proposals":{"nodes":[{"id":"1","title":"Fuente","description":"Agua"}]}}}`, 1},
		{bring.Fider, "number,title,description,created_at,response\n1,Bancos,,2024-01-02T10:00:00Z,Ya están\n", 1},
	}
	for name, d := range map[string]func(*testing.T) *db.DB{
		"sqlite":   func(t *testing.T) *db.DB { return dbtest.SQLite(t, tables(db.SQLite)...) },
		"postgres": func(t *testing.T) *db.DB { return dbtest.Postgres(t, tables(db.Postgres)...) },
	} {
		t.Run(name, func(t *testing.T) {
			city, ctx := open(t, d(t))
			for _, f := range files {
				for again := range 2 {
					r, err := bring.Import(ctx, city, f.format, strings.NewReader(f.text), bring.Options{}, ideas.ImportOptions{})
					if err != nil {
						t.Fatalf("%s: %v", f.format, err)
					}
					if want := f.taken * (1 - again); r.Taken != want || r.Known != f.taken*again {
						t.Errorf("%s, time %d: %+v", f.format, again+1, r)
					}
				}
			}
			given, objects, text := listed(t, ctx, city, "ideas")
			if len(given) != 6 || strings.Contains(text, "operator") {
				t.Errorf("%d lines are given out: %s", len(given), text)
			}
			_, answers, _ := listed(t, ctx, city, "respuestas")
			if len(objects) != 6-1 || len(answers) != 2 {
				t.Errorf("%d ideas, %d answers", len(objects), len(answers))
			}
		})
	}
}

// TestADuplicateOfFiderIsFamily also sees that a trial and the report say so.
func TestADuplicateOfFiderIsFamily(t *testing.T) {
	const posts = "number,title,description,created_at,status,original_number\n2,Más bancos,,2024-01-03T10:00:00Z,duplicate,1\n" +
		"1,Bancos,,2024-01-02T10:00:00Z,open,\n3,Asientos,,2024-01-03T10:00:00Z,duplicate,77\n"
	city, ctx := open(t, dbtest.SQLite(t, tables(db.SQLite)...))
	for _, opt := range []ideas.ImportOptions{trial, {}} {
		r, err := bring.Import(ctx, city, bring.Fider, strings.NewReader(posts), bring.Options{}, opt)
		if err != nil {
			t.Fatal(err)
		}
		if r.Taken != 3 || r.Repeats != 2 || r.Families != 1 || !r.Rows[0].Family {
			t.Errorf("trial %v: %+v", opt.Trial, r)
		}
		if said := strings.Join(r.Summary(ctx), "\n"); !strings.Contains(said, "1 queda en familia con la que repite") {
			t.Errorf("trial %v: the summary is\n%s", opt.Trial, said)
		}
	}
}

// TestTheProposalsOfMadridComeIn accounts for every row of the real list.
func TestTheProposalsOfMadridComeIn(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of ideas are written")
	}
	file, err := os.Open(realProposals)
	if err != nil {
		t.Skip("the proposals of Madrid are not here: " + realProposals)
	}
	defer file.Close()
	d := dbtest.SQLite(t, tables(db.SQLite)...)
	city, ctx := open(t, d)
	began := time.Now()
	r, err := bring.Import(ctx, bring.AtOnce(d, city), bring.ConsulMadrid, file, bring.Options{}, ideas.ImportOptions{})
	t.Log(time.Since(began))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Rows) != 2738 || r.Taken != 2582 || r.Known != 0 || r.Quarantined != 156 {
		t.Errorf("%d rows: %d taken, %d known, %d set aside %v", len(r.Rows), r.Taken, r.Known, r.Quarantined, r.Reasons)
	}
	for _, row := range r.Rows {
		if (row.Result == ideas.RowTaken) != (row.Number != "") || (row.Result == ideas.RowQuarantined) != (row.Why != "") {
			t.Fatalf("%+v", row)
		}
	}
	t.Log(strings.Join(r.Summary(ctx), "\n"))
}

// breaking is a city in which something fails after everything was written.
type breaking struct{ bring.City }

func (b breaking) Import(ctx context.Context, rows []ideas.Foreign, o ideas.ImportOptions) (ideas.Report, error) {
	if _, err := b.City.Import(ctx, rows, o); err != nil {
		return ideas.Report{}, err
	}
	return ideas.Report{}, errors.New("the disk is full")
}

func TestAtOnceIsAllOrNothing(t *testing.T) {
	d := dbtest.SQLite(t, tables(db.SQLite)...)
	city, ctx := open(t, d)
	if _, err := bring.Import(ctx, bring.AtOnce(d, breaking{city}), bring.ConsulMadrid, strings.NewReader(wellMade), bring.Options{}, ideas.ImportOptions{}); err == nil {
		t.Error("what failed is told as done")
	}
	if given, _, _ := listed(t, ctx, city, "ideas"); len(given) != 1 {
		t.Errorf("%d lines are left of an import that broke off", len(given))
	}
}
