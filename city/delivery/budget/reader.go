package budget

import (
	"errors"
	"strings"

	"ronda/city/charter"
	"ronda/method/similar"
	"ronda/platform/fault"
	"ronda/platform/id"
	"ronda/platform/table"
)

// Lengths of what a line says, in characters.
const (
	CodeMax = 60
	NameMax = 400
)

// reader makes lines of the rows of a list.
type reader struct {
	ch        *charter.Charter
	law       Law
	how       Mapping
	mixed     bool // some amounts of the list have decimal commas and some decimal points
	functions map[string]string
	sources   map[string]string
	ministry  map[string]string // by folded name or code of a body
	there     map[string]Line   // lines of the law, by code
	seen      map[string]int    // code -> line of the file
	lines     []Line
	report    Report
}

func newReader(ch *charter.Charter, law Law, s table.Sheet, how Mapping) *reader {
	in := &reader{ch: ch, law: law, how: how, there: map[string]Line{}, seen: make(map[string]int, len(s.Rows)),
		functions: codesOf(ch.Execution.Functions, func(f charter.Function) charter.Name { return f.Name }),
		sources:   codesOf(ch.Execution.Sources, func(f charter.FundingSource) charter.Name { return f.Name }),
		ministry:  ministries(ch)}
	if how.Mark == Told {
		in.how.Mark, in.mixed = in.markOf(s)
	}
	return in
}

// codesOf finds the code of an entry by its code or a name, both folded.
func codesOf[T charter.Coded](list charter.List[T], name func(T) charter.Name) map[string]string {
	out := map[string]string{}
	for _, x := range list.All() {
		for _, said := range name(x) {
			out[similar.Fold(said)] = x.Key()
		}
	}
	for _, x := range list.All() { // a code wins over a name
		out[similar.Fold(x.Key())] = x.Key()
	}
	return out
}

// ministries finds the ministry of a body by the body's code or name.
func ministries(ch *charter.Charter) map[string]string {
	out := map[string]string{}
	for name, code := range codesOf(ch.Bodies, func(b charter.Body) charter.Name { return b.Name }) {
		if m, ok := ch.Ministry(code); ok {
			out[name] = m.Code
		}
	}
	return out
}

// markOf is the decimal mark that the amounts of the list agree on; mixed when
// some of them write the one and some the other.
func (in *reader) markOf(s table.Sheet) (mark Mark, mixed bool) {
	at, found := in.how.column(FieldOriginal), map[Mark]bool{}
	for _, row := range s.Rows {
		if digits, err := stripped(row.Cell(at), in.law.Currency); err == nil {
			found[markOf(digits)] = true
		}
	}
	switch {
	case found[Comma] && found[Point]:
		return Told, true
	case found[Comma]:
		return Comma, false
	case found[Point]:
		return Point, false
	}
	return Told, false
}

// row reads one row: a new line, one that is known, or what is wrong with it.
func (in *reader) row(row table.Row) {
	cell := func(f Field) string { return strings.TrimSpace(row.Cell(in.how.column(f))) }
	l := Line{Year: in.law.Year, Code: cell(FieldCode), Institution: cell(FieldInstitution), Programme: cell(FieldProgramme), Name: cell(FieldName)}
	var c fault.Check
	c.Text(string(FieldCode), l.Code, true, CodeMax)
	c.Require(!strings.ContainsAny(l.Code, "/?#%\\\n"), string(FieldCode), "delivery.budget.fault.code")
	c.Text(string(FieldInstitution), l.Institution, true, NameMax)
	c.Text(string(FieldProgramme), l.Programme, false, NameMax)
	c.Text(string(FieldName), l.Name, true, NameMax)
	l.Function = in.code(&c, FieldFunction, in.functions, cell(FieldFunction))
	l.Source = in.code(&c, FieldSource, in.sources, cell(FieldSource))
	in.amount(&c, &l, cell(FieldOriginal), cell(FieldCurrency))
	if first, twice := in.seen[l.Code]; twice && l.Code != "" {
		c.Fail(string(FieldCode), "delivery.budget.fault.twice", "line", first)
	} else {
		in.seen[l.Code] = row.Line
	}
	l.Ministry = in.ministry[similar.Fold(l.Institution)]
	in.take(row.Line, l, &c)
}

// code is the code that a cell says by code or name.
func (in *reader) code(c *fault.Check, f Field, codes map[string]string, said string) string {
	code, ok := codes[similar.Fold(said)]
	switch {
	case said == "":
		c.Fail(string(f), "fault.required")
	case !ok:
		c.Fail(string(f), "delivery.budget.fault.unknown."+string(f), "said", shortened(said))
	}
	return code
}

// amount reads the credit of a line in the law's currency.
func (in *reader) amount(c *fault.Check, l *Line, said, currency string) {
	if currency != "" && !strings.EqualFold(currency, in.law.Currency) && currency != Sign(in.law.Currency) {
		c.Fail(string(FieldCurrency), "delivery.budget.fault.currencies", "one", in.law.Currency, "other", shortened(currency))
		return
	}
	if said == "" {
		c.Fail(string(FieldOriginal), "fault.required")
		return
	}
	n, err := ParseAmount(said, in.law.Currency, in.how.Mark)
	if err == nil && in.mixed && in.unclear(said) {
		err = fault.New(fault.Invalid, "delivery.budget.fault.mixed")
	}
	if err == nil && in.law.Credit+in.report.Sum+n > TotalMax {
		err = fault.New(fault.Invalid, "delivery.budget.fault.amount_big")
	}
	var f *fault.Error
	if errors.As(err, &f) {
		c.Fail(string(FieldOriginal), f.Key, f.Args...)
	}
	l.Original, l.Credit = n, n
}

// unclear says whether an amount could mean two things.
func (in *reader) unclear(said string) bool {
	digits, err := stripped(said, in.law.Currency)
	return err == nil && strings.ContainsAny(digits, ",.") && markOf(digits) == Told
}

// take puts a line where it belongs.
func (in *reader) take(at int, l Line, c *fault.Check) {
	was, known := in.there[l.Code]
	if known && c.Err() == nil && (was.Original != l.Original || was.Function != l.Function || was.Source != l.Source) {
		c.Fail(string(FieldCode), "delivery.budget.fault.there")
	}
	var wrong *fault.Error
	switch {
	case errors.As(c.Err(), &wrong):
		in.report.Wrong++
		for _, f := range wrong.Fields {
			if len(in.report.Faults) < FaultsMax {
				in.report.Faults = append(in.report.Faults, RowFault{Line: at, Code: l.Code, Field: Field(f.Name), Key: f.Key, Args: f.Args})
			}
		}
	case known:
		in.report.Known++
	default:
		l.ID, l.Words = id.New(), l.folded()
		in.report.New++
		in.report.Sum += l.Original
		if l.Ministry == "" {
			in.report.NoMinistry++
		}
		in.lines = append(in.lines, l)
	}
}

// shortened is as much of a cell as a sentence holds.
func shortened(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}
