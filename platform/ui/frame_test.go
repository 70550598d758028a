package ui

import (
	"strings"
	"testing"
	"time"

	"ronda/platform/clock"
	"ronda/platform/i18n"
)

func TestFrameSpeaksItsLanguage(t *testing.T) {
	f := Frame{Title: "Datos", Path: "/datos?eje=2&lang=es", Origin: "https://ronda.example"}
	es := look(t, speak(t, i18n.Spanish), f)
	es.has("html", "lang", "es-AR")
	es.says("title", "Datos · Ronda")
	es.has("footer a[hreflang]", "href", "/datos?eje=2&lang=en")
	es.has("footer a[hreflang]", "lang", "en")
	es.has("link[rel=canonical]", "href", "https://ronda.example/datos?eje=2")
	en := look(t, speak(t, i18n.English), f)
	en.has("html", "lang", "en")
	en.has("footer a[hreflang]", "href", "/datos?eje=2&lang=es")
}

func TestFrameTellsOfErrorsInItsTitle(t *testing.T) {
	look(t, speak(t, i18n.Spanish), Frame{Title: "Contá la idea", Wrong: true}).says("title", "Error: Contá la idea · Ronda")
}

func TestLanguageSwitchNeverLeavesTheSite(t *testing.T) {
	for _, path := range []string{"//evil.example/x", "https://evil.example/", "javascript:alert(1)", "\\\\evil.example", "%zz"} {
		p := look(t, speak(t, i18n.Spanish), Frame{Title: "x", Path: path})
		for _, n := range p.all("a[hreflang], link[hreflang]") {
			if href := attr(n, "href"); strings.HasPrefix(href, "//") || strings.Contains(href, ":") || strings.HasPrefix(href, `\`) {
				t.Errorf("path %q gives the link %q", path, href)
			}
		}
	}
}

func TestFrameMarksWhereYouAre(t *testing.T) {
	f := sampleFrame("Iniciativas", "/iniciativas", "Iniciativas")
	p := look(t, speak(t, i18n.Spanish), f)
	p.says("nav.main [aria-current=page]", "Iniciativas")
	p.says("details.menu [aria-current=page]", "Iniciativas")
}

func TestFrameShowsWhoIsInAndWhatTheyOwe(t *testing.T) {
	p := look(t, speak(t, i18n.Spanish), signedIn(sampleFrame("x", "/", "")))
	p.says(".user .desk", "Escritorio 4 4 cosas te esperan")
	p.has(".account form", "method", "post")
	p.has(".account form", "action", "/salir")
	p.count(`a[href="/ingresar"]`, 0)
	visitor := look(t, speak(t, i18n.Spanish), sampleFrame("x", "/", ""))
	visitor.says(`a[href="/ingresar"]`, "Ingresar")
	visitor.count(".account, .desk", 0)
}

func TestDemoIsSaidOnThePageAndOnlyThen(t *testing.T) {
	f := sampleFrame("x", "/datos?eje=2", "")
	p := look(t, speak(t, i18n.Spanish), f)
	p.says(".demo p", "Demostración: las personas son inventadas.")
	p.has(".demo form", "action", "/demo/entrar")
	p.has(".demo form", "method", "post")
	p.has(".demo input[name=next]", "value", "/datos?eje=2")
	p.says(".demo option[selected]", "Vecina")
	p.count(".demo option", 3)
	f.Demo = nil
	look(t, speak(t, i18n.Spanish), f).count(".demo", 0)
}

func TestFooterTellsWhereTheRecordStands(t *testing.T) {
	now := time.Date(2026, 11, 23, 13, 0, 4, 0, time.UTC)
	f := Frame{Title: "x", Record: &RecordMark{Size: 18204, At: now.Add(-4 * time.Second)}}
	p := look(t, clock.At(speak(t, i18n.Spanish), now), f)
	p.says(".record", "Registro público verificable: hoja 18.204, firmada hace 4 s. Comprobalo vos")
	p.has(".record a", "href", "/registro")
	f.Record.At = time.Time{}
	look(t, speak(t, i18n.English), f).says(".record", "Verifiable public record: leaf 18,204. Check it yourself")
}

func TestFlashAndPrivacy(t *testing.T) {
	f := Frame{Title: "x", Flash: &Notice{Tone: Good, Text: "Guardado"}, Private: true}
	p := look(t, speak(t, i18n.Spanish), f)
	p.says("main .flash [role=status]", "Guardado")
	p.has("meta[name=robots]", "content", "noindex")
	look(t, speak(t, i18n.Spanish), Frame{Title: "x"}).count("meta[name=robots], .flash", 0)
}

// While the record is not being signed the footer says so, and nothing on it
// looks as if all were well.
func TestFooterSaysThatSigningStandsStill(t *testing.T) {
	f := Frame{Title: "x", Record: &RecordMark{Size: 18204, At: time.Now(), Halt: true}}
	for lang, says := range map[i18n.Lang]string{i18n.Spanish: "está detenida", i18n.English: "stands still"} {
		p := look(t, speak(t, lang), f)
		p.count("footer .record, footer p .icon", 0)
		if said := words(p.one("footer p")); !strings.Contains(said, says) {
			t.Errorf("%s: %q", lang, said)
		}
	}
}
