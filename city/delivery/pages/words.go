package pages

import (
	"context"
	"math"
	"strconv"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/city/roundtable/wording"
	"ronda/method/plan"
	"ronda/platform/clock"
	"ronda/platform/i18n"
)

// words says plans in the language of a request.
type words struct {
	wording.Words
	today clock.Day
}

func (p *Pages) wordsOf(ctx context.Context, ch *charter.Charter) words {
	return words{wording.Of(ctx, ch, p.people), ch.Today(clock.Now(ctx))}
}

// words are those of the charter in force.
func (p *Pages) words(ctx context.Context) (words, error) {
	ch, err := p.charters.Current(ctx)
	if err != nil {
		return words{}, err
	}
	return p.wordsOf(ctx, ch), nil
}

// short says a day without a year that is this one: "24 mar", "24 mar 2027".
func (w words) short(ctx context.Context, day plan.Day) string {
	if day == plan.NoDay {
		return ""
	}
	text := i18n.ShortDate(ctx, day.Time())
	return strings.TrimSuffix(text, " "+string(w.today)[:4])
}

// span says from when to when: "2 mar – 14 abr".
func (w words) span(ctx context.Context, from, to plan.Day) string {
	if from == to {
		return w.short(ctx, to)
	}
	return w.short(ctx, from) + " – " + w.short(ctx, to)
}

// dayOf is a day of a plan.
func dayOf(d clock.Day) plan.Day {
	day, err := plan.ParseDay(string(d))
	if err != nil {
		return plan.NoDay
	}
	return day
}

// moment says when something happened, on the wall clock of the city.
func (w words) moment(ctx context.Context, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return i18n.ShortDate(ctx, at.In(w.Charter.City.Zone))
}

// percent says a share of a hundred: "40 %".
func percent(x float64) string { return strconv.Itoa(int(math.Round(x))) + " %" }

// days says working days: "1 día", "12 días".
func days(ctx context.Context, n int) string { return t(ctx, "days", "count", n) }

// late says how far after its baseline something ends: "5 días tarde".
func late(ctx context.Context, slip int) string {
	switch {
	case slip > 0:
		return t(ctx, "late", "count", slip)
	case slip < 0:
		return t(ctx, "early", "count", -slip)
	}
	return t(ctx, "in_time")
}

func itoa(n int) string { return strconv.Itoa(n) }
