package impact_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"ronda/city/charter"
	"ronda/city/indicators/impact"
	"ronda/city/roundtable/roundtest"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// One walk over everything that is stored, on both databases.
func TestFromADefinitionToWhatChanged(t *testing.T) {
	run := func(t *testing.T, d *db.DB) {
		w := newTown(t, d)
		t.Run("definition", w.definitions)
		t.Run("measurement", w.measurements)
		t.Run("people", w.reaches)
		t.Run("step", w.proves)
		t.Run("keys", w.keys)
	}
	t.Run("sqlite", func(t *testing.T) { run(t, dbtest.SQLite(t, tables(db.SQLite)...)) })
	t.Run("postgres", func(t *testing.T) { run(t, dbtest.Postgres(t, tables(db.Postgres)...)) })
}

func (w *town) definitions(t *testing.T) {
	w.T = t
	number := w.Filed("Definiciones", nil)
	for _, c := range []struct {
		what, field, key string
		change           func(*impact.Definition)
	}{
		{"target equal to baseline", "target", "same", func(d *impact.Definition) { d.Target = d.Baseline }},
		{"target on the other side", "target", "direction", func(d *impact.Definition) { d.Direction = impact.Down }},
		{"target of nothing of what adds up", "target", "zero", func(d *impact.Definition) { d.Adds, d.Direction, d.Target = true, impact.Down, impact.Of(0) }},
		{"less than nothing", "baseline", "negative", func(d *impact.Definition) { d.Baseline = impact.Of(-1) }},
		{"target without a day", "target_day", "target_day", func(d *impact.Definition) { d.TargetDay = "" }},
		{"target before the baseline", "target_day", "order", func(d *impact.Definition) { d.TargetDay = "2025-12-31" }},
		{"a social output", "social", "social", func(d *impact.Definition) { d.Kind = impact.Output }},
		{"an unknown post", "post", "post", func(d *impact.Definition) { d.Post = "nadie" }},
		{"seven decimals", "decimals", "places", func(d *impact.Definition) { d.Decimals = 7 }},
	} {
		d := defined()
		c.change(&d)
		_, err := w.impact.Define(w.As(roundtest.Proposer), number, d)
		refused(t, c.what, err, fault.Invalid, c.field, c.key)
	}
	_, err := w.impact.Define(w.As(other), number, defined())
	refused(t, "another ministry defines", err, fault.Forbidden, "", "")
	_, err = w.impact.Define(w.As(), number, defined())
	refused(t, "a visitor defines", err, fault.Forbidden, "", "")
	i := w.define(number, nil)
	d := i.Definition
	d.Target = impact.Of(12000)
	w.Must(w.impact.Edit(w.As(planner), i.Number, d, 1, ""))
	refused(t, "an edit from an old version", w.impact.Edit(w.As(planner), i.Number, d, 1, ""), fault.Conflict, "", "")
	v, err := w.impact.Indicator(w.As(), i.Number)
	w.Must(err)
	if len(v.Versions) != 2 || v.Versions[1].Target != impact.Of(9000) || v.Target != impact.Of(12000) {
		t.Errorf("the definition before is lost: %+v", v.Versions)
	}
	w.Must(w.impact.Retire(w.As(planner), i.Number, "Se mide mejor de otra manera."))
	refused(t, "an edit of a retired one", w.impact.Edit(w.As(planner), i.Number, d, 2, "Porque sí, otra vez."), fault.Conflict, "", "")
	hidden := w.define(w.Draft("En preparación", nil), nil)
	_, err = w.impact.Indicator(w.As(), hidden.Number)
	refused(t, "an indicator of a draft", err, fault.NotFound, "", "")
}

