package pages_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"ronda/city/delivery/workplan"
	"ronda/method/plan"
)

// TestAPlanIsDrawn: every task has its name, its bar and its row; links, today,
// summaries and milestones are drawn; readers get a picture, editors bars that the
// keyboard reaches.
func TestAPlanIsDrawn(t *testing.T) {
	w := newWorld(t)
	i := w.filed("Aprendizajes significativos")
	to := "/iniciativas/" + i.Number + "/plan"
	w.get("", to).wants(t, "a visitor before there is a plan", ok, "Todavía no hay plan de trabajo", "!Agregar una tarea")
	w.get(director, to).wants(t, "the proposer before there is a plan", ok, "Empezá por la primera tarea", "Agregar una tarea", "Traer un plan")
	w.get("", "/iniciativas/INI-2026-9999/plan").wants(t, "no initiative", missing)
	w.planned(i.Number)

	page := w.get("", to)
	page.wants(t, "a visitor", ok, "9 tareas y etapas", "Licitación", "Lo que define el final", "!Agregar una tarea", "!g-help")
	for selector, want := range map[string]int{
		"svg.g-body[role=img][aria-label]": 1, "svg.g-body a": 0, "g.g-bar[data-task]": 9, "g.g-bar.sum[data-task]": 2, "g.g-bar.mile[data-task]": 2, ".g-body path.tie": 6, ".g-body path.g-today": 1,
		".g-names li": 9, ".g-names li.in1": 6, "g.g-bar[data-task].crit:not(.sum)": 5, ".g-table tbody tr": 9, "script[src]:not([src^='/assets/'])": 0, "[style]": 0,
	} {
		if got := len(page.all(t, "main "+selector)); got != want {
			t.Errorf("a visitor: %s is there %d times, want %d", selector, got, want)
		}
	}
	bars := w.get(director, to).all(t, "a.g-bar[href]")
	if len(bars) != 9 || !strings.Contains(bars[1]["aria-label"], "Pliego y términos de referencia. Del 9 mar al 18 mar, 8 días hábiles") {
		t.Errorf("bars in the hand: %v", bars)
	}
	wide := func(zoom string) float64 {
		day, err := strconv.ParseFloat(w.get(director, to+"?zoom="+zoom).all(t, ".gantt")[0]["data-day"], 64)
		w.must(err)
		return day
	}
	if wide("dia") <= wide("semana") || wide("semana") <= wide("trimestre") {
		t.Error("a day is as wide in each zoom")
	}
	w.get("", to+"?zoom=siglo").wants(t, "no zoom", missing)
	w.get("", to+"/plan.csv").wants(t, "as a table", ok, "Licitación")
	w.get("", to+"/plan.xml").wants(t, "for Microsoft Project", ok, "<Name>Licitación</Name>")
}

// TestABarIsDragged: what the script sends moves, stretches and links tasks, and
// answers with the chart anew; what cannot be is said where it was tried.
func TestABarIsDragged(t *testing.T) {
	w := newWorld(t)
	i := w.filed("Aprendizajes significativos")
	c := w.planned(i.Number)
	at := "/iniciativas/" + i.Number + "/plan/tareas/"
	shift := func(who, task, from, to string) answer {
		return w.drag(who, at+c[task], "do", "shift", "version", w.version(i.Number), "start", from, "finish", to)
	}
	shift("", "capacitar", "2026-04-06", "2026-04-10").leads(t, "a visitor drags", "/ingresar", "sign_in")
	shift("ministro-cultura", "capacitar", "2026-04-06", "2026-04-10").wants(t, "another ministry drags", refused)
	moved := shift(director, "capacitar", "2026-04-06", "2026-04-10")
	moved.wants(t, "moved", ok, "Se movió la tarea", "!<html")
	if rows := moved.all(t, "#tablero .g-bar[data-task]"); len(rows) != 9 {
		t.Errorf("the chart comes back with %d bars", len(rows))
	}
	if row := w.row(i.Number, c["capacitar"]); row.Dates.Start.String() != "2026-04-06" || row.Dates.Duration != 5 {
		t.Errorf("it stands at %s for %d days", row.Dates.Start, row.Dates.Duration)
	}
	shift(director, "capacitar", "2026-04-06", "2026-04-17").wants(t, "stretched", ok, "10 días hábiles")
	shift(director, "capacitar", "mañana", "2026-04-17").wants(t, "to no day", wrong, "No se hizo el cambio", "Escribí una fecha que exista")
	shift(director, "compra", "2026-04-06", "2026-04-17").wants(t, "a stage is dragged", wrong, "Las fechas de una etapa salen de sus tareas")

	link := func(from, to string) answer {
		return w.drag(director, at+c[to], "do", "link", "version", w.version(i.Number), "from", c[from], "kind", "FS", "lag", "0")
	}
	link("capacitar", "conexion").wants(t, "linked", ok, "Se enlazaron las tareas")
	link("fin", "pliego").wants(t, "a circle", wrong, "No se hizo el cambio", "Inauguración")
	if links := w.get(director, at[:len(at)-len("/tareas/")]).all(t, "path.tie"); len(links) != 7 {
		t.Errorf("%d links after one more", len(links))
	}
}

