// Package search finds texts by the beginnings of their words, on SQLite (FTS5)
// and PostgreSQL (tsvector). The caller folds accents and case and picks the
// stems, so that both databases see the same words: store folded texts, ask with
// the stems of what was typed.
package search

import (
	"context"
	"embed"
	"slices"
	"strings"
	"unicode"

	"ronda/platform/db"
)

//go:embed migrations
var files embed.FS

// Migrations are the tables of this package; they differ between engines.
func Migrations(engine db.Engine) db.Migrations {
	return db.Migrations{Module: "search", FS: files, Dir: "migrations/" + string(engine)}
}

// Index is a set of texts of one kind, e.g. of initiatives.
type Index struct {
	db   *db.DB
	name string
}

// New is the index of that name, letters only.
func New(d *db.DB, name string) *Index { return &Index{d, name} }

// Text is what the index holds of one thing: folded words. Area, letters only,
// keeps sets apart that never show together.
type Text struct{ Area, Title, Body string }

// Put stores or replaces the text of id, in the running transaction.
func (x *Index) Put(ctx context.Context, id string, t Text) error {
	n, err := db.One[int64](ctx, x.db, `INSERT INTO search_doc (name, id) VALUES ($1, $2)
		ON CONFLICT (name, id) DO UPDATE SET id = excluded.id RETURNING n`, x.name, id)
	if err != nil {
		return err
	}
	area := x.name + t.Area
	t.Title, t.Body = bare(t.Title), bare(t.Body)
	if x.db.Engine() == db.Postgres {
		_, err = x.db.Exec(ctx, `INSERT INTO search_text (n, area, title, whole) VALUES ($1, $2, to_tsvector('simple', $3), to_tsvector('simple', $4))
			ON CONFLICT (n) DO UPDATE SET area = excluded.area, title = excluded.title, whole = excluded.whole`, n, area, t.Title, t.Title+" "+t.Body)
		return err
	}
	if _, err = x.db.Exec(ctx, `DELETE FROM search_text WHERE rowid = $1`, n); err != nil {
		return err
	}
	_, err = x.db.Exec(ctx, `INSERT INTO search_text (rowid, title, body, area) VALUES ($1, $2, $3, $4)`, n, t.Title, t.Body, area)
	return err
}

// bare keeps the letters and digits of a text, so that both databases find the
// same words in it: PostgreSQL takes <b> for a tag and a.b for the name of a host.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return ' '
	}, text)
}

// mostWords bounds what one question may ask.
const mostWords = 8

// Query finds the ids of texts in area that have a word beginning with each of
// the prefixes, at most limit: first those with all of them in the title, newest
// first, then the others.
func (x *Index) Query(ctx context.Context, area string, prefixes []string, limit int) ([]string, error) {
	words := plain(prefixes)
	if len(words) == 0 {
		return nil, nil
	}
	ids, err := x.ask(ctx, area, words, true, limit)
	if err != nil || len(ids) >= limit {
		return ids, err
	}
	more, err := x.ask(ctx, area, words, false, limit)
	for _, id := range more {
		if len(ids) < limit && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, err
}

// plain keeps letters and digits, so that no prefix is an operator.
func plain(prefixes []string) []string {
	var out []string
	for _, p := range prefixes {
		p = strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return r
			}
			return -1
		}, p)
		if p != "" && len(out) < mostWords {
			out = append(out, p)
		}
	}
	return out
}

func (x *Index) ask(ctx context.Context, area string, words []string, title bool, limit int) ([]string, error) {
	if x.db.Engine() == db.Postgres {
		column := "whole"
		if title {
			column = "title"
		}
		return db.Query[string](ctx, x.db, `SELECT d.id FROM search_text t JOIN search_doc d ON d.n = t.n
			WHERE t.area = $1 AND t.`+column+` @@ to_tsquery('simple', $2) ORDER BY t.n DESC LIMIT $3`,
			x.name+area, strings.Join(words, ":* & ")+":*", limit)
	}
	match := `area : "` + x.name + area + `" AND (` + strings.Join(quoted(words), " AND ") + `)`
	if title {
		match = `area : "` + x.name + area + `" AND {title} : (` + strings.Join(quoted(words), " AND ") + `)`
	}
	return db.Query[string](ctx, x.db, `SELECT d.id FROM (SELECT rowid AS n FROM search_text WHERE search_text MATCH $1 ORDER BY rowid DESC LIMIT $2) t
		JOIN search_doc d ON d.n = t.n ORDER BY d.n DESC`, match, limit)
}

func quoted(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = `"` + w + `"*`
	}
	return out
}
