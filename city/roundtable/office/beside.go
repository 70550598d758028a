package office

import (
	"context"
	"net/http"

	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// besides are the things around a dossier that are stored at once: where on the
// page they stand and what the page says afterwards.
var besides = map[string]struct{ at, flash string }{
	"attach":  {"#archivos", "roundtable.office.flash.attached"},
	"detach":  {"#archivos", "roundtable.office.flash.detached"},
	"invite":  {"#ministerios", "roundtable.office.flash.invite"},
	"barrier": {"#trabas", "roundtable.office.flash.barrier"},
	"resolve": {"#trabas", "roundtable.office.flash.resolve"},
}

// beside stores one of them and keeps what is typed in the dossier.
func (o *Office) beside(w http.ResponseWriter, r *http.Request, v roundtable.View, p posted, verb, what string) error {
	ctx := r.Context()
	if err := o.doBeside(ctx, v.Initiative.Number, p, verb, what); err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) {
			return o.dossierPage(ctx, v, ui.Values(p.Values), renamed(wrong, "how", "how-"+what)).page(), nil
		})
	}
	if err := o.keepTyped(ctx, v, p.Values); err != nil {
		return err
	}
	return web.Redirect(w, r, href(v.Initiative, "/expediente"+besides[verb].at), besides[verb].flash)
}

func (o *Office) doBeside(ctx context.Context, number string, p posted, verb, what string) error {
	switch verb {
	case "attach":
		if p.Name == "" {
			return noFile()
		}
		_, err := o.rt.Attach(ctx, number, p.Name, p.Data, p.public())
		return err
	case "detach":
		return o.rt.Detach(ctx, number, what)
	case "invite":
		return o.rt.InviteOwner(ctx, number, p.Get("ministry"))
	case "barrier":
		return o.rt.AddBarrier(ctx, number, barrierOf(p.Values))
	}
	return o.rt.ResolveBarrier(ctx, number, what, p.Get("how-"+what))
}

// renamed gives a field of the errors another name.
func renamed(e ui.Errors, from, to string) ui.Errors {
	for i, f := range e.Fields {
		if f.Name == from {
			e.Fields[i].Name = to
		}
	}
	return e
}

// fileRow is a file of an initiative.
type fileRow struct {
	ID, Name, Size, Day string
	Public              bool
}

func (f fileRow) href() string { return "/adjuntos/" + f.ID }

func (o *Office) fileRows(ctx context.Context, v roundtable.View) []fileRow {
	out := make([]fileRow, len(v.Attachments))
	for i, a := range v.Attachments {
		day := clock.DayOf(a.At, v.Charter.City.Zone)
		out[i] = fileRow{a.ID, a.Name, ui.Bytes(ctx, a.Size), o.words(ctx, v.Charter).Day(ctx, day), a.Public}
	}
	return out
}

// fileField asks for a file.
func fileField(ctx context.Context) ui.Field {
	return ui.Field{Name: "file", Label: i18n.T(ctx, "roundtable.office.file"), Hint: i18n.T(ctx, "roundtable.office.file.hint"),
		Kind: ui.File, Accept: accepted(), MaxBytes: web.FileMax}
}
