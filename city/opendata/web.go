package opendata

import (
	"cmp"
	"net/http"
	"strconv"

	"ronda/city/roundtable/pages"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/table"
	"ronda/platform/web"
)

// Web are the pages of open data.
type Web struct {
	c *Catalogue
}

// NewWeb makes the pages over a catalogue.
func NewWeb(c *Catalogue) *Web { return &Web{c} }

// Routes registers the pages.
func (p *Web) Routes(m *web.Mux) {
	m.Get(style().Path, style().Serve)
	m.Get("/datos", p.index)
	m.Get("/datos/{name}", p.dataset)
	m.Get("/datos/catalogo.json", p.catalogue)
	m.Get("/datos/todo.zip", p.all)
	for _, f := range p.c.Files() {
		if f.Href == "/datos/"+f.Name {
			m.Get(f.Href, p.file(f))
		}
	}
}

// leftOutHeader is the trailer that says how many rows a download left out.
const leftOutHeader = http.TrailerPrefix + "Ronda-Left-Out"

// dataset gives a list in the form that is asked for. The rows left out are counted
// behind it.
func (p *Web) dataset(w http.ResponseWriter, r *http.Request) error {
	d, err := p.c.Set(r.PathValue("name"))
	if err != nil {
		return err
	}
	if _, asked := table.Asked(r); !asked {
		return web.Redirect(w, r, "/datos#"+d.Name, "")
	}
	skipped := 0
	rows := p.c.Rows(r.Context(), d, r.URL.Query(), func(Skipped) { skipped++ })
	if err := table.Serve(w, r, d.Name, d.Columns(), rows); err != nil {
		return pages.Wrong(err)
	}
	w.Header().Set(leftOutHeader, strconv.Itoa(skipped))
	return nil
}

// all gives everything in one file, as it is read.
func (p *Web) all(w http.ResponseWriter, r *http.Request) error {
	f, _ := table.Asked(r)
	if f = cmp.Or(f, table.CSV); f != table.CSV && f != table.JSON {
		return fault.New(fault.Invalid, "table.format")
	}
	attach(w, "application/zip", "ronda-datos.zip")
	if err := p.c.WriteAll(r.Context(), w, f); err != nil {
		panic(http.ErrAbortHandler) // nobody takes a part for the whole
	}
	return nil
}

func (p *Web) file(f File) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		skipped := 0
		attach(w, f.Mime, f.Name)
		err := f.Write(r.Context(), w, func(Skipped) { skipped++ })
		if fault.Is(err, fault.NotFound) { // nothing was written yet
			w.Header().Del("Content-Disposition")
			return err
		}
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		w.Header().Set(leftOutHeader, strconv.Itoa(skipped))
		return nil
	}
}

func attach(w http.ResponseWriter, mime, name string) {
	w.Header().Set("Content-Type", mime)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
}

// index says what there is, what each field means, and gives it.
func (p *Web) index(w http.ResponseWriter, r *http.Request) error {
	v := p.view(r.Context())
	return web.Render(w, r, web.Page{Title: v.Heading.Title, Description: v.Heading.Lead, Section: "data", Body: indexBody(v)})
}

// catalogue is the index for programs: what there is, with addresses, fields and
// counts, in both languages.
func (p *Web) catalogue(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	return p.c.writeIndex(r.Context(), w, i18n.T(r.Context(), "opendata.licence"))
}
