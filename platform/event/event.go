// Package event is the spine: what happened, written in the transaction that
// made it so. The same rows feed the timeline of a subject, notifications, the
// desk, the indices and the public record. State tables stay ordinary tables.
package event

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/id"
)

// Subject names anything that can have a history: its kind, e.g. "initiative",
// and its id. Modules hold subjects of each other, never rows.
type Subject struct{ Kind, ID string }

// Actor is who acted: the person (an id, never published), the post in whose
// name it was done and the body of that post (codes, published). A citizen has
// no post; the program itself has none of the three.
type Actor struct{ Person, Post, Body string }

// Event is something that happened. Data holds codes and figures; Text holds
// what people wrote, which the public record only commits to (see Digest), so
// that a text with personal data in it can be erased without breaking a proof.
type Event struct {
	ID      string
	At      time.Time
	Kind    string // "module.what", e.g. "roundtable.signed"
	Subject Subject
	Related []Subject
	Actor   Actor
	Public  bool
	Data    map[string]string
	Text    map[string]string
	Salt    string // random and never published; see TextSalt and Seal
}

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this package.
var Migrations = db.Migrations{Module: "event", FS: migrations}

// Log writes and reads events.
type Log struct {
	db        *db.DB
	wake      chan struct{}
	listeners []listener
}

// New is a log over d.
func New(d *db.DB) *Log { return &Log{db: d, wake: make(chan struct{}, 1)} }

type row struct {
	ID          string    `db:"id"`
	At          time.Time `db:"at"`
	Kind        string    `db:"kind"`
	SubjectKind string    `db:"subject_kind"`
	SubjectID   string    `db:"subject_id"`
	Person      string    `db:"person"`
	Post        string    `db:"post"`
	Body        string    `db:"body"`
	Public      bool      `db:"public"`
	Data        string    `db:"data"`
	Text        string    `db:"text"`
	Salt        string    `db:"salt"`
	Pending     bool      `db:"pending"`
	Unrecorded  bool      `db:"unrecorded"`
}

const (
	columns    = "id, at, kind, subject_kind, subject_id, person, post, body, public, data, text, salt, pending, unrecorded"
	columnsOfE = "e.id, e.at, e.kind, e.subject_kind, e.subject_id, e.person, e.post, e.body, e.public, e.data, e.text, e.salt, e.pending, e.unrecorded"
)

// Append writes e in the running transaction and gives it with its ID, At and
// Salt filled in.
func (l *Log) Append(ctx context.Context, e Event) (Event, error) {
	if e.Kind == "" || e.Subject.Kind == "" || e.Subject.ID == "" {
		return e, fmt.Errorf("event: %+v lacks a kind or a subject", e)
	}
	if err := discreet(e); err != nil {
		return e, err
	}
	if e.At.IsZero() {
		e.At = clock.Now(ctx)
	}
	e.ID, e.Salt = id.New(), id.Secret()
	r, err := pack(e)
	if err != nil {
		return e, err
	}
	if err := l.db.Insert(ctx, "event_event", r); err != nil {
		return e, err
	}
	if err := l.enter(ctx, e); err != nil {
		return e, err
	}
	l.db.AfterCommit(ctx, l.Wake)
	return e, nil
}

// discreet refuses a public event whose codes and figures name the person who
// acted: what is public once is in the record for ever.
func discreet(e Event) error {
	for name, value := range e.Data {
		if e.Public && e.Actor.Person != "" && value == e.Actor.Person {
			return fmt.Errorf("event %s: %q names the person, which is never public", e.Kind, name)
		}
	}
	return nil
}

// enter puts e into the histories that it belongs to, in one statement.
func (l *Log) enter(ctx context.Context, e Event) error {
	args := []any{e.ID, e.Public}
	var rows strings.Builder
	for n, s := range about(e) {
		if n > 0 {
			rows.WriteString(", ")
		}
		rows.WriteString("($" + strconv.Itoa(len(args)+1) + ", $" + strconv.Itoa(len(args)+2) + ", $1, $2)")
		args = append(args, s.Kind, s.ID)
	}
	_, err := l.db.Exec(ctx, `INSERT INTO event_about (subject_kind, subject_id, event_id, public) VALUES `+rows.String(), args...)
	return err
}

type aboutRow struct {
	Kind   string `db:"subject_kind"`
	ID     string `db:"subject_id"`
	Event  string `db:"event_id"`
	Public bool   `db:"public"`
}

// about lists whose history e belongs to, each once.
func about(e Event) []Subject {
	out := []Subject{e.Subject}
	seen := map[Subject]bool{e.Subject: true}
	for _, s := range e.Related {
		if !seen[s] && s.ID != "" {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

func pack(e Event) (row, error) {
	data, err := json.Marshal(e.Data)
	if err != nil {
		return row{}, err
	}
	text, err := json.Marshal(e.Text)
	if err != nil {
		return row{}, err
	}
	return row{e.ID, e.At, e.Kind, e.Subject.Kind, e.Subject.ID, e.Actor.Person, e.Actor.Post, e.Actor.Body,
		e.Public, string(data), string(text), e.Salt, true, e.Public}, nil
}

func (r row) unpack() (Event, error) {
	e := Event{ID: r.ID, At: r.At, Kind: r.Kind, Subject: Subject{r.SubjectKind, r.SubjectID},
		Actor: Actor{r.Person, r.Post, r.Body}, Public: r.Public, Salt: r.Salt}
	var inData, inText error
	e.Data, inData = readFlat(r.Data)
	e.Text, inText = readFlat(r.Text)
	if err := errors.Join(inData, inText); err != nil {
		return e, fmt.Errorf("event %s: %w", r.ID, err)
	}
	return e, nil
}
