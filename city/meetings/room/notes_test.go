package room

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// typed sends a sheet the way the script does.
func (w *world) typed(who, item string, version int, text string) (saved, int) {
	w.t.Helper()
	r := form(Href(w.number)+viewNotes, "item", item, "version", strconv.Itoa(version), "text", text)
	r.Header.Set("Accept", "application/json")
	a := w.do(who, r)
	var s saved
	w.must(json.Unmarshal([]byte(a.body), &s))
	return s, a.status
}

func TestTwoSecretariesLoseNothing(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		begun(w)
		item := w.items[0].ID
		first, _ := w.typed(secretary, item, 0, "Uno.\n\nDos.")
		if first.Version != 1 || first.Text != "Uno.\n\nDos." {
			t.Fatalf("kept %+v", first)
		}
		w.typed(secretary, item, 1, "Uno, dijo Ana.\n\nDos.")
		joined, status := w.typed(chair, item, 1, "Uno.\n\nDos, dijo Eva.")
		if status != 200 || joined.Text != "Uno, dijo Ana.\n\nDos, dijo Eva." || !strings.Contains(joined.Said, "otra persona") {
			t.Fatalf("joined: %d %+v", status, joined)
		}
		clash, status := w.typed(chair, item, 1, "Uno, dijo Luis.\n\nDos.")
		if status != http.StatusConflict || !clash.Clash || clash.Version != 3 {
			t.Fatalf("clash: %d %+v", status, clash)
		}
		for _, words := range []string{"Ana", "Eva", "Luis"} {
			if !strings.Contains(clash.Text, words) {
				t.Errorf("%s is lost in %q", words, clash.Text)
			}
		}
		done, status := w.typed(chair, item, clash.Version, clash.Text)
		if status != 200 || done.Text != clash.Text {
			t.Errorf("the clash was not settled: %d %+v", status, done)
		}
	})
}

func TestNotesWorkByForms(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		begun(w)
		sheet := func(version, text string) []string { return []string{"item", "", "version", version, "text", text} }
		a := w.post(secretary, viewNotes, sheet("0", "Abrió la coordinación.")...)
		a.wants(t, "kept", http.StatusSeeOther)
		w.get(chair, viewNotes).wants(t, "read by the other", 200, "Abrió la coordinación.", "De toda la reunión")
		w.post(chair, viewNotes, sheet("0", "Abrió el ministro.")...).
			wants(t, "both wrote from nothing", http.StatusSeeOther)
		w.get(chair, viewNotes).wants(t, "both texts", 200, "Abrió la coordinación.\nAbrió el ministro.")
		w.done(secretary, viewNotes, sheet("2", "Abrió Ana.")...)
		w.post(chair, viewNotes, sheet("2", "Abrió Luis.")...).
			wants(t, "a clash", http.StatusConflict, "Otra persona cambió el mismo párrafo", "Abrió Ana.\n\n— Lo que vos escribiste —\nAbrió Luis.", `name="version" value="3"`)
		w.post(secretary, viewNotes, sheet("3", strings.Repeat("x", 262145))...).wants(t, "too long", http.StatusUnprocessableEntity)
		failed, status := w.typed(secretary, "nowhere", 0, "x")
		if status != http.StatusNotFound || !failed.Failed || failed.Said == "" {
			t.Errorf("notes of no item: %d %+v", status, failed)
		}
	})
}
