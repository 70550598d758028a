package bring

import (
	"bufio"
	"cmp"
	"net/url"
	"strings"

	"ronda/platform/fault"
)

// decidim are the columns of a list of proposals, ideas or solutions, by the
// names that the versions of Decidim gave them; installations that translate
// their headings have them in their language.
type decidim struct {
	kind                                   string
	id, title, text, url, created          field
	votes, comments, state                 field
	answer, answered, lat, lon             field
	place, author, amends                  field
	withdrawn, withdrawnAt, published, tag field
}

func newDecidim(h heading, kind string) decidim {
	return decidim{
		kind: kind, id: h.columns("id"), title: h.columns("title", "titulo", "titol"),
		text: h.columns("body", "description", "descripcion", "descripcio"), url: h.columns("url", "enlace", "link", "enllac"),
		created: h.columns("published_at", "created_at", "fecha de creacion", "data de creacio", "created at"),
		votes:   h.columns("votes", "supports", "proposal_votes_count", "apoyos"), comments: h.columns("comments", "comments_count"),
		state: h.columns("state", "estado", "estat"), answer: h.columns("answer"), answered: h.columns("answered_at"),
		lat: h.columns("latitude"), lon: h.columns("longitude"), place: h.columns("scope/name"),
		author: h.columns("author/name", "nombre autor", "nom autor", "author name"), amends: h.columns("is_amend"),
		withdrawn: h.columns("withdrawn"), withdrawnAt: h.columns("withdrawn_at"), published: h.columns("publicada", "published"),
		tag: h.columns("taxonomies/name", "category/name"),
	}
}

// readDecidim reads one list of an instance's open data.
func (s *session) readDecidim(in *bufio.Reader) error {
	rows, head, err := s.open(in)
	if err != nil {
		return err
	}
	kind, err := decidimKind(head, s.file)
	if err != nil {
		return err
	}
	col := newDecidim(head, kind)
	return s.each(rows, func(rec record) draft {
		s.source = cmp.Or(s.source, host(col.url.of(rec)))
		return s.decidimRow(col, rec)
	})
}

func (s *session) decidimRow(c decidim, rec record) draft {
	state := strings.ToLower(c.state.of(rec))
	d := draft{title: c.title.of(rec), text: c.text.of(rec), url: c.url.of(rec), created: c.created.of(rec), supports: c.votes.of(rec),
		comments: c.comments.of(rec), answer: c.answer.of(rec), answered: c.answered.of(rec), lat: c.lat.of(rec), lon: c.lon.of(rec),
		place: c.place.of(rec), signature: c.author.of(rec), tags: strings.Split(c.tag.of(rec), ","),
		withdrawn: state == "withdrawn" || state == "retirada" || yes(c.withdrawn.of(rec)) || c.withdrawnAt.of(rec) != ""}
	d.identify(c.kind, cmp.Or(c.id.of(rec), pathOf(d.url)))
	if came := s.after[address(d.url)]; came != "" {
		d.answer = strings.TrimSpace(d.answer + "\n\n" + came)
	}
	switch {
	case yes(c.amends.of(rec)):
		d.why = WhyAmends
	case len(c.published) > 0 && !yes(c.published.of(rec)):
		d.why = WhyUnseen
	}
	return d
}

// pathOf is what is known of a thing that has an address and no number.
func pathOf(text string) string {
	u, err := url.Parse(address(text))
	if err != nil {
		return ""
	}
	return strings.Trim(u.Path, "/")
}

// decidimKind says what a list is of, by its file's name or by its columns.
// Accounts are refused whatever they are called.
func decidimKind(h heading, file string) (string, error) {
	switch {
	case h.has("nickname") || h.has("direct_messages_enabled"):
		return "", fault.New(fault.Invalid, "ideas.bring.users")
	case len(h.columns("title", "titulo", "titol")) == 0 || len(h.columns("body", "description", "descripcion", "descripcio")) == 0:
		return "", missing("id, title/es, body/es")
	}
	if _, kind := entry(file); kind != "" {
		return kind, nil
	}
	if h.has("reto asociado") || h.has("repte associat") {
		return "solutions", nil
	}
	return "proposals", nil
}
