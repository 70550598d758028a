package bring

import (
	"bufio"
	"cmp"
	"strings"
)

// readFider reads posts.csv of Fider. A post that was closed as a duplicate says
// which one it repeats.
func (s *session) readFider(in *bufio.Reader) error {
	rows, head, err := s.open(in)
	if err != nil {
		return err
	}
	if !head.has("number", "title") {
		return missing("number, title")
	}
	s.source = cmp.Or(s.source, string(Fider))
	col := func(name string) field { return head.columns(name) }
	number, title, text, created := col("number"), col("title"), col("description"), col("created_at")
	author, votes, comments := col("created_by"), col("votes_count"), col("comments_count")
	status, answered, response := col("status"), col("responded_at"), col("response")
	original, labels := col("original_number"), col("tags")
	return s.each(rows, func(rec record) draft {
		d := draft{title: title.of(rec), text: text.of(rec), created: created.of(rec), signature: author.of(rec), supports: votes.of(rec),
			comments: comments.of(rec), answer: response.of(rec), answered: answered.of(rec), tags: strings.Split(labels.of(rec), ","),
			withdrawn: strings.EqualFold(status.of(rec), "deleted")}
		d.identify("posts", number.of(rec))
		if of := original.of(rec); of != "" && of != "0" && of != number.of(rec) {
			d.original = "posts/" + of
		}
		return d
	})
}
