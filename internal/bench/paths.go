package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"path/filepath"
	"strings"

	"ronda/internal/town"
	"ronda/platform/db"
)

// paths are the addresses that a server is asked for, by name.
type paths map[string][]string

// shownOf is how many initiatives or ideas the addresses are made of.
const shownOf = 1500

// shown is an initiative or an idea.
type shown struct {
	ID     string `db:"id"`
	Number string `db:"number"`
	Title  string `db:"title"`
	Axis   string `db:"axis"`
}

// shownSQL reads what everybody may see in a town, newest first.
var shownSQL = map[string]string{
	ofInitiatives.name: `SELECT id, number, title, axis FROM roundtable_initiative WHERE state NOT IN ('idea', 'draft') ORDER BY id DESC`,
	ofExecution.name:   `SELECT id, number, title, axis FROM roundtable_initiative WHERE state NOT IN ('idea', 'draft') ORDER BY id DESC`,
	ofIdeas.name:       `SELECT published_at || '_' || id AS id, number, title, axis FROM ideas_idea WHERE state = 'published' ORDER BY published_at DESC, ideas_idea.id DESC`,
}

// pathsOf makes the addresses of a town. Every list is long enough for a full
// page, so that a page of the small town is as large as one of the large town.
func pathsOf(ctx context.Context, k kind, dir string) (p paths, err error) {
	d, err := db.Open(ctx, filepath.Join(dir, "ronda.db"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if k.name == ofMeetings.name {
		return pathsOfMeetings(ctx, d)
	}
	rows, err := db.Query[shown](ctx, d, shownSQL[k.name])
	if err != nil {
		return nil, err
	}
	const page = 24
	older := rows[:len(rows)-page]
	r := rand.New(rand.NewPCG(3, 3))
	r.Shuffle(len(older), func(i, j int) { older[i], older[j] = older[j], older[i] })
	p = paths{"home": {"/"}, "board": {"/iniciativas/tablero"}, "desk": {"/mi-escritorio"}, "schedule": {"/cronograma"}, "indicators": {"/indicadores"},
		"budget": {"/presupuesto"}, "panorama": {"/panorama"}}
	for n := range shownOf {
		p.show(k, older[n%len(older)], n)
	}
	return p, nil
}

// pathsOfMeetings makes the addresses of a town of meetings.
func pathsOfMeetings(ctx context.Context, d *db.DB) (paths, error) {
	numbers, err := db.Query[string](ctx, d, `SELECT '/reuniones/' || number FROM meetings_meeting ORDER BY number`)
	if err != nil {
		return nil, err
	}
	series, err := db.Query[string](ctx, d, `SELECT number FROM meetings_series`)
	p := paths{"meetings": numbers}
	for _, number := range series {
		p["minutes"] = append(p["minutes"], fmt.Sprintf("/series/%s/minutas?anio=%d", number, town.MinutesYear()))
	}
	return p, err
}

// show adds the addresses that one initiative or idea gives.
func (p paths) show(k kind, x shown, n int) {
	add := func(name, path string) { p[name] = append(p[name], path) }
	axis, word := url.QueryEscape(x.Axis), url.QueryEscape(typed(x.Title, n))
	if k.name == ofIdeas.name {
		add("ideas", "/ideas/"+x.Number)
		add("idea lists", []string{"/ideas", "/ideas?orden=apoyadas", "/ideas?eje=" + axis, "/ideas?desde=" + x.ID}[n%4])
		add("idea searches", "/ideas?q="+word)
		add("idea likes", "/ideas/parecidas?title="+word)
		return
	}
	add("initiatives", "/iniciativas/"+x.Number)
	add("plans", "/iniciativas/"+x.Number+"/plan")
	add("lists", []string{"/iniciativas", "/iniciativas?eje=" + axis, "/iniciativas?estado=filed", "/iniciativas?desde=" + x.ID}[n%4])
	add("narrow", "/iniciativas?eje="+axis+"&estado=filed")
	add("searches", "/iniciativas?q="+word)
	add("likes", "/iniciativas/parecidas?title="+word)
}

// typed is what stands in a field after some letters of a text, at least three.
func typed(text string, n int) string {
	letters := []rune(text)
	return strings.TrimSpace(string(letters[:min(3+n%24, len(letters))]))
}
