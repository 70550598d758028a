package pages_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const (
	ok       = http.StatusOK
	sent     = http.StatusSeeOther
	missing  = http.StatusNotFound
	refused  = http.StatusForbidden
	wrong    = http.StatusUnprocessableEntity
	conflict = http.StatusConflict
)

func TestAnEmptyCityHasNoBudget(t *testing.T) {
	w := newWorld(t)
	w.wants("no laws", w.get("", "/presupuesto"), ok, "Todavía no hay ninguna ley", "!Registrar")
	w.wants("no law of the year", w.get("", "/presupuesto/2026"), missing)
	w.wants("no year", w.get("", "/presupuesto/02026"), missing)
	w.wants("a visitor records a law", w.get("", "/presupuesto/nuevo"), refused)
	w.wants("the proposer records a law", w.get(proposer, "/presupuesto/nuevo"), refused)
}

// TestALawFromItsNumberToItsLines records a law and loads it from a spreadsheet,
// with what goes wrong on the way.
func TestALawFromItsNumberToItsLines(t *testing.T) {
	w := newWorld(t)
	w.wants("the form", w.get(planner, "/presupuesto/nuevo"), ok, "Legislatura")
	w.wants("an empty form", w.post(planner, "/presupuesto/nuevo", "year", "2026", "day", "mañana", "declared", "mucho"), wrong, "Esto no es un monto")
	law := []string{"year", "2026", "number", "Ley 6.804", "body", "legislatura", "day", "2025-12-05", "currency", "ars", "declared", "16.328.500.000,00"}
	w.wants("a law of somebody else", w.post(proposer, "/presupuesto/nuevo", law...), refused)
	if a := w.post(planner, "/presupuesto/nuevo", law...); a.status != sent || a.to != "/presupuesto/2026/importar" {
		t.Fatalf("%d to %q\n%s", a.status, a.to, a.body)
	}
	w.wants("the law twice", w.post(planner, "/presupuesto/nuevo", law...), conflict, "ya tiene su ley")
	w.wants("a law without lines", w.get("", "/presupuesto/2026"), ok, "Ley 6.804", "Nada para repartir todavía", "!Cargar partidas")
	w.wants("somebody else loads lines", w.get(stranger, "/presupuesto/2026/importar"), refused)
	w.wants("no file", w.send(planner, "/presupuesto/2026/importar", ""), wrong, "El archivo está vacío")
	w.wants("a page", w.send(planner, "/presupuesto/2026/importar", "<!doctype html><title>x"), wrong)

	a := w.send(planner, "/presupuesto/2026/importar", strings.Replace(lines, "Salud;Tributos de la Ciudad;3.900.000.000,00", "Magia;Lotería;-5", 1))
	if a.status != sent {
		t.Fatal(a.status, a.body)
	}
	w.wants("a trial of a wrong list", w.get(planner, a.to), ok, "1 fila tiene algo mal", "no tiene la función «Magia»", "no tiene la fuente de financiamiento «Lotería»", "no puede ser negativo", "!Guardar las partidas")
	w.wants("a wrong list is kept", w.post(planner, a.to, "do", "keep", "column-code", "0", "column-institution", "1", "column-name", "3", "column-function", "4", "column-source", "5", "column-original", "6"), wrong, "1 fila tiene algo mal")
	w.wants("a list without a column", w.post(planner, a.to, "do", "try", "column-code", "0"), wrong, "Elegí la columna de la lista")
	w.wants("somebody else's list", w.get("ministro-hacienda", a.to), missing)

	a = w.send(planner, "/presupuesto/2026/importar", lines)
	w.wants("a trial of a right list", w.get(planner, a.to), ok, "9 partidas listas para guardar", "La suma coincide con el total de la ley", "1 partida es de una institución", "Guardar las partidas", "Hospitales de agudos")
	mapped := []string{"do", "keep", "column-code", "0", "column-institution", "1", "column-programme", "2", "column-name", "3", "column-function", "4", "column-source", "5", "column-original", "6", "mark", ","}
	kept := w.post(planner, a.to, mapped...)
	if kept.status != sent || kept.to != "/presupuesto/2026" {
		t.Fatal(kept.status, kept.to, kept.body)
	}
	w.wants("the file afterwards", w.get(planner, a.to), missing)
	w.wants("the law", w.get("", "/presupuesto/2026"), ok, "Salud", "32 %", "Se cargaron 9 partidas", "Ver las 9 partidas")
	a = w.send(planner, "/presupuesto/2026/importar", lines)
	w.wants("the same list again", w.get(planner, a.to), ok, "No hay partidas nuevas")
	w.wants("all lines are taken out", w.send(planner, "/presupuesto/2026/importar", "", "do", "clear"), sent)
	w.wants("and come in again", w.get(planner, a.to), ok, "9 partidas listas para guardar")
	w.wants("kept again", w.post(planner, a.to, mapped...), sent)
	w.wants("the total is corrected", w.post(planner, "/presupuesto/2026/datos", "number", "Ley 6.804", "body", "legislatura", "day", "2025-12-05", "currency", "ARS", "declared", "16.328.500.001,00"), sent)
	w.wants("a total that differs", w.get("", "/presupuesto/2026"), ok, "Faltan $ 1 en partidas")
}

