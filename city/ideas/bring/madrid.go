package bring

import (
	"bufio"
	"cmp"
)

// madrid is the site whose lists have this shape.
const madrid = "decide.madrid.es"

// readMadrid reads proposals.csv or debates.csv of Decide Madrid, with all of its
// columns or with few.
func (s *session) readMadrid(in *bufio.Reader) error {
	rows, head, err := s.open(in)
	if err != nil {
		return err
	}
	if !isMadrid(head) {
		return missing("id, title, description")
	}
	return s.madridRows(rows, head)
}

func isMadrid(h heading) bool { return h.has("id", "title", "description") }

func (s *session) madridRows(rows *records, head heading) error {
	s.source = cmp.Or(s.source, madrid)
	kind := "proposals"
	if !head.has("retired_at") && !head.has("summary") && head.has("cached_votes_total") {
		kind = "debates"
	}
	col := func(name string) field { return head.columns(name) }
	id, title, text, summary := col("id"), col("title"), col("description"), col("summary")
	votes, comments, created := col("cached_votes_up"), col("comments_count"), col("created_at")
	retired, author := col("retired_at"), col("author_name")
	return s.each(rows, func(rec record) draft {
		d := draft{title: title.of(rec), text: text.of(rec), summary: summary.of(rec), supports: votes.of(rec), comments: comments.of(rec),
			created: created.of(rec), signature: author.of(rec), withdrawn: retired.of(rec) != ""}
		d.identify(kind, id.of(rec))
		if s.source == madrid && d.id != "" {
			d.url = "https://" + madrid + "/" + d.id
		}
		return d
	})
}

// identify gives a draft its number: numbers are unique among things of a kind
// only.
func (d *draft) identify(kind, number string) {
	if number != "" {
		d.id = kind + "/" + number
	}
}
