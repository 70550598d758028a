package town

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"

	"ronda/method/similar"
	"ronda/platform/db"
	"ronda/platform/search"
)

// A large town is lived once for each so many initiatives; the others are
// written from those, because acts cost a millisecond each and what they leave
// is known by then.
const (
	livedOf = 8    // at most 9: one digit of an id tells them apart
	fewest  = 1000 // a smaller town is lived in full
)

// Populate has initiatives live (see Live), and in a large town writes most of
// them from those that lived: with the same dossier, steps, evidence and events,
// under an id, a number and a title of their own. Their events wait to be
// recorded, not to be told.
func (t *Town) Populate(ctx context.Context, c *Cast, initiatives, events int, said func(n int)) error {
	lived, copies := initiatives, 0
	if initiatives >= fewest {
		lived, copies = (initiatives+livedOf-1)/livedOf, livedOf-1
	}
	if err := t.Live(ctx, c, lived, events/(copies+1), said); err != nil {
		return err
	}
	templates, err := t.templates(ctx)
	if err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(5, 5))
	for n := 1; n <= copies; n++ {
		some := templates[:min(len(templates), initiatives-n*lived)]
		if err := t.DB.Write(ctx, func(ctx context.Context) error { return t.copy(ctx, r, n, some) }); err != nil {
			return fmt.Errorf("copy %d: %w", n, err)
		}
		said(n*lived + len(some))
	}
	return t.recount(ctx)
}

// template is an initiative that others are written from.
type template struct {
	ID     string `db:"id"`
	Number string `db:"number"`
	Title  string `db:"title"`
	Area   string `db:"area"`
	Body   string `db:"body"` // what is found by its words
}

func (t *Town) templates(ctx context.Context) ([]template, error) {
	return db.Query[template](ctx, t.DB, `SELECT i.id, i.number, i.title, x.area, i.line || ' ' || i.change || ' ' || i.problem AS body
		FROM roundtable_initiative i JOIN roundtable_tag x ON x.initiative = i.id AND x.kind = 'all' ORDER BY i.id`)
}

// twin is what stands in the place of a template's id, number and title.
type twin struct {
	Old       string `db:"old"`
	New       string `db:"new"`
	OldNumber string `db:"old_number"`
	Number    string `db:"number"`
	OldTitle  string `db:"old_title"`
	Title     string `db:"title"`
}

// copy writes the n-th copy of the templates.
func (t *Town) copy(ctx context.Context, r *rand.Rand, n int, templates []template) error {
	if _, err := t.DB.Exec(ctx, `CREATE TEMP TABLE town_twin (old TEXT PRIMARY KEY, new TEXT, old_number TEXT, number TEXT, old_title TEXT, title TEXT)`); err != nil {
		return err
	}
	words := search.New(t.DB, "initiative")
	for _, x := range templates {
		w := twin{Old: x.ID, New: shifted(x.ID, n), OldNumber: x.Number, Number: fmt.Sprintf("%s%d", x.Number, n), OldTitle: x.Title,
			Title: title(r, pick(r, t.Charter.Territories.All()).Name.In("es"))}
		if err := t.DB.Insert(ctx, "town_twin", w); err != nil {
			return err
		}
		if err := words.Put(ctx, w.New, search.Text{Area: x.Area, Title: similar.Fold(w.Number + " " + w.Title), Body: similar.Fold(x.Body)}); err != nil {
			return err
		}
	}
	for _, table := range copied {
		if err := t.copyTable(ctx, table, n); err != nil {
			return err
		}
	}
	_, err := t.DB.Exec(ctx, `DROP TABLE town_twin`)
	return err
}

// shifted is an id as a copy has it: of the same form, earlier by years.
func shifted(id string, n int) string { return id[:2] + fmt.Sprint(n) + id[3:] }

// copiedTable is a table whose rows are written again: which rows of x belong to
// a template w, and what changes.
type copiedTable struct {
	name, from string
	changes    map[string]string // by column; @ is the id as the copy has it
}

// ofInitiative are rows with an id of their own or none.
func ofInitiative(name string, id bool) copiedTable {
	c := copiedTable{"roundtable_" + name, "roundtable_" + name + " x JOIN town_twin w ON w.old = x.initiative", map[string]string{"initiative": "w.new"}}
	if id {
		c.changes["id"] = "@x.id"
	}
	return c
}

const eventsOfTwin = "event_event x JOIN town_twin w ON w.old = x.subject_id AND x.subject_kind = 'initiative'"

var copied = []copiedTable{
	{"roundtable_initiative", "roundtable_initiative x JOIN town_twin w ON w.old = x.id", map[string]string{"id": "w.new", "number": "w.number", "title": "w.title"}},
	ofInitiative("tag", false), ofInitiative("choice", false), ofInitiative("planned", false), ofInitiative("link", false), ofInitiative("owner", false),
	ofInitiative("step", false), ofInitiative("signature", true), ofInitiative("evidence", true), ofInitiative("barrier", true),
	ofInitiative("specialist", true), ofInitiative("question", true), ofInitiative("comment", true),
	{"event_event", eventsOfTwin, map[string]string{"id": "@x.id", "subject_id": "w.new", "pending": "FALSE", "unrecorded": "x.public",
		"data": "replace(replace(x.data, w.old_number, w.number), w.old_title, w.title)", "text": "replace(x.text, w.old_title, w.title)"}},
	{"event_about", "event_about x JOIN event_event e ON e.id = x.event_id JOIN town_twin w ON w.old = e.subject_id AND e.subject_kind = 'initiative'",
		map[string]string{"event_id": "@x.event_id", "subject_id": "CASE WHEN x.subject_id = w.old THEN w.new ELSE x.subject_id END"}},
}

// copyTable writes the rows of one table again, in the order they lie in.
func (t *Town) copyTable(ctx context.Context, c copiedTable, n int) error {
	columns, err := db.Query[string](ctx, t.DB, `SELECT name FROM pragma_table_info($1)`, c.name)
	if err != nil {
		return err
	}
	values := make([]string, len(columns))
	for i, column := range columns {
		values[i] = "x." + column
		change, ok := c.changes[column]
		if id, shifts := strings.CutPrefix(change, "@"); shifts {
			change = fmt.Sprintf("substr(%s, 1, 2) || '%d' || substr(%s, 4)", id, n, id)
		}
		if ok {
			values[i] = change
		}
	}
	_, err = t.DB.Exec(ctx, `INSERT INTO `+c.name+` (`+strings.Join(columns, ", ")+`) SELECT `+strings.Join(values, ", ")+` FROM `+c.from+` ORDER BY x.rowid`)
	return err
}

// recount brings the counters of the filters in line with the tags.
func (t *Town) recount(ctx context.Context) error {
	return t.DB.Write(ctx, func(ctx context.Context) error {
		if _, err := t.DB.Exec(ctx, `DELETE FROM roundtable_count`); err != nil {
			return err
		}
		_, err := t.DB.Exec(ctx, `INSERT INTO roundtable_count (area, kind, code, n) SELECT area, kind, code, count(*) FROM roundtable_tag GROUP BY area, kind, code`)
		return err
	})
}
