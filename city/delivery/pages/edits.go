package pages

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ronda/city/delivery/workplan"
	"ronda/method/plan"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// askForm asks for the reason of edits that must be agreed first. All that was
// typed travels along.
type askForm struct {
	Title, Text string
	Form        ui.Form
	Reason      ui.Field
	Buttons     ui.Buttons
}

// editsOf reads what a form of a task, or the chart, wants.
func editsOf(task string, typed url.Values) ([]workplan.Edit, error) {
	switch typed.Get("do") {
	case "save":
		return saveOf(task, typed)
	case "shift":
		var c fault.Check
		e := workplan.Edit{Op: workplan.Shift, Task: task, Start: dayIn(&c, typed, "start"), Finish: dayIn(&c, typed, "finish")}
		return []workplan.Edit{e}, c.Err()
	case "link", "unlink":
		return linkOf(task, typed)
	case "drop":
		return []workplan.Edit{{Op: workplan.DropTask, Task: task}}, nil
	}
	return nil, fault.New(fault.NotFound, "fault.notfound")
}

// saveOf reads the form of a task: its fields, and where it stands among the
// others when that was changed.
func saveOf(task string, typed url.Values) ([]workplan.Edit, error) {
	var c fault.Check
	e := workplan.Edit{Op: workplan.EditTask, Task: task, Fields: workplan.Fields{Name: strings.TrimSpace(typed.Get("name")), Duration: number0(&c, typed, "duration"),
		Constraint: typed.Get("constraint"), On: dayIn(&c, typed, "on"), Deadline: dayIn(&c, typed, "deadline"),
		Body: typed.Get("body"), Person: typed.Get("person"), Notes: strings.TrimSpace(typed.Get("notes"))}}
	if task == newTask {
		e.Op, e.Task, e.Parent, e.Before = workplan.AddTask, "", typed.Get("parent"), typed.Get("before")
		return []workplan.Edit{e}, c.Err()
	}
	out := []workplan.Edit{e}
	if typed.Get("parent") != typed.Get("parent_was") || typed.Get("before") != typed.Get("before_was") {
		out = append(out, workplan.Edit{Op: workplan.MoveTask, Task: task, Parent: typed.Get("parent"), Before: typed.Get("before")})
	}
	return out, c.Err()
}

// linkOf reads a link to the task, or from it for one that is undone there.
func linkOf(task string, typed url.Values) ([]workplan.Edit, error) {
	var c fault.Check
	from, to := typed.Get("from"), firstOf(typed.Get("to"), task)
	c.Require(from != "", "from", "fault.required")
	kind, ok := plan.ParseKind(firstOf(typed.Get("kind"), "FS"))
	c.Require(ok, "kind", "delivery.pages.fault.kind")
	link := plan.Link{From: from, To: to, Kind: kind, Lag: number0(&c, typed, "lag")}
	op := workplan.SetLink
	if typed.Get("do") == "unlink" {
		op, link.Lag = workplan.DropLink, 0
	}
	return []workplan.Edit{{Op: op, Link: link}}, c.Err()
}

// number0 reads a whole number, 0 when nothing was typed.
func number0(c *fault.Check, typed url.Values, name string) int {
	text := strings.TrimSpace(typed.Get(name))
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	c.Require(err == nil, name, "delivery.pages.fault.number")
	return n
}

// dayIn reads a day, none when nothing was typed.
func dayIn(c *fault.Check, typed url.Values, name string) plan.Day {
	day, err := plan.ParseDay(strings.TrimSpace(typed.Get(name)))
	c.Require(err == nil, name, "fault.date")
	return day
}

// version is the version of the plan that a form began from.
func version(typed url.Values) int64 {
	v, _ := strconv.ParseInt(typed.Get("version"), 10, 64)
	return v
}

// refused shows what was sent with what is wrong. What is frozen can be asked
// for with a reason.
func (p *Pages) refused(w http.ResponseWriter, r *http.Request, typed url.Values, err error) error {
	ctx, number := r.Context(), r.PathValue("number")
	if isFault(err, frozenKey) {
		ask := askTo(ctx, r.URL.Path, typed)
		if web.IsPartial(r) {
			return p.boardAsks(w, r, number, ask)
		}
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) {
			return p.taskView(r, fields{typed: ui.Values(typed)}, ask, nil)
		})
	}
	if web.IsPartial(r) {
		return p.boardAgain(w, r, number, err)
	}
	both := bothTasks(ctx, err, ui.Values(typed))
	return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) {
		return p.taskView(r, fields{ui.Values(typed), wrong}, nil, both)
	})
}

// frozenKey is what is said of an edit of what is agreed.
const frozenKey = "delivery.workplan.fault.frozen"

