package app_test

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"ronda/app"
	"ronda/city/identity"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/record"
)

// A copy that has not been given the keys of the first does not start, and says
// what to do.
func TestACopyWithoutTheKeysDoesNotStart(t *testing.T) {
	database := dbtest.PostgresURL(t)
	here, there := t.TempDir(), t.TempDir()
	first, err := app.Open(t.Context(), app.Config{Data: here, Database: database, City: "villaflores"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = first.Close() })
	start := func() error {
		second, err := app.Open(t.Context(), app.Config{Data: there, Database: database, City: "villaflores"})
		if err == nil {
			err = second.Close()
		}
		return err
	}
	bring := func(key string) {
		text, err := os.ReadFile(filepath.Join(here, key))
		if err == nil {
			err = os.WriteFile(filepath.Join(there, key), text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := start(); !errors.Is(err, record.ErrKey) || !strings.Contains(err.Error(), "copy record.key") {
		t.Errorf("without both keys: %v", err)
	}
	bring("record.key")
	if err := start(); !errors.Is(err, identity.ErrPepper) || !strings.Contains(err.Error(), "copy pepper.key") {
		t.Errorf("without the pepper: %v", err)
	}
	if err := os.WriteFile(filepath.Join(there, "pepper.key"), []byte(strings.Repeat("x", 32)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := start(); !errors.Is(err, identity.ErrPepper) || !strings.Contains(err.Error(), "copy pepper.key") {
		t.Errorf("with another pepper: %v", err)
	}
	bring("pepper.key")
	if err := start(); err != nil {
		t.Errorf("with both keys: %v", err)
	}
}

// A lost pepper is replaced when the operator says so, and not before.
func TestALostPepperIsReplacedOnDemand(t *testing.T) {
	cfg := app.Config{Data: t.TempDir(), City: "villaflores"}
	start := func(cfg app.Config) error {
		a, err := app.Open(t.Context(), cfg)
		if err == nil {
			err = a.Close()
		}
		return err
	}
	if err := start(cfg); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(cfg.Data, "pepper.key")); err != nil {
		t.Fatal(err)
	}
	if err := start(cfg); !errors.Is(err, identity.ErrPepper) {
		t.Errorf("replaced in silence: %v", err)
	}
	anew := cfg
	anew.NewPepper = true
	for _, c := range []app.Config{anew, cfg} {
		if err := start(c); err != nil {
			t.Error(err)
		}
	}
}

// Two copies of the program serve one city: who signs in at one is known at the
// other, and what happens at one is seen at the other.
func TestTwoCopiesServeOneCity(t *testing.T) {
	database := dbtest.PostgresURL(t)
	here := filepath.Join(t.TempDir(), "new", "folder")
	first := open(t, app.Config{Data: here, Database: database, Demo: true})
	there := t.TempDir()
	for _, key := range []string{"record.key", "pepper.key"} {
		text, err := os.ReadFile(filepath.Join(here, key))
		if err == nil {
			err = os.WriteFile(filepath.Join(there, key), text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	second := open(t, app.Config{Data: there, Database: database, Demo: true})

	token := first.session("citizen")
	second.in["citizen"] = token
	if got := second.get("citizen", "/mi-escritorio"); got.status != http.StatusOK {
		t.Errorf("who entered at the first is at the second %d", got.status)
	}
	number := number.FindString(first.get("", "/api/v1/initiatives?state=filed&limit=1").body)
	const question = "¿Cuándo empieza esto en mi barrio?"
	if got := first.post("citizen", "/iniciativas/"+number+"/preguntar", "question", question); got.status != http.StatusSeeOther {
		t.Fatalf("asking: %d", got.status)
	}
	if got := second.get("", "/iniciativas/"+number); !strings.Contains(got.body, question) {
		t.Errorf("the second does not show what was asked at the first: %d", got.status)
	}
	for n := 0; !strings.Contains(second.get("", "/api/v1/record/entries?limit=250&start="+last(t, second)).body, question); n++ {
		if n == 400 {
			t.Fatal("what was asked at the first is not in the record at the second")
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// last is a place in the record before the newest acts.
func last(t *testing.T, w *world) string {
	t.Helper()
	lines := strings.Split(w.get("", "/api/v1/record/checkpoint").body, "\n")
	if len(lines) < 2 {
		return "0"
	}
	size, err := strconv.Atoi(lines[1])
	if err != nil {
		t.Fatal(err)
	}
	return strconv.Itoa(max(size-50, 0))
}

// A city on PostgreSQL that is open is not replaced by a backup.
func TestAnOpenCityIsNotReplaced(t *testing.T) {
	database, backup := dbtest.PostgresURL(t), filepath.Join(t.TempDir(), "backup")
	a, err := app.Open(t.Context(), app.Config{Data: t.TempDir(), Database: database, City: "villaflores"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	d, err := db.Open(t.Context(), database)
	if err == nil {
		err = errors.Join(d.Backup(t.Context(), backup), d.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Restore(t.Context(), backup, database, true); !errors.Is(err, db.ErrInUse) {
		t.Errorf("restoring under an open city: %v", err)
	}
}
