package ui

import (
	"context"
	"io"
	"net/url"
	"time"

	"ronda/platform/clock"
	"ronda/platform/i18n"
)

// Frame is the page around a page: head, header with navigation, main, footer.
// Its language is the context's.
//
//	@page.Frame { <h1>...</h1> }
type Frame struct {
	Title       string // of the page alone; the brand is added
	Description string // one sentence for search engines and shared links
	Path        string // of this page with its query, "/iniciativas?eje=2"; language switch and canonical link use it
	Origin      string // "https://ronda.example"; empty leaves the canonical link out
	Place       string // the city, beside the brand; may be empty
	Nav         []NavItem
	User        *UserMenu   // nil for a visitor
	SignIn      string      // address of the sign-in page, shown to a visitor; empty hides it
	Demo        *Demo       // nil outside a demonstration
	Flash       *Notice     // what just happened
	Record      *RecordMark // size of the public record; nil leaves it out
	Feeds       []Link      // Atom feeds of this page
	Links       []Link      // further links of the footer: API, open data, accessibility
	Wrong       bool        // the page shows a form with errors: the title says so
	Private     bool        // keep it out of search engines
	Bleed       bool        // children bring their own Wrap, as a page with a Hero does
	Narrow      bool        // one narrow column, for a page that asks one thing
}

// NavItem is one entry of a navigation.
type NavItem struct {
	Href    string
	Text    string
	Current bool
	Count   int // shown when above 0
}

// UserMenu is who is signed in.
type UserMenu struct {
	Name    string
	Role    string // "Dirección General de Planificación"; may be empty
	Desk    string // address of the desk
	Account string // address of the own account
	SignOut string // address that a POST ends the session with
	Owed    int    // things that wait for this person
	AtDesk  bool   // this page is the desk
}

// Demo is the strip that tells a demonstration from the real thing on every
// page, and lets a visitor enter as any role.
type Demo struct {
	Action  string // receives the POST; "/demo/entrar" when empty
	Roles   []Option
	Current string // value of the role that is in
	Next    string // where to come back to; the page's path when empty
}

// RecordMark is where the public record stands.
type RecordMark struct {
	Size int64
	At   time.Time // when its last checkpoint was signed
	Href string    // "/registro" when empty
	Halt bool      // new acts are not being signed
}

// Render draws the whole document around its children.
func (f Frame) Render(ctx context.Context, w io.Writer) error { return frame(f).Render(ctx, w) }

// title is the text of the title element.
func (f Frame) title(ctx context.Context) string {
	brand := i18n.T(ctx, "ui.brand")
	if f.Title == "" {
		return brand
	}
	title := f.Title + " · " + brand
	if f.Wrong {
		return i18n.T(ctx, "ui.error") + " " + title
	}
	return title
}

// canonical is the absolute address of the page without its language.
func (f Frame) canonical() string { return f.Origin + withQuery(f.Path, "lang", "") }

// inLang is the address of this page in another language.
func (f Frame) inLang(lang i18n.Lang) string { return withQuery(f.Path, "lang", string(lang)) }

// withQuery sets one parameter of an address, or drops it when value is empty.
func withQuery(address, name, value string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host != "" || u.Scheme != "" {
		return "/"
	}
	q := u.Query()
	q.Del(name)
	if value != "" {
		q.Set(name, value)
	}
	u.RawQuery = q.Encode()
	return u.String()
}

func (f Frame) others(ctx context.Context) []i18n.Lang {
	var list []i18n.Lang
	for _, lang := range i18n.Langs {
		if lang != i18n.Of(ctx) {
			list = append(list, lang)
		}
	}
	return list
}

// mainClass is the class of the element around the children.
func (f Frame) mainClass() string {
	switch {
	case f.Narrow:
		return "wrap page narrow"
	case f.Bleed:
		return "bleed"
	}
	return "wrap page"
}

func (f Frame) demoNext() string {
	if f.Demo.Next != "" {
		return f.Demo.Next
	}
	return f.Path
}

func (d Demo) action() string {
	if d.Action == "" {
		return "/demo/entrar"
	}
	return d.Action
}

func (r RecordMark) href() string {
	if r.Href == "" {
		return "/registro"
	}
	return r.Href
}

// text is "Registro público verificable: hoja 18.204, firmada hace 4 s."
func (r RecordMark) text(ctx context.Context) string {
	if r.Halt {
		return i18n.T(ctx, "ui.record.halted", "size", i18n.Number(ctx, r.Size))
	}
	if r.At.IsZero() {
		return i18n.T(ctx, "ui.record.unsigned", "size", i18n.Number(ctx, r.Size))
	}
	return i18n.T(ctx, "ui.record", "size", i18n.Number(ctx, r.Size), "ago", Ago(ctx, clock.Now(ctx), r.At))
}
