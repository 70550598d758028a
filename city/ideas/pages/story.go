package pages

import (
	"cmp"
	"context"
	"net/http"
	"strings"

	"ronda/city/charter"
	"ronda/city/ideas"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/id"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// storySize is how much of its history the idea's own page shows.
const storySize = 8

// tones says how an act reads; acts that are not listed are plain.
var tones = map[string]ui.Tone{
	ideas.EventPublished: ui.Now, ideas.EventAnswered: ui.Info, ideas.EventChosen: ui.Good, ideas.EventTakenUp: ui.Good, ideas.EventRestored: ui.Good,
	ideas.EventCommentShown: ui.Good, ideas.EventFamilyJoined: ui.Info, ideas.EventChallengeOpened: ui.Now, ideas.EventConcluded: ui.Good,
	ideas.EventHidden: ui.Bad, ideas.EventCommentHidden: ui.Warn, ideas.EventWithdrawn: ui.Bad, ideas.EventCancelled: ui.Bad,
	ideas.EventAppealed: ui.Warn, ideas.EventRulesChanged: ui.Warn,
}

// story is the history of an idea, newest first. The acts of the initiative that
// came of it stand in it as well.
func (p *Pages) story(ctx context.Context, say words, v ideas.View, size int) (ui.Timeline, error) {
	events, err := p.acted(ctx, v, "", size+1)
	if err != nil {
		return ui.Timeline{}, err
	}
	out := ui.Timeline{Items: p.moments(ctx, say, events[:min(size, len(events))], false)}
	if len(events) > size {
		out.More = ui.Link{Href: "/ideas/" + v.Idea.Number + "/historia", Text: t(ctx, "story.all")}
	}
	return out, nil
}

// acted is what happened in public to an idea before an event.
func (p *Pages) acted(ctx context.Context, v ideas.View, before string, limit int) ([]event.Event, error) {
	if before != "" && !id.Valid(before) {
		return nil, fault.New(fault.NotFound, "fault.notfound")
	}
	return p.log.Timeline(ctx, v.Idea.Subject(), event.Page{Before: before, Limit: limit, PublicOnly: true})
}

// moments tells events in the reader's language.
func (p *Pages) moments(ctx context.Context, say words, events []event.Event, named bool) []ui.Moment {
	var out []ui.Moment
	for _, e := range events {
		if m, ok := p.moment(ctx, say, e, named); ok {
			out = append(out, m)
		}
	}
	return out
}

// Moment tells an event of the City of Ideas in the reader's language, naming
// what it happened to. ok is false for events of other modules.
func (p *Pages) Moment(ctx context.Context, ch *charter.Charter, e event.Event) (m ui.Moment, ok bool) {
	if !strings.HasPrefix(e.Kind, "ideas.") {
		return ui.Moment{}, false
	}
	return p.moment(ctx, p.wordsOf(ctx, ch), e, true)
}

func (p *Pages) moment(ctx context.Context, say words, e event.Event, named bool) (ui.Moment, bool) {
	kind, ours := strings.CutPrefix(e.Kind, "ideas.")
	if !ours {
		if p.slots.Tell == nil {
			return ui.Moment{}, false
		}
		return p.slots.Tell(ctx, e)
	}
	m := ui.Moment{Tone: tones[e.Kind], Title: say.sentence(ctx, kind, e), Stamp: stamp(e.At), When: say.when(ctx, e.At), Meta: say.actor(ctx, e), Text: told(e)}
	if named {
		m.Href = hrefOf(e)
		m.Title = cmp.Or(e.Data["number"], e.Data["challenge"]) + ": " + m.Title
	}
	if e.Public && p.slots.Proof != nil {
		m.Proof = p.slots.Proof(ctx, e.ID)
	}
	return m, true
}

// hrefOf is the page of what an event happened to.
func hrefOf(e event.Event) string {
	switch {
	case e.Data["number"] != "":
		return "/ideas/" + e.Data["number"]
	case e.Data["challenge"] != "":
		return "/desafios/" + e.Data["challenge"]
	}
	return ""
}

// sentence says what happened, with the codes of the event in words.
func (w words) sentence(ctx context.Context, kind string, e event.Event) string {
	args := []any{"body", w.body(ctx, e.Data["body"]), "due", w.day(ctx, clock.Day(e.Data["due"])), "other", e.Data["other"],
		"initiative", e.Data["initiative"], "version", e.Data["version"]}
	switch e.Kind {
	case ideas.EventAnswered, ideas.EventChosen:
		return t(ctx, "act."+kind+"."+cmp.Or(e.Data["outcome"], string(ideas.Answered)), args...)
	case ideas.EventPhase:
		return t(ctx, "act.phase."+e.Data["to"], args...)
	case ideas.EventPublished, ideas.EventEdited, ideas.EventRulesChanged, ideas.EventFamilyAsked, ideas.EventFamilyRefused, ideas.EventFamilyJoined,
		ideas.EventAssigned, ideas.EventTakenUp:
		return t(ctx, "act."+kind, args...)
	}
	return i18n.T(ctx, e.Kind, args...)
}

// actor says in whose name it was done; people are not named in the history.
func (w words) actor(ctx context.Context, e event.Event) string {
	if e.Actor.Post == "" && e.Data["clock"] != "" {
		return t(ctx, "by_clock")
	}
	if e.Actor.Post == "" {
		return w.body(ctx, e.Actor.Body)
	}
	return w.post(e.Actor.Post) + ", " + w.body(ctx, e.Actor.Body)
}

// told is what the actor wrote.
func told(e event.Event) string {
	for _, name := range []string{"answer", "reason"} {
		if text := e.Text[name]; text != "" {
			return text
		}
	}
	return ""
}

// history is the whole story of an idea, page by page.
func (p *Pages) history(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := p.ideas.Idea(ctx, r.PathValue("number"))
	if err != nil {
		return err
	}
	const size = 50
	events, err := p.acted(ctx, v, r.URL.Query().Get("desde"), size+1)
	if err != nil {
		return err
	}
	var pager ui.Pager
	if len(events) > size {
		events = events[:size]
		pager.Later = later(r, "desde", events[size-1].ID)
	}
	say := p.wordsOf(ctx, v.Charter)
	heading := ui.Heading{Crumbs: crumbsTo(ctx, v.Idea), Over: v.Idea.Number, Title: t(ctx, "story"), Lead: t(ctx, "story.lead")}
	page := pageOf(heading.Title, heading.Lead, storyBody(heading, ui.Timeline{Items: p.moments(ctx, say, events, false)}, pager))
	page.Private = !v.Idea.Public()
	return web.Render(w, r, page)
}

// moderation is the public log of what was done to other people's words and to
// rules.
func (p *Pages) moderation(w http.ResponseWriter, r *http.Request) error {
	ctx, before := r.Context(), r.URL.Query().Get("desde")
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	if before != "" && !id.Valid(before) {
		return fault.New(fault.NotFound, "fault.notfound")
	}
	events, err := p.ideas.ModerationLog(ctx, before)
	if err != nil {
		return err
	}
	view := logPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/ideas", Text: t(ctx, "list.title")}}, Title: t(ctx, "log.title"), Lead: t(ctx, "log.lead")},
		Story: ui.Timeline{Items: p.moments(ctx, say, events, true)},
		Empty: ui.Empty{Title: t(ctx, "log.empty"), Text: t(ctx, "log.empty.text"), Action: ui.Link{Href: "/ideas", Text: t(ctx, "list.all")}}}
	if len(events) == ideas.PageSize {
		view.Pager.Later = later(r, "desde", events[len(events)-1].ID)
	}
	if before != "" {
		view.Pager.Earlier = "/ideas/moderacion"
	}
	return web.Render(w, r, pageOf(view.Heading.Title, view.Heading.Lead, logBody(view)))
}

