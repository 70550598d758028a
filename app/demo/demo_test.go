package demo_test

import (
	"context"
	"testing"
	"time"

	"ronda/app/demo"
	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/notices"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/search"
)

var now = time.Date(2026, 6, 17, 15, 0, 0, 0, time.UTC) // a Wednesday

// world is a city in which the story has been told.
type world struct {
	demo.Deps
	log *event.Log
	ctx context.Context
}

// tables are those of every module that the story touches.
func tables(e db.Engine) []db.Migrations {
	return []db.Migrations{event.Migrations, search.Migrations(e), charter.Migrations, people.Migrations, roundtable.Migrations, notices.Migrations, demo.Migrations}
}

func tell(t *testing.T, d *db.DB) world {
	t.Helper()
	ctx := clock.At(t.Context(), now)
	if err := d.Migrate(ctx, tables(d.Engine())...); err != nil {
		t.Fatal(err)
	}
	w := world{ctx: ctx, log: event.New(d)}
	w.DB, w.Charters = d, charter.NewStore(d)
	files, err := cities.Open("buenosaires")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Charters.Install(ctx, files, "", ""); err != nil {
		t.Fatal(err)
	}
	w.People = people.New(d, w.log, w.Charters.Current)
	if err := w.People.SyncFrom(ctx, w.Charters); err != nil {
		t.Fatal(err)
	}
	w.Roundtable = roundtable.New(d, w.log, w.Charters, w.People)
	w.Notices = notices.New(d, w.log)
	start := time.Now()
	if err := demo.Build(ctx, w.Deps); err != nil {
		t.Fatal(err)
	}
	t.Logf("told in %v", time.Since(start))
	return w
}

func TestBuild(t *testing.T) {
	dbtest.Run(t, nil, func(t *testing.T, d *db.DB) { tell(t, d) })
}