// askTo is the form that asks for what was tried, at the address it was tried at.
func askTo(ctx context.Context, action string, typed url.Values) *askForm {
	form := ui.Form{ID: "pedido", Action: action, Hidden: []ui.Pair{{Name: "ask", Value: "yes"}}}
	var names []string
	for name := range typed {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if name != "ask" && name != "reason" {
			form.Hidden = append(form.Hidden, ui.Pair{Name: name, Value: typed.Get(name)})
		}
	}
	form.Values = ui.Values{"reason": typed["reason"]}
	return &askForm{Title: t(ctx, "ask"), Text: t(ctx, "ask.text"), Form: form,
		Reason:  ui.Field{Name: "reason", Label: t(ctx, "field.reason"), Hint: t(ctx, "field.reason.hint"), Kind: ui.Area, Rows: 3, Required: true, Max: workplan.ReasonMax},
		Buttons: ui.Buttons{{Text: t(ctx, "ask.yes")}}}
}

// ask asks Planning for edits.
func (p *Pages) ask(w http.ResponseWriter, r *http.Request, typed url.Values, edits []workplan.Edit) error {
	ctx, number := r.Context(), r.PathValue("number")
	_, err := p.plans.AskChange(ctx, number, version(typed), strings.TrimSpace(typed.Get("reason")), edits...)
	if err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) {
			ask := askTo(ctx, r.URL.Path, typed)
			ask.Form.Errors = wrong
			return p.askAgain(r, typed, ask)
		})
	}
	return done(w, r, href(number)+"/plan/cambios", "asked")
}

// askAgain is the page from which the change was asked for: that of the task, or
// that of the objectives.
func (p *Pages) askAgain(r *http.Request, typed url.Values, ask *askForm) (web.Page, error) {
	if r.PathValue("task") == "" {
		return p.objectivesView(r, fields{typed: ui.Values(typed)}, ask)
	}
	return p.taskView(r, fields{typed: ui.Values(typed)}, ask, nil)
}

// bothTasks puts the task that somebody stored meanwhile beside what was typed.
func bothTasks(ctx context.Context, err error, typed ui.Values) *ui.Conflict {
	var f *fault.Error
	if !errors.As(err, &f) {
		return nil
	}
	theirs, ok := f.Theirs.(workplan.Task)
	if !ok {
		return nil
	}
	typed["version"] = []string{strconv.FormatInt(theirs.Version, 10)}
	return &ui.Conflict{Title: t(ctx, "conflict"), Text: t(ctx, "conflict.text"), Rows: []ui.ConflictRow{
		{Label: t(ctx, "field.name"), Theirs: theirs.Name, Yours: typed.Get("name")},
		{Label: t(ctx, "field.duration"), Theirs: itoa(theirs.Duration), Yours: typed.Get("duration")},
		{Label: t(ctx, "field.notes"), Theirs: theirs.Notes, Yours: typed.Get("notes")},
	}}
}

// boardNow answers the script with the plan as it stands now.
func (p *Pages) boardNow(w http.ResponseWriter, r *http.Request, number, do string) error {
	return p.boardSays(w, r, number, http.StatusOK, ui.Notice{Tone: ui.Good, Text: t(r.Context(), "flash."+do)}, nil)
}

// boardAgain answers the script with the plan as it stands and what was wrong.
func (p *Pages) boardAgain(w http.ResponseWriter, r *http.Request, number string, err error) error {
	if kind := fault.KindOf(err); kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	wrong := ui.ErrorsOf(r.Context(), err)
	var texts []string
	for _, f := range wrong.Fields {
		texts = append(texts, f.Text)
	}
	n := ui.Notice{Tone: ui.Bad, Title: t(r.Context(), "not_done"), Text: firstOf(strings.Join(texts, " "), wrong.Title)}
	return p.boardSays(w, r, number, web.Status(err), n, nil)
}

// boardAsks answers the script with the form that asks for the change.
func (p *Pages) boardAsks(w http.ResponseWriter, r *http.Request, number string, ask *askForm) error {
	return p.boardSays(w, r, number, http.StatusConflict, ui.Notice{Tone: ui.Warn, Text: t(r.Context(), "frozen.drag")}, ask)
}

func (p *Pages) boardSays(w http.ResponseWriter, r *http.Request, number string, status int, n ui.Notice, ask *askForm) error {
	v, err := p.plans.Plan(r.Context(), number)
	if err != nil {
		return err
	}
	zoom, err := zoomOf(r, v)
	if err != nil {
		return err
	}
	say := p.wordsOf(r.Context(), v.Case.Charter)
	plans := *r.URL // its links lead to the page that holds it
	plans.Path = href(number) + "/plan"
	of := r.WithContext(r.Context())
	of.URL = &plans
	b := say.board(of, v, zoom)
	b.News, b.Ask = []ui.Notice{n}, ask
	return web.Render(w, r, web.Page{Status: status, Body: boardView(b)})
}
