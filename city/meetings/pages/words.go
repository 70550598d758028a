package pages

import (
	"context"
	"strconv"
	"time"

	"ronda/city/charter"
	"ronda/city/meetings"
	"ronda/city/roundtable/wording"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// words says what the meetings hold in the language of a request, on the wall
// clock of the city.
type words struct {
	wording.Words
	p     *Pages
	now   time.Time // in the city's zone
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
	return words{Words: wording.Of(ctx, ch, p.people), p: p, now: now.In(ch.City.Zone), today: ch.Today(now)}
}

// in is a moment on the wall clock of the city.
func (w words) in(at time.Time) time.Time { return at.In(w.Charter.City.Zone) }

// kind names a kind of meeting.
func kindName(ctx context.Context, k meetings.Kind) string { return t(ctx, "kind."+string(k)) }

// stateOf is the tag of where a meeting stands.
func stateOf(ctx context.Context, m meetings.Meeting) ui.State {
	tones := map[meetings.State]ui.Tone{meetings.Called: ui.Info, meetings.Running: ui.Now, meetings.Held: ui.Warn,
		meetings.Minuted: ui.Now, meetings.Signed: ui.Good, meetings.Cancelled: ui.Bad}
	return ui.State{Tone: tones[m.State], Text: t(ctx, "state."+string(m.State))}
}

// who names a post, a body, or somebody from outside as they were typed. The
// charter knows nearly all; what it does not is asked of people.
func (w words) who(ctx context.Context, code string) string {
	if code == "" {
		return ""
	}
	if b, ok := w.Charter.Bodies.Get(code); ok {
		return b.Name.In(w.Lang)
	}
	if name := w.Post(ctx, code); name != code {
		return name
	}
	return w.Body(ctx, code)
}

// owner names whoever owes a commitment. A person has no name in public.
func (w words) owner(ctx context.Context, kind, who string) string {
	if kind != meetings.WhoPerson {
		return w.who(ctx, who)
	}
	if names, err := w.p.people.Names(ctx, who); err == nil && names[who] != "" {
		return names[who]
	}
	return t(ctx, "someone")
}

// day says a day in words with its weekday: "martes 24 de marzo de 2026".
func (w words) long(ctx context.Context, at time.Time) string {
	at = w.in(at)
	return weekday(ctx, at.Weekday(), false) + " " + i18n.Date(ctx, at)
}

// hours says from when until when: "10:00 a 11:30".
func (w words) hours(ctx context.Context, from, to time.Time) string {
	return t(ctx, "hours", "from", w.in(from).Format("15:04"), "to", w.in(to).Format("15:04"))
}

// when says a moment: "hoy, 10:40", "24 mar 2026".
func (w words) when(ctx context.Context, at time.Time) string {
	at = w.in(at)
	switch at.Format(time.DateOnly) {
	case w.now.Format(time.DateOnly):
		return t(ctx, "when.today", "time", at.Format("15:04"))
	case w.now.AddDate(0, 0, -1).Format(time.DateOnly):
		return t(ctx, "when.yesterday", "time", at.Format("15:04"))
	}
	return i18n.ShortDate(ctx, at)
}

// dayOf is the day of a moment in the city.
func (w words) dayOf(at time.Time) clock.Day { return clock.DayOf(at, w.Charter.City.Zone) }

// rule says in plain words how a series repeats: "cada dos semanas, los martes a
// las 10:00, 12 veces".
func (w words) rule(ctx context.Context, s meetings.Series) string {
	day := weekday(ctx, s.Rule.Weekday, false)
	every := t(ctx, "rule."+s.Rule.Unit, "count", max(1, s.Rule.Every))
	on := t(ctx, "rule.on", "day", t(ctx, "weekday."+itoa(int(s.Rule.Weekday))+".all"))
	if s.Rule.Unit == meetings.EveryMonth {
		on = t(ctx, "rule.nth", "nth", t(ctx, "nth."+nth(s.Rule.Nth)), "day", day)
	}
	out := t(ctx, "rule.whole", "every", every, "on", on, "clock", s.Clock)
	switch {
	case s.Rule.Count > 0:
		out += ", " + t(ctx, "rule.count", "count", s.Rule.Count)
	case s.Rule.Until != "":
		out += ", " + t(ctx, "rule.until", "day", w.Day(ctx, s.Rule.Until))
	}
	return capital(out) + "."
}

// length says minutes as people do: "45 min", "1 h 30".
func length(ctx context.Context, minutes int) string {
	if minutes < 60 {
		return t(ctx, "length.minutes", "count", minutes)
	}
	if minutes%60 == 0 {
		return t(ctx, "length.hours", "count", minutes/60)
	}
	return t(ctx, "length.both", "hours", minutes/60, "minutes", minutes%60)
}

// rankName names the rank of a post or of somebody from outside.
func (w words) rankName(ctx context.Context, rank string) string {
	switch rank {
	case "":
		return ""
	case meetings.RankGuest, meetings.RankSpecialist, meetings.RankCitizen:
		return t(ctx, "rank."+rank)
	}
	if name := w.Charter.RankName(charter.Rank(rank)).In(w.Lang); name != "" {
		return name
	}
	return rank
}

// nth is the week of a month as messages call it.
func nth(n int) string {
	if n < 0 {
		return "last"
	}
	return itoa(n)
}

func itoa(n int) string { return strconv.Itoa(n) }
