package ui

import (
	"context"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// page is a drawn page or component that a test asks questions of.
type page struct {
	t    testing.TB
	root *html.Node
}

func look(t testing.TB, ctx context.Context, c Component) page {
	t.Helper()
	return read(t, draw(t, ctx, c))
}

func read(t testing.TB, text string) page {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return page{t, root}
}

func (p page) all(selector string) []*html.Node {
	p.t.Helper()
	s, err := cascadia.ParseGroup(selector)
	if err != nil {
		p.t.Fatalf("selector %s: %v", selector, err)
	}
	return cascadia.QueryAll(p.root, s)
}

// one is the only element of a selector.
func (p page) one(selector string) *html.Node {
	p.t.Helper()
	list := p.all(selector)
	if len(list) != 1 {
		p.t.Fatalf("%d elements for %s, want 1", len(list), selector)
	}
	return list[0]
}

// says checks the words of the only element of a selector.
func (p page) says(selector, want string) {
	p.t.Helper()
	if got := words(p.one(selector)); got != want {
		p.t.Errorf("%s says %q, want %q", selector, got, want)
	}
}

// has checks an attribute of the only element of a selector.
func (p page) has(selector, name, want string) {
	p.t.Helper()
	if got := attr(p.one(selector), name); got != want {
		p.t.Errorf("%s has %s=%q, want %q", selector, name, got, want)
	}
}

// count checks how many elements a selector finds.
func (p page) count(selector string, want int) {
	p.t.Helper()
	if got := len(p.all(selector)); got != want {
		p.t.Errorf("%d elements for %s, want %d", got, selector, want)
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// words are the texts below n, with single spaces.
func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
