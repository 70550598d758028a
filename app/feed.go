package app

import (
	"encoding/xml"
	"net/http"
	"time"

	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/i18n"
)

const feedSize = 40

// atomFeed and atomEntry are the parts of RFC 4287 that readers show.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Author  string   `xml:"author>name"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary,omitempty"`
}

// feed is the public acts for feed readers, newest first.
func (a *App) feed(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	events, err := a.log.Latest(ctx, event.Page{Limit: feedSize})
	if err != nil {
		return err
	}
	f := atomFeed{Lang: i18n.Of(ctx).Tag(), ID: a.cfg.Origin + "/actos.atom", Title: "Ronda: " + i18n.T(ctx, "app.feed"), Updated: clock.Now(ctx).Format(time.RFC3339),
		Links: []atomLink{{"self", a.cfg.Origin + "/actos.atom"}, {"alternate", a.cfg.Origin + "/"}}}
	for n, e := range events {
		if n == 0 {
			f.Updated = e.At.Format(time.RFC3339)
		}
		if m, ok := a.tell(ctx, e); ok {
			f.Entries = append(f.Entries, atomEntry{ID: "urn:uuid:" + e.ID, Title: m.Title, Updated: e.At.Format(time.RFC3339), Author: m.Meta,
				Link: atomLink{"alternate", a.cfg.Origin + m.Href}, Summary: m.Text})
		}
	}
	w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	if _, err := w.Write([]byte(xml.Header)); err != nil {
		return err
	}
	return xml.NewEncoder(w).Encode(f)
}
