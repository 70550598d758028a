// Package api answers programs: what is public of the roundtable, as JSON whose
// names do not change within a version.
package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"ronda/city/charter"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
)

// API answers over the roundtable.
type API struct {
	rt       *roundtable.Module
	charters *charter.Store
	origin   string
}

// New makes the API; origin is the site's address, for links.
func New(rt *roundtable.Module, charters *charter.Store, origin string) *API {
	return &API{rt, charters, origin}
}

// Register adds the operations to the document and the mux of api.
func (a *API) Register(api huma.API) {
	huma.Register(api, huma.Operation{OperationID: "list-initiatives", Method: http.MethodGet, Path: "/api/v1/initiatives", Tags: []string{"initiatives"},
		Summary: "Public initiatives, newest first", Description: "Pages by key: pass next as after. Filters combine; a value that the city does not have is an error, so that a typing mistake does not look like an empty list.",
		Errors: []int{http.StatusUnprocessableEntity}}, a.list)
	huma.Register(api, huma.Operation{OperationID: "get-initiative", Method: http.MethodGet, Path: "/api/v1/initiatives/{number}", Tags: []string{"initiatives"},
		Summary: "One initiative with its steps and timeline", Errors: []int{http.StatusNotFound}}, a.get)
}

// Coded is a code of the city's charter with its name.
type Coded struct {
	Code string `json:"code" doc:"stable code"`
	Name string `json:"name" doc:"in the language asked for by Accept-Language or ?lang="`
}

// Summary is an initiative in a list.
type Summary struct {
	Number   string    `json:"number" example:"INI-2026-0042"`
	Title    string    `json:"title"`
	Line     string    `json:"line" doc:"what it is, in one line"`
	Change   string    `json:"change" doc:"what changes for whom"`
	State    string    `json:"state" enum:"filed,adopted,deferred,declined,withdrawn"`
	Axis     Coded     `json:"axis"`
	Sponsor  Coded     `json:"sponsor"`
	Ministry Coded     `json:"ministry"`
	Ring     string    `json:"ring" doc:"one letter a step: s signed, f signed but to be confirmed, c in course, r returned, o open"`
	Signed   int       `json:"signed" doc:"steps signed"`
	Override bool      `json:"override" doc:"adopted with a step open"`
	Invented bool      `json:"invented" doc:"an example of a demonstration"`
	Moved    time.Time `json:"moved" doc:"last act on it"`
	URL      string    `json:"url"`
}

type listInput struct {
	After     string `query:"after" maxLength:"40" doc:"next of the page before"`
	Limit     int    `query:"limit" default:"24" minimum:"1" maximum:"100"`
	Lang      string `query:"lang" enum:"es,en" doc:"language of names"`
	State     string `query:"state" maxLength:"40"`
	Step      string `query:"step" maxLength:"10" doc:"number of the step in course"`
	Axis      string `query:"axis" maxLength:"80"`
	Ministry  string `query:"ministry" maxLength:"80"`
	Sponsor   string `query:"body" maxLength:"80" doc:"sponsoring body"`
	Territory string `query:"territory" maxLength:"80"`
	Goal      string `query:"goal" maxLength:"80"`
	Purpose   string `query:"purpose" maxLength:"80"`
	SDG       string `query:"sdg" maxLength:"10" doc:"goal or target of sustainable development"`
	Type      string `query:"type" maxLength:"80"`
}

func (in *listInput) filter() roundtable.Filter {
	return roundtable.Filter{By: map[string]string{
		roundtable.ByState: in.State, roundtable.ByStep: in.Step, roundtable.ByAxis: in.Axis, roundtable.ByMinistry: in.Ministry, roundtable.ByBody: in.Sponsor,
		roundtable.ByTerritory: in.Territory, roundtable.ByGoal: in.Goal, roundtable.ByPurpose: in.Purpose, roundtable.BySDG: in.SDG, roundtable.ByType: in.Type,
	}}
}

type listOutput struct {
	Body struct {
		Initiatives []Summary `json:"initiatives"`
		Next        string    `json:"next,omitempty" doc:"pass as after for the next page; absent at the end"`
		Total       *int      `json:"total,omitempty" doc:"how many there are, with at most one filter"`
	}
}

func (a *API) list(ctx context.Context, in *listInput) (*listOutput, error) {
	page, err := a.rt.List(ctx, in.filter(), in.After, in.Limit)
	if err != nil {
		return nil, answer(ctx, err)
	}
	out := &listOutput{}
	out.Body.Initiatives, out.Body.Next = []Summary{}, page.Next
	if page.Total >= 0 {
		out.Body.Total = &page.Total
	}
	for _, c := range page.Cards {
		s, err := a.summary(ctx, c)
		if err != nil {
			return nil, answer(ctx, err)
		}
		out.Body.Initiatives = append(out.Body.Initiatives, s)
	}
	return out, nil
}

func (a *API) summary(ctx context.Context, c roundtable.Card) (Summary, error) {
	ch, err := a.charters.ByID(ctx, c.Charter)
	if err != nil {
		return Summary{}, err
	}
	lang := i18n.Of(ctx)
	s := Summary{Number: c.Number, Title: c.Title, Line: c.Line, Change: c.Change, State: string(c.State), Ring: c.Ring, Signed: c.Signed, Override: c.Override,
		Invented: c.Invented, Moved: c.Moved, URL: a.origin + "/iniciativas/" + c.Number, Sponsor: body(ch, c.Sponsor, lang), Ministry: body(ch, c.Ministry, lang)}
	if x, ok := ch.Frame.Axes.Get(c.Axis); ok {
		s.Axis = Coded{c.Axis, x.Name.In(lang)}
	}
	return s, nil
}

