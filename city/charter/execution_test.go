package charter_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/i18n"
)

func TestTheDaysOnWhichTheCityWorks(t *testing.T) {
	e := load(t, "buenosaires").Execution
	for day, works := range map[clock.Day]bool{
		"2013-01-31": false, // once, two hundred years after the Assembly
		"2013-02-01": true,
		"2013-04-01": false,                     // a bridge
		"2015-11-20": true, "2015-11-27": false, // moved
		"2020-04-02": true, "2020-03-31": false, // moved
		"2021-04-02": false,                     // Good Friday and 2 April in one
		"2022-12-20": false,                     // the World Cup
		"2026-03-24": false, "2026-03-25": true, // a Tuesday and a Wednesday
		"2026-03-28": false, // a Saturday
		"2026-04-03": false, // Good Friday
		"2027-02-08": false, "2027-12-24": true,
	} {
		same(t, string(day), e.Works(day), works)
	}
	h, ok := e.Holiday("2026-07-09")
	same(t, "9 July", []any{ok, h.Name.In(i18n.English)}, []any{true, "Independence Day"})
	for year := 2013; year <= 2027; year++ {
		n := 0
		for _, h := range e.Holidays {
			if h.Day.Time(time.UTC).Year() == year {
				n++
			}
		}
		if n < 15 || n > 22 {
			t.Errorf("%d holidays in %d", n, year)
		}
	}
	if !slices.IsSortedFunc(e.Holidays, func(a, b charter.Holiday) int { return strings.Compare(string(a.Day), string(b.Day)) }) {
		t.Error("holidays are not in order")
	}
	same(t, "a Saturday of Villa Flores", load(t, "villaflores").Execution.Works("2026-03-28"), true)
}

func TestWhoMayActInWhat(t *testing.T) {
	c := load(t, "buenosaires")
	green, _ := c.Execution.Competences.Get("espacios-verdes")
	for body, may := range map[string]bool{"junta-comuna-7": true, "min-ambiente-espacio-publico": true, "dg-espacios-verdes": true, "min-educacion": false, "": false} {
		same(t, "green spaces: "+body, c.Competent(green, body), may)
	}
	var codes []string
	for _, k := range c.CompetencesOf("dg-gobierno-electronico") {
		codes = append(codes, k.Code)
	}
	same(t, "of the General Direction of Electronic Government", codes, []string{"gestion-electronica"})
	same(t, "who keeps the budget", c.Office(charter.OfficeTreasury), "dg-presupuesto")
}

func TestWhatProvesAnItem(t *testing.T) {
	c := load(t, "buenosaires")
	seen := map[string]bool{}
	for _, p := range charter.Proofs {
		code := c.Flow.ShownBy(p)
		if _, _, ok := c.Flow.Item(code); !ok || seen[code] {
			t.Errorf("%s shows %q", p, code)
		}
		seen[code] = true
	}
	same(t, "a city without", load(t, "villaflores").Flow.ShownBy(charter.ProofBudget), "")
}

func TestBrokenExecution(t *testing.T) {
	for _, x := range []struct{ name, old, new, want string }{
		{"a day that is none", "saturday]", "someday]", "execution.yaml:3: week can not be someday; choose one of: sunday"},
		{"a holiday that is no day", "2023-01-01", "2023-02-29", "execution.yaml:5: days can not be 2023-02-29"},
		{"a holiday twice", "2023-05-01", "2023-01-01", "execution.yaml:6: 2023-01-01 is already ano-nuevo"},
		{"a holiday of no day", "[2023-07-18, 2024-07-18, 2025-07-18, 2026-07-18, 2027-07-18]", "[]", "execution.yaml:7: days is empty"},
		{"days that are no list", "[2023-07-18, 2024-07-18, 2025-07-18, 2026-07-18, 2027-07-18]", "2023-07-18", "execution.yaml:7: days has to be a list"},
		{"the matter of nobody", "bodies: [obras], ", "", "execution.yaml:18: nobody may act in puentes"},
		{"the matter of a body that is none", "bodies: [obras]", "bodies: [puentes]", "execution.yaml:18: there is no body with the code puentes"},
		{"red before amber", "{amber: 5, red: 15}", "{amber: 15, red: 15}", "execution.yaml:20: red (15) has to be above amber (15)"},
		{"more points than there are", "{amber: 20, red: 40}", "{amber: 20, red: 101}", "execution.yaml:21: red can not be 101; write a number from 1 to 100"},
		{"no rule of reports", "report_every: 15\n", "", "execution.yaml:3: report_every is missing"},
		{"a function twice", "code: gente", "code: obras", "execution.yaml:12: the code obras is already taken in execution.yaml:11"},
		{"no way of contracting", "routes:\n  - {code: directa, name: {es: Compra directa, en: Direct purchase}}\n", "routes: []\n", "execution.yaml:15: routes is empty"},
	} {
		t.Run(x.name, func(t *testing.T) {
			f := files(t)
			edit(t, f, "execution.yaml", x.old, x.new)
			expect(t, f, x.want)
		})
	}
	f := files(t)
	edit(t, f, "steps.yaml", "{code: costo,", "{code: costo, proof: money,")
	expect(t, f, "steps.yaml:14: proof can not be money; choose one of: presentation")
	f = files(t)
	edit(t, f, "steps.yaml", "{code: costo,", "{code: costo, proof: budget,")
	edit(t, f, "steps.yaml", "{code: plano,", "{code: plano, proof: budget,")
	expect(t, f, "steps.yaml:38: the code budget is already taken in steps.yaml:14")
}

func TestDiffOfExecution(t *testing.T) {
	f := files(t)
	old, err := charter.Parse(f)
	if err != nil {
		t.Fatal(err)
	}
	edit(t, f, "execution.yaml", ", 2027-01-01]", "]")
	edit(t, f, "execution.yaml", "{amber: 5, red: 15}", "{amber: 5, red: 16}")
	changed, err := charter.Parse(f)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range charter.Diff(old, changed) {
		for _, x := range c.Fields {
			got = append(got, c.File+" "+c.List+" "+c.Code+" "+x.Path)
		}
	}
	same(t, "what changed", got, []string{"execution.yaml   light.late.red", "execution.yaml holidays ano-nuevo days"})
}
