package pages

import (
	"encoding/xml"
	"net/http"

	"ronda/city/ideas"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/web"
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

// feed is the newest ideas for feed readers; filters in the address narrow it as
// they do the list.
func (p *Pages) feed(w http.ResponseWriter, r *http.Request) error {
	ctx, origin := r.Context(), web.Origin(r.Context())
	f, err := p.filter(ctx, r.URL.Query())
	if err != nil {
		return err
	}
	f.Order, f.After, f.Size = ideas.ByNew, "", feedSize
	page, err := p.ideas.List(ctx, f)
	if err != nil {
		return unknown(err)
	}
	self := origin + address("/ideas.atom", f, "", "")
	out := atomFeed{Lang: i18n.Of(ctx).Tag(), ID: self, Title: t(ctx, "feed"), Updated: stamp(clock.Now(ctx)),
		Links: []atomLink{{"self", self}, {"alternate", origin + address("/ideas", f, "", "")}}}
	for n, c := range page.Cards {
		if n == 0 {
			out.Updated = stamp(c.Published)
		}
		out.Entries = append(out.Entries, atomEntry{ID: "urn:uuid:" + c.ID, Title: c.Title, Updated: stamp(c.Published), Author: signature(ctx, c.Signature),
			Link: atomLink{"alternate", origin + "/ideas/" + c.Number}, Summary: c.Line})
	}
	w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	if _, err := w.Write([]byte(xml.Header)); err != nil {
		return err
	}
	return xml.NewEncoder(w).Encode(out)
}
