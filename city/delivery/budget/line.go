package budget

import (
	"context"
	"strconv"
	"strings"

	"ronda/method/similar"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// Line is one line of a budget law, found by its year and code.
type Line struct {
	ID          string `db:"id"`
	Year        int    `db:"year"`
	Code        string `db:"code"`        // as the law writes it, "40.12.3"
	Institution string `db:"institution"` // as the law names it
	Ministry    string `db:"ministry"`    // code of the ministry of the institution, empty when the city has none of that name
	Programme   string `db:"programme"`
	Name        string `db:"name"` // what it is for
	Words       string `db:"words"`
	Function    string `db:"func"`
	Source      string `db:"source"`
	Figures
	Uses int `db:"uses"` // draws of initiatives
}

// Subject names the line for events.
func (l Line) Subject() event.Subject { return event.Subject{Kind: SubjectLine, ID: l.ID} }

const lineColumns = `id, year, code, institution, ministry, programme, name, words, func, source, original, credit, drawn, own, committed, accrued, paid, short, uses`

// LinesSize is how many lines a page holds.
const LinesSize = 40

// Filter chooses lines of one year. Empty fields choose all.
type Filter struct {
	Year                       int
	Function, Source, Ministry string // codes
	Words                      string // in the code, the name, the programme or the institution
	Short                      bool   // draws without credit
	Used                       bool   // initiatives draw on it
}

// Lines reads a page of lines in the order of their codes, after the line of
// that code (empty: from the first). next continues, empty at the end. size is
// LinesSize when 0.
func (m *Module) Lines(ctx context.Context, f Filter, after string, size int) (lines []Line, next string, err error) {
	if size <= 0 || size > 200 {
		size = LinesSize
	}
	where, args := f.where()
	args = append(args, after, size+1)
	lines, err = db.Query[Line](ctx, m.db, `SELECT `+lineColumns+` FROM budget_line WHERE `+where+` AND code > `+mark(len(args)-1)+` ORDER BY code LIMIT `+mark(len(args)), args...)
	if err == nil && len(lines) > size {
		lines, next = lines[:size], lines[size-1].Code
	}
	return lines, next, err
}

// EachLine reads the lines of a filter in the order of their codes without
// holding them.
func (m *Module) EachLine(ctx context.Context, f Filter, fn func(Line) error) error {
	where, args := f.where()
	return db.Each(ctx, m.db, `SELECT `+lineColumns+` FROM budget_line WHERE `+where+` ORDER BY code`, args, fn)
}

// where are the conditions of the filter with their arguments.
func (f Filter) where() (string, []any) {
	conditions, args := []string{"year = $1"}, []any{f.Year}
	for _, c := range []struct{ column, value string }{{"func", f.Function}, {"source", f.Source}, {"ministry", f.Ministry}} {
		if c.value != "" {
			args = append(args, c.value)
			conditions = append(conditions, c.column+" = "+mark(len(args)))
		}
	}
	for word := range strings.FieldsSeq(similar.Fold(f.Words)) {
		args = append(args, "%"+strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(word)+"%")
		conditions = append(conditions, "words LIKE "+mark(len(args))+` ESCAPE '\'`)
	}
	if f.Short {
		conditions = append(conditions, "short > 0")
	}
	if f.Used {
		conditions = append(conditions, "uses > 0")
	}
	return strings.Join(conditions, " AND "), args
}

func mark(n int) string { return "$" + strconv.Itoa(n) }

// folded is what the words of a search are looked for in.
func (l Line) folded() string {
	return similar.Fold(strings.Join([]string{l.Code, l.Name, l.Programme, l.Institution}, " "))
}

// line finds a line by its year and code, NotFound without one.
func (m *Module) line(ctx context.Context, year int, code string) (Line, error) {
	return db.One[Line](ctx, m.db, `SELECT `+lineColumns+` FROM budget_line WHERE year = $1 AND code = $2`, year, code)
}

func (m *Module) lineByID(ctx context.Context, id string) (Line, error) {
	return db.One[Line](ctx, m.db, `SELECT `+lineColumns+` FROM budget_line WHERE id = $1`, id)
}

// lock holds the law of a year and one of its lines until the transaction ends.
// A line that is not there is a wrong field of the form.
func (m *Module) lock(ctx context.Context, year int, code string) (Law, Line, error) {
	law, err := m.lockLaw(ctx, year)
	if err != nil {
		return law, Line{}, err
	}
	l, err := m.line(ctx, year, strings.TrimSpace(code))
	if fault.Is(err, fault.NotFound) {
		err = wrong("line", "delivery.budget.fault.line", "year", yearText(year))
	}
	return law, l, err
}

// years are texts of digits without separators.
func yearText(year int) string { return strconv.Itoa(year) }
