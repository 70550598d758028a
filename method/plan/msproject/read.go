package msproject

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"

	"ronda/method/plan"
)

// maxExceptions bounds the exceptions of a calendar.
const maxExceptions = 10_000

// file is what was read, before it is made into a plan.
type file struct {
	name, start, status, calendar string
	minutes                       int // of a working day
	fields                        []fieldElement
	calendars                     []calendarElement
	tasks                         []taskElement
	links, assignments            int
	notes                         []Note
}

// Read returns the plan of a file and what of it a plan cannot say. IDs of
// tasks are those that Write was given, or the file's UIDs. It fails with
// ErrNotProject, ErrTooLarge, ErrBomb, or an [Error] that names the task; what
// is wrong with the plan itself, such as cycles, Schedule tells.
func Read(r io.Reader) (*plan.Plan, []Note, error) {
	d := open(r)
	f := &file{minutes: minutesOfDay}
	if err := f.root(d); err != nil {
		return nil, nil, err
	}
	if err := f.project(d); err != nil {
		return nil, nil, syntax(err)
	}
	p, err := f.assemble()
	if err != nil {
		return nil, nil, err
	}
	return p, f.notes, nil
}

// root reads up to the element that holds all others.
func (f *file) root(d *xml.Decoder) error {
	for {
		token, err := d.Token()
		if errors.Is(err, ErrTooLarge) || errors.Is(err, ErrBomb) {
			return err
		}
		if err != nil {
			return ErrNotProject
		}
		if start, ok := token.(xml.StartElement); ok {
			if start.Name.Local != "Project" || start.Name.Space != "" && start.Name.Space != space {
				return ErrNotProject
			}
			return nil
		}
	}
}

// syntax tells what is wrong with the XML as ErrNotProject.
func syntax(err error) error {
	var bad *xml.SyntaxError
	if errors.As(err, &bad) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: %w", ErrNotProject, err)
	}
	return err
}

// project reads the elements of the project itself, up to its end.
func (f *file) project(d *xml.Decoder) error {
	return children(d, func(start xml.StartElement) error {
		switch start.Name.Local {
		case "Name":
			return text(d, start, &f.name)
		case "Title": // what people see; Name is that of the file
			var title string
			err := text(d, start, &title)
			if title != "" {
				f.name = title
			}
			return err
		case "StartDate":
			return text(d, start, &f.start)
		case "StatusDate":
			return text(d, start, &f.status)
		case "CalendarUID":
			return text(d, start, &f.calendar)
		case "MinutesPerDay":
			return f.minutesPerDay(d, start)
		default:
			return f.collection(d, start)
		}
	})
}

// collection reads one of the project's lists, or passes over it.
func (f *file) collection(d *xml.Decoder, start xml.StartElement) error {
	var item func(xml.StartElement) error
	switch start.Name.Local {
	case "ExtendedAttributes":
		item = func(start xml.StartElement) error { return appendElement(d, start, &f.fields, maxExceptions) }
	case "Calendars":
		item = func(start xml.StartElement) error { return appendElement(d, start, &f.calendars, plan.MaxTasks) }
	case "Tasks":
		item = func(start xml.StartElement) error { return f.task(d, start) }
	case "Assignments":
		item = func(xml.StartElement) error { f.assignments++; return d.Skip() }
	default:
		return d.Skip()
	}
	return children(d, item)
}

// task reads a task.
func (f *file) task(d *xml.Decoder, start xml.StartElement) error {
	if start.Name.Local != "Task" {
		return d.Skip()
	}
	if err := appendElement(d, start, &f.tasks, plan.MaxTasks+1); err != nil {
		return err
	}
	if f.links += len(f.tasks[len(f.tasks)-1].Links); f.links > plan.MaxLinks {
		return &Error{Element: "PredecessorLink", Value: strconv.Itoa(f.links), Err: fmt.Errorf("more than %d", plan.MaxLinks)}
	}
	return nil
}

func (f *file) minutesPerDay(d *xml.Decoder, start xml.StartElement) error {
	var value string
	if err := text(d, start, &value); err != nil {
		return err
	}
	n, err := parseNumber(value, minutesOfDay)
	if err != nil || n < 1 || n > 24*60 {
		return &Error{Element: start.Name.Local, Value: value, Err: errValue}
	}
	f.minutes = n
	return nil
}

// children calls fn with each element up to the end of the present one. It must
// read or skip the element.
func children(d *xml.Decoder, fn func(xml.StartElement) error) error {
	for {
		token, err := d.Token()
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if err := fn(token); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// text reads the text of an element.
func text(d *xml.Decoder, start xml.StartElement, into *string) error {
	return d.DecodeElement(into, &start)
}

// appendElement reads an element into a list that may not grow beyond a limit.
func appendElement[T any](d *xml.Decoder, start xml.StartElement, list *[]T, limit int) error {
	if len(*list) >= limit {
		return &Error{Element: start.Name.Local, Value: strconv.Itoa(len(*list)), Err: fmt.Errorf("more than %d", limit)}
	}
	var item T
	if err := d.DecodeElement(&item, &start); err != nil {
		return err
	}
	*list = append(*list, item)
	return nil
}
