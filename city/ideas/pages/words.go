package pages

import (
	"cmp"
	"context"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/city/ideas"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// words says codes of a charter in the language of a request.
type words struct {
	ch    *charter.Charter
	lang  i18n.Lang
	p     *Pages
	now   time.Time
	today clock.Day
}

// words are those of the charter in force.
func (p *Pages) words(ctx context.Context) (words, error) {
	ch, err := p.charters.Current(ctx)
	if err != nil {
		return words{}, err
	}
	return p.wordsOf(ctx, ch), nil
}

func (p *Pages) wordsOf(ctx context.Context, ch *charter.Charter) words {
	now := clock.Now(ctx)
	return words{ch: ch, lang: i18n.Of(ctx), p: p, now: now, today: ch.Today(now)}
}

// t is a message of this package.
func t(ctx context.Context, key string, args ...any) string {
	return i18n.T(ctx, "ideas.pages."+key, args...)
}

// body names a body: from the charter, or as people know it when it was made
// since.
func (w words) body(ctx context.Context, code string) string {
	if b, ok := w.ch.Bodies.Get(code); ok {
		return b.Name.In(w.lang)
	}
	if code == "" {
		return ""
	}
	names, err := w.p.people.BodyNames(ctx, "", code)
	if err != nil {
		return code
	}
	return cmp.Or(names[code], code)
}

func (w words) post(code string) string {
	if p, ok := w.ch.Posts.Get(code); ok {
		return p.Name.In(w.lang)
	}
	return code
}

func (w words) axis(code string) (name string, colour int) {
	if a, ok := w.ch.Frame.Axes.Get(code); ok {
		return a.Name.In(w.lang), a.Color
	}
	return code, 0
}

func (w words) place(code string) string {
	if t, ok := w.ch.Territories.Get(code); ok {
		return t.Name.In(w.lang)
	}
	return code
}

// signature is the public name of an author, who may have chosen none.
func signature(ctx context.Context, name string) string {
	if name == "" {
		return t(ctx, "someone")
	}
	return name
}

// when says a moment in the city's zone: "hoy, 10:40", "24 mar 2026".
func (w words) when(ctx context.Context, at time.Time) string {
	at, now := at.In(w.ch.City.Zone), w.now.In(w.ch.City.Zone)
	today := now.Format(time.DateOnly)
	switch at.Format(time.DateOnly) {
	case today:
		return t(ctx, "when.today", "time", at.Format("15:04"))
	case now.AddDate(0, 0, -1).Format(time.DateOnly):
		return t(ctx, "when.yesterday", "time", at.Format("15:04"))
	}
	return i18n.ShortDate(ctx, at)
}

// exact says a moment with its hour: "24 mar 2026, 18:00".
func (w words) exact(ctx context.Context, at time.Time) string {
	at = at.In(w.ch.City.Zone)
	return i18n.ShortDate(ctx, at) + ", " + at.Format("15:04")
}

// date says the day of a moment.
func (w words) date(ctx context.Context, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return i18n.ShortDate(ctx, at.In(w.ch.City.Zone))
}

func (w words) day(ctx context.Context, d clock.Day) string {
	if d == "" {
		return ""
	}
	return i18n.ShortDate(ctx, d.Time(time.UTC))
}

// money says an amount of centavos: "$ 12.000.000"; other money than the city's
// is named.
func (w words) money(ctx context.Context, centavos int64, currency string) string {
	text := "$ " + ui.Decimal(ctx, float64(centavos)/100)
	if currency != "" && currency != w.ch.City.Currency {
		text = currency + " " + strings.TrimPrefix(text, "$ ")
	}
	return text
}

// outcome says what the city made of an idea.
func outcome(ctx context.Context, o ideas.Outcome, late bool) ui.State {
	s := ui.State{Text: t(ctx, "outcome."+cmp.Or(string(o), "waiting"))}
	switch o {
	case ideas.Waiting:
		if late {
			s = ui.State{Tone: ui.Bad, Text: t(ctx, "outcome.late"), Icon: "clock"}
		} else {
			s.Icon = "clock"
		}
	case ideas.Answered:
		s.Tone, s.Icon = ui.Info, "chat"
	case ideas.Chosen, ideas.TakenUp, ideas.Executed:
		s.Tone = ui.Good
	}
	return s
}

// stateOf says where an idea stands: out of sight first, then what came of it.
func (w words) stateOf(ctx context.Context, s ideas.State, o ideas.Outcome, due clock.Day, answered bool) ui.State {
	switch s {
	case ideas.Held:
		return ui.State{Tone: ui.Now, Text: t(ctx, "state.held")}
	case ideas.Hidden:
		return ui.State{Tone: ui.Bad, Text: t(ctx, "state.hidden")}
	case ideas.Withdrawn:
		return ui.State{Text: t(ctx, "state.withdrawn")}
	}
	return outcome(ctx, o, !answered && due != "" && due < w.today)
}

// until is how many whole days are left until a moment, none when it is past.
func (w words) until(at time.Time) int {
	from, to := w.today.Time(time.UTC), clock.DayOf(at, w.ch.City.Zone).Time(time.UTC)
	return max(0, int(to.Sub(from)/(24*time.Hour)))
}

// part is the share of a span that has passed, 0 to 1.
func (w words) part(from, to time.Time) float64 {
	if !to.After(from) {
		return 1
	}
	return min(1, max(0, float64(w.now.Sub(from))/float64(to.Sub(from))))
}
