package budget

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/desk"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// refused is the key with which a field was refused, "" when nothing was wrong.
func refused(err error) string {
	var f *fault.Error
	switch {
	case err == nil:
		return ""
	case !errors.As(err, &f):
		return err.Error()
	case len(f.Fields) > 0:
		return f.Fields[0].Name + " " + strings.TrimPrefix(f.Fields[0].Key, "delivery.budget.fault.")
	}
	return string(f.Kind) + " " + strings.TrimPrefix(f.Key, "delivery.budget.fault.")
}

func (w *world) wants(what string, err error, want string) {
	w.Helper()
	if got := refused(err); got != want {
		w.Errorf("%s: %q, want %q", what, got, want)
	}
}

// TestTheMoneyOfAYear walks through a budget on both databases.
func TestTheMoneyOfAYear(t *testing.T) {
	run(t, func(w *world) {
		w.lawAndLines()
		w.drawing()
		w.spending()
		w.lowering()
		w.sums()
		w.together()
		w.guarded()
	})
}

// lawAndLines enacts a law and brings its lines, with everything that is wrong on
// the way.
func (w *world) lawAndLines() {
	b := w.budget
	ask := Law{Year: 2026, Number: "Ley 6.804", Day: "2025-12-05", Declared: pesos(1600)}
	for post, want := range map[string]string{"": "forbidden fault.sign_in", roundtestCitizen: "forbidden fault.forbidden", proposer: "forbidden fault.forbidden", minister: "forbidden fault.forbidden", "coordinador-mesa": "forbidden fault.forbidden"} {
		w.wants("a law by "+post, b.Enact(w.As(post), ask), want)
	}
	bad := ask
	bad.Year, bad.Day, bad.Declared = 26, "2026-12-31", -1
	w.wants("a law of the year 26", b.Enact(w.As(planner), bad), "year year")
	bad = ask
	bad.Currency = "PESOS"
	w.wants("a law in pesos", b.Enact(w.As(planner), bad), "currency currency")
	w.Must(b.Enact(w.As(planner), ask))
	w.wants("a second law of the year", b.Enact(w.As(planner), ask), "conflict law_twice")
	law, err := b.Law(w.As(), 2026)
	w.Must(err)
	if law.Body != w.City.City.BudgetBody || law.Currency != "ARS" || law.InForce() {
		w.Errorf("the law is %+v", law)
	}
	w.wants("a draw on a law without lines", b.Draw(w.As(planner), w.Filed("Sin partidas", nil), 2026, "1", 1), "line line")
	w.badLists()
	r := w.bring(2026, "\uFEFFpartida;jurisdicción;descripción;finalidad;fuente de financiamiento;sanción\n1.1;Ministerio de Educación;Escuelas;Educación;Tributos de la Ciudad;1.000,00\n"+
		"1.2;min-educacion;Talleres;educacion;coparticipacion;500\n9.9;Otro Poder;Auditoría;Legislación y justicia;otros-propios;100,00\n", false)
	if !r.Kept || r.New != 3 || r.Sum != pesos(1600) || r.NoMinistry != 1 || r.After.Difference() != 0 {
		w.Errorf("the list became %+v", r)
	}
	again := w.bring(2026, "partida;jurisdicción;descripción;función;fuente;sanción\n1.1;x;y;educacion;tributos-propios;1000\n", false)
	if again.Kept || again.Known != 1 || again.New != 0 {
		w.Errorf("the same once more became %+v", again)
	}
}

const roundtestCitizen = "citizen"

