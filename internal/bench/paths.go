package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/url"
	"path/filepath"
	"strings"

	"ronda/platform/db"
)

// paths are the addresses that a server is asked for.
type paths struct {
	lists       []string // the list from its start, narrowed by one filter, and from somewhere inside
	narrow      []string // the list narrowed by two filters
	initiatives []string
	searches    []string // the search box, letter by letter
	likes       []string // the title of a new thought, letter by letter
}

// shownOf is how many initiatives the addresses are made of.
const shownOf = 1500

// pathsOf makes the addresses of a town. Every list is long enough for a full
// page, so that a page of the small town is as large as one of the large town.
func pathsOf(ctx context.Context, dir string) (p *paths, err error) {
	d, err := db.Open(ctx, filepath.Join(dir, "ronda.db"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	type row struct {
		ID     string `db:"id"`
		Number string `db:"number"`
		Title  string `db:"title"`
		Axis   string `db:"axis"`
	}
	rows, err := db.Query[row](ctx, d, `SELECT id, number, title, axis FROM roundtable_initiative WHERE state NOT IN ('idea', 'draft') ORDER BY id DESC`)
	if err != nil {
		return nil, err
	}
	const page = 24
	older := rows[:len(rows)-page]
	r := rand.New(rand.NewPCG(3, 3))
	r.Shuffle(len(older), func(i, j int) { older[i], older[j] = older[j], older[i] })
	p = &paths{}
	for n := range shownOf {
		x := older[n%len(older)]
		axis := url.QueryEscape(x.Axis)
		p.initiatives = append(p.initiatives, "/iniciativas/"+x.Number)
		p.lists = append(p.lists, []string{"/iniciativas", "/iniciativas?eje=" + axis, "/iniciativas?estado=filed", "/iniciativas?desde=" + x.ID}[n%4])
		p.narrow = append(p.narrow, "/iniciativas?eje="+axis+"&estado=filed")
		p.searches = append(p.searches, "/iniciativas?q="+url.QueryEscape(typed(x.Title, n)))
		p.likes = append(p.likes, "/iniciativas/parecidas?title="+url.QueryEscape(typed(x.Title, n)))
	}
	return p, nil
}

// typed is what stands in a field after some letters of a text, at least three.
func typed(text string, n int) string {
	letters := []rune(text)
	return strings.TrimSpace(string(letters[:min(3+n%24, len(letters))]))
}
