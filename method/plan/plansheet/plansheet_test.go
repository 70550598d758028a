package plansheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ronda/method/plan"
	"ronda/method/sheet"
)

func calendar(t interface{ Fatal(...any) }) *plan.Calendar {
	c, err := plan.NewCalendar(plan.WorkingWeek(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestReadsWhatPeopleType(t *testing.T) {
	table := "Código;Etapa;Tarea;Duración;Predecesoras;Restricción;Fecha restricción;Fecha límite;Avance;Responsable;Color\n" +
		"1;;Obra;;;;;;;;\n" +
		"1.1;1;\"Excavar; nivelar\";5 días;;SNET;9/3/2026;;40 %;Obras;rojo\n" +
		"\n" +
		"1.2;1;Fraguar;7;1.1FC+2 días;;;;;;\n" +
		"H-1;;Inauguración;0;1.2 cc -1d, 1.1;MFO;2026-04-01;10/04/2026;;;\n"
	p, err := Read(strings.NewReader(table), plan.Date(2026, 3, 2), calendar(t))
	if err != nil {
		t.Fatal(err)
	}
	want := []plan.Task{
		{ID: "1", Name: "Obra"},
		{ID: "1.1", Parent: "1", Name: "Excavar; nivelar", Duration: 5, Constraint: plan.StartNotBefore, On: plan.Date(2026, 3, 9), Done: 40, Contact: "Obras"},
		{ID: "1.2", Parent: "1", Name: "Fraguar", Duration: 7},
		{ID: "H-1", Name: "Inauguración", Constraint: plan.MustFinish, On: plan.Date(2026, 4, 1), Deadline: plan.Date(2026, 4, 10)},
	}
	links := []plan.Link{{From: "1.1", To: "1.2", Lag: 2}, {From: "1.2", To: "H-1", Kind: plan.StartToStart, Lag: -1}, {From: "1.1", To: "H-1"}}
	if diff := cmp.Diff(want, p.Tasks) + cmp.Diff(links, p.Links); diff != "" {
		t.Error(diff)
	}
}

func TestAPlainListOfDatesIsAPlan(t *testing.T) {
	table := "id,name,start,finish\na,Uno,2026-03-09,2026-03-13\nb,Dos,2026-03-16,2026-03-16\n"
	p, err := Read(strings.NewReader(table), plan.NoDay, calendar(t))
	if err != nil {
		t.Fatal(err)
	}
	s, err := p.Schedule()
	if err != nil || p.Start != plan.Date(2026, 3, 9) || s.Tasks[0].Finish != plan.Date(2026, 3, 13) || s.Tasks[1].Start != plan.Date(2026, 3, 16) {
		t.Errorf("%v, %+v", err, s)
	}
}

func TestEveryBadCellIsTold(t *testing.T) {
	table := "id,name,duration,constraint,constraint_date,deadline,done,predecessors\n" +
		"a,A,x,,,,,\nb,B,1,ALAP,,,,\nc,C,1,MSO,,,,\nd,D,1,,,31/2/2026,,\n,E,1,,,,,\nf,F,1,,,,half,\ng,G,1,,,,,a FS+z\nh,H,1,,,,,zz;a\ni,I,1,,,1850-01-01,,\n"
	_, err := Read(strings.NewReader(table), plan.Date(2026, 3, 2), calendar(t))
	var bad RowErrors
	if !errors.As(err, &bad) {
		t.Fatal(err)
	}
	var told []string
	for _, e := range bad {
		told = append(told, fmt.Sprintf("%d %s %s %s", e.Line, e.Task, e.Column, e.Reason))
	}
	want := []string{
		"2 a duration not_a_number", "3 b constraint unknown", "4 c constraint_date missing", "5 d deadline not_a_day", "6  id missing",
		"7 f done not_a_number", "10 i deadline not_a_day", "8 g predecessors not_a_link", "9 h predecessors unknown_task",
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Error(diff)
	}
}

func TestTablesThatAreNone(t *testing.T) {
	c, day := calendar(t), plan.Date(2026, 3, 2)
	if _, err := Read(strings.NewReader("<html>"), day, c); !errors.Is(err, sheet.ErrNotTable) {
		t.Errorf("HTML: %v", err)
	}
	if _, err := Read(strings.NewReader(""), day, c); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("nothing: %v", err)
	}
	if _, err := Read(strings.NewReader("id,color\n1,red\n"), day, c); err == nil {
		t.Error("a table without names is read")
	}
	if _, err := Read(strings.NewReader("id,name\n1,red\n"), plan.NoDay, c); err == nil {
		t.Error("a plan without a start is read")
	}
	rows := "id,name\n" + strings.Repeat("1,x\n", plan.MaxTasks+1)
	if _, err := Read(strings.NewReader(rows), day, c); !errors.Is(err, ErrTooLarge) {
		t.Errorf("more tasks than may be: %.80v", err)
	}
	rows = "id,name\n1," + strings.Repeat("x", MaxSize)
	if _, err := Read(strings.NewReader(rows), day, c); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a large table: %.80v", err)
	}
}

func day(t *rapid.T, name string) plan.Day {
	if rapid.Bool().Draw(t, name+"?") {
		return plan.NoDay
	}
	return plan.Date(2026, 1, 1) + plan.Day(rapid.IntRange(0, 400).Draw(t, name))
}

func drawPlan(t *rapid.T, c *plan.Calendar) *plan.Plan {
	words := rapid.StringOf(rapid.RuneFrom([]rune("aé ñ\"'\n\t;,=+-@0漢")))
	p := &plan.Plan{Start: plan.Date(2026, 3, 2), Calendar: c}
	used := map[string]bool{}
	for range rapid.IntRange(1, 8).Draw(t, "tasks") {
		task := plan.Task{
			ID:   rapid.StringMatching(`[-+=A'0-9ñ]{1,3}(FS|CC)?(-1)?`).Draw(t, "id"),
			Name: words.Draw(t, "name"), Contact: words.Draw(t, "contact"), Notes: words.Draw(t, "notes"),
			Duration: rapid.IntRange(0, 30).Draw(t, "duration"), Done: rapid.IntRange(0, 100).Draw(t, "done"),
			Deadline: day(t, "deadline"), ActualStart: day(t, "begun"),
		}
		if used[task.ID] {
			continue
		}
		used[task.ID] = true
		if n := len(p.Tasks); n > 0 && rapid.Bool().Draw(t, "below") {
			task.Parent = p.Tasks[rapid.IntRange(0, n-1).Draw(t, "parent")].ID
		}
		if start := day(t, "baseline"); start != plan.NoDay {
			task.Baseline = plan.Span{Start: start, Finish: start + 3}
		}
		p.Tasks = append(p.Tasks, task)
	}
	tree := p.Outline()
	for i := range p.Tasks {
		if c := plan.Constraint(rapid.IntRange(0, 6).Draw(t, "constraint")); c != plan.SoonAsPossible && tree.Parts[i] == 0 {
			p.Tasks[i].Constraint, p.Tasks[i].On = c, plan.Date(2026, 5, 1)
		}
		for range rapid.IntRange(0, 2).Draw(t, "links") {
			from := rapid.IntRange(0, i).Draw(t, "from")
			if from != i && tree.Parts[from] == 0 && tree.Parts[i] == 0 {
				p.Links = append(p.Links, plan.Link{From: p.Tasks[from].ID, To: p.Tasks[i].ID, Kind: plan.Kind(rapid.IntRange(0, 3).Draw(t, "kind")), Lag: rapid.IntRange(-9, 9).Draw(t, "lag")})
			}
		}
	}
	return p
}

func TestRoundTrip(t *testing.T) {
	c := calendar(t)
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t, c)
		s, err := p.Schedule()
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := Write(&out, p, s, Language(rapid.IntRange(0, 1).Draw(t, "language"))); err != nil {
			t.Fatal(err)
		}
		again, err := Read(&out, p.Start, c)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(p.Tasks, again.Tasks) + cmp.Diff(p.Links, again.Links); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestFormulasAreHarmless(t *testing.T) {
	p := &plan.Plan{Start: plan.Date(2026, 3, 2), Calendar: calendar(t), Tasks: []plan.Task{{ID: "1", Name: "=HYPERLINK(1)"}}}
	s, err := p.Schedule()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := Write(&out, p, s, Spanish); err != nil || strings.Contains(out.String(), ",=") {
		t.Errorf("%v: %s", err, out.String())
	}
}

func FuzzRead(f *testing.F) {
	f.Add("id;nombre;días;predecesoras\n1;A;2;\n2;B;3;1FC+2 días\n")
	f.Add("id,name,start,finish,constraint,constraint_date,done\na,A,2026-03-02,2026-03-05,MSO,3/3/2026,40%\n")
	c, err := plan.NewCalendar(plan.WorkingWeek(), nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Read(strings.NewReader(text), plan.Date(2026, 3, 2), c)
		if err != nil {
			return
		}
		s, err := p.Schedule()
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := Write(&out, p, s, English); err != nil {
			t.Fatal(err)
		}
		again, err := Read(&out, p.Start, c)
		if err != nil || len(again.Tasks) != len(p.Tasks) || cmp.Diff(p.Links, again.Links) != "" {
			t.Fatalf("what was written is not read: %v", err)
		}
	})
}