// TestWhatEverybodyReads looks at the pages of a year as a visitor does, in both
// languages.
func TestWhatEverybodyReads(t *testing.T) {
	w := newWorld(t)
	one, two := w.story()
	for path, texts := range map[string][]string{
		"/presupuesto":                              {"Presupuesto", "Ley 6.804", "en 9 partidas", "previstos sin crédito", "!Registrar"},
		"/presupuesto/2026":                         {"Por función", "Salud", "Iniciativas que quedaron sin crédito", two, "!Corregir los datos"},
		"/presupuesto/2026?por=fuente":              {"Tributos de la Ciudad", "Coparticipación"},
		"/presupuesto/2026?por=ministerio":          {"Ministerio de Cultura", "Otros organismos"},
		"/presupuesto/2026?por=eje":                 {"Previsto", "$ 73.000.000"},
		"/presupuesto/2026/partidas":                {"Hospitales de agudos", "40.1", "Faltan $ 8.000.000"},
		"/presupuesto/2026/partidas?q=HOSPITAL":     {"Hospitales de agudos", "!Festivales"},
		"/presupuesto/2026/partidas?q=nada-de-esto": {"Ninguna partida coincide"},
		"/presupuesto/2026/partidas?funcion=salud":  {"Hospitales", "!Recolección"},
		"/presupuesto/2026/partidas?desde=50":       {"50.2", "!40.1"},
		"/presupuesto/2026/partidas/55.7":           {"Escuelas que emprenden", "Decreto 112/26", "Reasignación a hospitales", "-$ 8.500.000", "!Anotar"},
		"/presupuesto/2026/partidas/40.1":           {"Otros usos de la partida", "febrero de 2026", "$ 640.000.000"},
		"/iniciativas/" + two + "/presupuesto":      {"Faltan $ 8.000.000 de crédito", "Festivales", "!Prever dinero"},
		"/iniciativas/" + one + "/presupuesto":      {"Mes a mes", "enero de 2026", "$ 900.000", "!Informar el gasto"},
	} {
		w.wants(path, w.get("", path), ok, texts...)
	}
	english := w.do("", "en", httptest.NewRequest(http.MethodGet, "/presupuesto/2026/partidas/55.7", nil))
	w.wants("in English", english, ok, "How the credit changed", "The line does not suffice: $ 8,000,000", "Spending in March 2026")
	for _, path := range []string{"/presupuesto/2026/partidas/7", "/presupuesto/2031/partidas", "/iniciativas/INI-2026-9999/presupuesto"} {
		w.wants(path, w.get("", path), missing)
	}
	csv := w.get("", "/presupuesto/2026/partidas?formato=csv&funcion=educacion")
	if !strings.Contains(csv.body, "55.7,Ministerio de Educación,min-educacion,Escuelas emprendedoras,Proyectos de estudiantes,educacion,tributos-propios,ARS,48500000,40000000,48000000,20000000,12000000,9000000,0,8000000") || strings.Count(csv.body, "\n") != 3 {
		t.Errorf("the file reads\n%s", csv.body)
	}
	for _, format := range []string{"json", "xlsx"} {
		if a := w.get("", "/presupuesto/2026/partidas?formato="+format); a.status != ok || a.header.Get("Content-Disposition") == "" {
			t.Errorf("%s is %d", format, a.status)
		}
	}
}

