package pages

import (
	"context"
	"iter"
	"net/http"
	"net/url"
	"strings"

	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/platform/event"
	"ronda/platform/table"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// registerOf reads the filters of a register from an address.
func (p *Pages) registerOf(r *http.Request) (meetings.Register, error) {
	q := r.URL.Query()
	out := meetings.Register{Owner: q.Get("de"), Ministry: q.Get("ministerio")}
	switch q.Get("estado") {
	case "":
	case "vencidos":
		out.Late = true
	case "abiertos":
		out.State = meetings.DueOpen
	case "cumplidos":
		out.State = meetings.DueDone
	case "descartados":
		out.State = meetings.Dropped
	default:
		return out, notFound()
	}
	if q.Get("mios") != "" && people.Me(r.Context()).SignedIn() {
		out.Mine = true
	}
	if number := q.Get("iniciativa"); number != "" {
		v, err := p.roundtable.View(r.Context(), number)
		if err != nil {
			return out, err
		}
		out.Initiative = v.Initiative.ID
	}
	if number := q.Get("serie"); number != "" {
		v, err := p.meetings.Series(r.Context(), number)
		if err != nil {
			return out, err
		}
		out.Series = v.Series.ID
	}
	return out, nil
}

// registerStates are the states of the filters, in the order of the drawing.
var registerStates = []struct{ param, name string }{
	{"cumplidos", "good"}, {"abiertos", "open"}, {"vencidos", "late"}, {"descartados", "off"},
}

func registerFilters(r *http.Request, say words, what string) ui.Filters {
	ctx, q := r.Context(), r.URL.Query()
	state := ui.FilterGroup{Name: t(ctx, "filter.state")}
	for _, s := range registerStates {
		c := ui.Choice{Text: t(ctx, "register."+what+"."+s.name), Href: with(r, "estado", s.param), On: q.Get("estado") == s.param, Count: -1}
		if c.On {
			c.Href = with(r, "estado", "")
		}
		state.Choices = append(state.Choices, c)
	}
	if people.Me(ctx).SignedIn() {
		c := ui.Choice{Text: t(ctx, "register."+what+".mine"), Href: with(r, "mios", "si"), On: q.Get("mios") != "", Count: -1}
		if c.On {
			c.Href = with(r, "mios", "")
		}
		state.Choices = append(state.Choices, c)
	}
	ministries := ui.FilterGroup{Name: t(ctx, "filter.ministry")}
	for _, b := range say.Charter.Ministries(say.today) {
		c := ui.Choice{Text: b.Name.In(say.Lang), Href: with(r, "ministerio", b.Code), On: q.Get("ministerio") == b.Code, Count: -1}
		if c.On {
			c.Href = with(r, "ministerio", "")
		}
		ministries.Choices = append(ministries.Choices, c)
	}
	return ui.Filters{Groups: []ui.FilterGroup{state}, More: []ui.FilterGroup{ministries}, Clear: r.URL.Path}
}

// registerPage fills what both registers have in common.
func registerView(r *http.Request, say words, key string) registerPage {
	ctx := r.Context()
	view := registerPage{Heading: ui.Heading{Title: t(ctx, key), Lead: t(ctx, key+".lead")}, Tabs: tabs(ctx, r.URL.Path), Filters: registerFilters(r, say, key),
		Empty: ui.Empty{Title: t(ctx, key+".none"), Text: t(ctx, key+".none.text"), Action: ui.Link{Href: r.URL.Path, Text: t(ctx, key+".all")}}}
	if len(r.URL.Query()) == 0 {
		view.Empty.Action = ui.Link{Href: "/reuniones", Text: t(ctx, "list")}
	}
	for _, f := range table.Formats {
		view.Exports = append(view.Exports, ui.Link{Href: table.Address(r, f, "desde"), Text: strings.ToUpper(string(f))})
	}
	if r.URL.Query().Get("desde") != "" {
		view.Pager.Earlier = with(r, "desde", "")
	}
	return view
}

// counted are rows of a register by where they stand.
type counted struct{ done, open, late, dropped int }

func (c *counted) add(s meetings.DueState, late bool) {
	switch {
	case s == meetings.DueDone:
		c.done++
	case s == meetings.Dropped:
		c.dropped++
	case late:
		c.late++
	default:
		c.open++
	}
}

// figure draws how many were kept, are open, are late. Each part leads to its list.
func (c counted) figure(r *http.Request, what string) split {
	ctx := r.Context()
	n := map[string]int{"good": c.done, "open": c.open, "late": c.late, "off": c.dropped}
	var parts []splitPart
	for _, s := range registerStates {
		parts = append(parts, splitPart{Name: s.name, Count: n[s.name], Text: t(ctx, "register."+what+".many."+s.name, "count", n[s.name]), Href: with(r, "estado", s.param)})
	}
	return splitOf(t(ctx, what)+":", parts...)
}

// decisions is the register of decisions.
func (p *Pages) decisions(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := p.registerOf(r)
	if err != nil {
		return err
	}
	if _, asked := table.Asked(r); asked {
		return table.Serve(w, r, t(ctx, "decisions.file"), decisionColumns, p.decisionRows(ctx, f))
	}
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	after, err := web.After(r)
	if err != nil {
		return err
	}
	list, next, err := p.meetings.Decisions(ctx, f, after, 0)
	if err != nil {
		return unknown(err)
	}
	view := registerView(r, say, "decisions")
	view.Note, view.Pager.Later = t(ctx, "decisions.note"), later(r, next)
	for _, d := range list {
		view.Rows = append(view.Rows, say.decisionRow(ctx, d.Decision, d.MeetingTitle+", "+say.when(ctx, d.Starts)))
	}
	var n counted
	all := f
	all.State, all.Late = "", false
	if err := p.meetings.EachDecision(ctx, all, func(d meetings.DecisionRow) error { n.add(d.State, d.Late(say.today)); return nil }); err != nil {
		return err
	}
	view.Figures = n.figure(r, "decisions")
	return web.Render(w, r, pageOf(view.Heading.Title, view.Heading.Lead, registerBody(view)))
}

// commitments is the register of commitments.
func (p *Pages) commitments(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := p.registerOf(r)
	if err != nil {
		return err
	}
	if _, asked := table.Asked(r); asked {
		return table.Serve(w, r, t(ctx, "commitments.file"), commitmentColumns, p.commitmentRows(ctx, f))
	}
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	after, err := web.After(r)
	if err != nil {
		return err
	}
	list, next, err := p.meetings.Commitments(ctx, f, after, 0)
	if err != nil {
		return unknown(err)
	}
	view := registerView(r, say, "commitments")
	view.Note, view.Pager.Later = t(ctx, "commitments.note"), later(r, next)
	for _, c := range list {
		view.Rows = append(view.Rows, say.commitmentRow(ctx, c.Commitment, c.MeetingTitle+", "+say.when(ctx, c.Starts)))
	}
	var n counted
	all := f
	all.State, all.Late = "", false
	if err := p.meetings.EachCommitment(ctx, all, func(c meetings.CommitmentRow) error { n.add(c.State, c.Late(say.today)); return nil }); err != nil {
		return err
	}
	view.Figures = n.figure(r, "commitments")
	return web.Render(w, r, pageOf(view.Heading.Title, view.Heading.Lead, registerBody(view)))
}

var decisionColumns = []table.Column{
	{Key: "number", Label: "meetings.pages.column.number"}, {Key: "decision", Label: "meetings.pages.column.decision"}, {Key: "owner", Label: "meetings.pages.column.owner"},
	{Key: "owner_code", Label: "meetings.pages.column.owner_code"}, {Key: "due", Label: "meetings.pages.column.due", Kind: table.Day}, {Key: "state", Label: "meetings.pages.column.state"},
	{Key: "how", Label: "meetings.pages.column.how"}, {Key: "meeting", Label: "meetings.pages.column.meeting"}, {Key: "held", Label: "meetings.pages.column.day", Kind: table.Time},
	{Key: "closed", Label: "meetings.pages.column.closed", Kind: table.Time}, {Key: "page", Label: "meetings.pages.column.page", Kind: table.Link},
}

var commitmentColumns = []table.Column{
	{Key: "number", Label: "meetings.pages.column.number"}, {Key: "what", Label: "meetings.pages.column.what"}, {Key: "who", Label: "meetings.pages.column.owner"},
	{Key: "who_kind", Label: "meetings.pages.column.owner_kind"}, {Key: "due", Label: "meetings.pages.column.due", Kind: table.Day}, {Key: "state", Label: "meetings.pages.column.state"},
	{Key: "how", Label: "meetings.pages.column.how"}, {Key: "meeting", Label: "meetings.pages.column.meeting"}, {Key: "held", Label: "meetings.pages.column.day", Kind: table.Time},
	{Key: "closed", Label: "meetings.pages.column.closed", Kind: table.Time}, {Key: "page", Label: "meetings.pages.column.page", Kind: table.Link},
}

// streamed makes rows of a list that is read with a function.
func streamed[T any](each func(fn func(T) error) error, row func(T) []any) table.Rows {
	return func(yield func([]any, error) bool) {
		err := each(func(x T) error {
			if !yield(row(x), nil) {
				return errStopped
			}
			return nil
		})
		if err != nil && err != errStopped {
			yield(nil, err)
		}
	}
}

func (p *Pages) decisionRows(ctx context.Context, f meetings.Register) iter.Seq2[[]any, error] {
	say, err := p.words(ctx)
	if err != nil {
		return func(yield func([]any, error) bool) { yield(nil, err) }
	}
	return streamed(func(fn func(meetings.DecisionRow) error) error { return p.meetings.EachDecision(ctx, f, fn) }, func(d meetings.DecisionRow) []any {
		return []any{d.Number, d.Text, say.who(ctx, d.Owner), d.Owner, d.Due, stateCode(d.State, d.Late(say.today)), d.DoneText, d.MeetingNumber, d.Starts, d.ClosedAt, "/decisiones/" + d.Number}
	})
}

func (p *Pages) commitmentRows(ctx context.Context, f meetings.Register) iter.Seq2[[]any, error] {
	say, err := p.words(ctx)
	if err != nil {
		return func(yield func([]any, error) bool) { yield(nil, err) }
	}
	return streamed(func(fn func(meetings.CommitmentRow) error) error { return p.meetings.EachCommitment(ctx, f, fn) }, func(c meetings.CommitmentRow) []any {
		return []any{c.Number, c.What, say.owner(ctx, c.WhoKind, c.Who), c.WhoKind, c.Due, stateCode(c.State, c.Late(say.today)), c.DoneText, c.MeetingNumber, c.Starts, c.ClosedAt, "/compromisos/" + c.Number}
	})
}

// stateCode is where something owed stands, for programs.
func stateCode(s meetings.DueState, late bool) string {
	if late {
		return "late"
	}
	return string(s)
}

// addressOf keeps values of an address.
func addressOf(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return path + "?" + q.Encode()
}

func subject(kind, id string) event.Subject { return event.Subject{Kind: kind, ID: id} }
