package pages

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"ronda/city/delivery/budget"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// tones says how an act reads; acts that are not listed are plain.
var tones = map[string]ui.Tone{budget.EventLaw: ui.Good, budget.EventImported: ui.Good, budget.EventCovered: ui.Good, budget.EventShort: ui.Bad, budget.EventCleared: ui.Warn, budget.EventAmended: ui.Warn}

// Moment tells an act of the budget in the reader's language; ok is false for
// what is no act of the budget. The kind of an event is the key of its sentence.
func (p *Pages) Moment(ctx context.Context, e event.Event) (ui.Moment, bool) {
	if !strings.HasPrefix(e.Kind, "delivery.budget.") {
		return ui.Moment{}, false
	}
	say, err := p.words(ctx)
	if err != nil {
		return ui.Moment{}, false
	}
	return p.moment(ctx, say, e)
}

func (p *Pages) moment(ctx context.Context, say words, e event.Event) (ui.Moment, bool) {
	title := say.sentence(ctx, e)
	if title == e.Kind {
		return ui.Moment{}, false
	}
	at := e.At.In(say.Charter.City.Zone)
	m := ui.Moment{Tone: tones[e.Kind], Title: title, Stamp: e.At.Format(time.RFC3339), When: i18n.DateTime(ctx, at), Meta: say.Who(ctx, e.Actor.Post, e.Actor.Body), Text: e.Text["why"]}
	if e.Data["number"] != "" {
		m.Href = "/iniciativas/" + e.Data["number"] + "/presupuesto"
	}
	if !e.Public {
		m.Internal = t(ctx, "internal")
	} else if p.slots.Proof != nil {
		m.Proof = p.slots.Proof(ctx, e.ID)
	}
	return m, true
}

// sentence says what happened, with amounts and days in words.
func (w words) sentence(ctx context.Context, e event.Event) string {
	args := []any{}
	for name, v := range e.Data {
		args = append(args, name, w.said(ctx, name, v, e.Data["currency"]))
	}
	if e.Kind == budget.EventAmended {
		if less, ok := strings.CutPrefix(e.Data["amount"], "-"); ok {
			return t(ctx, "lowered", append(args, "less", w.said(ctx, "amount", less, e.Data["currency"]))...)
		}
	}
	return i18n.T(ctx, e.Kind, args...)
}

func (w words) said(ctx context.Context, name, v, currency string) string {
	switch name {
	case "amount", "credit", "before", "short", "committed", "accrued", "paid":
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			return v
		}
		return budget.Amount(ctx, n, currency)
	case "day":
		return w.Day(ctx, clock.Day(v))
	case "period":
		return month(ctx, v)
	}
	return v
}

// month says a month, "marzo de 2026"; what is none is said as it is.
func month(ctx context.Context, period string) string {
	at, err := time.Parse("2006-01", period)
	if err != nil {
		return period
	}
	_, words, _ := strings.Cut(i18n.Date(ctx, at), " ")
	return strings.TrimPrefix(words, "de ")
}

// asFault is the fault of an error, if it is one.
func asFault(err error) (*fault.Error, bool) {
	var f *fault.Error
	return f, errors.As(err, &f)
}
