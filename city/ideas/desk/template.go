package desk

import (
	"context"
	"net/http"
	"strings"
	"time"

	"ronda/city/ideas"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/id"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// Template is a text that a body answers with again and again.
type Template struct {
	ID     string    `db:"id"`
	Body   string    `db:"body"`
	Name   string    `db:"name"`
	Text   string    `db:"text"` // with the blanks of Filled
	Person string    `db:"person"`
	At     time.Time `db:"at"`
}

// Limits of templates.
const (
	nameMax      = 80
	templatesMax = 100 // of one body
)

// The blanks of a template.
const (
	blankName  = "{firma}"
	blankTitle = "{titulo}"
)

// Filled is a template's text for one idea: {firma} is the name that its author
// chose, {titulo} its title.
func Filled(ctx context.Context, text string, i ideas.Idea) string {
	name := i.Signature
	if name == "" {
		name = i18n.T(ctx, "ideas.desk.unnamed")
	}
	return strings.NewReplacer(blankName, name, blankTitle, i.Title).Replace(text)
}

// Templates are the texts of a body, by name, for those who are in it.
func (d *Desk) Templates(ctx context.Context, body string) ([]Template, error) {
	if err := in(ctx, body); err != nil {
		return nil, err
	}
	return db.Query[Template](ctx, d.DB, `SELECT id, body, name, text, person, at FROM desk_template WHERE body = $1 ORDER BY name, id`, body)
}

// in refuses whoever holds no post in the body.
func in(ctx context.Context, body string) error {
	if err := official(ctx); err != nil {
		return err
	}
	if _, ok := me(ctx).In(body); !ok {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// KeepTemplate stores a text of a body; one of the same name is replaced. Faults:
// Forbidden, Invalid on "name" and "text", and on "name" when the shelf is full.
func (d *Desk) KeepTemplate(ctx context.Context, body, name, text string) error {
	if err := in(ctx, body); err != nil {
		return err
	}
	name, text = strings.TrimSpace(name), strings.TrimSpace(text)
	var c fault.Check
	c.Text("name", name, true, nameMax)
	c.Text("text", text, true, ideas.AnswerMax)
	if err := c.Err(); err != nil {
		return err
	}
	return d.DB.Write(ctx, func(ctx context.Context) error {
		if _, err := d.DB.Exec(ctx, `DELETE FROM desk_template WHERE body = $1 AND name = $2`, body, name); err != nil {
			return err
		}
		n, err := db.One[int](ctx, d.DB, `SELECT COUNT(*) FROM desk_template WHERE body = $1`, body)
		if err != nil {
			return err
		}
		if n >= templatesMax {
			c.Fail("name", "fault.too_many", "max", templatesMax)
			return c.Err()
		}
		return d.DB.Insert(ctx, "desk_template", Template{ID: id.New(), Body: body, Name: name, Text: text, Person: me(ctx).Person, At: clock.Now(ctx)})
	})
}

// DropTemplate throws a text of a body away.
func (d *Desk) DropTemplate(ctx context.Context, body, template string) error {
	if err := in(ctx, body); err != nil {
		return err
	}
	return d.DB.Write(ctx, func(ctx context.Context) error {
		n, err := d.DB.Exec(ctx, `DELETE FROM desk_template WHERE body = $1 AND id = $2`, body, template)
		return db.Changed(n, err, "fault.conflict")
	})
}

// templatesPage is the shelf of a body.
type templatesPage struct {
	Heading ui.Heading
	Bodies  ui.Tabs
	Rows    []templateRow
	Form    ui.Form
	Empty   string
}

// templateRow is one text of the shelf.
type templateRow struct {
	Name, Text string
	Form       ui.Form
	Drop       ui.Button
}

// bodyAsked is the body of the person that the address names, or the first one.
func bodyAsked(ctx context.Context, asked string) (string, error) {
	if err := official(ctx); err != nil {
		return "", err
	}
	if asked == "" {
		return me(ctx).Bodies()[0], nil
	}
	return asked, in(ctx, asked)
}

func (d *Desk) templatesPage(w http.ResponseWriter, r *http.Request) error {
	body, err := bodyAsked(r.Context(), r.URL.Query().Get("organismo"))
	if err != nil {
		return err
	}
	return show(w, r, func(wrong ui.Errors) (web.Page, error) { return d.shelf(r.Context(), body, nil, wrong) })
}

func (d *Desk) shelf(ctx context.Context, body string, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	list, err := d.Templates(ctx, body)
	if err != nil {
		return web.Page{}, err
	}
	say, err := d.words(ctx)
	if err != nil {
		return web.Page{}, err
	}
	to := root + "/plantillas"
	p := templatesPage{Heading: ui.Heading{Crumbs: hubCrumbs(ctx), Over: say.body(ctx, body), Title: i18n.T(ctx, "ideas.desk.templates"), Lead: i18n.T(ctx, "ideas.desk.templates.lead")},
		Bodies: bodyTabs(ctx, say, to, body), Empty: i18n.T(ctx, "ideas.desk.templates.empty"),
		Form: ui.Form{ID: "plantilla", Action: to, Values: typed, Errors: wrong, Hidden: []ui.Pair{{Name: "body", Value: body}}}}
	for _, t := range list {
		p.Rows = append(p.Rows, templateRow{Name: t.Name, Text: t.Text, Drop: ui.Button{Text: i18n.T(ctx, "ideas.desk.templates.drop"), Of: ": " + t.Name, Weight: ui.Plainer},
			Form: ui.Form{ID: "quitar-" + t.ID, Action: to, Hidden: []ui.Pair{{Name: "body", Value: body}, {Name: "drop", Value: t.ID}}}})
	}
	return narrow(p.Heading.Title, templatesBody(p)), nil
}

// bodyTabs choose a body, for whom has posts in several.
func bodyTabs(ctx context.Context, say words, to, current string) ui.Tabs {
	t := ui.Tabs{Label: i18n.T(ctx, "ideas.desk.bodies")}
	bodies := me(ctx).Bodies()
	if len(bodies) < 2 {
		return t
	}
	for _, b := range bodies {
		t.Items = append(t.Items, ui.NavItem{Href: to + "?organismo=" + b, Text: say.body(ctx, b), Current: b == current})
	}
	return t
}

func (d *Desk) keepTemplate(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx, body, flash := r.Context(), typed.Get("body"), "ideas.desk.flash.template"
	if drop := typed.Get("drop"); drop != "" {
		flash, err = "ideas.desk.flash.dropped", d.DropTemplate(ctx, body, drop)
	} else {
		err = d.KeepTemplate(ctx, body, typed.Get("name"), typed.Get("text"))
	}
	if err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return d.shelf(ctx, body, ui.Values(typed), wrong) })
	}
	return web.Redirect(w, r, root+"/plantillas?organismo="+body, flash)
}
