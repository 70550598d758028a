package plansheet

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"ronda/method/plan"
	"ronda/method/sheet"
)

// Limits of a table.
const (
	MaxSize = 32 << 20 // bytes
	maxErrs = 100      // told at once
)

// ErrTooLarge says that a table is larger than MaxSize or has more tasks or
// links than a plan may have.
var ErrTooLarge = errors.New("the table is too large")

// RowError is something wrong with a cell.
type RowError struct {
	Line   int    // from 1
	Task   string // ID, if the row has one
	Column string // as in the header
	Value  string
	Reason Reason
}

// Reason says why a cell is refused.
type Reason string

// The reasons.
const (
	Missing     Reason = "missing"
	NotADay     Reason = "not_a_day"
	NotANumber  Reason = "not_a_number"
	Unknown     Reason = "unknown"      // a constraint that does not exist
	NotALink    Reason = "not_a_link"   // predecessors that cannot be read
	UnknownTask Reason = "unknown_task" // predecessors that no row has
)

func (e RowError) Error() string {
	return fmt.Sprintf("line %d, task %q: %s %.60q: %s", e.Line, e.Task, e.Column, e.Value, strings.ReplaceAll(string(e.Reason), "_", " "))
}

// RowErrors is all that is wrong with a table, at most a hundred cells.
type RowErrors []RowError

func (e RowErrors) Error() string {
	lines := make([]string, len(e))
	for i, row := range e {
		lines[i] = row.Error()
	}
	return strings.Join(lines, "; ")
}

// reader makes a plan of a table.
type reader struct {
	table *sheet.Sheet
	at    [columns]int
	row   []string
	p     *plan.Plan
	dates bool // a plain list of dates: starts bind
	waits []wait
	bad   RowErrors
}

// wait is a cell of predecessors, read when all tasks are known.
type wait struct {
	line     int
	to, text string
}

// Read returns the plan of a table, on a calendar. It begins on the given day,
// or on the earliest start of the table when that is NoDay. It fails with
// [RowErrors], with what package sheet says of a text that is no table, or with
// ErrTooLarge. What is wrong with the plan itself, such as cycles, Schedule tells.
func Read(r io.Reader, begin plan.Day, c *plan.Calendar) (*plan.Plan, error) {
	limited := &io.LimitedReader{R: r, N: MaxSize + 1}
	table, err := sheet.Open(limited)
	if err != nil {
		return nil, err
	}
	f := &reader{table: table, at: places(table.Header()), p: &plan.Plan{Start: begin, Calendar: c}}
	f.dates = f.at[predecessors] < 0 && f.at[constraint] < 0
	if f.at[name] < 0 || f.at[id] < 0 {
		return nil, RowErrors{{Line: 1, Column: names[name][0], Reason: Missing}}
	}
	if err := f.rows(); err != nil {
		return nil, err
	}
	if limited.N == 0 {
		return nil, ErrTooLarge
	}
	f.links()
	if len(f.bad) > 0 {
		return nil, f.bad
	}
	if len(f.p.Links) > plan.MaxLinks {
		return nil, ErrTooLarge
	}
	return f.p, nil
}

// rows reads the rows, empty ones apart.
func (f *reader) rows() error {
	earliest := plan.NoDay
	for {
		row, err := f.table.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		if f.row = row; strings.TrimSpace(strings.Join(row, "")) == "" {
			continue
		}
		if len(f.p.Tasks) >= plan.MaxTasks {
			return ErrTooLarge
		}
		day := f.task()
		if earliest == plan.NoDay || day != plan.NoDay && day < earliest {
			earliest = day
		}
	}
	if f.p.Start == plan.NoDay {
		f.p.Start = earliest
	}
	if f.p.Start == plan.NoDay {
		return RowErrors{{Line: 1, Column: names[start][0], Reason: Missing}}
	}
	return nil
}

// task reads a row and returns the start it tells.
func (f *reader) task() plan.Day {
	t := plan.Task{ID: f.cell(id), Parent: f.cell(parent), Name: f.text(name), Contact: f.text(contact), Notes: f.text(notes)}
	if t.ID == "" {
		f.wrong(id, Missing)
	}
	begins, ends := f.day(start), f.day(finish)
	t.Deadline = f.day(deadline)
	t.ActualStart, t.ActualFinish = f.day(actualStart), f.day(actualFinish)
	t.Baseline = plan.Span{Start: f.day(baselineStart), Finish: f.day(baselineFinish)}
	t.Done = f.number(done)
	t.Duration = f.number(duration)
	if f.cell(duration) == "" && begins != plan.NoDay && ends != plan.NoDay {
		t.Duration = f.p.Calendar.Between(begins, ends)
	}
	f.bind(&t)
	if f.dates && begins != plan.NoDay {
		t.Constraint, t.On = plan.StartNotBefore, begins
	}
	if text := f.cell(predecessors); text != "" {
		f.waits = append(f.waits, wait{f.table.Line(), t.ID, text})
	}
	f.p.Tasks = append(f.p.Tasks, t)
	return begins
}

// bind reads the constraint.
func (f *reader) bind(t *plan.Task) {
	word := strings.ToUpper(f.cell(constraint))
	if word == "" {
		return
	}
	c, ok := plan.ParseConstraint(word)
	if !ok {
		f.wrong(constraint, Unknown)
	}
	if c == plan.SoonAsPossible {
		return
	}
	if t.Constraint, t.On = c, f.day(constraintDate); t.On == plan.NoDay {
		f.wrong(constraintDate, Missing)
	}
}

// cell is the text of a cell without blanks round it, text with them.
func (f *reader) cell(c column) string { return strings.TrimSpace(f.text(c)) }

func (f *reader) text(c column) string {
	if at := f.at[c]; at >= 0 && at < len(f.row) {
		return restored(f.row[at])
	}
	return ""
}

// wrong records a cell that is refused.
func (f *reader) wrong(c column, why Reason) {
	title := names[c][0]
	if at := f.at[c]; at >= 0 {
		title = f.table.Header()[at]
	}
	f.add(RowError{Line: f.table.Line(), Task: f.cell(id), Column: title, Value: f.cell(c), Reason: why})
}

func (f *reader) add(e RowError) {
	if len(f.bad) < maxErrs {
		f.bad = append(f.bad, e)
	}
}

// day reads a day; an empty cell is none.
func (f *reader) day(c column) plan.Day {
	text := f.cell(c)
	if t, err := time.Parse("2/1/2006", text); err == nil {
		text = t.Format(time.DateOnly)
	}
	day, err := plan.ParseDay(text)
	if err != nil {
		f.wrong(c, NotADay)
	}
	return day
}

// number reads a whole number of days or percent; an empty cell is 0.
func (f *reader) number(c column) int {
	text := f.cell(c)
	if c == done {
		text = strings.TrimSuffix(text, "%")
	}
	if text == "" {
		return 0
	}
	n, ok := countDays(text)
	if !ok {
		f.wrong(c, NotANumber)
	}
	return n
}
