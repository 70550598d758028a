package office

import (
	"context"
	"strconv"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// words says codes of a charter in the language of a request.
type words struct {
	ch   *charter.Charter
	lang i18n.Lang
	o    *Office
}

func (o *Office) words(ctx context.Context, ch *charter.Charter) words {
	return words{ch, i18n.Of(ctx), o}
}

// body names a body: from the charter, or as people know it when it was founded
// since.
func (w words) body(ctx context.Context, code string) string {
	if b, ok := w.ch.Bodies.Get(code); ok || code == "" {
		return b.Name.In(w.lang)
	}
	names, err := w.o.people.BodyNames(ctx, "", code)
	if err != nil || names[code] == "" {
		return code
	}
	return names[code]
}

// title is what a post is called.
func (w words) title(ctx context.Context, post string) string {
	if p, ok := w.ch.Posts.Get(post); ok {
		return p.Name.In(w.lang)
	}
	if titles, err := w.o.people.PostTitles(ctx, "", post); err == nil && titles[post] != "" {
		return titles[post]
	}
	return post
}

// who names whoever acted: the post and the body it was done for.
func (w words) who(ctx context.Context, post, body string) string {
	if post == "" {
		return w.body(ctx, body)
	}
	return w.title(ctx, post) + ", " + w.body(ctx, body)
}

// bodyOf names the body of a post.
func (w words) bodyOf(ctx context.Context, post string) string {
	if p, ok := w.ch.Posts.Get(post); ok {
		return w.body(ctx, p.Body)
	}
	if p, err := w.o.people.Post(ctx, post); err == nil {
		return w.body(ctx, p.Body)
	}
	return post
}

func (w words) step(code string) string {
	if s, ok := w.ch.Flow.Steps.Get(code); ok {
		return s.Name.In(w.lang)
	}
	return code
}

func (w words) barrier(code string) string {
	if b, ok := w.ch.Frame.Barriers.Get(code); ok {
		return b.Name.In(w.lang)
	}
	return code
}

// axis is the name and the colour of an axis.
func (w words) axis(code string) (name string, colour int) {
	if a, ok := w.ch.Frame.Axes.Get(code); ok {
		return a.Name.In(w.lang), a.Color
	}
	return code, 0
}

// day says a day in words, empty for none.
func (w words) day(ctx context.Context, d clock.Day) string {
	if d == "" {
		return ""
	}
	return i18n.ShortDate(ctx, d.Time(time.UTC))
}

// when says a moment in the city's zone, "24 mar 2026, 10:40".
func (w words) when(ctx context.Context, t time.Time) string {
	t = t.In(w.ch.City.Zone)
	return i18n.ShortDate(ctx, t) + ", " + t.Format("15:04")
}

// lasted says a length of time in whole days, or in hours below two days.
func lasted(ctx context.Context, d time.Duration) string {
	if d < 48*time.Hour {
		return i18n.T(ctx, "roundtable.office.hours", "count", int(d.Hours()))
	}
	return i18n.T(ctx, "roundtable.days", "count", int(d.Hours()/24))
}

// choices are the entries of a list that are valid on a day or chosen already,
// as options of a field.
func choices[T charter.Coded](list charter.List[T], day clock.Day, lang i18n.Lang, entry func(T) charter.Entry, chosen ...string) []ui.Option {
	was := map[string]bool{}
	for _, code := range chosen {
		was[code] = true
	}
	var out []ui.Option
	for _, x := range list.All() {
		if x.ActiveOn(day) || was[x.Key()] {
			e := entry(x)
			out = append(out, ui.Option{Value: e.Code, Text: e.Name.In(lang), Hint: e.About.In(lang)})
		}
	}
	return out
}

// The entries of the lists, for choices and named.
func typeEntry(x charter.InitiativeType) charter.Entry { return x.Entry }
func axisEntry(x charter.Axis) charter.Entry           { return x.Entry }
func goalEntry(x charter.Goal) charter.Entry           { return x.Entry }
func purposeEntry(x charter.Purpose) charter.Entry     { return x.Entry }
func groupEntry(x charter.Group) charter.Entry         { return x.Entry }
func territoryEntry(x charter.Territory) charter.Entry { return x.Entry }
func barrierEntry(x charter.BarrierKind) charter.Entry { return x.Entry }

// named says codes of a list, a line each.
func named[T charter.Coded](list charter.List[T], lang i18n.Lang, entry func(T) charter.Entry, codes ...string) string {
	var lines []string
	for _, code := range codes {
		if x, ok := list.Get(code); ok {
			lines = append(lines, entry(x).Name.In(lang))
		} else if code != "" {
			lines = append(lines, code)
		}
	}
	return strings.Join(lines, "\n")
}

// sdg names a goal or target of sustainable development with its code.
func (w words) sdg(code string) string {
	if g, ok := w.ch.SDG.Goals.Get(code); ok {
		return code + ". " + g.Name.In(w.lang)
	}
	if t, ok := w.ch.SDG.Targets.Get(code); ok {
		return code + " " + t.Name.In(w.lang)
	}
	return code
}

func itoa(n int) string { return strconv.Itoa(n) }