func (w *town) measurements(t *testing.T) {
	w.T = t
	i := w.define(w.adopted("Mediciones"), nil)
	if i.NextPeriod != "2026-Q1" || i.NextDue != "2026-04-15" {
		t.Errorf("first due %s %s", i.NextPeriod, i.NextDue)
	}
	_, err := w.impact.Report(w.As(roundtest.Proposer), reading(i, "1.500"))
	refused(t, "a quarter that is not over", err, fault.Invalid, "period", "future")
	w.later(10) // 3 April
	for _, c := range []struct {
		what, field, key string
		change           func(*impact.Reading)
	}{
		{"a month", "period", "every", func(r *impact.Reading) { r.Period = "2026-03" }},
		{"a word", "period", "period", func(r *impact.Reading) { r.Period = "ayer" }},
		{"before the baseline", "period", "before", func(r *impact.Reading) { r.Period = "2025-Q3" }},
		{"an unknown territory", "territory", "territory", func(r *impact.Reading) { r.Territory = "narnia" }},
		{"an unknown group", "group", "group", func(r *impact.Reading) { r.Group = "duendes" }},
		{"a huge number", "value", "number", func(r *impact.Reading) { r.Value = "1e308" }},
		{"less than nothing", "value", "negative", func(r *impact.Reading) { r.Value = "-3" }},
		{"a script", "evidence", "link", func(r *impact.Reading) { r.Evidence = "javascript:alert(1)" }},
	} {
		r := reading(i, "1500")
		c.change(&r)
		_, err := w.impact.Report(w.As(roundtest.Proposer), r)
		refused(t, c.what, err, fault.Invalid, c.field, c.key)
	}
	_, err = w.impact.Report(w.As(other), reading(i, "1500"))
	refused(t, "another ministry measures", err, fault.Forbidden, "", "")
	x, err := w.impact.Report(w.As(roundtest.Proposer), reading(i, "1.500"))
	w.Must(err)
	if x.Units != 1500 || x.Version != 1 || x.Late || x.Ministry != "min-educacion" {
		t.Errorf("measured %+v", x)
	}
	w.corrects(t, i)
	w.sumsUp(t, i)
}

// corrects gives a second version and finds both.
func (w *town) corrects(t *testing.T, i impact.Indicator) {
	again := reading(i, "1600")
	_, err := w.impact.Report(w.As(roundtest.Proposer), again)
	refused(t, "a correction without a reason", err, fault.Invalid, "", "")
	again.Reason = "Faltaban dos escuelas."
	_, err = w.impact.Report(w.As(roundtest.Proposer), again)
	w.Must(err)
	part := reading(i, "700")
	part.Territory = "comuna-1"
	_, err = w.impact.Report(w.As(roundtest.Proposer), part)
	w.Must(err)
	v, err := w.impact.Indicator(w.As(), i.Number)
	w.Must(err)
	if len(v.History) != 3 || len(v.Whole()) != 1 || v.Whole()[0].Units != 1600 || v.History[1].Units != 1500 || v.History[1].Stands {
		t.Errorf("versions: %+v", v.History)
	}
	if v.Current != impact.Of(1600) || v.NextPeriod != "2026-Q2" || v.Standing() != impact.Behind {
		t.Errorf("stands %v, next %s, %s", v.Current, v.NextPeriod, v.Standing())
	}
	d := v.Definition
	d.Decimals = 2
	refused(t, "what values mean", w.impact.Edit(w.As(planner), i.Number, d, v.Version, "Con más precisión."), fault.Invalid, "unit", "meaning")
	w.later(120) // August: the second quarter is late
	late, err := w.impact.Late(w.As(), "min-educacion")
	w.Must(err)
	if !slices.ContainsFunc(late, func(x impact.Indicator) bool { return x.Number == i.Number }) {
		t.Error("what is overdue is not on the list")
	}
}

// sumsUp rolls an indicator up, and finds it by its tags.
func (w *town) sumsUp(t *testing.T, i impact.Indicator) {
	other := w.define(w.adopted("Otra que suma"), func(d *impact.Definition) {
		d.Adds, d.Unit, d.Baseline, d.Target, d.BaselineDay, d.Decimals, d.Every = true, "empleos", impact.Of(0), impact.Of(1000), "2026-04-01", 1, impact.Monthly
	})
	for n, period := range []string{"2026-05", "2026-06"} {
		_, err := w.impact.Report(w.As(roundtest.Proposer), impact.Reading{Indicator: other.Number, Period: period, Value: "1" + strconv.Itoa(n) + ",5", Note: "Padrón"})
		w.Must(err)
	}
	city, parts, err := w.impact.RollUp(w.As(), impact.ByGoal)
	w.Must(err)
	if len(parts) != 1 || parts[0].Code != "motor-economico" || parts[0].Indicators != 2 || parts[0].Of[impact.Behind] != 1 || parts[0].Of[impact.OnWay] != 1 || city.Late != 1 {
		t.Errorf("city %+v, by goal %+v", city, parts)
	}
	if g := parts[0].Gains; len(g) != 1 || g[0].Unit != "empleos" || g[0].Value != impact.Of(220) {
		t.Errorf("gained %+v", g)
	}
	list, err := w.impact.List(w.As(), map[impact.By]string{impact.BySDG: "4", impact.ByMinistry: "min-educacion"}, "")
	w.Must(err)
	if len(list.Indicators) != 2 || list.Indicators[1].Number != i.Number {
		t.Errorf("found %+v", list)
	}
	_, err = w.impact.List(w.As(), nil, "zzz")
	refused(t, "an after that is none", err, fault.Invalid, "", "")
	n := 0
	w.Must(w.impact.EachMeasurement(w.As(), func(p impact.Public) error { n++; return nil }))
	whole := map[impact.WholeCity]bool{}
	w.Must(w.impact.EachWhole(w.As(), func(c impact.WholeCity) error { whole[c] = true; return nil }))
	w.Must(w.impact.EachMeasurement(w.As(), func(p impact.Public) error {
		if of := (impact.WholeCity{Indicator: p.Indicator, Period: p.Period, Units: p.Units}); (p.Stands && p.Whole()) != whole[of] {
			t.Errorf("%+v is told as standing for the whole city: %v", p, whole[of])
		}
		return nil
	}))
	filed := 0
	w.Must(w.impact.EachFiled(w.As(), func(f impact.Filed) error { filed++; return nil }))
	if n != 5 || filed != 4 {
		t.Errorf("%d versions, %d filed", n, filed)
	}
}

