package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"ronda/internal/crowd"
	"ronda/internal/town"
	"ronda/platform/db"
)

// The meetings of a town, and the crowd that follows one.
const (
	meetingsIn = 500
	followers  = 1000
	changes    = 20 // a second
	followFor  = 20 * time.Second
)

// ofMeetings is a town of its own: it has one size.
var ofMeetings = kind{"meetings", append([]string{"city/meetings", "city/meetings/invitations", "city/identity"}, everywhere...), fillMeetings,
	func(*bench, int) string { return "all" }, nil}

func fillMeetings(ctx context.Context, b *bench, t *town.Town, n int) error {
	c, err := t.Settle(ctx, 0, time.Now().Add(-years))
	if err != nil {
		return err
	}
	return t.Meet(ctx, c, n)
}

// gatherings are the figures of meetings as whoever heads a direction sees them.
func gatherings() []figure {
	return []figure{
		{"meetings: meeting page", 1.0, 1500, pageOf("meetings")},
		{"meetings: compiled minutes of 50", 300, 10, pageOf("minutes")},
		{"meetings: personal feed of 500, changed", 5, 100, changedFeed},
		{"meetings: personal feed, unchanged", 0, 1500, sameFeed},
	}
}

// meetings measures pages, minutes and calendars, and what a crowd hears of a
// meeting that runs.
func (b *bench) meetings(ctx context.Context, t *table) error {
	if err := b.gatherings(ctx, t); err != nil {
		return err
	}
	return b.crowd(ctx, t)
}

func (b *bench) gatherings(ctx context.Context, t *table) (err error) {
	chosen := b.chosen(gatherings())
	if len(chosen) == 0 {
		return nil
	}
	if err := b.seedTown(ctx, ofMeetings, meetingsIn); err != nil {
		return err
	}
	dir, err := b.fresh(ofMeetings, meetingsIn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	s, err := b.open(ctx, ofMeetings, dir, "direction")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if s.data, err = db.Open(ctx, filepath.Join(dir, "ronda.db")); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.data.Close()) }()
	for _, f := range chosen {
		l := line{name: f.name, unit: "ms", bar: f.bar}
		if err := s.load(ctx, min(warmUp, f.n), f.ask); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		for range b.rounds {
			ms, err := s.measure(ctx, f)
			if err != nil {
				return fmt.Errorf("%s: %w", f.name, err)
			}
			l.large = append(l.large, ms)
		}
		b.say("%s: %.2f ms", f.name, l.large)
		t.add(l)
	}
	return nil
}

// changedFeed reads the feed after something in it has changed, so that no copy
// of it is kept anywhere.
func changedFeed(ctx context.Context, s *server, worker, _ int) error {
	err := s.data.Write(ctx, func(ctx context.Context) error {
		_, err := s.data.Exec(ctx, `UPDATE meetings_stamp SET n = n + 1`)
		return err
	})
	if err != nil {
		return err
	}
	a, err := s.browsers[worker].Get(ctx, town.FeedPath)
	if err == nil && a.Status != http.StatusOK {
		err = fmt.Errorf("the feed: status %d", a.Status)
	}
	return err
}

// sameFeed asks as a calendar program does that has the feed already.
func sameFeed(ctx context.Context, s *server, worker, _ int) error {
	v := s.browsers[worker]
	if s.tags[worker] == "" {
		a, err := v.Get(ctx, town.FeedPath)
		if err != nil {
			return err
		}
		s.tags[worker] = a.Tag
	}
	a, err := v.GetIfChanged(ctx, town.FeedPath, s.tags[worker])
	if err == nil && (a.Status != http.StatusNotModified || len(a.Body) != 0) {
		err = fmt.Errorf("the feed that is known: status %d", a.Status)
	}
	return err
}

// crowd has followers hear of a meeting that runs in a process of its own.
func (b *bench) crowd(ctx context.Context, t *table) error {
	delivery := line{name: "meetings: 1,000 followers, p99 delivery", unit: "ms", bar: 250}
	memory := line{name: "meetings: 1,000 followers, memory", unit: "MiB", bar: 150}
	if !b.wants(delivery.name) && !b.wants(memory.name) {
		return nil
	}
	for range b.rounds {
		r, err := b.follow(ctx)
		if err != nil {
			return fmt.Errorf("followers: %w", err)
		}
		delivery.large = append(delivery.large, r.P99.Seconds()*1000)
		memory.large = append(memory.large, float64(r.Memory)/(1<<20))
		b.say("followers: %d changes, %d deliveries, p99 %v, %d MiB, %v of processor time", r.Changes, r.Deliveries, r.P99, r.Memory>>20, r.CPU)
	}
	t.add(delivery)
	t.add(memory)
	return nil
}

func (b *bench) follow(ctx context.Context) (r crowd.Report, err error) {
	dir := filepath.Join(b.folder, "stage")
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o755)); err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	o, stop, err := crowd.Own(ctx, b.binary, dir, crowd.Options{Participants: followers, Changes: changes, For: followFor})
	if err != nil {
		return r, err
	}
	r, err = crowd.Run(ctx, o, os.Stderr)
	if err == nil && !r.Good() {
		err = errors.New("not everybody heard everything, once and in order")
	}
	return r, errors.Join(err, stop())
}
