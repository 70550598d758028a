package pages

import (
	"context"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// tones says how an act reads; acts that are not listed are plain.
var tones = map[string]ui.Tone{
	"signed": ui.Good, "adopted": ui.Good, "unblocked": ui.Good, "answered": ui.Good, "owner_in": ui.Good,
	"returned": ui.Bad, "declined": ui.Bad, "withdrawn": ui.Bad, "barrier": ui.Bad,
	"reopened": ui.Warn, "overridden": ui.Warn, "deferred": ui.Warn, "question_hid": ui.Warn, "unproved": ui.Warn,
	"filed": ui.Now, "resubmitted": ui.Now, "resumed": ui.Now,
}

// Moment tells an event of the roundtable in the reader's language. subject
// names the initiative when the timeline is not its own: the title then says
// which it is. ok is false for events of other modules.
func (p *Pages) Moment(ctx context.Context, ch *charter.Charter, e event.Event, subject string) (ui.Moment, bool) {
	kind, ours := strings.CutPrefix(e.Kind, "roundtable.")
	if !ours {
		return ui.Moment{}, false
	}
	w := p.words(ctx, ch)
	m := ui.Moment{Tone: tones[kind], Title: w.sentence(ctx, e), Stamp: e.At.Format(time.RFC3339),
		When: w.when(ctx, e.At, clock.Now(ctx)), Meta: w.actor(ctx, e), Text: told(ctx, e)}
	if subject != "" {
		m.Title, m.Href = subject+": "+lowerFirst(m.Title), "/iniciativas/"+e.Data["number"]
	}
	if !e.Public {
		m.Internal = i18n.T(ctx, "roundtable.internal")
	} else if p.slots.Proof != nil {
		m.Proof = p.slots.Proof(ctx, e.ID)
	}
	return m, true
}

// sentence says what happened, with the codes of the event in words. The kind of
// an event is the key of its sentence.
func (w words) sentence(ctx context.Context, e event.Event) string {
	args := []any{"number", e.Data["number"]}
	for name, say := range map[string]func(string) string{
		"step": w.step, "item": w.item, "kind": w.barrier, "ministry": func(c string) string { return w.body(ctx, c) },
		"owner": func(c string) string { return w.body(ctx, c) }, "body": func(c string) string { return w.body(ctx, c) },
		"origin_body": func(c string) string { return w.body(ctx, c) }, "until": func(d string) string { return w.day(ctx, clock.Day(d)) },
		"origin_day": func(d string) string { return w.day(ctx, clock.Day(d)) }, "due": func(d string) string { return w.day(ctx, clock.Day(d)) },
		"into": func(n string) string { return n }, "days": func(n string) string { return n },
		"stance": func(s string) string { return lowerFirst(i18n.T(ctx, "roundtable.stance."+s)) },
		"fields": func(s string) string { return w.fields(ctx, s) },
	} {
		if code, ok := e.Data[name]; ok {
			args = append(args, name, say(code))
		}
	}
	key := e.Kind
	if e.Data["confirmed"] != "" {
		key += ".confirmed"
	}
	return i18n.T(ctx, key, args...)
}

// fields names the parts of the dossier that an edit changed.
func (w words) fields(ctx context.Context, list string) string {
	var names []string
	for name := range strings.SplitSeq(list, ",") {
		names = append(names, lowerFirst(i18n.T(ctx, "roundtable.field."+name)))
	}
	return strings.Join(names, ", ")
}

// actor says in whose name it was done; people are not named in the history.
func (w words) actor(ctx context.Context, e event.Event) string {
	name := w.body(ctx, e.Actor.Body)
	if e.Actor.Post != "" {
		name = w.post(e.Actor.Post) + ", " + name
	}
	if e.Data["delegated"] != "" {
		name += " " + i18n.T(ctx, "roundtable.delegated")
	}
	return name
}

// told is what the actor wrote.
func told(ctx context.Context, e event.Event) string {
	for _, name := range []string{"remarks", "reason", "note", "answer", "question", "opinion", "what", "how", "said", "change"} {
		if text := e.Text[name]; text != "" {
			return text
		}
	}
	return ""
}

// day says a day of the city.
func (w words) day(ctx context.Context, d clock.Day) string {
	if d == "" {
		return ""
	}
	return i18n.ShortDate(ctx, d.Time(w.ch.City.Zone))
}

func lowerFirst(s string) string {
	r := []rune(s)
	if len(r) > 1 && strings.ToUpper(string(r[1])) == string(r[1]) && string(r[1]) != " " {
		return s // an acronym
	}
	if len(r) > 0 {
		r[0] = []rune(strings.ToLower(string(r[0])))[0]
	}
	return string(r)
}
