package dbtest

import (
	"flag"
	"strconv"
	"testing"

	"ronda/platform/db"
)

// share is how many of the random cases that SQLite is asked PostgreSQL is asked.
const share = 5

// Fewer has rapid.Check try a part of its cases for the rest of the test when the
// database is PostgreSQL, where each takes many times as long: the rules are the
// same code on both engines, so that SQLite looks for what breaks them and
// PostgreSQL for what it does in another way. Not for tests that run in parallel.
func Fewer(t testing.TB, d *db.DB) {
	t.Helper()
	checks := flag.Lookup("rapid.checks")
	if d.Engine() != db.Postgres || checks == nil {
		return
	}
	before := checks.Value.String()
	n, err := strconv.Atoi(before)
	if err == nil {
		err = flag.Set(checks.Name, strconv.Itoa(max(n/share, 1)))
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := flag.Set(checks.Name, before); err != nil {
			t.Error(err)
		}
	})
}
