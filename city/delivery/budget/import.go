package budget

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"ronda/city/delivery"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/table"
)

// Limits bound the file of a budget law: some 50,000 lines.
var Limits = table.Limits{Bytes: 20 << 20, Rows: 60_000, Columns: 80, Cell: 8 << 10, Cells: 4_000_000, Unpacked: 160 << 20, Entries: 500, Ratio: 100}

// File is a list of lines that was read from CSV or XLSX.
type File struct {
	Sheet  table.Sheet
	SHA256 string // of the file, lower-case hex
}

// ReadFile reads a list; what is wrong with it as a list is Invalid.
func ReadFile(data []byte) (File, error) {
	sheet, err := table.Read(bytes.NewReader(data), Limits)
	sum := sha256.Sum256(data)
	return File{sheet, hex.EncodeToString(sum[:])}, err
}

// Report is what became of a list, or would.
type Report struct {
	Kept       bool // the lines are in the law
	New        int
	Known      int // in the law already, with the same words and credit
	Wrong      int // rows
	Faults     []RowFault
	Sum        int64 // of the new lines
	After      Law   // the law with the new lines
	NoMinistry int   // new lines whose institution is of no ministry of the city
}

// FaultsMax is how many faults a report lists; Wrong counts all rows.
const FaultsMax = 500

// RowFault is one thing wrong with one row.
type RowFault struct {
	Line  int // of the file, from 1
	Code  string
	Field Field
	Key   string // message key
	Args  []any
}

// Import brings lines into the law of a year, all of a list or nothing: with one
// wrong row nothing is kept, and the report says what is wrong with each. trial
// checks and keeps nothing. A line that is there already must say the same: its
// credit changes by an amendment. Faults: Invalid for a mapping that does not fit
// the list, NotFound without a law, Forbidden.
func (m *Module) Import(ctx context.Context, year int, f File, how Mapping, trial bool) (r Report, err error) {
	c, err := m.Delivery.City(ctx)
	if err != nil {
		return r, err
	}
	if _, err := c.Require(ctx, delivery.ImportBudget); err != nil {
		return r, err
	}
	if trial {
		r, _, err = m.read(ctx, c, year, f, how)
		return r, err
	}
	err = m.act(ctx, delivery.ImportBudget, func(ctx context.Context, w *work) error {
		if _, err := m.lockLaw(ctx, year); err != nil {
			return err
		}
		var lines []Line
		if r, lines, err = m.read(ctx, w.Case, year, f, how); err != nil || r.Wrong > 0 || len(lines) == 0 {
			return err
		}
		if err := m.bring(ctx, lines); err != nil {
			return err
		}
		r.Kept = true
		return w.tell(ctx, EventImported, r.After.Subject(), "", map[string]string{"year": yearText(year), "law": r.After.Number, "lines": strconv.Itoa(len(lines)),
			"amount": cents(r.Sum), "currency": r.After.Currency, "sha256": f.SHA256}, nil)
	})
	return r, err
}

// read checks every row and gives the new lines.
func (m *Module) read(ctx context.Context, c delivery.Case, year int, f File, how Mapping) (r Report, lines []Line, err error) {
	if err := how.validate(f.Sheet); err != nil {
		return r, nil, err
	}
	law, err := m.Law(ctx, year)
	if err != nil {
		return r, nil, err
	}
	in := newReader(c.Charter, law, f.Sheet, how)
	if err := m.known(ctx, year, in); err != nil {
		return r, nil, err
	}
	for _, row := range f.Sheet.Rows {
		if err := ctx.Err(); err != nil {
			return r, nil, err
		}
		in.row(row)
	}
	r = in.report
	r.After = law
	r.After.Lines += r.New
	r.After.Original += r.Sum
	r.After.Credit += r.Sum
	return r, in.lines, nil
}

// known tells the reader what is in the law already.
func (m *Module) known(ctx context.Context, year int, in *reader) error {
	return m.EachLine(ctx, Filter{Year: year}, func(l Line) error {
		in.there[l.Code] = l
		return nil
	})
}

// bring writes new lines and adds them to every sum.
func (m *Module) bring(ctx context.Context, lines []Line) error {
	sums := map[shareKey]Share{}
	var all Figures
	for _, l := range lines {
		all = all.plus(l.Figures)
		for _, k := range l.shares() {
			s := sums[k]
			s.Lines++
			s.Figures = s.plus(l.Figures)
			sums[k] = s
		}
	}
	if err := m.insert(ctx, lines); err != nil {
		return err
	}
	for k, s := range sums {
		if err := m.addToShare(ctx, lines[0].Year, k, s.Lines, s.Figures); err != nil {
			return err
		}
	}
	return m.addToLaw(ctx, lines[0].Year, len(lines), all)
}

// insertRows is how many lines one statement writes. SQLite looks for each of its
// values by name among all of them: more rows at once take longer, not shorter.
const insertRows = 40

// insert writes lines, many with each statement.
func (m *Module) insert(ctx context.Context, lines []Line) error {
	const columns = 12
	for len(lines) > 0 {
		some := lines[:min(insertRows, len(lines))]
		lines = lines[len(some):]
		var b strings.Builder
		b.WriteString(`INSERT INTO budget_line (id, year, code, institution, ministry, programme, name, words, func, source, original, credit, drawn, own, committed, accrued, paid, short, uses) VALUES `)
		args := make([]any, 0, len(some)*columns)
		for i, l := range some {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString("(")
			for n := range columns {
				b.WriteString(mark(i*columns+n+1) + ", ")
			}
			b.WriteString("0, 0, 0, 0, 0, 0, 0)")
			args = append(args, l.ID, l.Year, l.Code, l.Institution, l.Ministry, l.Programme, l.Name, l.Words, l.Function, l.Source, l.Original, l.Credit)
		}
		if _, err := m.db.Exec(ctx, b.String(), args...); err != nil {
			return err
		}
	}
	return nil
}

// Clear takes all lines out of a law, so that a wrong list can be brought again:
// only while nothing was amended, drawn or spent. Conflict otherwise.
func (m *Module) Clear(ctx context.Context, year int) error {
	return m.act(ctx, delivery.ImportBudget, func(ctx context.Context, w *work) error {
		law, err := m.lockLaw(ctx, year)
		if err != nil {
			return err
		}
		touched, err := db.One[int64](ctx, m.db, `SELECT (SELECT count(*) FROM budget_amendment a JOIN budget_line l ON l.id = a.line WHERE l.year = $1)
			+ (SELECT count(*) FROM budget_stage s JOIN budget_line l ON l.id = s.line WHERE l.year = $1) + (SELECT count(*) FROM budget_draw WHERE year = $1)`, year)
		if err != nil {
			return err
		}
		if touched > 0 {
			return fault.New(fault.Conflict, "delivery.budget.fault.touched")
		}
		for _, query := range []string{`DELETE FROM budget_line WHERE year = $1`, `DELETE FROM budget_share WHERE year = $1`,
			`UPDATE budget_law SET lines = 0, original = 0, credit = 0 WHERE year = $1`} {
			if _, err := m.db.Exec(ctx, query, year); err != nil {
				return err
			}
		}
		return w.tell(ctx, EventCleared, law.Subject(), "", map[string]string{"year": yearText(year), "law": law.Number, "lines": strconv.Itoa(law.Lines)}, nil)
	})
}
