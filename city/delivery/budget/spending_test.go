package budget

import (
	"strings"
	"testing"

	"ronda/platform/fault"
)

// spend brings a list of what was spent.
func (w *world) spend(post, text string, trial bool) (Spending, error) {
	w.Helper()
	f, err := ReadFile([]byte(text))
	w.Must(err)
	return w.budget.ImportSpending(w.As(post), 2026, f, SpendingFields.Guess(f.Sheet), trial)
}

const spendingHead = "Partida;Iniciativa;Período;Comprometido;Devengado;Pagado;Moneda\n"

// The accounts of a city come in month by month, whatever their order, and a month
// that comes again is replaced.
func TestTheAccountsComeInByMonth(t *testing.T) {
	run(t, func(w *world) {
		w.law(2026, "1.1;1000", "1.2;500")
		one := w.Adopted("Escuelas que emprenden")
		w.Must(w.budget.Draw(w.As(planner), one, 2026, "1.1", pesos(600)))
		text := spendingHead + "1.1;" + one + ";2026-02;0;100;50,50;ARS\n1.1;" + one + ";2026-01;300;0;0;\n1.2;;2026-02;200;200;;\n"
		if r, err := w.spend(planner, text, true); err != nil || r.Kept || r.Rows != 3 || r.Law.Committed != pesos(500) || w.line(2026, "1.1").Committed != 0 {
			t.Errorf("the trial became %+v, %v", r, err)
		}
		if r, err := w.spend(planner, text, false); err != nil || !r.Kept || r.Rows != 3 {
			t.Fatalf("the list became %+v, %v", r, err)
		}
		if r, err := w.spend(planner, spendingHead+"1.1;"+one+";2026-02;100;250;100;\n", false); err != nil || !r.Kept {
			t.Fatalf("the month again became %+v, %v", r, err)
		}
		law, err := w.budget.Law(w.As(), 2026)
		w.Must(err)
		if law.Committed != pesos(600) || law.Accrued != pesos(450) || law.Paid != pesos(100) || law.Own != pesos(200) {
			t.Errorf("the law has %+v", law.Figures)
		}
	})
}

// With one row that is wrong nothing is kept, and each is named with its line.
func TestWrongAccountsStayOutside(t *testing.T) {
	w := lone(t)
	w.law(2026, "1.1;1000")
	one := w.Adopted("Escuelas que emprenden")
	w.Must(w.budget.Draw(w.As(planner), one, 2026, "1.1", pesos(600)))
	fine := "1.1;" + one + ";2026-01;100;0;0;\n"
	for row, says := range map[string]string{
		"1.1;;2026-13;1;0;0;":                  "period period",
		"1.1;;2026-04;1;0;0;":                  "period period_future",
		"1.1;;2025-12;1;0;0;":                  "period period_before",
		"1.1;;2026-01;-1;0;0;":                 "committed negative",
		"1.1;;2026-01;1;2;0;":                  "accrued accrued",
		"1.1;;2026-01;1;0;0;USD":               "currency currencies",
		"1.1;;2026-01;401;0;0;":                "committed free",
		"1.1;" + one + ";2026-02;501;0;0;":     "committed above_draw",
		"1.1;" + one + ";2026-01;7;0;0;":       "period month_twice",
		"1.9;;2026-01;1;0;0;":                  "code line",
		"1.1;INI-2026-0999;2026-01;1;0;0;":     "initiative fault.notfound",
		";;2026-01;1;0;0;":                     "code fault.required",
		"1.1;;2026-01;mucho;0;0;":              "committed amount",
		"1.1;;2026-01;1000000000000001,00;0;;": "committed amount_big",
	} {
		r, err := w.spend(planner, spendingHead+fine+row+"\n", false)
		if err != nil || r.Kept || r.Wrong != 1 || len(r.Faults) == 0 || r.Faults[0].Line != 3 {
			t.Errorf("%s: %+v, %v", row, r, err)
			continue
		}
		if got := string(r.Faults[0].Field) + " " + strings.TrimPrefix(r.Faults[0].Key, "delivery.budget.fault."); got != says {
			t.Errorf("%s says %q, want %q", row, got, says)
		}
	}
	if w.line(2026, "1.1").Committed != 0 {
		t.Error("something of the wrong lists was kept")
	}
	for _, post := range []string{proposer, minister, stranger, ""} {
		if _, err := w.spend(post, spendingHead+fine, true); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%q: %v", post, err)
		}
	}
	if _, err := w.spend(planner, "a;b\n1;2\n", true); !fault.Is(err, fault.Invalid) {
		t.Errorf("a list without its columns: %v", err)
	}
	if _, err := w.spend(planner, spendingHead+strings.Repeat(fine, SpendingMax+1), true); !fault.Is(err, fault.Invalid) {
		t.Errorf("a list past the limit: %v", err)
	}
}