// badLists are lists of which nothing is kept, and what is said of them.
func (w *world) badLists() {
	const head = "código;institución;denominación;función;fuente;original;moneda\n"
	fine := "1;I;N;educacion;coparticipacion;5;ARS\n"
	for name, c := range map[string]struct {
		rows string
		line int
		says string
	}{
		"an unknown function":   {fine + "2;I;N;magia;coparticipacion;5;\n", 3, "function unknown.function"},
		"an unknown source":     {fine + "2;I;N;educacion;lotería;5;\n", 3, "source unknown.source"},
		"a line twice":          {fine + "2;I;N;educacion;coparticipacion;5;\n1;I;N;educacion;coparticipacion;6;\n", 4, "code twice"},
		"money below zero":      {fine + "2;I;N;educacion;coparticipacion;-5,00;\n", 3, "original negative"},
		"a second currency":     {fine + "2;I;N;educacion;coparticipacion;5;USD\n", 3, "currency currencies"},
		"a currency by amount":  {fine + "2;I;N;educacion;coparticipacion;USD 5;\n", 3, "original currencies"},
		"no amount":             {fine + "2;I;N;educacion;coparticipacion;mucho;\n", 3, "original amount"},
		"an empty amount":       {fine + "2;I;N;educacion;coparticipacion;;ARS\n", 3, "original fault.required"},
		"two ways of decimals":  {"1;I;N;educacion;coparticipacion;1.234,50;\n2;I;N;educacion;coparticipacion;1,234.50;\n3;I;N;educacion;coparticipacion;1.234;\n", 4, "original mixed"},
		"thousands by mistake":  {"1;I;N;educacion;coparticipacion;1234.50;\n2;I;N;educacion;coparticipacion;12.345;\n", 3, "original decimals"},
		"an amount past all":    {fine + "2;I;N;educacion;coparticipacion;1000000000000001;\n", 3, "original amount_big"},
		"a code with a slash":   {fine + "2/3;I;N;educacion;coparticipacion;5;\n", 3, "code code"},
		"a line without a name": {fine + "2;I;;educacion;coparticipacion;5;\n", 3, "name fault.required"},
	} {
		r := w.bring(2026, head+c.rows, false)
		if r.Kept || r.Wrong != 1 || len(r.Faults) != 1 {
			w.Errorf("%s: %+v", name, r)
			continue
		}
		if got := string(r.Faults[0].Field) + " " + strings.TrimPrefix(r.Faults[0].Key, "delivery.budget.fault."); got != c.says || r.Faults[0].Line != c.line {
			w.Errorf("%s: line %d says %q, want %q in line %d", name, r.Faults[0].Line, got, c.says, c.line)
		}
	}
	if lines, _, err := w.budget.Lines(w.As(), Filter{Year: 2026}, "", 0); err != nil || len(lines) > 0 {
		w.Errorf("of wrong lists %d lines were kept, %v", len(lines), err)
	}
	trial := w.bring(2026, head+fine, true)
	if lines, _, _ := w.budget.Lines(w.As(), Filter{Year: 2026}, "", 0); trial.Kept || trial.New != 1 || len(lines) > 0 {
		w.Errorf("a trial became %+v and kept %d lines", trial, len(lines))
	}
	f, err := ReadFile([]byte("a;b\n1;2\n"))
	w.Must(err)
	_, err = w.budget.Import(w.As(planner), 2026, f, Guess(f.Sheet), true)
	w.wants("a list without the columns", err, "column-code column")
	_, err = w.budget.Import(w.As(proposer), 2026, f, Guess(f.Sheet), true)
	w.wants("a list of somebody else", err, "forbidden fault.forbidden")
}

// drawing lets initiatives draw on lines.
func (w *world) drawing() {
	b, one, two := w.budget, w.Adopted("Uno"), w.Adopted("Dos")
	w.wants("a stranger draws", b.Draw(w.As(stranger), one, 2026, "1.1", 5), "forbidden fault.forbidden")
	w.wants("a visitor draws", b.Draw(w.As(), one, 2026, "1.1", 5), "forbidden fault.sign_in")
	w.wants("less than nothing", b.Draw(w.As(proposer), one, 2026, "1.1", -5), "amount negative")
	w.wants("no such line", b.Draw(w.As(proposer), one, 2026, "7.7", 5), "line line")
	w.wants("no such year", b.Draw(w.As(proposer), one, 2031, "1.1", 5), "year no_law")
	w.wants("more than there is", b.Draw(w.As(proposer), one, 2026, "1.1", pesos(1000)+1), "amount free")
	w.Must(b.Draw(w.As(proposer), one, 2026, "1.1", pesos(700)))
	w.Must(b.Draw(w.As(proposer), one, 2026, "1.2", pesos(100)))
	w.wants("more than is left", b.Draw(w.As(proposer), two, 2026, "1.1", pesos(301)), "amount free")
	w.Must(b.Draw(w.As(planner), two, 2026, "1.1", pesos(300)))
	w.wants("no money, yet it draws", b.NeedsNone(w.As(proposer), two, "No hace falta nada."), "conflict draws")
	l := w.line(2026, "1.1")
	if l.Free() != 0 || l.Drawn != pesos(1000) || l.Uses != 2 || len(l.Draws) != 2 {
		w.Errorf("the line is %+v", l)
	}
	w.Must(b.Draw(w.As(proposer), one, 2026, "1.2", 0))
	if v := w.of(one); len(v.Draws) != 1 || v.Money.Drawn != pesos(700) {
		w.Errorf("after taking one back: %+v", v)
	}
	w.Must(b.Enact(w.As(planner), Law{Year: 2025, Number: "Ley 6.700", Day: "2024-12-05", Currency: "USD"}))
	w.bring(2025, "código;institución;denominación;función;fuente;original\n1;I;N;educacion;coparticipacion;5\n", false)
	w.wants("a second currency", b.Draw(w.As(proposer), one, 2025, "1", 1), "line currencies")
	draft := w.Draft("En preparación", nil)
	w.Must(b.Draw(w.As(proposer), draft, 2026, "1.2", pesos(10)))
	v, err := b.Line(w.As(), 2026, "1.2")
	w.Must(err)
	if len(v.Draws) != 0 || v.Hidden != 1 || v.HiddenSum != pesos(10) {
		w.Errorf("a visitor sees of a draft %+v", v)
	}
	shown := 0
	w.Must(b.EachDraw(w.As(), 0, func(d Drawn) error {
		if d.Number == "" {
			w.Error("a draw without the number of its initiative")
		}
		shown++
		return nil
	}))
	if _, err := b.Of(w.As(), draft); !fault.Is(err, fault.NotFound) || shown != 2 {
		w.Errorf("a visitor reads the draft's money: %v, %d draws", err, shown)
	}
}

