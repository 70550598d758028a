package msproject

import (
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ronda/method/plan"
)

// drawPlan makes a plan of all that both a plan and the schema can say.
func drawPlan(t *rapid.T) *plan.Plan {
	p := &plan.Plan{Name: words().Draw(t, "name"), Start: day().Draw(t, "start"), Calendar: drawCalendar(t)}
	if rapid.Bool().Draw(t, "status") {
		p.Status = day().Draw(t, "on")
	}
	numbers := rapid.Bool().Draw(t, "numbers")
	var open []string // summary tasks that the next task may stand in
	for i := range rapid.IntRange(1, 8).Draw(t, "tasks") {
		task := plan.Task{ID: strconv.Itoa(i + 5), Name: words().Draw(t, "name"), Contact: words().Draw(t, "contact"), Notes: words().Draw(t, "notes")}
		if !numbers {
			task.ID = "ñ/" + task.ID
		}
		open = open[:rapid.IntRange(0, len(open)).Draw(t, "level")]
		if len(open) > 0 {
			task.Parent = open[len(open)-1]
		}
		open = append(open, task.ID)
		p.Tasks = append(p.Tasks, task)
	}
	tree := p.Outline()
	for i := range p.Tasks {
		drawTask(t, &p.Tasks[i], tree.Parts[i] > 0)
	}
	drawLinks(t, p, tree)
	return p
}

func words() *rapid.Generator[string] {
	return rapid.StringOf(rapid.RuneFrom([]rune("aé ñ<>&\"'\n\t\r;,=+-0漢]]>")))
}

func day() *rapid.Generator[plan.Day] {
	return rapid.Custom(func(t *rapid.T) plan.Day {
		return plan.Date(2026, 1, 1) + plan.Day(rapid.IntRange(0, 400).Draw(t, "day"))
	})
}

func drawCalendar(t *rapid.T) *plan.Calendar {
	week := plan.Week{false, true, true, true, rapid.Bool().Draw(t, "thursday"), true, rapid.Bool().Draw(t, "saturday")}
	var exceptions []plan.Exception
	for range rapid.IntRange(0, 4).Draw(t, "exceptions") {
		from := day().Draw(t, "from")
		exceptions = append(exceptions, plan.Exception{
			From: from, To: from + plan.Day(rapid.IntRange(0, 9).Draw(t, "days")), Working: rapid.Bool().Draw(t, "working"), Name: words().Draw(t, "name"),
		})
	}
	c, err := plan.NewCalendar(week, exceptions)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func drawTask(t *rapid.T, task *plan.Task, summary bool) {
	if rapid.Bool().Draw(t, "baseline") {
		start := day().Draw(t, "baseline start")
		task.Baseline = plan.Span{Start: start, Finish: start}
		if summary || task.Duration > 0 {
			task.Baseline.Finish += plan.Day(rapid.IntRange(0, 20).Draw(t, "baseline days"))
		}
	}
	if rapid.Bool().Draw(t, "deadline") {
		task.Deadline = day().Draw(t, "deadline")
	}
	allowed := []plan.Constraint{plan.SoonAsPossible, plan.StartNotBefore, plan.FinishBy}
	if !summary {
		allowed = append(allowed, plan.FinishNotBefore, plan.StartBy, plan.MustStart, plan.MustFinish)
	}
	if task.Constraint = rapid.SampledFrom(allowed).Draw(t, "constraint"); task.Constraint != plan.SoonAsPossible {
		task.On = day().Draw(t, "on")
	}
	if summary {
		return
	}
	task.Duration = rapid.IntRange(0, 60).Draw(t, "duration")
	task.Done = rapid.IntRange(0, 100).Draw(t, "done")
	if rapid.Bool().Draw(t, "begun") {
		task.ActualStart = day().Draw(t, "begun on")
	}
	if task.Done == 100 && rapid.Bool().Draw(t, "ended") {
		task.ActualFinish = max(task.ActualStart, plan.Date(2026, 1, 1)) + plan.Day(rapid.IntRange(0, 90).Draw(t, "ended after"))
	}
}

// drawLinks draws links that go forward, in the order in which the file has
// them: by the task that waits.
func drawLinks(t *rapid.T, p *plan.Plan, tree *plan.Outline) {
	for to := 1; to < len(p.Tasks); to++ {
		for range rapid.IntRange(0, 2).Draw(t, "links") {
			from := rapid.IntRange(0, to-1).Draw(t, "from")
			kind := plan.Kind(rapid.IntRange(0, 3).Draw(t, "kind"))
			if tree.Parts[from] > 0 || tree.Parts[to] > 0 && kind >= plan.FinishToFinish {
				continue
			}
			p.Links = append(p.Links, plan.Link{From: p.Tasks[from].ID, To: p.Tasks[to].ID, Kind: kind, Lag: rapid.IntRange(-40, 40).Draw(t, "lag")})
		}
	}
}

func write(t interface{ Fatal(...any) }, p *plan.Plan) []byte {
	s, err := p.Schedule()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := Write(&out, p, s); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// same compares plans; calendars by what they say.
func same(a, b *plan.Plan) string {
	one, two := *a, *b
	one.Calendar, two.Calendar = nil, nil
	return cmp.Diff(one, two) + cmp.Diff(a.Calendar.Week(), b.Calendar.Week()) + cmp.Diff(a.Calendar.Exceptions(), b.Calendar.Exceptions())
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		again, notes, err := Read(bytes.NewReader(write(t, p)))
		if err != nil {
			t.Fatal(err)
		}
		if diff := same(p, again); diff != "" || len(notes) > 0 {
			t.Fatalf("the plan comes back changed, %v:\n%s", notes, diff)
		}
	})
}

// order is that of the schema's sequence, for the elements of a task written here.
var order = []string{
	"UID", "ID", "Name", "Type", "IsNull", "Contact", "WBS", "OutlineNumber", "OutlineLevel", "Start", "Finish", "Duration",
	"DurationFormat", "Estimated", "Milestone", "Summary", "Critical", "EarlyStart", "EarlyFinish", "LateStart", "LateFinish",
	"FreeSlack", "TotalSlack", "PercentComplete", "ActualStart", "ActualFinish", "ActualDuration", "RemainingDuration",
	"ConstraintType", "CalendarUID", "ConstraintDate", "Deadline", "Notes", "PredecessorLink", "ExtendedAttribute", "Baseline",
}

func TestElementsStandInTheSchemasOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := xml.NewDecoder(bytes.NewReader(write(t, drawPlan(t))))
		var path []string
		last := 0
		for {
			token, err := d.Token()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			switch token := token.(type) {
			case xml.StartElement:
				if path = append(path, token.Name.Local); token.Name.Space != space {
					t.Fatalf("%v is of the namespace %q", path, token.Name.Space)
				}
				if len(path) == 3 && path[2] == "Task" {
					last = 0
				}
				if len(path) == 4 && path[2] == "Task" {
					at := slices.Index(order, path[3])
					if at < last {
						t.Fatalf("%s stands after %s", path[3], order[last])
					}
					last = at
				}
			case xml.EndElement:
				path = path[:len(path)-1]
			}
		}
	})
}