// TestWhatPeopleDoOnThePages draws, spends, amends and declares by forms.
func TestWhatPeopleDoOnThePages(t *testing.T) {
	w := newWorld(t)
	one, _ := w.story()
	money, line := "/iniciativas/"+one+"/presupuesto", "/presupuesto/2026/partidas/65.4"
	w.wants("the forms of who carries it", w.get(proposer, money), ok, "Prever dinero de una partida", "Ver las partidas de Ministerio de Educación", "Informar el gasto de un mes")
	w.wants("a draw without a line", w.post(proposer, money, "do", "draw", "year", "2026", "amount", "5"), wrong, "Falta completar este dato")
	w.wants("a draw of words", w.post(proposer, money, "do", "draw", "year", "2026", "line", "65.4", "amount", "cinco"), wrong, "Esto no es un monto")
	w.wants("a draw above what is free", w.post(proposer, money, "do", "draw", "year", "2026", "line", "65.4", "amount", "220.000.000,01"), wrong, "le quedan $ 220.000.000 libres")
	w.wants("a draw of a year without a law", w.post(proposer, money, "do", "draw", "year", "2031", "line", "65.4", "amount", "1"), wrong, "Ese año no tiene ley")
	w.wants("a stranger's draw", w.post(stranger, money, "do", "draw", "year", "2026", "line", "65.4", "amount", "1"), refused)
	w.wants("a draw", w.post(proposer, money, "do", "draw", "year", "2026", "line", "65.4", "amount", "1.500.000,50"), sent)
	w.wants("drawn", w.get("", line), ok, one, "$ 1.500.000,50")
	w.wants("spending", w.post(proposer, money, "do", "spend", "line", "2026/65.4", "period", "2026-03", "committed", "1000", "accrued", "500", "paid", "0"), sent)
	w.wants("spending the wrong way round", w.post(proposer, money, "do", "spend", "line", "2026/65.4", "period", "2026-03", "committed", "1000", "accrued", "500", "paid", "501"), wrong, "más pagado que devengado")
	w.wants("spending of nothing", w.post(proposer, money, "do", "spend", "line", "", "period", ""), wrong)
	w.wants("something else", w.post(proposer, money, "do", "x"), wrong)

	w.wants("amending by the proposer", w.post(proposer, line, "do", "amend", "way", "less", "amount", "1", "day", "2026-03-20", "act", "Decreto 1/26", "why", "Porque sí."), refused)
	w.wants("amending without a way", w.post(planner, line, "do", "amend", "amount", "1", "day", "2026-03-20", "act", "Decreto 1/26", "why", "Porque sí."), wrong, "Falta completar este dato")
	w.wants("amending", w.post(planner, line, "do", "amend", "way", "less", "amount", "219.999.000", "day", "2026-03-20", "act", "Decreto 1/26", "why", "Porque sí."), sent)
	w.wants("amended", w.get(planner, line), ok, "Decreto 1/26", "La partida no llega: faltan", "Anotar una modificación")
	w.wants("own use above what is free", w.post(planner, line, "do", "own", "period", "2026-03", "committed", "1", "accrued", "0", "paid", "0"), wrong, "no alcanza")
	w.wants("own use", w.post(planner, "/presupuesto/2026/partidas/68.1", "do", "own", "period", "2026-03", "committed", "1", "accrued", "0", "paid", "0"), sent)
	w.wants("lines with a history are taken out", w.send(planner, "/presupuesto/2026/importar", "", "do", "clear"), conflict, "Ya hay modificaciones")

	number := w.Filed("Sin dinero", nil)
	free := "/iniciativas/" + number + "/presupuesto"
	w.wants("nothing drawn", w.get("", free), ok, "Todavía no se dijo de dónde sale el dinero")
	w.wants("a short reason", w.post(proposer, free, "do", "none", "why", "no"), wrong, "al menos 10 letras")
	w.wants("needs none", w.post(proposer, free, "do", "none", "why", "Lo hacen quienes ya trabajan ahí."), sent)
	w.wants("it needs none", w.get("", free), ok, "No necesita dinero", "quienes ya trabajan")
	draft := w.Draft("En preparación", nil)
	w.wants("a draft", w.get("", "/iniciativas/"+draft+"/presupuesto"), missing)
	w.Must(w.budget.Draw(w.As(proposer), draft, 2026, "68.1", 100_00))
	w.wants("a draft's draw", w.get("", "/presupuesto/2026/partidas/68.1"), ok, "1 iniciativa en preparación tiene previstos $ 100", "!"+draft)
	if v, err := w.budget.Line(w.As(), 2026, "68.1"); err != nil || v.Short != 0 {
		t.Error(v.Short, err)
	}
}

