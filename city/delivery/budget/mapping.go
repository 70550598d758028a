package budget

import (
	"ronda/platform/fault"
	"ronda/platform/table"
)

// Field is something a line of the law says, read from a column of a list.
type Field string

// The fields.
const (
	FieldCode        Field = "code"
	FieldInstitution Field = "institution"
	FieldProgramme   Field = "programme"
	FieldName        Field = "name"
	FieldFunction    Field = "function"
	FieldSource      Field = "source"
	FieldOriginal    Field = "original"
	FieldCurrency    Field = "currency"
)

// FieldList is the fields of a list in its order, with whether it must have them.
type FieldList []struct {
	Field    Field
	Required bool
	heads    []string // how columns are called
}

// Fields lists those of a law's lines.
var Fields = FieldList{
	{FieldCode, true, []string{"código", "code", "partida", "línea", "line", "código de partida", "line code", "imputación"}},
	{FieldInstitution, true, []string{"institución", "institution", "jurisdicción", "jur_desc", "jurisdicción descripción", "organismo", "body", "ministerio", "ministry"}},
	{FieldProgramme, false, []string{"programa", "programme", "program", "prog_desc", "descripción del programa"}},
	{FieldName, true, []string{"denominación", "name", "descripción", "description", "nombre", "concepto", "actividad", "act_desc", "detalle"}},
	{FieldFunction, true, []string{"función", "function", "fun_desc", "finalidad y función", "finalidad"}},
	{FieldSource, true, []string{"fuente", "source", "fuente de financiamiento", "funding source", "ff_desc", "financiamiento"}},
	{FieldOriginal, true, []string{"crédito original", "original", "original credit", "sanción", "sancionado", "crédito", "credit", "monto", "amount", "importe", "presupuesto"}},
	{FieldCurrency, false, []string{"moneda", "currency"}},
}

// Mapping says which column of a list holds which field, and how the list writes
// decimals.
type Mapping struct {
	Columns map[Field]int // places from 0; a field that is missing, or below 0, has no column
	Mark    Mark
}

// Guess is the mapping that the names of a list's columns suggest.
func Guess(s table.Sheet) Mapping { return Fields.Guess(s) }

// Guess is the mapping to these fields that the names of a list's columns suggest.
func (list FieldList) Guess(s table.Sheet) Mapping {
	m := Mapping{Columns: map[Field]int{}}
	taken := map[int]bool{}
	for _, f := range list {
		for _, head := range f.heads {
			if at := s.Column(head); at >= 0 && !taken[at] {
				m.Columns[f.Field], taken[at] = at, true
				break
			}
		}
	}
	return m
}

// column is the place of a field, -1 without one.
func (m Mapping) column(f Field) int {
	if at, ok := m.Columns[f]; ok {
		return at
	}
	return -1
}

// validate refuses a mapping that lacks what a line needs or reads one column
// twice.
func (m Mapping) validate(s table.Sheet) error { return m.validateFor(Fields, s) }

func (m Mapping) validateFor(list FieldList, s table.Sheet) error {
	var c fault.Check
	taken := map[int]bool{}
	for _, f := range list {
		at := m.column(f.Field)
		field := "column-" + string(f.Field)
		c.Require(at >= 0 || !f.Required, field, "delivery.budget.fault.column")
		c.Require(at < len(s.Head), field, "delivery.budget.fault.column")
		c.Require(at < 0 || !taken[at], field, "delivery.budget.fault.column_twice")
		taken[at] = true
	}
	c.Require(m.Mark == Told || m.Mark == Comma || m.Mark == Point, "mark", "delivery.budget.fault.mark")
	return c.Err()
}
