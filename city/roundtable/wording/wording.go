// Package wording says the codes of a city (bodies, posts, steps, axes, groups,
// places) in the language of whoever reads. A code that nobody knows any more is
// said as it is.
package wording

import (
	"context"
	"time"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/i18n"
)

// Words are the names of one version of a city in one language.
type Words struct {
	Charter *charter.Charter
	Lang    i18n.Lang
	people  *people.Module
}

// Of are the words of a charter in the language of the request. people knows the
// bodies and posts that were made since.
func Of(ctx context.Context, ch *charter.Charter, people *people.Module) Words {
	return Words{ch, i18n.Of(ctx), people}
}

// Body names a body: from the charter, or as people know it when it was founded
// since.
func (w Words) Body(ctx context.Context, code string) string {
	if b, ok := w.Charter.Bodies.Get(code); ok || code == "" {
		return b.Name.In(w.Lang)
	}
	if names, err := w.people.BodyNames(ctx, "", code); err == nil && names[code] != "" {
		return names[code]
	}
	return code
}

// Post is what a post is called: from the charter, or as people know it when it
// was made since.
func (w Words) Post(ctx context.Context, code string) string {
	if p, ok := w.Charter.Posts.Get(code); ok || code == "" {
		return p.Name.In(w.Lang)
	}
	if titles, err := w.people.PostTitles(ctx, "", code); err == nil && titles[code] != "" {
		return titles[code]
	}
	return code
}

// Who names whoever acted: the post and the body it was done for, the body alone
// without a post.
func (w Words) Who(ctx context.Context, post, body string) string {
	if post == "" {
		return w.Body(ctx, body)
	}
	return w.Post(ctx, post) + ", " + w.Body(ctx, body)
}

// BodyOf names the body of a post.
func (w Words) BodyOf(ctx context.Context, post string) string {
	if p, ok := w.Charter.Posts.Get(post); ok {
		return w.Body(ctx, p.Body)
	}
	if p, err := w.people.Post(ctx, post); err == nil {
		return w.Body(ctx, p.Body)
	}
	return post
}

// Axis is the name and the colour of an axis.
func (w Words) Axis(code string) (name string, colour int) {
	if a, ok := w.Charter.Frame.Axes.Get(code); ok {
		return a.Name.In(w.Lang), a.Color
	}
	return code, 0
}

// Step names one of the steps.
func (w Words) Step(code string) string { return name(w.Charter.Flow.Steps, w.Lang, code) }

// Item names what a step asks for.
func (w Words) Item(code string) string {
	if it, _, ok := w.Charter.Flow.Item(code); ok {
		return it.Name.In(w.Lang)
	}
	return code
}

// Day says a day, empty for none: "24 mar 2026".
func (w Words) Day(ctx context.Context, d clock.Day) string {
	if d == "" {
		return ""
	}
	return i18n.ShortDate(ctx, d.Time(time.UTC))
}