// TestATaskHasAForm: everything that a drag does and the rest besides, without a
// script; what was typed stays when something is wrong.
func TestATaskHasAForm(t *testing.T) {
	w := newWorld(t)
	i := w.filed("Aprendizajes significativos")
	c := w.planned(i.Number)
	to := "/iniciativas/" + i.Number + "/plan"
	at := to + "/tareas/" + c["licitacion"]
	w.get("", at).wants(t, "a visitor reads", ok, "Licitación", "Pliego y términos de referencia", "!Cambiar la tarea")
	w.get("", to+"/tareas/999").wants(t, "no task", missing)
	w.get("", to+"/tareas/nueva").wants(t, "a visitor adds", refused)
	w.get(director, at).wants(t, "the proposer", ok, "Cambiar la tarea", `value="12"`, "Quitar el enlace")

	form := []string{"do", "save", "version", w.version(i.Number), "name", "Licitación abierta", "duration", "doce", "body", directorOf, "notes", "Con observadores"}
	w.post(director, at, form...).wants(t, "no number", wrong, "Licitación abierta", `value="doce"`, "Con observadores", "Escribilo como número entero")
	form[7] = "15"
	w.post("ministro-cultura", at, form...).wants(t, "another ministry", refused)
	w.post(director, at, form...).leads(t, "saved", to, "save")
	if row := w.row(i.Number, c["licitacion"]); row.Name != "Licitación abierta" || row.Task.Duration != 15 {
		t.Errorf("saved as %+v", row.Task)
	}
	form[5], form[3] = "Otra cosa", "1"
	w.post(director, at, form...).wants(t, "changed meanwhile", conflict, "Alguien la cambió mientras escribías", "Licitación abierta", "Otra cosa")

	w.post(director, to+"/tareas/nueva", "do", "save", "version", w.version(i.Number), "name", "Inspección", "duration", "3", "body", directorOf, "parent", c["obra"], "before", c["conexion"]).leads(t, "added", to, "save")
	v, err := w.Plan(w.as(""), i.Number)
	w.must(err)
	place := slices.IndexFunc(v.Rows, func(r workplan.Row) bool { return r.Name == "Inspección" })
	if place < 0 || v.Rows[place].Parent != c["obra"] || v.Rows[place+1].Code != c["conexion"] {
		t.Errorf("the new task stands at %d", place)
	}

	w.post(director, at, "do", "progress", "version", w.version(i.Number), "percent", "140").wants(t, "too much", wrong, `value="140"`, "de 0 a 100")
	w.post(director, at, "do", "progress", "version", w.version(i.Number), "percent", "40", "began", "2026-03-16").leads(t, "progress", at, "progress")
	w.get("", at).wants(t, "progress", ok, "40 %")
	w.post(director, at, "do", "unlink", "version", w.version(i.Number), "from", c["pliego"], "kind", "FS").leads(t, "unlinked", at, "unlink")
	w.get(director, at).wants(t, "unlinked", ok, "No espera a ninguna tarea")
	w.post(director, at, "do", "dance").wants(t, "nothing known", missing)
	w.post(director, at, "do", "drop", "version", w.version(i.Number)).leads(t, "removed", to, "drop")
	w.get("", at).wants(t, "removed", missing)
}

