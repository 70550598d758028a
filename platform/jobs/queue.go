package jobs

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/id"
)

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this package.
var Migrations = db.Migrations{Module: "jobs", FS: migrations}

// Queue keeps jobs and schedules in the database and runs them.
type Queue struct {
	db        *db.DB
	holder    string // this copy of the program
	handlers  map[string]handler
	schedules []*schedule
	wake      chan struct{}
	claiming  sync.Mutex // workers of one copy do not race for the same row
	busy      atomic.Int32
}

// Handler does a job. Its error, if any, is stored and logged: it must hold no
// personal data.
type Handler func(ctx context.Context, j Job) error

type handler struct {
	fn     Handler
	inside bool // runs in the transaction that completes the job
}

// New is a queue over d, with nothing to run yet.
func New(d *db.DB) *Queue {
	q := &Queue{db: d, holder: id.New(), handlers: map[string]handler{}, wake: make(chan struct{}, 1)}
	q.Every("jobs.sweep", sweepEvery, q.sweep)
	return q
}

// Handle registers, before Run, who does the jobs of a name: work outside the
// database, at least once. fn runs outside of any transaction.
func (q *Queue) Handle(name string, fn Handler) { q.handlers[name] = handler{fn: fn} }

// HandleWrite registers, before Run, who does the jobs of a name inside the
// transaction that completes the job: its changes to the database happen once.
// fn must have no other effect.
func (q *Queue) HandleWrite(name string, fn Handler) {
	q.handlers[name] = handler{fn: fn, inside: true}
}

// Job is a job in the hands of its handler.
type Job struct {
	ID      string // the same at every attempt
	Name    string
	Attempt int // 1 at first
	payload string
}

// Read fills v from the payload.
func (j Job) Read(v any) error {
	if err := json.Unmarshal([]byte(j.payload), v); err != nil {
		return Permanent(fmt.Errorf("payload of %s: %w", j.Name, err))
	}
	return nil
}

// Option says more about a job to enqueue.
type Option func(*row)

// Once makes the job the only one of its name and key: as long as the first is
// remembered (30 days after it is done), a second Enqueue changes nothing.
func Once(key string) Option { return func(r *row) { r.Key = key } }

// At keeps the job waiting until t.
func At(t time.Time) Option { return func(r *row) { r.RunAt = t } }

// Until drops the job, undone, when it has not succeeded by t.
func Until(t time.Time) Option { return func(r *row) { r.Expires = t } }

type row struct {
	ID       string    `db:"id"`
	Name     string    `db:"name"`
	Key      string    `db:"key"`
	Payload  string    `db:"payload"`
	State    string    `db:"state"`
	RunAt    time.Time `db:"run_at"`
	Expires  time.Time `db:"expires"`
	Attempts int       `db:"attempts"`
	Holder   string    `db:"holder"`
	Error    string    `db:"error"`
	Created  time.Time `db:"created"`
	Ended    time.Time `db:"ended"`
}

const (
	waiting = "waiting"
	done    = "done"
	dead    = "dead"
)

// Enqueue adds a job in the running transaction; payload travels as JSON.
func (q *Queue) Enqueue(ctx context.Context, name string, payload any, opts ...Option) error {
	text, err := json.Marshal(payload)
	if err != nil {
		return fmt.Errorf("enqueue %s: %w", name, err)
	}
	now := clock.Now(ctx)
	r := row{ID: id.New(), Name: name, Payload: string(text), State: waiting, RunAt: now, Created: now}
	for _, opt := range opts {
		opt(&r)
	}
	_, err = q.db.Exec(ctx, `INSERT INTO jobs_job (id, name, key, payload, state, run_at, expires, attempts, holder, error, created, ended)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 0, '', '', $8, 0) ON CONFLICT (name, key) WHERE key <> '' DO NOTHING`,
		r.ID, r.Name, r.Key, r.Payload, r.State, r.RunAt, r.Expires, r.Created)
	if err != nil {
		return fmt.Errorf("enqueue %s: %w", name, err)
	}
	q.db.AfterCommit(ctx, q.rouse)
	return nil
}

// rouse makes a worker look at once.
func (q *Queue) rouse() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}
