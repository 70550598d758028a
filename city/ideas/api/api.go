// Package api answers programs: what is public of the City of Ideas, as JSON
// whose names do not change within a version.
package api

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"ronda/city/charter"
	"ronda/city/ideas"
	"ronda/platform/fault"
	"ronda/platform/i18n"
)

// API answers over the City of Ideas.
type API struct {
	ideas    *ideas.Module
	charters *charter.Store
	origin   string
}

// Paths are the addresses of this API, for the mux that serves it.
var Paths = []string{"GET /api/v1/ideas", "GET /api/v1/ideas/{number}", "GET /api/v1/challenges", "GET /api/v1/challenges/{number}"}

// New makes the API; origin is the site's address, for links.
func New(m *ideas.Module, charters *charter.Store, origin string) *API {
	return &API{m, charters, origin}
}

const keyset = "Pages by key: pass next as after. Filters combine; a value that the city does not have is an error, so that a typing mistake does not look like an empty list."

// Register adds the operations to the document and the mux of api.
func (a *API) Register(api huma.API) {
	op := func(id, path, summary, about string, errs ...int) huma.Operation {
		return huma.Operation{OperationID: id, Method: http.MethodGet, Path: "/api/v1" + path, Tags: []string{"ideas"}, Summary: summary, Description: about, Errors: errs}
	}
	huma.Register(api, op("list-ideas", "/ideas", "Published ideas of citizens", keyset, http.StatusUnprocessableEntity), a.list)
	huma.Register(api, op("get-idea", "/ideas/{number}", "One idea with its text, family and official answers",
		"Of an idea that is hidden or withdrawn only its number, its state and the reason are left.", http.StatusNotFound), a.get)
	huma.Register(api, op("list-challenges", "/challenges", "Challenges: the questions that the city asks, newest first", keyset, http.StatusUnprocessableEntity), a.challenges)
	huma.Register(api, op("get-challenge", "/challenges/{number}", "One challenge with every version of its rules",
		"Each version of the rules is the text as it was published: its SHA-256 is the hash in the public record.", http.StatusNotFound), a.challenge)
}

// Term is a code of the city's charter with its name.
type Term struct {
	Code string `json:"code" doc:"stable code"`
	Name string `json:"name" doc:"in the language asked for by Accept-Language or ?lang="`
}

// words give the names of codes in a language.
type words struct {
	ch   *charter.Charter
	lang i18n.Lang
}

func (a *API) words(ctx context.Context) (words, error) {
	ch, err := a.charters.Current(ctx)
	return words{ch, i18n.Of(ctx)}, err
}

// body names a body of the city; nil for none.
func (w words) body(code string) *Term {
	b, _ := w.ch.Bodies.Get(code)
	return w.coded(code, b.Name)
}

func (w words) axis(code string) *Term {
	x, _ := w.ch.Frame.Axes.Get(code)
	return w.coded(code, x.Name)
}

func (w words) place(code string) *Term {
	t, _ := w.ch.Territories.Get(code)
	return w.coded(code, t.Name)
}

func (w words) coded(code string, name charter.Name) *Term {
	if code == "" {
		return nil
	}
	return &Term{code, cmp.Or(name.In(w.lang), code)}
}

// none is the error of a filter whose value the city does not have.
func none(name string) error {
	var c fault.Check
	c.Fail(name, "ideas.fault.unknown")
	return c.Err()
}

// answer turns a fault into the API's error: its status and its sentences,
// nothing of what is inside.
func answer(ctx context.Context, err error) error {
	switch fault.KindOf(err) {
	case fault.NotFound:
		return huma.Error404NotFound("not found")
	case fault.Invalid:
		return huma.Error422UnprocessableEntity("a parameter has a value that is none", details(ctx, err)...)
	case fault.Unavailable:
		return huma.Error503ServiceUnavailable("try again later")
	}
	slog.ErrorContext(ctx, "api request about ideas failed", "error", err)
	return huma.Error500InternalServerError("something broke on our side")
}

// details say which parameter is wrong, and why.
func details(ctx context.Context, err error) []error {
	var f *fault.Error
	if !errors.As(err, &f) {
		return nil
	}
	var out []error
	for _, field := range f.Fields {
		out = append(out, &huma.ErrorDetail{Location: "query." + field.Name, Message: i18n.T(ctx, field.Key, field.Args...)})
	}
	return out
}
