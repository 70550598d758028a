package meetings

import (
	"context"
	"strings"
	"unicode/utf8"

	"ronda/city/meetings/merge"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// versionsKept is how many old versions of a note are kept to merge with.
const versionsKept = 50

const noteColumns = `meeting, item, version, text, post, at`

// Note writes what a secretary typed over version. What another one wrote
// meanwhile is merged when the changes do not touch; otherwise it is a Conflict
// whose Theirs is the stored Note. Texts up to NoteMax bytes.
func (m *Module) Note(ctx context.Context, number, item string, version int, text string) (Note, error) {
	var n Note
	text, err := plain(text)
	if err != nil {
		return n, err
	}
	err = m.act(ctx, number, TakeNotes, func(ctx context.Context, w *work) error {
		private := false
		if item != "" {
			i, err := w.item(ctx, item)
			if err != nil {
				return err
			}
			private = i.Private
		}
		stored, err := w.note(ctx, item)
		if err != nil {
			return err
		}
		if n, err = w.join(ctx, stored, version, text); err != nil || n.Text == stored.Text {
			return err
		}
		n.Version, n.Post, n.At = stored.Version+1, w.As.Post, clock.Now(ctx)
		if err := m.saveNote(ctx, n); err != nil {
			return err
		}
		return w.change(ctx, ChangeNote, private, "item", item, "version", itoa(n.Version))
	})
	return n, err
}

// plain is a text as notes keep it: line ends of one kind, nothing that is no
// text, not too long.
func plain(text string) (string, error) {
	var c fault.Check
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	if len(text) > NoteMax {
		c.Fail("text", "meetings.fault.note", "max", NoteMax/1024, "length", (len(text)+1023)/1024)
		return "", c.Err()
	}
	c.Text("text", text, false, utf8.RuneCountInString(text))
	return text, c.Err()
}

// note is what is written of an item, version 0 while nothing is.
func (w *work) note(ctx context.Context, item string) (Note, error) {
	n, ok, err := db.Find[Note](ctx, w.m.db, `SELECT `+noteColumns+` FROM meetings_note WHERE meeting = $1 AND item = $2`, w.Meeting.ID, item)
	if !ok {
		n = Note{Meeting: w.Meeting.ID, Item: item}
	}
	return n, err
}

// join is the stored note with what was typed over a version of it.
func (w *work) join(ctx context.Context, stored Note, version int, text string) (Note, error) {
	n := stored
	if version == stored.Version {
		n.Text = text
		return n, nil
	}
	base, ok := "", true
	if version > 0 {
		var err error
		base, ok, err = db.Find[string](ctx, w.m.db, `SELECT text FROM meetings_note_version WHERE meeting = $1 AND item = $2 AND version = $3`,
			stored.Meeting, stored.Item, version)
		if err != nil {
			return n, err
		}
	}
	if ok {
		n.Text, ok = merge.Three(base, stored.Text, text)
	}
	if ok && len(n.Text) > NoteMax || !ok {
		f := fault.New(fault.Conflict, "meetings.fault.note_conflict")
		f.Theirs = stored
		return n, f
	}
	n.Merged = n.Text != text
	return n, nil
}

// saveNote writes a new version and lets the oldest go.
func (m *Module) saveNote(ctx context.Context, n Note) error {
	if _, err := m.db.Exec(ctx, `INSERT INTO meetings_note (`+noteColumns+`) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (meeting, item) DO UPDATE SET version = excluded.version, text = excluded.text, post = excluded.post, at = excluded.at`,
		n.Meeting, n.Item, n.Version, n.Text, n.Post, n.At); err != nil {
		return err
	}
	if _, err := m.db.Exec(ctx, `INSERT INTO meetings_note_version (meeting, item, version, text) VALUES ($1, $2, $3, $4)`,
		n.Meeting, n.Item, n.Version, n.Text); err != nil {
		return err
	}
	_, err := m.db.Exec(ctx, `DELETE FROM meetings_note_version WHERE meeting = $1 AND item = $2 AND version <= $3`, n.Meeting, n.Item, n.Version-versionsKept)
	return err
}

func (m *Module) notes(ctx context.Context, meeting string) ([]Note, error) {
	return db.Query[Note](ctx, m.db, `SELECT `+noteColumns+` FROM meetings_note WHERE meeting = $1 ORDER BY item`, meeting)
}
