package app

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"slices"
	"testing/fstest"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// changeCity is the two-person change that puts a version of the city's data in
// force. Its data: file, text, from (day), label.
const changeCity = "app.city"

// eventCity says that a version of the city's data is in force; data version,
// file, from, sha256.
const eventCity = "charter.installed"

// coverCity puts changes of the city's data under the rule of two.
func (a *App) coverCity() {
	a.people.Cover(people.ChangeKind{Kind: changeCity, Title: func(ctx context.Context, data map[string]string) (string, error) {
		return i18n.T(ctx, "app.city.change", "file", data["file"], "from", data["from"], "label", data["label"]), nil
	}, Check: a.checkCity, Apply: a.applyCity})
}

// nextFiles are the files in force with one of them replaced.
func (a *App) nextFiles(ctx context.Context, data map[string]string) (charter.Files, error) {
	ch, err := a.charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	files := maps.Clone(ch.Files())
	files[data["file"]] = data["text"]
	return files, nil
}

// checkCity says what is wrong with a proposed file: its day, or its lines.
func (a *App) checkCity(ctx context.Context, data map[string]string) error {
	var c fault.Check
	c.Require(slices.Contains(charter.FileNames, data["file"]), "file", "app.city.unknown")
	c.Text("label", data["label"], true, 120)
	if _, err := clock.ParseDay(data["from"]); err != nil {
		c.Fail("from", "fault.day")
	}
	if err := c.Err(); err != nil {
		return err
	}
	files, err := a.nextFiles(ctx, data)
	if err != nil {
		return err
	}
	var problems charter.Errors
	if err := a.charters.Check(files); errors.As(err, &problems) {
		c.Fail("text", "app.city.lines", "lines", problems.In(i18n.Of(ctx)))
	} else if err != nil {
		return err
	}
	return c.Err()
}

// applyCity installs the version and brings bodies and posts in line with it.
func (a *App) applyCity(ctx context.Context, data map[string]string) error {
	files, err := a.nextFiles(ctx, data)
	if err != nil {
		return err
	}
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	ch, err := a.charters.Install(ctx, fsys, clock.Day(data["from"]), data["label"])
	if err != nil {
		return err
	}
	if err := a.people.SyncFrom(ctx, a.charters, ch); err != nil {
		return err
	}
	me := people.Me(ctx)
	_, err = a.log.Append(ctx, event.Event{Kind: eventCity, Subject: event.Subject{Kind: "charter", ID: ch.Version.ID}, Public: true,
		Data: map[string]string{"version": ch.Version.ID, "file": data["file"], "from": data["from"], "sha256": ch.Version.SHA256}, Actor: event.Actor{Person: me.Person}})
	return err
}

// cityPage is the city's data as versions, with the form for the next one.
type cityPage struct {
	Heading ui.Heading
	Form    ui.Form
	Files   []ui.Option
	Shown   ui.Link // the file in force, to take away
	Table   ui.Table
}

func (a *App) cityPage(ctx context.Context) (cityPage, error) {
	p := cityPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/administracion", Text: i18n.T(ctx, "app.nav.admin")}}, Title: i18n.T(ctx, "app.admin.city"), Lead: i18n.T(ctx, "app.city.lead")},
		Form: ui.Form{Action: "/administracion/ciudad", Files: true}, Table: ui.Table{Caption: i18n.T(ctx, "app.city.versions")}}
	for _, head := range []string{"number", "from", "label", "sha256"} {
		p.Table.Columns = append(p.Table.Columns, ui.Head{Text: i18n.T(ctx, "app.city."+head)})
	}
	for _, name := range charter.FileNames {
		p.Files = append(p.Files, ui.Option{Value: name, Text: name})
	}
	list, err := a.charters.List(ctx)
	for _, v := range list {
		from := string(v.ValidFrom)
		if from == "" {
			from = i18n.T(ctx, "app.city.always")
		}
		p.Table.Rows = append(p.Table.Rows, ui.Row{{Text: i18n.Number(ctx, int64(v.Number))}, {Text: from}, {Text: v.Label}, {Text: v.SHA256[:16]}})
	}
	return p, err
}

func (a *App) cityAdmin(w http.ResponseWriter, r *http.Request) error {
	if !people.Me(r.Context()).Administrator() {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	p, err := a.cityPage(r.Context())
	if err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: p.Heading.Title, Section: "admin", Private: true, Body: cityBody(p)})
}

// cityPost proposes a version. With a single administrator it is in force at
// once; otherwise another one confirms it.
func (a *App) cityPost(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !people.Me(ctx).Administrator() {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	form, file, _, err := web.FileForm(w, r, "upload")
	if err != nil {
		return err
	}
	data := map[string]string{"file": form.Get("file"), "from": form.Get("from"), "label": form.Get("label"), "text": form.Get("text")}
	if file != nil {
		defer file.Close()
		text, err := io.ReadAll(file) // FileForm bounds it
		if err != nil {
			return err
		}
		data["text"] = string(text)
		form.Set("text", data["text"])
	}
	change, err := a.people.Propose(ctx, changeCity, data)
	if fault.Is(err, fault.Invalid) {
		p, perr := a.cityPage(ctx)
		if perr != nil {
			return perr
		}
		p.Form.Values, p.Form.Errors = ui.Values(form), ui.ErrorsOf(ctx, err)
		return web.Render(w, r, web.Page{Title: p.Heading.Title, Section: "admin", Private: true, Wrong: true, Status: http.StatusUnprocessableEntity, Body: cityBody(p)})
	}
	if err != nil {
		return err
	}
	if change.State == people.ChangePending {
		return web.Redirect(w, r, "/administracion/cambios", "app.flash.proposed")
	}
	return web.Redirect(w, r, "/administracion/ciudad", "app.flash.installed")
}

// cityFile gives a file of the city's data as it is in force.
func (a *App) cityFile(w http.ResponseWriter, r *http.Request) error {
	ch, err := a.charters.Current(r.Context())
	if err != nil {
		return err
	}
	text, ok := ch.Files()[r.PathValue("name")]
	if !ok {
		return fault.New(fault.NotFound, "fault.notfound")
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err = io.WriteString(w, text)
	return err
}
