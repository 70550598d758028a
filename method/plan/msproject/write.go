package msproject

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"

	"ronda/method/plan"
)

// maxName is the longest name of the schema, in characters.
const maxName = 512

// writer holds what the elements need to know of the whole.
type writer struct {
	p    *plan.Plan
	s    *plan.Schedule
	uid  []int            // by task
	from map[string][]int // by the ID of a task, the links that it waits by
	at   map[string]int
}

// Write writes a plan and its schedule. IDs that are no positive numbers are
// kept in the custom field Text30, from which Read takes them again. The order
// of the tasks is that of the outline.
func Write(w io.Writer, p *plan.Plan, s *plan.Schedule) error {
	out := bufio.NewWriter(w)
	out.WriteString(xml.Header)
	e := xml.NewEncoder(out)
	f := &writer{p: p, s: s, from: map[string][]int{}, at: map[string]int{}}
	for i, link := range p.Links {
		f.from[link.To] = append(f.from[link.To], i)
	}
	own := f.number()
	root := xml.StartElement{Name: xml.Name{Local: "Project"}, Attr: []xml.Attr{{Name: xml.Name{Local: "xmlns"}, Value: space}}}
	if err := f.write(e, root, own); err != nil {
		return fmt.Errorf("writing Microsoft Project XML: %w", err)
	}
	if err := e.Close(); err != nil {
		return err
	}
	return out.Flush()
}

func (f *writer) write(e *xml.Encoder, root xml.StartElement, own bool) error {
	if err := e.EncodeToken(root); err != nil {
		return err
	}
	if err := f.head(e); err != nil {
		return err
	}
	if own {
		fields := struct {
			Fields []fieldElement `xml:"ExtendedAttribute"`
		}{[]fieldElement{{idField, idName, idAlias}}}
		if err := element(e, "ExtendedAttributes", fields); err != nil {
			return err
		}
	}
	calendars := struct {
		Calendars []calendarElement `xml:"Calendar"`
	}{[]calendarElement{writeCalendar(f.p.Calendar)}}
	if err := element(e, "Calendars", calendars); err != nil {
		return err
	}
	if err := f.tasks(e); err != nil {
		return err
	}
	return e.EncodeToken(root.End())
}

// element writes one value under a name.
func element(e *xml.Encoder, name string, value any) error {
	return e.EncodeElement(value, xml.StartElement{Name: xml.Name{Local: name}})
}

// head writes what the project says of itself.
func (f *writer) head(e *xml.Encoder) error {
	for _, field := range [][2]string{
		{"SaveVersion", "12"},
		{"Name", cut(f.p.Name)},
		{"Title", cut(f.p.Name)},
		{"ScheduleFromStart", "1"},
		{"StartDate", at(f.p.Start, morning)},
		{"FinishDate", at(f.s.Finish, evening)},
		{"CalendarUID", "1"},
		{"DefaultStartTime", morning[1:]},
		{"DefaultFinishTime", evening[1:]},
		{"MinutesPerDay", strconv.Itoa(minutesOfDay)},
		{"MinutesPerWeek", strconv.Itoa(5 * minutesOfDay)},
		{"DaysPerMonth", "20"},
		{"DefaultTaskType", "1"},
		{"DurationFormat", dayFormat},
		{"HonorConstraints", "1"},
		{"StatusDate", at(f.p.Status, evening)},
	} {
		if field[1] == "" {
			continue
		}
		if err := element(e, field[0], field[1]); err != nil {
			return err
		}
	}
	return nil
}

// number gives every task a UID: its own ID where that is one, the next free
// number otherwise. It returns whether any had to be given one.
func (f *writer) number() (own bool) {
	f.uid = make([]int, len(f.p.Tasks))
	taken := make(map[int]bool, len(f.p.Tasks))
	for i := range f.p.Tasks {
		id := f.p.Tasks[i].ID
		f.at[id] = i
		if n, err := strconv.ParseInt(id, 10, 32); err == nil && n > 0 && strconv.Itoa(int(n)) == id {
			f.uid[i], taken[int(n)] = int(n), true
		}
	}
	next := 1
	for i := range f.uid {
		if f.uid[i] != 0 {
			continue
		}
		for taken[next] {
			next++
		}
		f.uid[i], taken[next], own = next, true, true
	}
	return own
}

func (f *writer) tasks(e *xml.Encoder) error {
	list := xml.StartElement{Name: xml.Name{Local: "Tasks"}}
	if err := e.EncodeToken(list); err != nil {
		return err
	}
	var numbers []int // of the outline, by level
	for place, i := range f.s.Outline.Order {
		level := int(f.s.Outline.Level[i])
		if level == len(numbers) {
			numbers = append(numbers, 0)
		}
		numbers = numbers[:level+1]
		numbers[level]++
		x := f.task(int(i))
		x.ID, x.OutlineLevel, x.OutlineNumber = strconv.Itoa(place+1), strconv.Itoa(level+1), dotted(numbers)
		x.WBS = x.OutlineNumber
		if err := element(e, "Task", x); err != nil {
			return err
		}
	}
	return e.EncodeToken(list.End())
}

// dotted writes the numbers of an outline: 1.2.3.
func dotted(numbers []int) string {
	var text []byte
	for i, n := range numbers {
		if i > 0 {
			text = append(text, '.')
		}
		text = strconv.AppendInt(text, int64(n), 10)
	}
	return string(text)
}
