package opinions

import (
	"context"
	"net/http"
	"slices"
	"time"

	"ronda/platform/event"
	"ronda/platform/i18n"
	"ronda/platform/table"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// logPage is the log of moderation.
type logPage struct {
	Heading  ui.Heading
	Timeline ui.Timeline
	Empty    ui.Empty
	File     string
}

const (
	logSize = 50
	logMax  = 5000 // acts in the file
)

// told are the acts that the log shows, and what sort of act each is.
var told = map[string]ui.Tone{EventSeeded: ui.Plain, EventProposed: ui.Plain, EventApproved: ui.Good, EventEdited: ui.Info, EventRejected: ui.Bad, EventRestored: ui.Good}

// getLog shows every public act on the statements, newest first, and gives them
// as a file.
func (m *Module) getLog(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := m.enter(r)
	if err != nil {
		return err
	}
	if _, asked := table.Asked(r); asked {
		return v.logFile(w, r)
	}
	events, err := m.log.Timeline(ctx, Log(v.Challenge.ID), event.Page{Before: r.URL.Query().Get("desde"), Limit: logSize + 1, PublicOnly: true})
	if err != nil {
		return err
	}
	p := logPage{Heading: v.heading(ctx, "ideas.opinions.log"), File: table.Address(r, table.CSV, "desde"),
		Empty: ui.Empty{Title: i18n.T(ctx, "ideas.opinions.log.empty"), Text: i18n.T(ctx, "ideas.opinions.log.empty_text"), Action: ui.Link{Href: v.Challenge.href(""), Text: i18n.T(ctx, "ideas.opinions.list.back")}}}
	if len(events) > logSize {
		events = events[:logSize]
		p.Timeline.More = ui.Link{Href: v.Challenge.href("/registro?desde=" + events[logSize-1].ID), Text: i18n.T(ctx, "ideas.opinions.log.more")}
	}
	for _, e := range events {
		if _, ok := told[e.Kind]; ok {
			p.Timeline.Items = append(p.Timeline.Items, v.moment(ctx, e))
		}
	}
	return web.Render(w, r, v.page(p.Heading.Title+" · "+v.Challenge.Title, logBody(p)))
}

// Moment tells an act on a statement where acts of the whole city are told; ok is
// false for other events.
func (m *Module) Moment(ctx context.Context, e event.Event) (moment ui.Moment, ok bool) {
	if _, ok := told[e.Kind]; !ok {
		return moment, false
	}
	c, err := m.caseOf(ctx, Challenge{Number: e.Data["number"]})
	if err != nil {
		return moment, false
	}
	moment = c.moment(ctx, e)
	moment.Href = c.Challenge.href("/registro")
	return moment, true
}

// moment is one act as the log tells it.
func (c Case) moment(ctx context.Context, e event.Event) ui.Moment {
	at := e.At.In(c.Charter.City.Zone)
	return ui.Moment{Tone: told[e.Kind], Title: i18n.T(ctx, "ideas.opinions.act."+actName(e), "no", e.Data["no"]), Stamp: e.At.Format(time.RFC3339), When: i18n.DateTime(ctx, at), Meta: c.actor(ctx, e), Text: words(ctx, e)}
}

// actName is the end of the kind of an act.
func actName(e event.Event) string { return e.Kind[len("opinions."):] }

// words are what an act says: the statement, why it was taken off.
func words(ctx context.Context, e event.Event) string {
	switch {
	case e.Kind == EventRejected:
		return i18n.T(ctx, "ideas.opinions.cause."+e.Data["cause"]) + ". " + e.Text["why"]
	case e.Kind == EventEdited:
		return i18n.T(ctx, "ideas.opinions.act.before", "text", e.Text["before"]) + "\n" + i18n.T(ctx, "ideas.opinions.act.after", "text", e.Text["statement"])
	case e.Kind == EventRestored:
		return e.Text["why"] + "\n" + e.Text["statement"]
	}
	return e.Text["statement"]
}

// actor is the body in whose name an act was done; a citizen stays unnamed.
func (c Case) actor(ctx context.Context, e event.Event) string {
	if b, ok := c.Charter.Bodies.Get(e.Actor.Body); ok {
		return b.Name.In(i18n.Of(ctx))
	}
	if slices.Contains([]string{EventApproved, EventRejected, EventRestored}, e.Kind) {
		return i18n.T(ctx, "ideas.opinions.act.facilitator")
	}
	return i18n.T(ctx, "ideas.opinions.act.citizen")
}

// logColumns describe the log as a file.
var logColumns = []table.Column{
	{Key: "at", Label: "ideas.opinions.column.at", Kind: table.Time}, {Key: "act", Label: "ideas.opinions.column.act", Kind: table.Text},
	{Key: "statement", Label: "ideas.opinions.column.statement", Kind: table.Number}, {Key: "text", Label: "ideas.opinions.column.text", Kind: table.Text},
	{Key: "cause", Label: "ideas.opinions.column.cause", Kind: table.Text}, {Key: "why", Label: "ideas.opinions.column.why", Kind: table.Text},
	{Key: "body", Label: "ideas.opinions.column.body", Kind: table.Text},
}

func (v *visit) logFile(w http.ResponseWriter, r *http.Request) error {
	events, err := v.m.log.Timeline(r.Context(), Log(v.Challenge.ID), event.Page{Limit: logMax, PublicOnly: true})
	if err != nil {
		return err
	}
	rows := func(yield func([]any, error) bool) {
		for _, e := range events {
			if _, ok := told[e.Kind]; !ok {
				continue
			}
			row := []any{e.At, actName(e), e.Data["no"], e.Text["statement"], e.Data["cause"], e.Text["why"], e.Actor.Body}
			if !yield(row, nil) {
				return
			}
		}
	}
	return table.Serve(w, r, "moderacion-"+v.Challenge.Number, logColumns, rows)
}