// TestWhatWasSignedIsAskedFor: a drag on a frozen plan offers to ask for it with a
// reason, Planning decides, and everybody reads both.
func TestWhatWasSignedIsAskedFor(t *testing.T) {
	w := newWorld(t)
	i := w.filed("Aprendizajes significativos")
	c := w.planned(i.Number)
	to := "/iniciativas/" + i.Number + "/plan"
	w.get(director, to+"/cambios").wants(t, "before the signature", ok, "el plan se cambia sin pedirlo")
	w.signed(i.Number)
	at := to + "/tareas/" + c["aulas"]
	sent := []string{"do", "shift", "version", w.version(i.Number), "start", "2026-05-04", "finish", "2026-05-29"}
	w.drag(director, at, sent...).wants(t, "a drag", conflict, "toca lo que se firmó", `name="start" value="2026-05-04"`, `name="ask"`, "Por qué hace falta")
	w.post(director, at, sent...).wants(t, "the same by form", conflict, "Pedir el cambio")
	ask := append(sent, "ask", "yes")
	w.post(director, at, append(ask, "reason", "")...).wants(t, "without a reason", wrong, `name="start" value="2026-05-04"`, "Pedir el cambio")
	w.post(director, at, append(ask, "reason", "Las escuelas terminan el trimestre el 30 de abril.")...).leads(t, "asked", to+"/cambios", "asked")

	page := w.get("", to+"/cambios")
	page.wants(t, "everybody reads", ok, "Las escuelas terminan el trimestre", "Espera respuesta", "Mover «Aulas y talleres»: 4 may – 29 may", "Versión 1", "!Aceptar el cambio")
	w.get(director, to).wants(t, "the plan", ok, "Hay un cambio pedido", "Lo acordado está firmado")
	number := w.get(planner, to+"/cambios").all(t, "article.change-of")[0]["id"]
	w.post(director, to+"/cambios", "do", "accept", "change", number).wants(t, "who asked decides", refused)
	w.post(planner, to+"/cambios", "do", "refuse", "change", number).wants(t, "refused without a word", wrong, "Aceptar el cambio")
	w.post(planner, to+"/cambios", "do", "accept", "change", number, "answer", "Va.").leads(t, "accepted", to+"/cambios", "change_accept")
	w.get("", to+"/cambios").wants(t, "decided", ok, "Aceptado", "Va.", "Versión 2", "Cambio aceptado")
	if row := w.row(i.Number, c["aulas"]); row.Dates.Start != plan.Date(2026, 5, 4) {
		t.Errorf("the task stands at %s", row.Dates.Start)
	}
	if shadows := w.get("", to).all(t, "svg .g-base"); len(shadows) < 9 {
		t.Errorf("%d shadows of what was agreed", len(shadows))
	}
}

// TestObjectivesAreMeasured: one needs a target and a day, and tells how far it is.
func TestObjectivesAreMeasured(t *testing.T) {
	w := newWorld(t)
	i := w.filed("Aprendizajes significativos")
	to := "/iniciativas/" + i.Number + "/plan/objetivos"
	w.get("", to).wants(t, "a visitor", ok, "Todavía no hay objetivos", "!Agregar el objetivo")
	version := func() string {
		v, err := w.Plan(w.as(director), i.Number)
		w.must(err)
		return itoa(int(v.Plan.Version))
	}
	form := []string{"do", "save", "version", version(), "title", "Escuelas con proyecto", "unit", "escuelas", "from", "", "target", "muchas", "due", "2026-12-31"}
	w.post(director, to, form...).wants(t, "no figure", wrong, "Escuelas con proyecto", `value="muchas"`, "Escribilo como número")
	form[11] = "646"
	w.post("ministro-cultura", to, form...).wants(t, "another ministry", refused)
	w.post(director, to, form...).leads(t, "added", to, "objective_save")
	v, err := w.Plan(w.as(""), i.Number)
	w.must(err)
	id := v.Objectives[0].ID
	w.post(director, to, "do", "reach", "version", version(), "id", id, "reached", "", "day", "2026-03-20").wants(t, "nothing told", wrong)
	w.post(director, to, "do", "reach", "version", version(), "id", id, "reached", "214", "day", "2026-03-20").leads(t, "told", to, "objective_reach")
	w.get("", to).wants(t, "everybody reads", ok, "214 de 646 escuelas", "Para el 31 dic 2026")
	w.post(director, to, "do", "drop", "version", version(), "id", id).leads(t, "dropped", to, "objective_drop")
}

// TestAPlanIsBrought: a file is tried first and brought in from the page itself;
// what is wrong in it is listed by line.
func TestAPlanIsBrought(t *testing.T) {
	w := newWorld(t)
	i := w.filed("Aprendizajes significativos")
	w.planned(i.Number)
	to := "/iniciativas/" + i.Number + "/plan/importar"
	w.get("", to).wants(t, "a visitor", refused)
	w.get(director, to).wants(t, "the form", ok, "Probar el archivo")
	w.send(director, to, "plan.csv", "", "version", w.version(i.Number), "do", "try").wants(t, "no file", wrong, "Probar el archivo")
	w.send(director, to, "plan.csv", "id;nombre;duración\n1;Diseñar;muchos\n", "version", w.version(i.Number), "do", "try").wants(t, "a wrong cell", wrong, "Hay una cosa para corregir", "muchos")
	tried := w.send(director, to, "plan.csv", "id;nombre;duración;predecesoras\n1;Diseñar;5;\n2;Construir;10;1\n", "version", w.version(i.Number), "do", "try")
	tried.wants(t, "tried", ok, "plan.csv se puede traer", "Traer este plan")
	if v, _ := w.Plan(w.as(""), i.Number); len(v.Rows) != 9 {
		t.Fatalf("a trial left %d tasks", len(v.Rows))
	}
	var again []string
	for _, x := range tried.all(t, "form#traer-form input[type=hidden]") {
		again = append(again, x["name"], x["value"])
	}
	w.send(director, to, "", "", again...).leads(t, "brought", to[:len(to)-len("/importar")], "imported")
	if v, _ := w.Plan(w.as(""), i.Number); len(v.Rows) != 2 || v.Rows[1].Name != "Construir" {
		t.Errorf("brought as %+v", v.Rows)
	}
}

