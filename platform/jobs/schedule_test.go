package jobs_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/jobs"
)

func zone(t *testing.T) *time.Location {
	t.Helper()
	z, err := time.LoadLocation("America/Argentina/Buenos_Aires")
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// daily is a program, just started, that notes when its daily work runs.
func daily(t *testing.T, d *db.DB, hour string, ran *[]string) *jobs.Queue {
	t.Helper()
	q := jobs.New(d)
	err := q.DailyAt("digest", hour, zone(t), func(ctx context.Context) error {
		*ran = append(*ran, clock.Now(ctx).In(zone(t)).Format("02 15:04"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func tick(t *testing.T, q *jobs.Queue, when time.Time) {
	t.Helper()
	if err := q.Tick(at(t, when)); err != nil {
		t.Fatal(err)
	}
}

func TestADailyScheduleRunsOnceADayAcrossRestarts(t *testing.T) {
	z := zone(t)
	clockTime := func(day, hour, minute int) time.Time { return time.Date(2026, 3, day, hour, minute, 0, 0, z) }
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		var ran []string
		for _, start := range []struct {
			hour string
			at   time.Time
		}{
			{"07:30", clockTime(24, 12, 0)}, // installed at noon: nothing to make up for
			{"07:30", clockTime(25, 7, 29)},
			{"07:30", clockTime(25, 7, 30)}, // the hour
			{"07:30", clockTime(25, 7, 31)}, // restarted
			{"07:30", clockTime(25, 23, 0)},
			{"07:30", clockTime(26, 9, 15)}, // down at the hour
			{"07:30", clockTime(29, 8, 0)},  // down for days: once
			{"09:00", clockTime(29, 8, 30)}, // another hour, but today's is done
			{"09:00", clockTime(29, 9, 5)},
			{"09:00", clockTime(30, 8, 59)},
			{"09:00", clockTime(30, 9, 0)},
		} {
			tick(t, daily(t, d, start.hour, &ran), start.at)
		}
		if diff := cmp.Diff([]string{"25 07:30", "26 09:15", "29 08:00", "30 09:00"}, ran); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAnHourThatIsNone(t *testing.T) {
	q := jobs.New(dbtest.SQLite(t, tables...))
	for _, hour := range []string{"", "7", "25:00", "07:30:10", "soon"} {
		if err := q.DailyAt("x", hour, time.UTC, nil); err == nil {
			t.Errorf("%q is taken for an hour", hour)
		}
	}
}

func TestOfSeveralCopiesOneKeepsTheSchedule(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		var ran atomic.Int32
		var wg sync.WaitGroup
		for range 6 {
			q := jobs.New(d)
			q.Every("sync", time.Hour, func(context.Context) error { ran.Add(1); return nil })
			wg.Go(func() { tick(t, q, noon) })
		}
		wg.Wait()
		if ran.Load() != 1 {
			t.Errorf("ran %d times", ran.Load())
		}
	})
}

func TestAScheduleThatFailsOrPanicsRunsAgainSoon(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		var when []string
		q := jobs.New(d)
		q.Every("sync", time.Hour, func(ctx context.Context) error {
			when = append(when, clock.Now(ctx).Format("15:04"))
			switch len(when) {
			case 1:
				return errors.New("no line")
			case 2:
				panic("oh")
			}
			return nil
		})
		for m := range 140 {
			tick(t, q, noon.Add(time.Duration(m)*time.Minute))
			if m == 0 {
				if list, err := q.Schedules(t.Context()); err != nil || len(list) != 2 || list[1].Error != "no line" || list[1].Failures != 1 {
					t.Errorf("schedules: %+v, %v", list, err)
				}
			}
		}
		if diff := cmp.Diff([]string{"15:00", "15:01", "15:02", "16:02", "17:02"}, when); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRunKeepsSchedules(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		ctx, stop := context.WithCancel(t.Context())
		ran := 0
		q := jobs.New(d)
		q.Every("often", time.Millisecond, func(context.Context) error {
			if ran++; ran == 2 {
				stop()
			}
			return nil
		})
		if err := q.Run(ctx); err != nil || ran < 2 {
			t.Errorf("ran %d times, %v", ran, err)
		}
	})
}