func (w *town) reaches(t *testing.T) {
	w.T = t
	number := w.adopted("Gente")
	as := w.As(roundtest.Proposer)
	count := impact.Count{Group: "estudiantes", Territory: "ciudad", People: "12.000", Note: "Inscriptos"}
	w.Must(w.impact.Reach(as, number, count))
	count.People = "11000"
	err := w.impact.Reach(as, number, count)
	refused(t, "fewer people without a reason", err, fault.Invalid, "", "")
	count.Reason = "Había repetidos en la lista."
	w.Must(w.impact.Reach(as, number, count))
	w.Must(w.impact.Reach(as, number, impact.Count{Group: "docentes", Territory: "comuna-1", People: "40", Evidence: "https://example.org/a"}))
	refused(t, "people of tomorrow", w.impact.Reach(as, number, impact.Count{Group: "docentes", Territory: "comuna-1", People: "50", Note: "x", Day: "2036-01-01"}),
		fault.Invalid, "day", "past_day")
	refused(t, "another ministry counts", w.impact.Reach(w.As(other), number, count), fault.Forbidden, "", "")
	all, err := w.impact.Beneficiaries(w.As(), number)
	w.Must(err)
	if len(all) != 2 || all[0].Planned != 180000 || all[0].History[0].People != 11000 || all[0].History[1].People != 12000 || all[1].Planned != 0 {
		t.Errorf("reached %+v", all)
	}
	v, err := w.Roundtable.View(w.As(), number)
	w.Must(err)
	sum, err := w.impact.PeopleReached(w.As(), v.Initiative.ID, "none")
	w.Must(err)
	if sum[v.Initiative.ID] != 11040 || len(sum) != 1 {
		t.Errorf("people %v", sum)
	}
	many, err := w.impact.PeopleReached(w.As(), append(make([]string, 40), v.Initiative.ID)...)
	w.Must(err)
	if many[v.Initiative.ID] != 11040 || len(many) != 1 {
		t.Errorf("people among many %v", many)
	}
}

// proves walks what the step that asks for impact sees.
func (w *town) proves(t *testing.T) {
	w.T = t
	number := w.Filed("Paso cinco", nil)
	v, err := w.Roundtable.View(w.As(), number)
	w.Must(err)
	item, step, _ := w.City.Flow.Item(w.City.Flow.ShownBy(charter.ProofOutcome))
	w.Must(w.impact.Guard(w.As(), v.Initiative, step)) // nothing is kept here: documents decide
	i := w.define(number, func(d *impact.Definition) { d.Baseline, d.BaselineDay = impact.Value{}, "" })
	var c fault.Check
	c.Fail("item-"+item.Code, "indicators.impact.fault.no_impact")
	if err := w.impact.Guard(w.As(), v.Initiative, step); err == nil || err.Error() != c.Err().Error() {
		t.Errorf("an indicator without a baseline passes: %v", err)
	}
	w.Must(w.impact.Guard(w.As(), v.Initiative, w.City.Flow.Steps.All()[0]))
	w.Must(w.impact.Edit(w.As(roundtest.Proposer), i.Number, defined(), 1, ""))
	w.Must(w.impact.Guard(w.As(), v.Initiative, step))
	points := map[string]string{}
	for _, name := range impact.Criteria {
		points[name] = "14"
	}
	refused(t, "the proposer scores", w.impact.Rate(w.As(roundtest.Proposer), number, points, "Porque sí."), fault.Forbidden, "", "")
	w.Must(w.impact.Rate(w.As(planner), number, points, "Llega a muchas escuelas y se puede medir."))
	points["reach"] = "21"
	refused(t, "too many points", w.impact.Rate(w.As(planner), number, points, "x"), fault.Invalid, "reach", "points")
	sv, err := w.Roundtable.StepView(w.As(roundtest.Proposer), number, step.Code)
	w.Must(err)
	figures := map[string]int64{}
	for _, e := range sv.Evidence {
		figures[e.Item] = e.Figure
	}
	if len(sv.Missing) != 0 || figures[w.City.Flow.ShownBy(charter.ProofBeneficiaries)] != 180000 || figures[w.City.Flow.ShownBy(charter.ProofThreshold)] != 70 {
		t.Errorf("the step lacks %v, shows %v", sv.Missing, figures)
	}
}

