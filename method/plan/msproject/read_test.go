package msproject

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ronda/method/plan"
)

// document is a project with the given tasks and calendar.
func document(calendars, tasks string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Project xmlns="http://schemas.microsoft.com/project"><SaveVersion>14</SaveVersion><Name>plaza.xml</Name><Title>Plaza</Title>
<StartDate>2026-03-02T08:00:00</StartDate><CalendarUID>1</CalendarUID><MinutesPerDay>480</MinutesPerDay>
<Views><View><Name>Gantt</Name></View></Views>` + calendars + "<Tasks>" + tasks + `</Tasks>
<Resources><Resource><UID>1</UID></Resource></Resources><Assignments><Assignment><UID>1</UID></Assignment><Assignment/></Assignments></Project>`
}

// foreign is a file as Microsoft Project writes it, with things that a plan
// cannot say.
var foreign = document(`<Calendars><Calendar><UID>1</UID><Name>Estándar</Name><IsBaseCalendar>1</IsBaseCalendar><WeekDays>
<WeekDay><DayType>1</DayType><DayWorking>0</DayWorking></WeekDay>
<WeekDay><DayType>7</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>
<WeekDay><DayType>0</DayType><DayWorking>0</DayWorking><TimePeriod><FromDate>2026-03-24T00:00:00</FromDate><ToDate>2026-03-24T23:59:00</ToDate></TimePeriod></WeekDay>
</WeekDays><Exceptions>
<Exception><EnteredByOccurrences>0</EnteredByOccurrences><TimePeriod><FromDate>2026-03-24T00:00:00</FromDate><ToDate>2026-03-24T23:59:00</ToDate></TimePeriod><Occurrences>1</Occurrences><Name>Memoria</Name><Type>1</Type><DayWorking>0</DayWorking></Exception>
<Exception><EnteredByOccurrences>1</EnteredByOccurrences><TimePeriod><FromDate>2026-05-25T00:00:00</FromDate><ToDate>2028-05-25T23:59:00</ToDate></TimePeriod><Occurrences>3</Occurrences><Name>25 de Mayo</Name><Type>2</Type><Month>4</Month><MonthDay>25</MonthDay><DayWorking>0</DayWorking></Exception>
<Exception><TimePeriod><FromDate>2026-05-01T00:00:00</FromDate><ToDate>2026-12-31T23:59:00</ToDate></TimePeriod><Name>Inventario</Name><Type>5</Type><DayWorking>0</DayWorking></Exception>
</Exceptions></Calendar></Calendars>`,
	`<Task><UID>0</UID><ID>0</ID><Name>Plaza</Name><OutlineLevel>0</OutlineLevel><Summary>1</Summary></Task>
<Task><UID>7</UID><ID>1</ID><Name>Obra</Name><OutlineLevel>1</OutlineLevel><Summary>1</Summary><Duration>PT80H0M0S</Duration><PercentComplete>12</PercentComplete><ActualStart>2026-03-02T08:00:00</ActualStart></Task>
<Task><UID>3</UID><ID>2</ID><Name>Excavar &amp; nivelar</Name><OutlineLevel>2</OutlineLevel><Duration>PT20H30M0S</Duration><DurationFormat>7</DurationFormat><PercentComplete>40</PercentComplete><ActualStart>2026-03-02T08:00:00</ActualStart><TimephasedData><Value>x</Value></TimephasedData></Task>
<Task><UID>9</UID><ID>3</ID><IsNull>1</IsNull></Task>
<Task><UID>4</UID><ID>4</ID><Name>Fraguar</Name><OutlineLevel>2</OutlineLevel><Start>2026-03-06T08:00:00</Start><Finish>2026-03-13T08:00:00</Finish><Duration>PT168H0M0S</Duration><DurationFormat>8</DurationFormat>
<PredecessorLink><PredecessorUID>3</PredecessorUID><Type>1</Type><CrossProject>0</CrossProject><LinkLag>9600</LinkLag><LagFormat>7</LagFormat></PredecessorLink>
<PredecessorLink><PredecessorUID>3</PredecessorUID><Type>3</Type><LinkLag>50</LinkLag><LagFormat>19</LagFormat></PredecessorLink>
<PredecessorLink><PredecessorUID>88</PredecessorUID><Type>1</Type><CrossProject>1</CrossProject></PredecessorLink></Task>
<Task><UID>5</UID><ID>5</ID><Name>Inauguración</Name><OutlineLevel>1</OutlineLevel><Milestone>1</Milestone><Duration>PT0H0M0S</Duration><ConstraintType>4</ConstraintType><ConstraintDate>2026-04-01T08:00:00</ConstraintDate><Deadline>2026-04-10T17:00:00</Deadline>
<Baseline><Number>0</Number><Start>2026-03-30T17:00:00</Start><Finish>2026-03-30T17:00:00</Finish></Baseline><Baseline><Number>1</Number></Baseline>
<PredecessorLink><PredecessorUID>7</PredecessorUID><Type>1</Type><LinkLag>-14400</LinkLag><LagFormat>8</LagFormat></PredecessorLink></Task>`)

func TestReadsWhatMicrosoftProjectWrites(t *testing.T) {
	p, notes, err := Read(strings.NewReader(foreign))
	if err != nil {
		t.Fatal(err)
	}
	start := plan.Date(2026, 3, 2)
	want := []plan.Task{
		{ID: "7", Name: "Obra"},
		{ID: "3", Name: "Excavar & nivelar", Parent: "7", Duration: 3, Done: 40, ActualStart: start},
		{ID: "4", Name: "Fraguar", Parent: "7", Duration: 7},
		{ID: "5", Name: "Inauguración", Constraint: plan.StartNotBefore, On: plan.Date(2026, 4, 1), Deadline: plan.Date(2026, 4, 10),
			Baseline: plan.Span{Start: plan.Date(2026, 3, 30), Finish: plan.Date(2026, 3, 30)}},
	}
	if diff := cmp.Diff(want, p.Tasks); diff != "" || p.Name != "Plaza" || p.Start != start {
		t.Errorf("%s from %s:\n%s", p.Name, p.Start, diff)
	}
	links := []plan.Link{
		{From: "3", To: "4", Lag: 2}, {From: "3", To: "4", Kind: plan.StartToStart, Lag: 2}, {From: "7", To: "5", Lag: -1},
	}
	if diff := cmp.Diff(links, p.Links); diff != "" {
		t.Error(diff)
	}
	for day, works := range map[plan.Day]bool{
		plan.Date(2026, 3, 24): false, plan.Date(2026, 3, 28): true, plan.Date(2026, 5, 25): false,
		plan.Date(2028, 5, 25): false, plan.Date(2029, 5, 25): true, plan.Date(2026, 3, 29): false,
	} {
		if p.Calendar.Works(day) != works {
			t.Errorf("%s worked: %v", day, !works)
		}
	}
	var told []string
	for _, n := range notes {
		told = append(told, strings.TrimSpace(string(n.Loss)+" "+n.Task))
	}
	losses := []string{"other_exception", "other_baseline 5", "part_of_day 3", "elapsed 4", "part_of_day 4", "other_project 4", "elapsed 5", "assignments"}
	if diff := cmp.Diff(map[string]bool{}, difference(told, losses)); diff != "" {
		t.Errorf("told %v:\n%s", told, diff)
	}
}

// difference are the texts that only one of the lists has.
func difference(a, b []string) map[string]bool {
	only := map[string]bool{}
	for _, s := range append(a, b...) {
		only[s] = !only[s]
	}
	for s, once := range only {
		if !once {
			delete(only, s)
		}
	}
	return only
}

func TestErrorsNameTheTask(t *testing.T) {
	for element, inner := range map[string]string{
		"Duration":             "<Duration>P3M</Duration>",
		"ConstraintDate":       "<ConstraintType>2</ConstraintType>",
		"ConstraintType":       "<ConstraintType>8</ConstraintType>",
		"Deadline":             "<Deadline>1950-01-01T00:00:00</Deadline>",
		"ActualStart":          "<ActualStart>mañana</ActualStart>",
		"PercentComplete":      "<PercentComplete>101</PercentComplete>",
		"OutlineLevel":         "<OutlineLevel>-1</OutlineLevel>",
		"PredecessorUID":       "<PredecessorLink><PredecessorUID>99</PredecessorUID></PredecessorLink>",
		"PredecessorLink Type": "<PredecessorLink><PredecessorUID>6</PredecessorUID><Type>4</Type></PredecessorLink>",
		"LinkLag":              "<PredecessorLink><PredecessorUID>6</PredecessorUID><LinkLag>999999999999</LinkLag></PredecessorLink>",
		"Baseline Start":       "<Baseline><Number>0</Number><Start>x</Start></Baseline>",
	} {
		_, _, err := Read(strings.NewReader(document("", "<Task><UID>6</UID></Task><Task><UID>7</UID><Name>Zanja</Name>"+inner+"</Task>")))
		var bad *Error
		if !errors.As(err, &bad) || bad.Element != element || bad.UID != "7" || bad.Name != "Zanja" {
			t.Errorf("%s: %v", element, err)
		}
	}
	_, _, err := Read(strings.NewReader(document("", "<Task><UID>6</UID></Task><Task><UID>6</UID><Name>Otra</Name></Task>")))
	if err == nil || !strings.Contains(err.Error(), "Otra") {
		t.Errorf("two tasks of one UID: %v", err)
	}
}

func TestHostileFilesAreRefused(t *testing.T) {
	head := `<Project xmlns="http://schemas.microsoft.com/project">`
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"empty":        {"", ErrNotProject},
		"not XML":      {"tarea;comienzo\n1;2", ErrNotProject},
		"other XML":    {"<html><body/></html>", ErrNotProject},
		"cut short":    {head + "<Tasks><Task>", ErrNotProject},
		"entities":     {`<!DOCTYPE p [<!ENTITY a "aaaa">]>` + head + "<Name>&a;</Name></Project>", ErrBomb},
		"deep":         {head + strings.Repeat("<a>", 1_000_000), ErrBomb},
		"attributes":   {head + "<a " + strings.Repeat(`a="" `, 100_000) + "/>", ErrBomb},
		"long text":    {head + "<Name>" + strings.Repeat("x", 2<<20), ErrBomb},
		"deep in task": {head + "<Tasks><Task>" + strings.Repeat("<a>", 100), ErrBomb},
		"encoding":     {`<?xml version="1.0" encoding="ebcdic"?>` + head, ErrNotProject},
	} {
		if _, _, err := Read(strings.NewReader(c.text)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	big := &endless{start: []byte(head + "<Resources>"), again: []byte("<Resource/>" + strings.Repeat(" ", 1000))}
	if _, _, err := Read(big); !errors.Is(err, ErrTooLarge) {
		t.Errorf("an endless file: %v", err)
	}
	many := &guard{raw: xml.NewDecoder(strings.NewReader("<a/><a/>")), elements: maxElements - 1}
	if _, err := xml.NewTokenDecoder(many).Token(); err != nil {
		t.Errorf("as many elements as may be: %v", err)
	}
	for range 2 {
		if _, err := many.Token(); err != nil && !errors.Is(err, ErrBomb) {
			t.Errorf("more elements than may be: %v", err)
		}
	}
	if many.elements <= maxElements {
		t.Error("elements are not counted")
	}
	tasks := strings.Repeat("<Task><UID>1</UID></Task>", plan.MaxTasks+2)
	if _, _, err := Read(strings.NewReader(document("", tasks))); err == nil || !strings.Contains(err.Error(), "more than") {
		t.Errorf("too many tasks: %.100v", err)
	}
}

// endless is a reader that never ends.
type endless struct{ start, again []byte }

func (e *endless) Read(p []byte) (int, error) {
	if len(e.start) > 0 {
		n := copy(p, e.start)
		e.start = e.start[n:]
		return n, nil
	}
	n := 0
	for len(p)-n >= len(e.again) {
		n += copy(p[n:], e.again)
	}
	if n == 0 {
		e.start = e.again
		return e.Read(p)
	}
	return n, nil
}

func TestFiftyThousandTasks(t *testing.T) {
	var b strings.Builder
	for i := 1; i <= plan.MaxTasks; i++ {
		fmt.Fprintf(&b, "<Task><UID>%d</UID><Name>T%d</Name><Duration>PT8H0M0S</Duration>", i, i)
		if i > 1 {
			fmt.Fprintf(&b, "<PredecessorLink><PredecessorUID>%d</PredecessorUID><Type>3</Type></PredecessorLink>", i-1)
		}
		b.WriteString("</Task>")
	}
	p, _, err := Read(strings.NewReader(document("", b.String())))
	if err != nil || len(p.Tasks) != plan.MaxTasks {
		t.Fatalf("%v", err)
	}
	if s, err := p.Schedule(); err != nil || s.Finish != plan.Date(2026, 3, 2) {
		t.Fatalf("%v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(foreign))
	f.Add([]byte(document("", "<Task><UID>6</UID><Manual>1</Manual><Start>2026-03-02T08:00:00</Start></Task>")))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, _, err := Read(bytes.NewReader(data))
		if err != nil {
			return
		}
		s, err := p.Schedule()
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := Write(&out, p, s); err != nil {
			t.Fatal(err)
		}
		again, _, err := Read(&out)
		if err != nil {
			t.Fatalf("what was written is not read: %v", err)
		}
		if len(again.Tasks) != len(p.Tasks) || len(again.Links) != len(p.Links) {
			t.Fatalf("%d tasks became %d, %d links %d", len(p.Tasks), len(again.Tasks), len(p.Links), len(again.Links))
		}
	})
}

func BenchmarkRead(b *testing.B) {
	p, _, err := Read(strings.NewReader(foreign))
	if err != nil {
		b.Fatal(err)
	}
	for i := range 5000 {
		p.Tasks = append(p.Tasks, plan.Task{ID: fmt.Sprint(100 + i), Name: "Tarea", Duration: i % 9})
	}
	data := write(b, p)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Read(bytes.NewReader(data)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	p := &plan.Plan{Start: plan.Date(2026, 3, 2)}
	p.Calendar, _ = plan.NewCalendar(plan.WorkingWeek(), nil)
	for i := range 5000 {
		p.Tasks = append(p.Tasks, plan.Task{ID: fmt.Sprint(100 + i), Name: "Tarea", Duration: i % 9})
	}
	b.ReportAllocs()
	for b.Loop() {
		write(b, p)
	}
}
