package ui

import (
	"context"
	"os"
	"path/filepath"
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

// TestGallery draws every component in both languages. With RONDA_GALLERY set
// to a folder it leaves the pages and the assets there to be looked at.
func TestGallery(t *testing.T) {
	folder := os.Getenv("RONDA_GALLERY")
	for _, lang := range i18n.Langs {
		for name, html := range drawPages(t, speak(t, lang)) {
			if strings.Contains(html, ">ui.") || strings.Contains(html, `"ui.`) || strings.Contains(html, "fault.") {
				t.Errorf("%s in %s shows a message key", name, lang)
			}
			if folder != "" {
				leave(t, filepath.Join(folder, name+"."+string(lang)+".html"), html)
			}
		}
	}
	if folder != "" {
		for url, a := range stock().byURL {
			leave(t, filepath.Join(folder, url), string(a.plain))
		}
	}
}

func leave(t *testing.T, file, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
