package dav

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"
)

// Library opens calendars.
type Library interface {
	// Open finds the calendar of whoever has that name and password; ErrUnknown
	// when nobody has.
	Open(ctx context.Context, name, password string) (Calendar, error)
}

// ErrUnknown says that a name and password are nobody's.
var ErrUnknown = errors.New("dav: unknown name or password")

// Calendar is one person's.
type Calendar interface {
	// Objects are all that stands in it.
	Objects(ctx context.Context) ([]Object, error)
	// Keep remembers the members of the calendar under a token; keeping one again
	// changes nothing. The oldest may be forgotten.
	Keep(ctx context.Context, token string, members Members) error
	// Kept are the members under a token; ok is false for one that is not
	// remembered.
	Kept(ctx context.Context, token string) (members Members, ok bool, err error)
}

// Object is an event, or a series with its changed occurrences. See NewObject.
type Object struct {
	name   string // last part of its address
	uid    string
	data   []byte
	digest string // of data
	within func(from, to time.Time) (bool, error)
}

// NewObject makes an object of iCalendar data without a method; its UID, of
// letters, digits, dots and dashes, is its name. within says whether it happens
// in [from, to); a zero bound is open.
func NewObject(uid string, data []byte, within func(from, to time.Time) (bool, error)) Object {
	sum := sha256.Sum256(data)
	return Object{name: uid + ".ics", uid: uid, data: data, digest: hex.EncodeToString(sum[:12]), within: within}
}

// Data is what the object holds, in iCalendar.
func (o Object) Data() []byte { return o.data }

// Members are the names of objects with the digests of their content.
type Members map[string]string

func membersOf(objects []Object) Members {
	m := Members{}
	for _, o := range objects {
		m[o.name] = o.digest
	}
	return m
}

// token names a state of a calendar by its content, so that the same state has
// the same token whichever copy of the program answers.
func (m Members) token() string {
	lines := make([]string, 0, len(m))
	for name, digest := range m {
		lines = append(lines, name+" "+digest)
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:16])
}
