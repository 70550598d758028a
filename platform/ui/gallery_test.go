package ui

import (
	"context"
	"strings"
	"testing"

	"ronda/platform/i18n"
)

// speak gives a context that speaks lang.
func speak(t testing.TB, lang i18n.Lang) context.Context {
	t.Helper()
	c, err := i18n.New(Messages)
	if err != nil {
		t.Fatal(err)
	}
	return i18n.With(context.Background(), c, lang)
}

func draw(t testing.TB, ctx context.Context, c Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestRingSaysItsSeats(t *testing.T) {
	got := Ring{Label: "Eco Bici", Seats: "sscrof"}.Text(speak(t, i18n.Spanish))
	want := "Eco Bici. Pasos firmados: 2 de 6. En curso: 3. Devuelto: 4. A revisar: 6."
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	_ = draw(t, speak(t, i18n.English), Frame{Title: "x", Path: "/"})
}