func (w *town) keys(t *testing.T) {
	w.T = t
	w.Now = w.Now.AddDate(0, 0, 1)
	i := w.define(w.adopted("Con sistema"), func(d *impact.Definition) { d.BaselineDay, d.Decimals = "2026-06-01", 1 })
	foreign := w.define(w.adopted("De otros"), func(d *impact.Definition) { d.BaselineDay = "2026-06-01" })
	want := impact.Wanted{Name: "Sistema de escuelas", Body: "min-educacion", Expires: string(clock.DayOf(w.Now.AddDate(0, 0, 30), w.City.City.Zone)), Scope: []string{i.Number}}
	_, _, err := w.impact.MakeKey(w.As(roundtest.Proposer), want)
	refused(t, "the proposer makes a key", err, fault.Forbidden, "", "")
	bad := want
	bad.Expires, bad.Scope = "2099-01-01", []string{"IND-1999-0001"}
	_, _, err = w.impact.MakeKey(w.As(planner), bad)
	refused(t, "a key for ever", err, fault.Invalid, "expires", "expires")
	refused(t, "a key of nothing", err, fault.Invalid, "scope", "scope")
	k, secret, err := w.impact.MakeKey(w.As(planner), want)
	w.Must(err)
	report := func(secret string, i impact.Indicator, value string) (impact.Measurement, error) {
		return w.impact.ReportWith(w.As(), secret, "192.0.2.7", impact.Reading{Indicator: i.Number, Period: "2026-Q2", Value: value})
	}
	x, err := report(secret, i, "1500.5")
	w.Must(err)
	if x.Units != 15005 || x.System != want.Name || x.Body != "min-educacion" || x.Post != "" {
		t.Errorf("reported %+v", x)
	}
	if same, err := report(secret, i, "1500.5"); err != nil || same.ID != x.ID {
		t.Errorf("told twice: %+v %v", same, err)
	}
	_, err = report(secret, i, "1600")
	refused(t, "a system corrects a closed period", err, fault.Conflict, "", "")
	_, err = report(secret, foreign, "3")
	refused(t, "out of its scope", err, fault.Forbidden, "", "")
	w.shut(t, k, secret, i)
}

// shut tries keys that do not open.
func (w *town) shut(t *testing.T, k impact.Key, secret string, i impact.Indicator) {
	try := func(what, secret string) {
		if _, err := w.impact.ReportWith(w.As(), secret, "192.0.2.7", reading(i, "1")); err == nil || err.Error() != impact.ErrKey.Error() {
			t.Errorf("%s: %v", what, err)
		}
	}
	try("no key", "")
	try("a wrong key", "ronda_"+id.Secret())
	now := w.Now
	w.Now = now.AddDate(0, 0, 31)
	try("an expired key", secret)
	w.Now = now
	w.Must(w.impact.EndKey(w.As(planner), k.ID))
	try("an ended key", secret)
	refused(t, "ended twice", w.impact.EndKey(w.As(planner), k.ID), fault.Conflict, "", "")
	for range 40 {
		_, _ = w.impact.ReportWith(w.As(), "ronda_guess", "192.0.2.9", impact.Reading{})
	}
	_, err := w.impact.ReportWith(w.As(), "ronda_guess", "192.0.2.9", impact.Reading{})
	refused(t, "guessing", err, fault.TooMany, "", "")
	stored, err := db.Query[string](w.As(), w.DB, `SELECT hash FROM impact_token UNION ALL SELECT bucket FROM impact_limit`)
	w.Must(err)
	if slices.ContainsFunc(stored, func(s string) bool { return strings.Contains(s, secret[6:]) || strings.Contains(s, "192.0.2") }) {
		t.Error("a key, or where a guess came from, is stored")
	}
	w.Must(w.impact.Sweep(w.As()))
}