// numbers are the two adopted initiatives, the older first.
func (w *world) numbers() (one, two string) {
	return w.line(2026, "1.1").Draws[0].Card.Number, w.line(2026, "1.1").Draws[1].Card.Number
}

// spending reports what was spent.
func (w *world) spending() {
	b := w.budget
	one, _ := w.numbers()
	say := func(period string, committed, accrued, paid int64) Stage {
		return Stage{Period: period, Committed: pesos(committed), Accrued: pesos(accrued), Paid: pesos(paid)}
	}
	for name, c := range map[string]struct {
		stage Stage
		want  string
	}{
		"the month 13":            {say("2026-13", 1, 1, 1), "period period"},
		"a month to come":         {say("2026-04", 1, 1, 1), "period period_future"},
		"a month before the year": {say("2025-12", 1, 1, 1), "period period_before"},
		"below zero":              {say("2026-01", -1, 0, 0), "committed negative"},
		"more accrued":            {say("2026-01", 1, 2, 0), "accrued accrued"},
		"more paid":               {say("2026-01", 2, 1, 2), "paid paid"},
		"more than is planned":    {say("2026-01", 701, 0, 0), "committed above_draw"},
	} {
		w.wants(name, b.ReportMoney(w.As(proposer), one, 2026, "1.1", c.stage), c.want)
	}
	w.wants("a stranger reports", b.ReportMoney(w.As(stranger), one, 2026, "1.1", say("2026-01", 1, 0, 0)), "forbidden fault.forbidden")
	w.wants("a line it does not draw on", b.ReportMoney(w.As(proposer), one, 2026, "1.2", say("2026-01", 1, 0, 0)), "line no_draw")
	w.Must(b.ReportMoney(w.As(proposer), one, 2026, "1.1", say("2026-01", 400, 100, 50)))
	w.Must(b.ReportMoney(w.As(proposer), one, 2026, "1.1", say("2026-03", 0, 200, 150)))
	w.wants("a correction that later months do not bear", b.ReportMoney(w.As(proposer), one, 2026, "1.1", say("2026-01", 200, 100, 50)), "accrued accrued")
	w.Must(b.ReportMoney(w.As(proposer), one, 2026, "1.1", say("2026-01", 350, 100, 50)))
	w.wants("less than is committed", b.Draw(w.As(proposer), one, 2026, "1.1", pesos(349)), "amount below_committed")
	w.Must(b.OwnUse(w.As(planner), 2026, "1.2", say("2026-02", 90, 90, 90)))
	w.wants("own use of what is drawn", b.OwnUse(w.As(planner), 2026, "1.2", say("2026-03", 401, 0, 0)), "committed free")
	columns, err := b.Columns(w.As(), w.of(one).Initiative.ID, "nobody")
	w.Must(err)
	want := delivery.Money{Currency: "ARS", Planned: pesos(700), Committed: pesos(350), Accrued: pesos(300), Paid: pesos(200)}
	if len(columns) != 1 || columns[w.of(one).Initiative.ID] != want {
		w.Errorf("the columns are %+v", columns)
	}
}