// logPage is the public log of moderation.
type logPage struct {
	Heading ui.Heading
	Story   ui.Timeline
	Pager   ui.Pager
	Empty   ui.Empty
}

// versions shows every text an idea has had.
func (p *Pages) versions(w http.ResponseWriter, r *http.Request) error {
	ctx, number := r.Context(), r.PathValue("number")
	v, err := p.ideas.Idea(ctx, number)
	if err != nil {
		return err
	}
	all, err := p.ideas.Versions(ctx, number)
	if err != nil {
		return err
	}
	say := p.wordsOf(ctx, v.Charter)
	view := versionsPage{Heading: ui.Heading{Crumbs: crumbsTo(ctx, v.Idea), Over: number, Title: t(ctx, "versions"), Lead: t(ctx, "versions.lead")}}
	if i := v.Idea; i.Title != "" {
		all = append([]ideas.Words{{Version: i.Version, Title: i.Title, Text: i.Text, Place: i.Place, Signature: i.Signature}}, all...)
	}
	for n, x := range all {
		when := t(ctx, "version.now")
		if n > 0 {
			when = say.when(ctx, x.At)
		}
		view.Items = append(view.Items, versionView{Name: t(ctx, "version", "n", x.Version), Meta: join(when, say.place(x.Place), signature(ctx, x.Signature)), Title: x.Title, Text: x.Text})
	}
	page := pageOf(view.Heading.Title+": "+v.Idea.Title, "", versionsBody(view))
	page.Private = !v.Idea.Public()
	return web.Render(w, r, page)
}

type versionsPage struct {
	Heading ui.Heading
	Items   []versionView
}

type versionView struct{ Name, Meta, Title, Text string }
