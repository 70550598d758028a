package pages

import (
	"context"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/city/roundtable"
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
// which it is. ok is false for what nobody tells.
func (p *Pages) Moment(ctx context.Context, ch *charter.Charter, e event.Event, subject string) (ui.Moment, bool) {
	kind, ours := strings.CutPrefix(e.Kind, "roundtable.")
	if !ours {
		if p.slots.Tell == nil || subject != "" && e.Subject.Kind == roundtable.SubjectKind { // whoever names it tells its own
			return ui.Moment{}, false
		}
		return p.slots.Tell(ctx, e)
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
	for name, code := range e.Data {
		if said, ok := w.said(ctx, name, code); ok {
			args = append(args, name, said)
		}
	}
	key := e.Kind
	if e.Data["confirmed"] != "" {
		key += ".confirmed"
	}
	return i18n.T(ctx, key, args...)
}

// said puts a code of an event's data in words; ok is false for what no sentence
// says.
func (w words) said(ctx context.Context, name, code string) (text string, ok bool) {
	switch name {
	case "step":
		return w.Step(code), true
	case "item":
		return w.Item(code), true
	case "kind":
		return w.Barrier(code), true
	case "ministry", "owner", "body", "origin_body":
		return w.Body(ctx, code), true
	case "until", "origin_day", "due":
		return w.Day(ctx, clock.Day(code)), true
	case "into", "days":
		return code, true
	case "stance":
		return lowerFirst(i18n.T(ctx, "roundtable.stance."+code)), true
	case "fields":
		return w.fields(ctx, code), true
	}
	return "", false
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
	name := w.Who(ctx, e.Actor.Post, e.Actor.Body)
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