// TestTheAccountsAreBrought loads what was spent from a spreadsheet: tried, told what
// is wrong, tried again and kept.
func TestTheAccountsAreBrought(t *testing.T) {
	w := newWorld(t)
	one, _ := w.story()
	const head = "Partida;Iniciativa;Mes;Comprometido;Devengado;Pagado\n"
	w.wants("the budget leads there", w.get(planner, "/presupuesto/2026"), ok, "Cargar la ejecución")
	for _, post := range []string{"", proposer, stranger} {
		w.wants("somebody else", w.get(post, "/presupuesto/2026/gastos"), refused)
		w.wants("somebody else sends", w.send(post, "/presupuesto/2026/gastos", head), refused)
	}
	w.wants("the form", w.get(planner, "/presupuesto/2026/gastos"), ok, "Cargar la ejecución del presupuesto 2026", "Devengado")
	w.wants("no file", w.send(planner, "/presupuesto/2026/gastos", ""), wrong, "El archivo está vacío")
	a := w.send(planner, "/presupuesto/2026/gastos", head+"40.2;;2026-02;500;900;0\n")
	w.wants("a wrong list", w.get(planner, a.to), ok, "1 fila tiene algo mal", "!Guardar la ejecución")
	a = w.send(planner, "/presupuesto/2026/gastos", head+"40.2;;2026-02;900000;500000;0\n55.7;"+one+";2026-03;2000000;3000000;4600000\n")
	w.wants("a right list", w.get(planner, a.to), ok, "2 meses listos para guardar", "Guardar la ejecución")
	mapped := []string{"do", "keep", "column-code", "0", "column-initiative", "1", "column-period", "2", "column-committed", "3", "column-accrued", "4", "column-paid", "5"}
	w.wants("of somebody else", w.post("ministro-hacienda", a.to, mapped...), missing)
	w.wants("without a column", w.post(planner, a.to, "do", "keep", "column-code", "0"), wrong, "Elegí la columna")
	if kept := w.post(planner, a.to, mapped...); kept.status != sent || kept.to != "/presupuesto/2026" {
		t.Fatal(kept.status, kept.to, kept.body)
	}
	w.wants("the line", w.get("", "/presupuesto/2026/partidas/40.2"), ok, "$ 900.000")
	w.wants("the file afterwards", w.get(planner, a.to), missing)
}