func body(ch *charter.Charter, code string, lang i18n.Lang) Coded {
	b, _ := ch.Bodies.Get(code)
	return Coded{code, b.Name.In(lang)}
}

// Step is one step of an initiative.
type Step struct {
	Code    string     `json:"code"`
	Number  int        `json:"number"`
	Name    string     `json:"name"`
	Office  Coded      `json:"office" doc:"who assists and signs"`
	State   string     `json:"state" enum:"open,current,returned,signed"`
	Flagged bool       `json:"flagged" doc:"signed, but an earlier step was re-opened since"`
	Due     string     `json:"due,omitempty" format:"date"`
	Signed  *time.Time `json:"signed,omitempty"`
	Post    string     `json:"post,omitempty" doc:"code of the post that signed"`
	Returns int        `json:"returns"`
	Hours   float64    `json:"hours" doc:"time with the office so far"`
}

// Act is an entry of the timeline.
type Act struct {
	ID   string            `json:"id"`
	At   time.Time         `json:"at"`
	Kind string            `json:"kind" example:"roundtable.signed"`
	Post string            `json:"post,omitempty"`
	Body string            `json:"body,omitempty"`
	Data map[string]string `json:"data"`
	Text map[string]string `json:"text,omitempty" doc:"what was written"`
}

type getInput struct {
	Number string `path:"number" maxLength:"40" example:"INI-2026-0042"`
	Before string `query:"before" maxLength:"40" doc:"older acts than this one"`
	Lang   string `query:"lang" enum:"es,en"`
}

type getOutput struct {
	Body struct {
		Summary
		Problem  string   `json:"problem"`
		SDG      string   `json:"sdg"`
		Targets  []string `json:"targets"`
		Goals    []string `json:"goals"`
		Purposes []string `json:"purposes"`
		Places   []string `json:"territories"`
		Steps    []Step   `json:"steps"`
		Timeline []Act    `json:"timeline" doc:"newest first, at most 100"`
	}
}

const actsMax = 100

func (a *API) get(ctx context.Context, in *getInput) (*getOutput, error) {
	v, err := a.rt.View(ctx, in.Number)
	if err != nil {
		return nil, answer(ctx, err)
	}
	if !v.Initiative.State.Public() {
		return nil, answer(ctx, fault.New(fault.NotFound, "fault.notfound"))
	}
	out := &getOutput{}
	b := &out.Body
	cards, err := a.rt.Cards(ctx, v.Initiative.ID)
	if err != nil {
		return nil, answer(ctx, err)
	}
	if b.Summary, err = a.summary(ctx, cards[0]); err != nil {
		return nil, answer(ctx, err)
	}
	d := v.Dossier
	b.Problem, b.SDG, b.Targets, b.Goals, b.Purposes, b.Places = d.Problem, d.SDG, list(d.Targets), list(d.Goals), list(d.Purposes), list(d.Territories)
	b.Steps = steps(ctx, v)
	events, err := a.rt.PublicHistory(ctx, v.Initiative, in.Before, actsMax)
	if err != nil {
		return nil, answer(ctx, err)
	}
	b.Timeline = acts(events)
	return out, nil
}

func list(codes []string) []string { return append([]string{}, codes...) }

func steps(ctx context.Context, v roundtable.View) []Step {
	out, lang, now := []Step{}, i18n.Of(ctx), clock.Now(ctx)
	if v.Round == nil {
		return out
	}
	for _, s := range v.Round.Steps {
		rules, _ := v.Charter.Flow.Steps.Get(s.Code)
		x := Step{Code: s.Code, Number: s.Number, Name: rules.Name.In(lang), Office: body(v.Charter, s.Office, lang), State: string(s.State), Flagged: s.Flagged,
			Due: string(s.Due), Post: s.SignerPost, Returns: s.Returns, Hours: float64(s.TimeWith(now)/time.Minute) / 60}
		if !s.SignedAt.IsZero() {
			x.Signed = &s.SignedAt
		}
		out = append(out, x)
	}
	return out
}

func acts(events []event.Event) []Act {
	out := []Act{}
	for _, e := range events {
		out = append(out, Act{e.ID, e.At, e.Kind, e.Actor.Post, e.Actor.Body, e.Data, e.Text})
	}
	return out
}

// answer turns a fault into the API's error: its status and its sentences, nothing
// of what is inside.
func answer(ctx context.Context, err error) error {
	switch fault.KindOf(err) {
	case fault.NotFound:
		return huma.Error404NotFound("not found")
	case fault.Forbidden:
		return huma.Error403Forbidden("not allowed")
	case fault.Invalid:
		return huma.Error422UnprocessableEntity("a parameter has a value that is none", details(ctx, err)...)
	case fault.Conflict:
		return huma.Error409Conflict("changed meanwhile")
	case fault.TooMany:
		return huma.Error429TooManyRequests("too often; wait a while")
	case fault.Unavailable:
		return huma.Error503ServiceUnavailable("try again later")
	}
	slog.Error("api request failed", "error", err)
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