// lowering amends a line below what is drawn on it.
func (w *world) lowering() {
	b := w.budget
	one, two := w.numbers()
	less := Amendment{Amount: -pesos(200), Day: "2026-03-01", Act: "Decreto 112/26", Why: "Menos ingresos."}
	w.wants("the proposer amends", b.Amend(w.As(proposer), 2026, "1.1", less), "forbidden fault.forbidden")
	for name, c := range map[string]struct {
		change func(*Amendment)
		want   string
	}{
		"nothing":               {func(a *Amendment) { a.Amount = 0 }, "amount nothing"},
		"below what is bound":   {func(a *Amendment) { a.Amount = -pesos(651) }, "amount credit_committed"},
		"before the law":        {func(a *Amendment) { a.Day = "2025-12-04" }, "day before_law"},
		"a day to come":         {func(a *Amendment) { a.Day = "2026-03-25" }, "day future"},
		"without its number":    {func(a *Amendment) { a.Act = " " }, "act fault.required"},
		"more than money holds": {func(a *Amendment) { a.Amount = AmountMax + 1 }, "amount amount_big"},
	} {
		a := less
		c.change(&a)
		w.wants(name, b.Amend(w.As(planner), 2026, "1.1", a), c.want)
	}
	w.Must(b.Amend(w.As(planner), 2026, "1.1", less))
	if v, early := w.of(two), w.of(one); v.Money.Short != pesos(200) || early.Money.Short != 0 {
		w.Errorf("the later draw is short of %d, the earlier of %d", v.Money.Short, early.Money.Short)
	}
	items := w.owed(planner)
	if len(items) != 1 || !strings.Contains(items[0].Href, "/partidas/1.1") {
		w.Errorf("Planning's desk holds %+v", items)
	}
	if items := w.owed(proposer); len(items) != 1 || items[0].Href != "/iniciativas/"+two+"/presupuesto" {
		w.Errorf("the proposer's desk holds %+v", items)
	}
	events, err := w.log.Timeline(w.As(), w.of(two).Initiative.Subject(), event.Page{PublicOnly: true})
	w.Must(err)
	if n := slices.IndexFunc(events, func(e event.Event) bool { return e.Kind == EventShort && e.Data["short"] == cents(pesos(200)) }); n < 0 {
		w.Errorf("the initiative's history does not say that it is short: %+v", events)
	}
	w.wants("more committed than has credit", b.ReportMoney(w.As(proposer), two, 2026, "1.1", Stage{Period: "2026-03", Committed: pesos(101)}), "committed above_draw")
	w.Must(b.Draw(w.As(proposer), two, 2026, "1.1", pesos(150)))
	w.Must(b.Amend(w.As(planner), 2026, "1.1", Amendment{Amount: pesos(50), Day: "2026-03-20", Act: "Decreto 120/26", Why: "Más ingresos."}))
	if v := w.of(two); v.Money.Short != 0 || len(w.owed(planner)) != 0 {
		w.Errorf("with credit again it is short of %d", v.Money.Short)
	}
	w.wants("lines with a history are taken out", b.Clear(w.As(planner), 2026), "conflict touched")
	w.Must(b.Clear(w.As(planner), 2025))
}

// owed is the desk of the holder of a post.
func (w *world) owed(post string) []desk.Item {
	w.Helper()
	items, err := w.budget.deskOf(w.As(post))
	w.Must(err)
	return items
}

// sums checks that every stored sum is what its parts add up to.
func (w *world) sums() {
	w.Helper()
	if err := w.check(2026); err != nil {
		w.Error(err)
	}
	shares, err := w.budget.Shares(w.As(), 2026, ByFunction)
	w.Must(err)
	if len(shares) != 2 || shares[0].Code != "educacion" || shares[0].Lines != 2 || shares[0].Credit != pesos(1350) {
		w.Errorf("by function: %+v", shares)
	}
	axes, err := w.budget.Shares(w.As(), 2026, ByAxis)
	w.Must(err)
	if len(axes) != 1 || axes[0].Drawn != pesos(860) || axes[0].Committed != pesos(350) {
		w.Errorf("by axis: %+v", axes)
	}
	found, _, err := w.budget.Lines(w.As(), Filter{Year: 2026, Words: "AUDITORIA otro"}, "", 0)
	w.Must(err)
	if len(found) != 1 || found[0].Code != "9.9" {
		w.Errorf("found %+v", found)
	}
	first, next, err := w.budget.Lines(w.As(), Filter{Year: 2026}, "", 2)
	w.Must(err)
	rest, end, err := w.budget.Lines(w.As(), Filter{Year: 2026}, next, 2)
	w.Must(err)
	if len(first) != 2 || len(rest) != 1 || end != "" {
		w.Errorf("pages of %d and %d lines", len(first), len(rest))
	}
}