// TestALargePlanIsBroughtByChoosingItAgain: what is too large to wait in the page is
// chosen once more, with a button that brings it.
func TestALargePlanIsBroughtByChoosingItAgain(t *testing.T) {
	w := newWorld(t)
	i := w.filed("Aprendizajes significativos")
	w.planned(i.Number)
	to := "/iniciativas/" + i.Number + "/plan/importar"
	file := "id;nombre;duración;notas\n"
	for n := range 110 {
		file += strconv.Itoa(n+1) + ";Diseñar;5;" + strings.Repeat("nota ", 780) + "\n"
	}
	tried := w.send(director, to, "plan.csv", file, "version", w.version(i.Number), "do", "try")
	tried.wants(t, "tried", ok, "plan.csv se puede traer", "elegilo otra vez", `value="bring"`)
	if forms := tried.all(t, "form#traer-form"); len(forms) > 0 {
		t.Error("the file waits in the page all the same")
	}
	w.send(director, to, "plan.csv", file, "version", w.version(i.Number), "do", "bring").leads(t, "brought", to[:len(to)-len("/importar")], "imported")
}

// TestAPlanIsShownWhole: the scale is the nearest at which a whole plan fits beside
// its names, and months are squeezed for it rather than left out of sight.
func TestAPlanIsShownWhole(t *testing.T) {
	for _, c := range []struct {
		days int // of work
		zoom string
	}{{14, "dia"}, {32, "semana"}, {225, "mes"}, {240, "mes"}, {300, "trimestre"}} {
		w := newWorld(t)
		i := w.filed("Aprendizajes significativos")
		_, err := w.Edit(w.as(director), i.Number, 0, workplan.Edit{Op: workplan.SetStart, Start: plan.Date(2026, 3, 9)},
			workplan.Edit{Op: workplan.AddTask, Fields: workplan.Fields{Name: "Obra", Duration: c.days, Body: directorOf}})
		w.must(err)
		page := w.get("", "/iniciativas/"+i.Number+"/plan")
		svg := page.all(t, "svg.g-body")
		wide, err := strconv.ParseFloat(svg[0]["width"], 64)
		if err != nil || wide > 720+150+1 {
			t.Errorf("%d days are %v wide, %v", c.days, wide, err)
		}
		if now := page.all(t, `nav.zooms [aria-current], .zooms [aria-current]`); len(now) != 1 || !strings.Contains(now[0]["href"], "zoom="+c.zoom) {
			t.Errorf("%d days are drawn at %v, want %s", c.days, now, c.zoom)
		}
	}
}

// TestSchedulesOverInitiatives: the city's has a bar for each, narrowed by axis; a
// person's holds what that person answers for.
func TestSchedulesOverInitiatives(t *testing.T) {
	w := newWorld(t)
	w.get("", "/cronograma").wants(t, "an empty city", ok, "Ninguna iniciativa de esta lista tiene plan")
	a, b := w.filed("Aprendizajes significativos"), w.filed("Huertas en los techos")
	w.planned(a.Number)
	w.must(w.Sweep(w.as("")))
	page := w.get("", "/cronograma")
	page.wants(t, "the city", ok, a.Title, "1 iniciativa todavía no tiene plan", b.Title)
	if bars := page.all(t, "svg.g-body .g-bar"); len(bars) != 1 {
		t.Errorf("%d bars", len(bars))
	}
	w.get("", "/cronograma?eje=ciudad-inteligente").wants(t, "another axis", ok, "Ninguna iniciativa de esta lista tiene plan")
	w.get("", "/cronograma?eje=nada").wants(t, "no axis", missing)
	w.get("", "/mi-cronograma").leads(t, "a visitor's own", "/ingresar", "sign_in")
	w.get(citizen, "/mi-cronograma").wants(t, "nobody's", ok, "No respondés por ninguna tarea")
}
