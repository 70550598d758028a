package msproject

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

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

// task is what a task says, its place in the outline apart.
func (f *writer) task(i int) taskElement {
	t, d := &f.p.Tasks[i], &f.s.Tasks[i]
	x := taskElement{
		UID: strconv.Itoa(f.uid[i]), Name: cut(t.Name), Type: "1", IsNull: "0", Contact: cut(t.Contact), Notes: t.Notes,
		Duration: duration(d.Duration), DurationFormat: dayFormat, Estimated: "0",
		Milestone: bit(d.Milestone), Summary: bit(d.Summary), Critical: bit(d.Critical),
		FreeSlack: lag(d.Free), TotalSlack: lag(d.Slack), CalendarUID: "-1", Deadline: at(t.Deadline, evening),
		ConstraintType: "0",
	}
	x.Start, x.Finish = f.span(i, d.Start, d.Finish)
	x.EarlyStart, x.EarlyFinish = x.Start, x.Finish
	x.LateStart, x.LateFinish = f.span(i, d.LateStart, d.LateFinish)
	f.constrain(&x, t)
	if !d.Summary {
		x.Duration = duration(t.Duration)
		f.progress(&x, t)
	}
	if base := t.Baseline; base.Start != plan.NoDay {
		start, finish := f.span(i, base.Start, base.Finish)
		x.Baselines = []baselineElement{{"0", start, finish, duration(f.p.Calendar.Between(base.Start, base.Finish)), dayFormat}}
	}
	if strconv.Itoa(f.uid[i]) != t.ID {
		x.Extended = []extendedElement{{idField, t.ID}}
	}
	for _, k := range f.from[t.ID] {
		x.Links = append(x.Links, f.link(&f.p.Links[k]))
	}
	return x
}

// span writes the days of a task from the morning of the first to the evening
// of the last; a milestone is one moment.
func (f *writer) span(i int, start, finish plan.Day) (from, to string) {
	switch d := &f.s.Tasks[i]; {
	case d.Milestone && d.Morning:
		return at(start, morning), at(start, morning)
	case d.Milestone:
		return at(finish, evening), at(finish, evening)
	}
	return at(start, morning), at(finish, evening)
}

func (f *writer) constrain(x *taskElement, t *plan.Task) {
	for number, c := range constraints {
		if c != t.Constraint || c == plan.SoonAsPossible {
			continue
		}
		hour := evening
		if c == plan.StartNotBefore || c == plan.StartBy || c == plan.MustStart {
			hour = morning
		}
		x.ConstraintType, x.ConstraintDate = strconv.Itoa(number), at(t.On, hour)
	}
}

// progress writes what was done, with the durations that follow from it.
func (f *writer) progress(x *taskElement, t *plan.Task) {
	x.PercentComplete = strconv.Itoa(t.Done)
	x.ActualStart, x.ActualFinish = at(t.ActualStart, morning), at(t.ActualFinish, evening)
	if t.Duration > 0 && t.Done > 0 {
		minutes := t.Duration * minutesOfDay
		done := minutes * t.Done / 100
		x.ActualDuration, x.RemainingDuration = clock(done), clock(minutes-done)
	}
}

func (f *writer) link(l *plan.Link) linkElement {
	kind := 0
	for number, k := range kinds {
		if k == l.Kind {
			kind = number
		}
	}
	return linkElement{
		PredecessorUID: strconv.Itoa(f.uid[f.at[l.From]]), Type: strconv.Itoa(kind), CrossProject: "0",
		LinkLag: lag(l.Lag), LagFormat: dayFormat,
	}
}

// writeCalendar writes the week and the exceptions, with eight hours for the
// days that are worked.
func writeCalendar(c *plan.Calendar) calendarElement {
	hours := []workingTimeElement{{"08:00:00", "12:00:00"}, {"13:00:00", "17:00:00"}}
	x := calendarElement{UID: "1", Name: "Standard", IsBase: "1", BaseUID: "-1"}
	for day, works := range c.Week() {
		week := weekDayElement{DayType: strconv.Itoa(day + 1), DayWorking: bit(works)}
		if works {
			week.WorkingTimes = hours
		}
		x.WeekDays = append(x.WeekDays, week)
	}
	for _, e := range c.Exceptions() {
		exception := exceptionElement{
			ByOccurrences: "0", TimePeriod: &periodElement{at(e.From, "T00:00:00"), at(e.To, "T23:59:00")},
			Occurrences: strconv.Itoa(int(e.To-e.From) + 1), Name: cut(e.Name), Type: "1", DayWorking: bit(e.Working),
		}
		if e.Working {
			exception.WorkingTimes = hours
		}
		x.Exceptions = append(x.Exceptions, exception)
	}
	return x
}

// at writes a day with an hour, "" for no day.
func at(day plan.Day, hour string) string {
	if day == plan.NoDay {
		return ""
	}
	return day.String() + hour
}

// duration writes working days, clock minutes, lag tenths of a minute.
func duration(days int) string { return clock(days * minutesOfDay) }

func clock(minutes int) string {
	return "PT" + strconv.Itoa(minutes/60) + "H" + strconv.Itoa(minutes%60) + "M0S"
}

func lag(days int) string { return strconv.Itoa(days * minutesOfDay * tenths) }

func bit(yes bool) string {
	if yes {
		return "1"
	}
	return "0"
}

// cut shortens a name to what the schema allows.
func cut(name string) string {
	if utf8.RuneCountInString(name) <= maxName {
		return name
	}
	return string([]rune(name)[:maxName])
}
