package meetings

import (
	"embed"

	"ronda/platform/db"
)

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this module.
var Migrations = db.Migrations{Module: "meetings", FS: migrations}