// together lets 64 draw at once on a line that bears ten of them.
func (w *world) together() {
	const writers = 64
	w.law(2024, "7;1000")
	numbers := make([]string, writers)
	for i := range numbers {
		numbers[i] = w.Adopted("A la vez " + string(rune('A'+i%26)) + cents(int64(i)))
	}
	got := make([]error, writers)
	var all sync.WaitGroup
	for i, number := range numbers {
		all.Go(func() { got[i] = w.budget.Draw(w.As(planner), number, 2024, "7", pesos(100)) })
	}
	all.Wait()
	taken := 0
	for _, err := range got {
		if err == nil {
			taken++
		} else {
			w.wants("one too many", err, "amount free")
		}
	}
	if l := w.line(2024, "7"); taken != 10 || l.Drawn != pesos(1000) || l.Free() != 0 {
		w.Errorf("%d of %d drew, %d centavos in all", taken, writers, l.Drawn)
	}
	if err := w.check(2024); err != nil {
		w.Error(err)
	}
}

// guarded signs the step that the budget proves, once it does.
func (w *world) guarded() {
	w.Now = w.Now.AddDate(0, 0, 1)
	step := w.City.Flow.Steps.All()[0]
	number := w.Filed("Con guardia", nil)
	field := "item-presupuesto "
	ini, err := w.Roundtable.Look(w.As(planner), number)
	w.Must(err)
	w.wants("nothing drawn", w.budget.Guard(w.As(planner), ini.Initiative, step), field+"undrawn")
	w.wants("a reason too short", w.budget.NeedsNone(w.As(proposer), number, "no"), "why why")
	w.Must(w.budget.NeedsNone(w.As(proposer), number, "Lo hacen quienes ya trabajan ahí."))
	w.wants("no money needed", w.budget.Guard(w.As(planner), ini.Initiative, step), "")
	w.Must(w.budget.Draw(w.As(proposer), number, 2026, "9.9", pesos(100)))
	if v := w.of(number); v.Money.Needless != "" {
		w.Errorf("it draws, and needs no money: %+v", v.Money)
	}
	w.wants("drawn", w.budget.Guard(w.As(planner), ini.Initiative, step), "")
	w.told()
	v, err := w.Roundtable.StepView(w.As(planner), number, step.Code)
	w.Must(err)
	if n := slices.IndexFunc(v.Evidence, func(e roundtable.Evidence) bool {
		return e.Item == "presupuesto" && strings.Contains(e.Text, "9.9 · Auditoría · $"+nbsp+"100")
	}); n < 0 {
		w.Errorf("the step does not show the draw: %+v", v.Evidence)
	}
	w.Must(w.budget.Amend(w.As(planner), 2026, "9.9", Amendment{Amount: -pesos(40), Day: clock.Day("2026-03-25"), Act: "Decreto 130/26", Why: "Recorte."}))
	w.wants("short since", w.budget.Guard(w.As(planner), ini.Initiative, step), field+"short")
	d, err := w.Roundtable.View(w.As(proposer), number)
	w.Must(err)
	was, axes := d.Dossier.Axis, w.City.Frame.Axes.On(w.City.Today(w.Now))
	d.Dossier.Axis, d.Dossier.Version = axes[slices.IndexFunc(axes, func(a charter.Axis) bool { return a.Code != was })].Code, d.Initiative.Version
	w.Must(w.Roundtable.Edit(w.As(proposer), number, d.Dossier))
	w.told()
	if err := w.check(2026); err != nil {
		w.Error(err)
	}
	shares, err := w.budget.Shares(w.As(), 2026, ByAxis)
	w.Must(err)
	if n := slices.IndexFunc(shares, func(s Share) bool { return s.Code == d.Dossier.Axis && s.Drawn == pesos(100) }); n < 0 {
		w.Errorf("its money did not follow it to its new axis: %+v", shares)
	}
}
