package ui

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"ronda/platform/i18n"
)

// eachPage runs a test on every sample page in both languages.
func eachPage(t *testing.T, check func(t *testing.T, p page)) {
	t.Helper()
	for _, lang := range i18n.Langs {
		for name, text := range drawPages(t, speak(t, lang)) {
			t.Run(name+"."+string(lang), func(t *testing.T) { check(t, read(t, text)) })
		}
	}
}

func TestPagesLiveUnderTheStrictPolicy(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		p.count("style, [style], script:not([src]), base, iframe", 0)
		for _, n := range p.all("*") {
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Key, "hx-on") || strings.Contains(a.Val, "js:") {
					t.Errorf("<%s> has code in %s=%q", n.Data, a.Key, a.Val)
				}
			}
		}
	})
}

func TestEveryIdIsThereOnce(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		ids := map[string]int{}
		for _, n := range p.all("[id]") {
			ids[attr(n, "id")]++
		}
		for id, n := range ids {
			if n > 1 {
				t.Errorf("id %s stands %d times", id, n)
			}
		}
		for _, ref := range []string{"for", "aria-describedby", "aria-labelledby", "aria-controls", "list", "data-count"} {
			for _, n := range p.all("[" + ref + "]") {
				for id := range strings.FieldsSeq(attr(n, ref)) {
					if ids[id] == 0 {
						t.Errorf("<%s %s> leads to %s, which is not there", n.Data, ref, id)
					}
				}
			}
		}
		for _, n := range p.all(`a[href^="#"]`) {
			if id := attr(n, "href")[1:]; id != "" && ids[id] == 0 {
				t.Errorf("link %q leads to #%s, which is not there", words(n), id)
			}
		}
	})
}

func TestEveryControlHasItsLabel(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		for _, n := range p.all("input:not([type=hidden]), select, textarea") {
			if label := p.all(`label[for="` + attr(n, "id") + `"]`); len(label) != 1 || words(label[0]) == "" {
				t.Errorf("<%s name=%s> has %d labels", n.Data, attr(n, "name"), len(label))
			}
		}
		for _, n := range p.all("fieldset") {
			if n.FirstChild == nil || n.FirstChild.Data != "legend" {
				t.Errorf("a fieldset does not open with its legend: %.60s", words(n))
			}
		}
	})
}

func TestEveryDrawingSpeaksOrIsHidden(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		for _, n := range p.all("svg") {
			spoken := attr(n, "role") != "" && attr(n, "aria-label") != ""
			if spoken == (attr(n, "aria-hidden") == "true") {
				t.Errorf("a drawing must either speak or be hidden: class %q", attr(n, "class"))
			}
		}
	})
}

func TestEveryLinkAndButtonHasWords(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		for _, n := range p.all("a, button, summary") {
			if words(n) == "" && attr(n, "aria-label") == "" {
				t.Errorf("<%s class=%q> has no words", n.Data, attr(n, "class"))
			}
		}
	})
}

func TestPageHasItsLandmarks(t *testing.T) {
	eachPage(t, func(t *testing.T, p page) {
		for _, selector := range []string{"body > header", "main#contenido", "body > footer", "h1", `a.skip[href="#contenido"]`, "head > title"} {
			p.one(selector)
		}
		for _, n := range p.all("nav, aside, [role=region]") {
			if attr(n, "aria-label") == "" {
				t.Errorf("<%s> has no name", n.Data)
			}
		}
		if first := firstLink(p.one("body")); attr(first, "class") != "skip" {
			t.Error("the skip link is not the first link of the page")
		}
	})
}

func firstLink(body *html.Node) *html.Node {
	for n := range body.Descendants() {
		if n.Type == html.ElementNode && n.Data == "a" {
			return n
		}
	}
	return nil
}
