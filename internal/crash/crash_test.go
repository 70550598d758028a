package crash

import (
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"ronda/app"
	"ronda/internal/program"
	"ronda/platform/db/dbtest"
)

// What a longer run by hand sets: see `make crash`.
const (
	killsVariable = "RONDA_CRASH_KILLS"
	seedVariable  = "RONDA_CRASH_SEED"
)

const (
	killsSQLite   = 50
	killsPostgres = 5
	killsFirst    = 6
	killsOfACity  = 100 // then another city begins, so that looking at it stays quick
)

// TestKilled kills the program in three ways; the seed is printed, and set to
// have the same choices made again.
func TestKilled(t *testing.T) {
	k := killer{binary: build(t), seed: number(t, seedVariable, rand.Uint64N(1_000_000))}
	t.Logf("%s=%d", seedVariable, k.seed)
	t.Run("nothing acknowledged is lost", func(t *testing.T) {
		t.Parallel()
		k, n := k, int(number(t, killsVariable, killsSQLite))
		for done := 0; done < n; done += killsOfACity {
			k.live(t, app.Config{Data: folder(t)}, min(killsOfACity, n-done))
			k.seed++
		}
	})
	t.Run("nothing acknowledged is lost on PostgreSQL", func(t *testing.T) {
		t.Parallel()
		k.live(t, app.Config{Database: dbtest.PostgresURL(t), Data: folder(t)}, killsPostgres) // the database goes on
	})
	t.Run("a first start goes on where it ended", k.firstStart)
}

// killer is what every kill needs.
type killer struct {
	binary string
	seed   uint64
}

// live is a city's life with so many kills.
func (k killer) live(t *testing.T, cfg app.Config, kills int) {
	t.Helper()
	c := k.city(t, cfg)
	c.town()
	c.open()
	for c.journal.kills < kills-1 {
		c.round()
	}
	c.finish()
}

// firstStart kills the start that makes tables, keys and the city.
func (k killer) firstStart(t *testing.T) {
	t.Parallel()
	c := k.city(t, app.Config{Data: folder(t)})
	for range killsFirst {
		c.killStart()
	}
	if err := c.start(t.Context()); err != nil {
		c.fail(err.Error())
	}
	a, err := c.p.Visit().Get(t.Context(), "/registrarse")
	if err != nil || a.Status != http.StatusOK {
		t.Errorf("after %d kills: %d %v", killsFirst, a.Status, err)
	}
	c.sealed()
	if err := c.p.Stop(); err != nil {
		t.Error(err)
	}
	c.look(true)
}

// number is a setting, or else what is usual.
func number(t *testing.T, name string, usual uint64) uint64 {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return usual
	}
	n, err := strconv.ParseUint(text, 10, 32)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// build compiles the program for this test.
func build(t *testing.T) string {
	t.Helper()
	root, err := program.Root()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder(t), "ronda")
	if err := program.Build(t.Context(), root, path); err != nil {
		t.Fatal(err)
	}
	return path
}

// folder is a new one on the disk where the source lies, below build/: a folder
// for temporary files may be memory, which nothing has to wait for. It goes with
// the test.
func folder(t *testing.T) string {
	t.Helper()
	root, err := program.Root()
	if err != nil {
		t.Fatal(err)
	}
	above := filepath.Join(root, "build")
	if err := os.MkdirAll(above, 0o755); err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp(above, "crash-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}
