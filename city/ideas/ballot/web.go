package ballot

import (
	"bytes"
	"context"
	_ "embed"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"ronda/city/charter"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

//go:embed ballot.css
var stylesheet []byte

// Routes registers the pages. Where a form is posted to, its page can be read.
func (m *Module) Routes(mux *web.Mux) {
	mux.Get(m.style.Path, m.style.Serve)
	mux.Get("/desafios/{number}/votacion", m.votePage)
	mux.Post("/desafios/{number}/votacion", m.tap)
	mux.Get("/desafios/{number}/resultado", m.resultPage)
	mux.Post("/desafios/{number}/resultado", m.publishPost)
	mux.Get("/desafios/{number}/resultado/otra-lista", m.otherPage)
	mux.Post("/desafios/{number}/resultado/otra-lista", m.otherPost)
	mux.Get("/desafios/{number}/resultado/votos", m.ballotsFile)
	mux.Get("/desafios/{number}/resultado/datos", m.dataFile)
}

func voteHref(number string) string   { return "/desafios/" + number + "/votacion" }
func resultHref(number string) string { return "/desafios/" + number + "/resultado" }

// crumbs lead to the challenges and to this one.
func crumbs(ctx context.Context, c Contest) []ui.Link {
	return []ui.Link{{Href: "/desafios", Text: i18n.T(ctx, "ideas.ballot.challenges")}, {Href: "/desafios/" + c.Number, Text: c.Title}}
}

// tap takes one touch and shows what counts now.
func (m *Module) tap(w http.ResponseWriter, r *http.Request) error {
	ctx, number := r.Context(), r.PathValue("number")
	form, err := web.Form(w, r)
	if err != nil {
		return err
	}
	t, err := readTap(form)
	if err != nil {
		return err
	}
	err = m.Cast(ctx, number, t)
	if err != nil && !fault.Is(err, fault.Conflict) {
		return err
	}
	if web.IsPartial(r) || err != nil {
		return m.showVote(w, r, t.Idea, err)
	}
	return web.Redirect(w, r, r.URL.RequestURI()+"#"+anchor(t), "")
}

// anchor is where the page goes on after a tap.
func anchor(t Tap) string {
	if t.Other != "" {
		return "duelo"
	}
	return t.Idea
}

// readTap reads a tap from a form: idea, other, and value or back.
func readTap(form url.Values) (Tap, error) {
	t := Tap{Key: Key{Idea: form.Get("idea"), Other: form.Get("other")}, Back: form.Get("back") != ""}
	if t.Back {
		return t, nil
	}
	var err error
	if t.Value, err = strconv.Atoi(form.Get("value")); err != nil {
		return t, outOfRange()
	}
	return t, nil
}

// ballotsFile gives the sealed ballots, once published.
func (m *Module) ballotsFile(w http.ResponseWriter, r *http.Request) error {
	name, text, err := m.File(r.Context(), r.PathValue("number"))
	if err != nil {
		return err
	}
	return download(w, r, name, "text/plain; charset=utf-8", text)
}

func download(w http.ResponseWriter, r *http.Request, name, kind, text string) error {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader([]byte(text)))
	return nil
}

// sign stands before an amount, with a space that does not break.
func sign(currency string) string {
	if currency == "ARS" || currency == "" {
		currency = "$"
	}
	return currency + "\u00a0"
}

// Money writes an amount of centavos for people: "$ 1.200.000", "$ 3,50".
func Money(ctx context.Context, centavos int64, currency string) string {
	const hundred = 100
	text := sign(currency) + i18n.Number(ctx, centavos/hundred)
	if rest := centavos % hundred; rest != 0 {
		point := ","
		if i18n.Of(ctx) == i18n.English {
			point = "."
		}
		text += point + strconv.Itoa(int(hundred + rest))[1:]
	}
	return text
}

// bigMoney writes an amount where it stands large: millions as "$ 102 M", to one
// decimal.
func bigMoney(ctx context.Context, centavos int64, currency string) string {
	const million = 100_000_000 // in centavos
	if centavos < million {
		return Money(ctx, centavos, currency)
	}
	return sign(currency) + ui.Decimal(ctx, float64(centavos)/million) + "\u00a0M"
}

// placeName names a part of the city, empty for none.
func placeName(ctx context.Context, ch *charter.Charter, code string) string {
	if t, ok := ch.Territories.Get(code); ok {
		return t.Name.In(i18n.Of(ctx))
	}
	return ""
}

// district is the part of the city by which places are filtered: the district
// that a place lies in, or the place itself.
func district(ch *charter.Charter, code string) string {
	for at := code; at != ""; {
		t, ok := ch.Territories.Get(at)
		if !ok {
			break
		}
		if t.Level == charter.LevelDistrict {
			return at
		}
		at = t.Parent
	}
	return code
}
