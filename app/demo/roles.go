// Package demo fills a roundtable with an invented life, so that a visitor can
// walk through it as anybody. It acts through the use cases alone, on the days
// the story tells: what it leaves is what real people would have left.
//
// The story of a city is a folder of YAML files beside the code: people.yaml
// says who there is and as whom a visitor may enter, every other file is an
// initiative with its dossier and its acts. Days count from today, {+40} in a
// text becomes the date forty days from today, and all acts are told in the
// order of their hours whatever file they stand in.
package demo

import (
	"context"
	"embed"
	"encoding/json"

	"ronda/city/charter"
	"ronda/platform/db"
)

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this package.
var Migrations = db.Migrations{Module: "demo", FS: migrations}

// Role is somebody a visitor may enter as.
type Role struct {
	Code   string // "planning", "coordination", "citizen"...
	Person string // id
	Label  charter.Name
}

type roleRow struct {
	Code     string `db:"code"`
	Position int    `db:"position"`
	Person   string `db:"person"`
	Label    string `db:"label"`
}

// Roles lists who a visitor may enter as, in the order of the story; empty
// before it was told.
func Roles(ctx context.Context, d *db.DB) ([]Role, error) {
	rows, err := db.Query[roleRow](ctx, d, `SELECT code, position, person, label FROM demo_role ORDER BY position`)
	if err != nil {
		return nil, err
	}
	out := make([]Role, len(rows))
	for i, r := range rows {
		out[i] = Role{Code: r.Code, Person: r.Person}
		if err := json.Unmarshal([]byte(r.Label), &out[i].Label); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// keepRole makes a person one a visitor may enter as.
func keepRole(ctx context.Context, d *db.DB, position int, r Role) error {
	label, err := json.Marshal(r.Label)
	if err != nil {
		return err
	}
	return d.Insert(ctx, "demo_role", roleRow{r.Code, position, r.Person, string(label)})
}
