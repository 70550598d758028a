package app_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// A desk with nothing on it leads on: residents to what they can do, a board to
// what its own part of the city waits for.
func TestNoDeskIsADeadEnd(t *testing.T) {
	w := demo(t)
	if waiting := regexp.MustCompile(`/reuniones/REU-\d+-\d+`).FindString(w.get("author", "/mi-escritorio").raw); waiting == "" {
		t.Error("the author's invitation is not on the desk")
	} else if got := w.post("author", waiting+"/responder", "answer", "accepted"); got.status != http.StatusSeeOther {
		t.Errorf("answering an invitation: %d", got.status)
	}
	for role, wants := range map[string][]string{
		"author":  {"Nadie espera nada de vos", `href="/iniciativas/mapa"`, `href="/avisos"`},
		"citizen": {"/mis-ideas", `href="/avisos"`},
		"comuna":  {"Dar la opinión de tu junta", "/opinion\""},
	} {
		got := w.get(role, "/mi-escritorio")
		for _, want := range wants {
			if got.status != http.StatusOK || !strings.Contains(got.body, want) {
				t.Errorf("%s: %d, the desk lacks %q", role, got.status, want)
			}
		}
	}
}
