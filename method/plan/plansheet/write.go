package plansheet

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"ronda/method/plan"
)

// Language is that of the header.
type Language int

// The languages.
const (
	English Language = iota
	Spanish
)

// Write writes a plan and its schedule, a row for each task in the order of the
// plan. The name, start, report day and calendar of the plan are not in it.
func Write(w io.Writer, p *plan.Plan, s *plan.Schedule, in Language) error {
	out := csv.NewWriter(w)
	row := make([]string, columns)
	for c := range columns {
		row[c] = names[c][in]
	}
	if err := out.Write(row); err != nil {
		return err
	}
	waits := map[string][]string{}
	for _, link := range p.Links {
		waits[link.To] = append(waits[link.To], writeLink(link, in))
	}
	for i := range p.Tasks {
		t, d := &p.Tasks[i], &s.Tasks[i]
		fill(row, t, d)
		row[predecessors] = strings.Join(waits[t.ID], "; ")
		for c := range row {
			row[c] = harmless(row[c])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// fill writes a task into a row, predecessors apart.
func fill(row []string, t *plan.Task, d *plan.Dates) {
	row[id], row[parent], row[name], row[contact], row[notes] = t.ID, t.Parent, t.Name, t.Contact, t.Notes
	row[duration], row[done] = strconv.Itoa(t.Duration), strconv.Itoa(t.Done)
	row[start], row[finish] = d.Start.String(), d.Finish.String()
	row[constraint], row[constraintDate] = "", ""
	if t.Constraint != plan.SoonAsPossible {
		row[constraint], row[constraintDate] = t.Constraint.String(), t.On.String()
	}
	row[deadline] = t.Deadline.String()
	row[actualStart], row[actualFinish] = t.ActualStart.String(), t.ActualFinish.String()
	row[baselineStart], row[baselineFinish] = t.Baseline.Start.String(), t.Baseline.Finish.String()
}

// spanishKinds are FinishToStart, StartToStart, FinishToFinish, StartToFinish.
var spanishKinds = [...]string{"FC", "CC", "FF", "CF"}

// writeLink writes a predecessor; the kind that everybody means is left out.
func writeLink(link plan.Link, in Language) string {
	if link.Kind == plan.FinishToStart && link.Lag == 0 {
		return link.From
	}
	kind := link.Kind.String()
	if in == Spanish {
		kind = spanishKinds[link.Kind]
	}
	if link.Lag == 0 {
		return link.From + " " + kind
	}
	sign := ""
	if link.Lag > 0 {
		sign = "+"
	}
	return link.From + " " + kind + sign + strconv.Itoa(link.Lag)
}

// harmless puts an apostrophe before a text that a spreadsheet would take for a
// formula; restored takes it away.
func harmless(text string) string {
	if runs(text) {
		return "'" + text
	}
	return text
}

func restored(text string) string {
	if rest, ok := strings.CutPrefix(text, "'"); ok && runs(rest) {
		return rest
	}
	return text
}

// runs says whether the text, after any apostrophes, begins like a formula.
func runs(text string) bool {
	text = strings.TrimLeft(text, "'")
	return text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0]))
}
