package app_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ronda/app"
	"ronda/platform/db/dbtest"
)

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
	for n := 0; !strings.Contains(second.get("", "/api/v1/record/entries?start=400&limit=250").body, question); n++ {
		if n == 400 {
			t.Fatal("what was asked at the first is not in the record at the second")
		}
		time.Sleep(50 * time.Millisecond)
	}
}
