package budget

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"ronda/platform/fault"
	"ronda/platform/table"
)

// TestABigLawComesInWhole brings fifty thousand lines at once, and then none of
// fifty thousand with one that is wrong.
func TestABigLawComesInWhole(t *testing.T) {
	const lines = 50_000
	w := lone(t)
	w.Must(w.budget.Enact(w.As(planner), Law{Year: 2026, Number: "Ley 6.804", Day: "2025-12-05"}))
	var b strings.Builder
	b.WriteString("\uFEFFcódigo;institución;programa;denominación;función;fuente;crédito original\r\n")
	for i := range lines {
		fmt.Fprintf(&b, "%d.%d;Ministerio de Salud;Programa %d;Línea de la ley número %d;Salud;coparticipacion;\"%d.000,50\"\r\n", i/100, i%100, i/1000, i, 1+i%900)
	}
	good := b.String()
	r := w.bring(2026, strings.TrimSuffix(good, "500.000,50\"\r\n")+"-1\"\r\n", false)
	if r.Kept || r.Wrong != 1 || r.Faults[0].Line != lines+1 {
		t.Errorf("with a wrong last line it became %+v", r.Faults)
	}
	if law, err := w.budget.Law(w.As(), 2026); err != nil || law.Lines != 0 {
		t.Errorf("%d lines were kept, %v", law.Lines, err)
	}
	r = w.bring(2026, good, false)
	if !r.Kept || r.New != lines {
		t.Fatalf("kept %v, %d lines, %d wrong", r.Kept, r.New, r.Wrong)
	}
	law, err := w.budget.Law(w.As(), 2026)
	w.Must(err)
	shares, err := w.budget.Shares(w.As(), 2026, ByMinistry)
	w.Must(err)
	if law.Lines != lines || law.Credit != r.Sum || len(shares) != 1 || shares[0].Code != "min-salud" || shares[0].Credit != law.Credit {
		t.Errorf("the law is %+v, its shares %+v, the file %d", law.Figures, shares, r.Sum)
	}
}

func TestColumnsAreFoundAndChosen(t *testing.T) {
	sheet := table.Sheet{Head: []string{"Jur_Desc", "Partida", "Prog_Desc", "Descripción", "Fun_Desc", "Ff_Desc", "Sanción", "Vigente"}}
	m := Guess(sheet)
	for field, want := range map[Field]int{FieldInstitution: 0, FieldCode: 1, FieldProgramme: 2, FieldName: 3, FieldFunction: 4, FieldSource: 5, FieldOriginal: 6} {
		if m.column(field) != want {
			t.Errorf("%s is column %d, want %d", field, m.column(field), want)
		}
	}
	if err := m.validate(sheet); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(){
		"one column twice":   func() { m.Columns[FieldName] = 1 },
		"a column too far":   func() { m.Columns[FieldName] = 8 },
		"a required one off": func() { delete(m.Columns, FieldName) },
		"an unknown mark":    func() { m.Columns[FieldName], m.Mark = 3, ";" },
	} {
		change()
		if err := m.validate(sheet); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
		m.Columns[FieldName], m.Mark = 3, Told
	}
}

// TestASpreadsheetWaitsForItsSender keeps a file between its trials, for nobody
// else.
func TestASpreadsheetWaitsForItsSender(t *testing.T) {
	w := lone(t)
	w.law(2026, "1;10")
	data := []byte("código;institución\n1;x\n")
	if _, err := w.budget.Keep(w.As(proposer), 2026, "ley.csv", data); !fault.Is(err, fault.Forbidden) {
		t.Errorf("the proposer keeps a file: %v", err)
	}
	if _, err := w.budget.Keep(w.As(planner), 2026, "ley.pdf", []byte("%PDF-1.7")); !fault.Is(err, fault.Invalid) {
		t.Errorf("a PDF is kept: %v", err)
	}
	first, err := w.budget.Keep(w.As(planner), 2026, "ley.csv", data)
	w.Must(err)
	second, err := w.budget.Keep(w.As(planner), 2026, "ley.csv", bytes.ToUpper(data))
	w.Must(err)
	if _, _, err := w.budget.Kept(w.As(planner), 2026, first); !fault.Is(err, fault.NotFound) {
		t.Errorf("the file before is still there: %v", err)
	}
	name, f, err := w.budget.Kept(w.As(planner), 2026, second)
	if err != nil || name != "ley.csv" || len(f.Sheet.Rows) != 1 || len(f.SHA256) != 64 {
		t.Errorf("%q %+v %v", name, f, err)
	}
	if _, _, err := w.budget.Kept(w.As("ministro-hacienda"), 2026, second); !fault.Is(err, fault.NotFound) {
		t.Errorf("somebody else reads it: %v", err)
	}
	w.Now = w.Now.AddDate(0, 0, 2)
	w.Must(w.budget.Sweep(w.As()))
	if _, _, err := w.budget.Kept(w.As(planner), 2026, second); !fault.Is(err, fault.NotFound) {
		t.Errorf("it waits for ever: %v", err)
	}
}
