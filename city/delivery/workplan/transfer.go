package workplan

import (
	"bytes"
	"context"
	"errors"
	"io"

	"ronda/city/delivery"
	"ronda/method/plan"
	"ronda/method/plan/msproject"
	"ronda/method/plan/plansheet"
	"ronda/platform/fault"
	"ronda/platform/i18n"
)

// Format is that of a file.
type Format string

// The formats.
const (
	XML Format = "xml" // of Microsoft Project
	CSV Format = "csv"
)

// Type is the media type of a format.
func (f Format) Type() string {
	if f == XML {
		return "application/xml"
	}
	return "text/csv; charset=utf-8"
}

// MaxFile bounds an imported file, in bytes.
const MaxFile = 32 << 20

// Report is what an import did, or would do.
type Report struct {
	Tasks, Links         int // of the file
	Added, Changed, Gone int // tasks of the plan
	Errors               []Line
	Notes                []Line // what of the file a plan does not say, or says in its own way
	Start, Finish        plan.Day
	Done                 bool // it was done: no trial, no errors
	Version              int64
}

// Line is a line of a report.
type Line struct {
	Line   int    // of the file, 0 when it is not known
	Task   string // code, "" when it is about the whole
	Column string
	Value  string
	Key    string // message
	Args   []any
}

// Import makes the tasks and links of a plan those of a file; the objectives stay.
// A trial changes nothing and says what would come of it. With errors nothing is
// done either. Tasks keep body and person while the file does not name somebody
// else. Faults: Invalid on file when it cannot be read at all; Conflict when the
// plan is no longer of the given version, unless it is a trial.
func (m *Module) Import(ctx context.Context, number string, version int64, format Format, r io.Reader, trial bool) (out Report, err error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return out, err
	}
	if len(data) > MaxFile {
		return out, badFile("delivery.workplan.fault.large", "max", MaxFile>>20)
	}
	out.Version, err = m.act(ctx, number, delivery.EditPlan, func(ctx context.Context, w *work) error {
		if !trial && version != w.was.Version {
			return fault.New(fault.Conflict, "delivery.workplan.fault.edited")
		}
		in := &importing{work: w, format: format, report: &out}
		if err := in.run(ctx, data); err != nil {
			return err
		}
		if trial || len(out.Errors) > 0 {
			return errNothing
		}
		out.Done = true
		return nil
	})
	if errors.Is(err, errNothing) {
		err = nil
	}
	return out, err
}

// errNothing takes back what a trial did.
var errNothing = errors.New("nothing is to be done")

func badFile(key string, args ...any) error {
	var c fault.Check
	c.Fail("file", key, args...)
	return c.Err()
}

// Export writes a plan as it stands for the person of the context.
func (m *Module) Export(ctx context.Context, number string, format Format, w io.Writer) error {
	c, err := m.Delivery.Case(ctx, number)
	if err != nil {
		return err
	}
	x := &work{m: m, Case: c}
	if err := x.setting(ctx); err != nil {
		return err
	}
	if x.now, _, err = m.load(ctx, c.Initiative, kept(x.calendar.Add(x.today, 0))); err != nil {
		return err
	}
	if err := x.discreet(ctx); err != nil {
		return err
	}
	for n := range x.now.tasks {
		x.now.tasks[n].Contact = x.contact(x.now.tasks[n])
	}
	done, err := x.now.compute(c.Initiative.Title, x.calendar, x.today)
	if err != nil {
		return err
	}
	if format == XML {
		return msproject.Write(w, done.work, done.Schedule)
	}
	lang := plansheet.Spanish
	if i18n.Of(ctx) == i18n.English {
		lang = plansheet.English
	}
	return plansheet.Write(w, done.work, done.Schedule, lang)
}

// contact is who answers for a task, as a file names them: as the file that brought
// the task did, else the body.
func (w *work) contact(t Task) string {
	if t.Contact != "" || t.Body == "" {
		return t.Contact
	}
	if b, ok := w.charter.Bodies.Get(t.Body); ok {
		return b.Name.In(w.charter.City.Languages[0])
	}
	return t.Body
}

// read reads a file as a plan. ok is false when there are errors in it, which are
// in the report then.
func (in *importing) read(data []byte) (p *plan.Plan, ok bool, err error) {
	if in.format == XML {
		var notes []msproject.Note
		if p, notes, err = msproject.Read(bytes.NewReader(data)); err == nil {
			for _, n := range notes {
				in.note("delivery.workplan.loss."+string(n.Loss), n.Task, n.Detail)
			}
			in.sameDays(p.Calendar)
			return p, true, nil
		}
		return nil, false, in.badXML(err)
	}
	begin := plan.NoDay
	if len(in.was.tasks) > 0 {
		begin = day(in.was.Start)
	}
	p, err = plansheet.Read(bytes.NewReader(data), begin, in.calendar)
	if begin == plan.NoDay && missingStart(err) {
		p, err = plansheet.Read(bytes.NewReader(data), day(in.was.Start), in.calendar)
	}
	if err != nil {
		return nil, false, in.badCSV(err)
	}
	return p, true, nil
}

// sameDays notes that a file counts with other working days than the city.
func (in *importing) sameDays(c *plan.Calendar) {
	for on := in.calendar.Add(day(in.was.Start), 0); on < day(in.was.Start)+366*5; on++ {
		if c.Works(on) != in.calendar.Works(on) {
			in.note("delivery.workplan.loss.calendar", "", on.String())
			return
		}
	}
}

// badXML puts what is wrong with an XML file into the report.
func (in *importing) badXML(err error) error {
	var bad *msproject.Error
	switch {
	case errors.As(err, &bad):
		in.report.Errors = append(in.report.Errors, Line{Task: bad.UID, Column: bad.Element, Value: bad.Value, Key: "delivery.workplan.row.value", Args: []any{"name", bad.Name}})
		return nil
	case errors.Is(err, msproject.ErrTooLarge), errors.Is(err, msproject.ErrBomb):
		return badFile("delivery.workplan.fault.large", "max", MaxFile>>20)
	}
	return badFile("delivery.workplan.fault.no_project")
}

// badCSV puts what is wrong with a table into the report.
func (in *importing) badCSV(err error) error {
	var rows plansheet.RowErrors
	switch {
	case errors.As(err, &rows):
		for _, r := range rows {
			in.report.Errors = append(in.report.Errors, Line{Line: r.Line, Task: r.Task, Column: r.Column, Value: r.Value, Key: "delivery.workplan.row." + string(r.Reason)})
		}
		return nil
	case errors.Is(err, plansheet.ErrTooLarge):
		return badFile("delivery.workplan.fault.tasks", "max", plan.MaxTasks)
	}
	return badFile("delivery.workplan.fault.no_table")
}

// missingStart says whether a table lacks nothing but a day to begin on.
func missingStart(err error) bool {
	var rows plansheet.RowErrors
	return errors.As(err, &rows) && len(rows) == 1 && rows[0].Reason == plansheet.Missing && rows[0].Line == 1 && rows[0].Task == ""
}
