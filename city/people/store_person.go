package people

import (
	"context"
	"strconv"
	"strings"
	"time"

	"ronda/platform/db"
)

type personRow struct {
	ID       string    `db:"id"`
	Name     string    `db:"name"`
	Fold     string    `db:"fold"`
	Official bool      `db:"official"`
	Invented bool      `db:"invented"`
	Created  time.Time `db:"created_at"`
}

const personColumns = "id, name, fold, official, invented, created_at"

func (r personRow) person() Person {
	return Person{ID: r.ID, Name: r.Name, Official: r.Official, Invented: r.Invented, Created: r.Created}
}

type wordRow struct {
	Word     string `db:"word"`
	Person   string `db:"person"`
	Official bool   `db:"official"`
}

// insertPerson stores a person with the words of the name.
func (m *Module) insertPerson(ctx context.Context, p Person) error {
	row := personRow{p.ID, p.Name, fold(p.Name), p.Official, p.Invented, p.Created}
	if err := m.db.Insert(ctx, "people_person", row); err != nil {
		return err
	}
	for _, w := range words(p.Name) {
		if err := m.db.Insert(ctx, "people_word", wordRow{w, p.ID, p.Official}); err != nil {
			return err
		}
	}
	return nil
}

// Person is the person with that id, fault.NotFound without one.
func (m *Module) Person(ctx context.Context, id string) (Person, error) {
	r, err := db.One[personRow](ctx, m.db, `SELECT `+personColumns+` FROM people_person WHERE id = $1`, id)
	return r.person(), err
}

// becomeOfficial notes that a person works for the city.
func (m *Module) becomeOfficial(ctx context.Context, person string) error {
	for _, query := range []string{
		`UPDATE people_person SET official = TRUE WHERE id = $1 AND official = FALSE`,
		`UPDATE people_word SET official = TRUE WHERE person = $1 AND official = FALSE`,
	} {
		if _, err := m.db.Exec(ctx, query, person); err != nil {
			return err
		}
	}
	return nil
}

// findPersons lists those whose names have words that begin with the asked ones.
func (m *Module) findPersons(ctx context.Context, f PersonFilter, asked []string) ([]Person, error) {
	args := []any{f.Official, f.After, f.Limit}
	where := `($1 = FALSE OR official = TRUE) AND ($2 = '' OR (fold, id) > (SELECT fold, id FROM people_person WHERE id = $2))`
	for _, w := range asked {
		n := len(args)
		low, high := "$"+strconv.Itoa(n+1), "$"+strconv.Itoa(n+2)
		where += ` AND id IN (SELECT person FROM people_word WHERE word >= ` + low + ` AND word <= ` + high +
			` AND substr(word, 1, length(` + low + `)) = ` + low + `)`
		args = append(args, w, lastWord(w))
	}
	rows, err := db.Query[personRow](ctx, m.db, `SELECT `+personColumns+` FROM people_person WHERE `+where+` ORDER BY fold, id LIMIT $3`, args...)
	out := make([]Person, len(rows))
	for i, r := range rows {
		out[i] = r.person()
	}
	return out, err
}

// lastWord is not before any word that begins with prefix, in the order of any
// database: the next letter or, where there is none, a word that nobody has.
func lastWord(prefix string) string {
	r := []rune(prefix)
	switch last := &r[len(r)-1]; *last {
	case 'z':
		return prefix + "zzzzzzzz"
	case '9':
		*last = 'a'
	default:
		*last++
	}
	return string(r)
}

type namedRow struct {
	ID   string `db:"id"`
	Name string `db:"name"`
}

// Names are the names of persons by id; unknown ids are left out.
func (m *Module) Names(ctx context.Context, ids ...string) (map[string]string, error) {
	names := make(map[string]string, len(ids))
	marks, args := list(ids, 1)
	if len(args) == 0 {
		return names, nil
	}
	err := db.Each(ctx, m.db, `SELECT id, name FROM people_person WHERE id IN (`+marks+`)`, args, func(r namedRow) error {
		names[r.ID] = r.Name
		return nil
	})
	return names, err
}

// list is "$n, $n+1, ..." for values and the values as arguments. The last value
// is repeated up to a power of two, so that few texts of a query exist.
func list(values []string, n int) (marks string, args []any) {
	if len(values) == 0 {
		return "", nil
	}
	size := 1
	for size < len(values) {
		size *= 2
	}
	parts := make([]string, size)
	for i := range size {
		parts[i] = "$" + strconv.Itoa(n+i)
		args = append(args, values[min(i, len(values)-1)])
	}
	return strings.Join(parts, ", "), args
}
