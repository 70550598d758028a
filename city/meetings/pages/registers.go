package pages

import (
	"context"
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

// figure draws how many were kept, are open, are late. Each part leads to its list.
func figure(r *http.Request, what string, c meetings.Tally) split {
	ctx := r.Context()
	n := map[string]int{"good": c.Done, "open": c.Open, "late": c.Late, "off": c.Dropped}
	var parts []splitPart
	for _, s := range registerStates {
		parts = append(parts, splitPart{Name: s.name, Count: n[s.name], Text: t(ctx, "register."+what+".many."+s.name, "count", n[s.name]), Href: with(r, "estado", s.param)})
	}
	return splitOf(t(ctx, what)+":", parts...)
}

// register is what differs between the two registers.
type register[T any] struct {
	name    string // of its messages
	columns []table.Column
	rows    func(ctx context.Context, f meetings.Register) table.Rows
	list    func(ctx context.Context, f meetings.Register, after string, size int) ([]T, string, error)
	tally   func(ctx context.Context, f meetings.Register) (meetings.Tally, error)
	row     func(ctx context.Context, say words, x T) dealRow
}

// decisions is the register of decisions.
func (p *Pages) decisions(w http.ResponseWriter, r *http.Request) error {
	return serveRegister(p, w, r, register[meetings.DecisionRow]{"decisions", decisionColumns, p.decisionRows, p.meetings.Decisions, p.meetings.TallyDecisions,
		func(ctx context.Context, say words, d meetings.DecisionRow) dealRow {
			return say.decisionRow(ctx, d.Decision, d.MeetingTitle+", "+say.when(ctx, d.Starts))
		}})
}

// commitments is the register of commitments.
func (p *Pages) commitments(w http.ResponseWriter, r *http.Request) error {
	return serveRegister(p, w, r, register[meetings.CommitmentRow]{"commitments", commitmentColumns, p.commitmentRows, p.meetings.Commitments, p.meetings.TallyCommitments,
		func(ctx context.Context, say words, c meetings.CommitmentRow) dealRow {
			return say.commitmentRow(ctx, c.Commitment, c.MeetingTitle+", "+say.when(ctx, c.Starts))
		}})
}

// serveRegister answers with a page of a register, or with all of it as a file.
func serveRegister[T any](p *Pages, w http.ResponseWriter, r *http.Request, g register[T]) error {
	ctx := r.Context()
	f, err := p.registerOf(r)
	if err != nil {
		return err
	}
	if _, asked := table.Asked(r); asked {
		return table.Serve(w, r, t(ctx, g.name+".file"), g.columns, g.rows(ctx, f))
	}
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	after, err := web.After(r)
	if err != nil {
		return err
	}
	list, next, err := g.list(ctx, f, after, 0)
	if err != nil {
		return unknown(err)
	}
	tally, err := g.tally(ctx, f)
	if err != nil {
		return err
	}
	view := registerView(r, say, g.name)
	view.Note, view.Pager.Later, view.Figures = t(ctx, g.name+".note"), later(r, next), figure(r, g.name, tally)
	for _, x := range list {
		view.Rows = append(view.Rows, g.row(ctx, say, x))
	}
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

func (p *Pages) decisionRows(ctx context.Context, f meetings.Register) table.Rows {
	say, err := p.words(ctx)
	if err != nil {
		return func(yield func([]any, error) bool) { yield(nil, err) }
	}
	return streamed(func(fn func(meetings.DecisionRow) error) error { return p.meetings.EachDecision(ctx, f, fn) }, func(d meetings.DecisionRow) []any {
		return []any{d.Number, d.Text, say.who(ctx, d.Owner), d.Owner, d.Due, stateCode(d.State, d.Late(say.today)), d.DoneText, d.MeetingNumber, d.Starts, d.ClosedAt, "/decisiones/" + d.Number}
	})
}

func (p *Pages) commitmentRows(ctx context.Context, f meetings.Register) table.Rows {
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
