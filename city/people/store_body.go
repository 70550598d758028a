package people

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/i18n"
)

type bodyRow struct {
	Code      string       `db:"code"`
	From      clock.Day    `db:"body_since"`
	To        clock.Day    `db:"body_until"`
	Since     clock.Day    `db:"since"`
	Kind      charter.Kind `db:"kind"`
	Name      string       `db:"name"`
	Short     string       `db:"short"`
	About     string       `db:"about"`
	Territory string       `db:"territory"`
	Ministry  string       `db:"ministry"`
	Direction string       `db:"direction"`
	Path      string       `db:"path"`
}

// bodyRows reads the terms of the bodies with these codes, of all without
// codes, in the city's order and then in order of time.
func (m *Module) bodyRows(ctx context.Context, codes []string) ([]bodyRow, error) {
	where := ""
	marks, args := list(codes, 1)
	if len(codes) > 0 {
		where = "WHERE b.code IN (" + marks + ")"
	}
	return db.Query[bodyRow](ctx, m.db, `SELECT b.code, b.since AS body_since, b.until AS body_until, l.since, t.kind, t.name, t.short,
			t.about, t.territory, l.ministry, l.direction, l.path
		FROM people_body b
		JOIN people_line l ON l.body = b.code
		JOIN people_body_term t ON t.body = b.code AND t.since <= l.since AND (t.until = '' OR l.since < t.until)
		`+where+` ORDER BY b.place, b.code, l.since`, args...)
}

func (r bodyRow) body(lang i18n.Lang) (Body, error) {
	name, err := inLang(r.Name, lang)
	if err != nil {
		return Body{}, fmt.Errorf("body %s: %w", r.Code, err)
	}
	about, err := inLang(r.About, lang)
	if err != nil {
		return Body{}, fmt.Errorf("body %s: %w", r.Code, err)
	}
	b := Body{Code: r.Code, Kind: r.Kind, Name: name, Short: r.Short, About: about, Territory: r.Territory,
		Ministry: r.Ministry, Direction: r.Direction, Path: strings.Split(r.Path, "/"), From: r.From, To: r.To}
	if len(b.Path) > 1 {
		b.Parent = b.Path[1]
	}
	return b, nil
}

// inLang reads a stored name in the language.
func inLang(stored string, lang i18n.Lang) (string, error) {
	var n charter.Name
	if err := json.Unmarshal([]byte(stored), &n); err != nil {
		return "", err
	}
	return n.In(lang), nil
}

// stored is a name as the tables hold it.
func stored(n charter.Name) string {
	text, err := json.Marshal(n)
	if err != nil { // a map of strings always marshals
		return "{}"
	}
	return string(text)
}

type heirRow struct {
	Body string `db:"body"`
	Heir string `db:"heir"`
}

// heirs is what each body was merged or split into.
func (m *Module) heirs(ctx context.Context) (map[string][]string, error) {
	out := map[string][]string{}
	err := db.Each(ctx, m.db, `SELECT h.body, h.heir FROM people_heir h JOIN people_body b ON b.code = h.heir
		ORDER BY h.body, b.place, h.heir`, nil, func(r heirRow) error {
		out[r.Body] = append(out[r.Body], r.Heir)
		return nil
	})
	return out, err
}
