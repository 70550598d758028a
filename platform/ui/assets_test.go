package ui

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ronda/platform/i18n"
)

func ask(t *testing.T, method, url, encoding string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, url, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	Assets().ServeHTTP(w, r)
	return w.Result()
}

func TestAssetsMayBeKeptForEver(t *testing.T) {
	for name, a := range stock().byName {
		plain, packed := ask(t, "GET", Asset(name), ""), ask(t, "GET", Asset(name), "br, gzip")
		if plain.StatusCode != 200 || !strings.Contains(plain.Header.Get("Cache-Control"), "immutable") || plain.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d %v", name, plain.StatusCode, plain.Header)
		}
		body, _ := io.ReadAll(plain.Body)
		sum := sha256.Sum256(body)
		if !strings.Contains(a.url, "."+hex.EncodeToString(sum[:6])+".") {
			t.Errorf("%s: the address %s does not name its content", name, a.url)
		}
		var unpacked io.Reader = packed.Body
		if packed.Header.Get("Content-Encoding") == "gzip" {
			unpacked, _ = gzip.NewReader(packed.Body)
		}
		if got, _ := io.ReadAll(unpacked); !bytes.Equal(got, body) {
			t.Errorf("%s: compressed and plain differ", name)
		}
	}
}

func TestAssetsAnswerOnlyWhatTheyHave(t *testing.T) {
	for _, url := range []string{"/assets/", "/assets/ronda.css", "/assets/../doc.go", "/assets/ronda.000000000000.css", Asset("nothing.css")} {
		if got := ask(t, "GET", url, "").StatusCode; got != 404 {
			t.Errorf("%s answers %d", url, got)
		}
	}
	head := ask(t, "HEAD", Asset("ronda.css"), "gzip")
	if body, _ := io.ReadAll(head.Body); len(body) != 0 || head.Header.Get("Content-Type") != "text/css; charset=utf-8" {
		t.Errorf("HEAD gives %d bytes of %s", len(body), head.Header.Get("Content-Type"))
	}
}

func TestStylesheetNamesItsFontsByContent(t *testing.T) {
	css := string(stock().byName["ronda.css"].plain)
	for _, font := range []string{"nunito-700.woff2", "open-sans-400.woff2", "open-sans-700.woff2"} {
		if strings.Contains(css, "url("+font) || !strings.Contains(css, "url("+Asset(font)+")") {
			t.Errorf("the stylesheet does not lead to %s", font)
		}
	}
	if strings.Contains(css, "http:") || strings.Contains(css, "https:") || strings.Contains(css, "@import") {
		t.Error("the stylesheet asks another host")
	}
}

// The first visit on a phone: the page and everything it names.
func TestFirstLoadIsLight(t *testing.T) {
	weight := len(compress([]byte(draw(t, speak(t, i18n.Spanish), homePage()))))
	for _, name := range []string{"ronda.css", "ronda.js", "htmx.js", "ronda.svg", "nunito-700.woff2", "open-sans-400.woff2", "open-sans-700.woff2"} {
		a := stock().byName[name]
		if a.gzip != nil {
			weight += len(a.gzip)
		} else {
			weight += len(a.plain)
		}
	}
	t.Logf("first load: %d bytes", weight)
	if weight > 100_000 {
		t.Errorf("the first load weighs %d bytes, want at most 100,000", weight)
	}
	if css := len(stock().byName["ronda.css"].gzip); css > 15_000 {
		t.Errorf("the stylesheet weighs %d bytes, want at most 15,000", css)
	}
}

// scripts/assets.sh fetches the vendored files; they must be the pinned ones.
func TestVendoredFilesAreThePinnedOnes(t *testing.T) {
	content, err := os.ReadFile("../../scripts/assets.sha256")
	if err != nil {
		t.Fatal(err)
	}
	pinned := map[string]string{}
	for line := range strings.Lines(string(content)) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		pinned[name] = sum
	}
	got := map[string]string{}
	for name, a := range stock().byName {
		if !strings.HasPrefix(name, "ronda.") {
			sum := sha256.Sum256(a.plain)
			got[name] = hex.EncodeToString(sum[:])
		}
	}
	if diff := cmp.Diff(pinned, got); diff != "" {
		t.Error(diff)
	}
}

func TestMessagesSayTheSameInEveryLanguage(t *testing.T) {
	c, err := i18n.New(Messages)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(c.Keys(i18n.Spanish), c.Keys(i18n.English)); diff != "" {
		t.Error(diff)
	}
}
