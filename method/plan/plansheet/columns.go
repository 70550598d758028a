package plansheet

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// column is a column of the table.
type column int

const (
	id column = iota
	parent
	name
	duration
	start
	finish
	predecessors
	constraint
	constraintDate
	deadline
	done
	actualStart
	actualFinish
	baselineStart
	baselineFinish
	contact
	notes
	columns
)

// names are what each column is called: in English as written, in Spanish as
// written, then others that are read.
var names = [columns][]string{
	id:             {"id", "id", "codigo", "code", "uid"},
	parent:         {"parent", "padre", "etapa", "summary"},
	name:           {"name", "nombre", "tarea", "task", "nombre de tarea", "task name"},
	duration:       {"duration", "duración", "dias", "days"},
	start:          {"start", "comienzo", "inicio"},
	finish:         {"finish", "fin", "end"},
	predecessors:   {"predecessors", "predecesoras"},
	constraint:     {"constraint", "restricción"},
	constraintDate: {"constraint_date", "fecha_restricción", "fecha de restriccion"},
	deadline:       {"deadline", "fecha_límite", "limite"},
	done:           {"done", "avance", "porcentaje", "percent", "% completado", "% complete"},
	actualStart:    {"actual_start", "comienzo_real", "inicio real"},
	actualFinish:   {"actual_finish", "fin_real", "actual end"},
	baselineStart:  {"baseline_start", "comienzo_base", "comienzo previsto"},
	baselineFinish: {"baseline_finish", "fin_base", "fin previsto"},
	contact:        {"contact", "responsable", "responsible"},
	notes:          {"notes", "notas"},
}

// fold makes two ways of writing a column's name equal.
func fold(name string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		if r >= 0x300 && r < 0x370 || r == '_' || r == ' ' || r == '-' {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// places are where the columns stand in a header, -1 for those that do not.
func places(header []string) [columns]int {
	at := map[string]int{}
	for i, title := range header {
		if _, twice := at[fold(title)]; !twice {
			at[fold(title)] = i
		}
	}
	var found [columns]int
	for c := range columns {
		found[c] = -1
		for _, title := range names[c] {
			if i, ok := at[fold(title)]; ok {
				found[c] = i
				break
			}
		}
	}
	return found
}
