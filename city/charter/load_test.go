package charter_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/i18n"
)

const day2013 clock.Day = "2013-06-01"

func load(t testing.TB, city string) *charter.Charter {
	t.Helper()
	fsys, err := cities.Open(city)
	if err != nil {
		t.Fatal(err)
	}
	c, err := charter.Load(fsys)
	if err != nil {
		t.Fatalf("the files of %s have mistakes:\n%v", city, err)
	}
	return c
}

func codes[T charter.Coded](things []T) []string {
	var out []string
	for _, x := range things {
		out = append(out, x.Key())
	}
	return out
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestBuenosAiresIsTheCase(t *testing.T) {
	c := load(t, "buenosaires")
	same(t, "axes", codes(c.Frame.Axes.On(day2013)), []string{"educacion-siglo-xxi", "ecosistema-emprendedor",
		"innovar-para-incluir", "ciudad-inteligente", "posicionamiento-internacional"})
	same(t, "goals, purposes, pillars", []int{c.Frame.Goals.Len(), c.Frame.Purposes.Len(), c.Frame.Pillars.Len()}, []int{5, 5, 4})
	same(t, "who enacts the budget law", c.City.BudgetBody, "legislatura")
	same(t, "development goals", []int{c.SDG.Goals.Len(), c.SDG.Targets.Len(), len(c.SDG.TargetsOf("16"))}, []int{17, 169, 12})
	same(t, "ministries, with the Chief of Cabinet's office", len(c.Ministries(day2013)), 12)
	same(t, "the city's word", c.KindName(charter.KindMinistry).In(i18n.English), "Ministry")
}

func TestBuenosAiresSteps(t *testing.T) {
	c := load(t, "buenosaires")
	type row struct {
		Office, Never, Attendance string
		Items                     int
	}
	var got []row
	for _, s := range c.Flow.Steps.All() {
		got = append(got, row{s.Office, s.Never[0], s.Attendance, s.Items.Len()})
	}
	same(t, "steps", got, []row{
		{"planning", "coordination", "", 5},
		{"coordination", "planning", "", 3},
		{"coordination", "planning", "", 3},
		{"coordination", "planning", "coordination", 4},
		{"planning", "coordination", "", 3},
		{"communication", "coordination", "", 3},
	})
	same(t, "before the fifth", codes(c.Flow.Before("alcance-e-impacto")),
		[]string{"efectividad", "discusion-interna", "reunion-colaborativa", "especialistas"})
	same(t, "after the fourth", codes(c.Flow.After("especialistas")), []string{"alcance-e-impacto", "comunicacion"})
	item, step, ok := c.Flow.Item("reunion-realizada")
	same(t, "an item's step and threshold", []any{ok, step.Number, item.Threshold.Min, item.Threshold.Ours}, []any{true, 3, 2, true})
}

func TestBuenosAiresSigners(t *testing.T) {
	c := load(t, "buenosaires")
	can := func(step string, bodies ...string) bool {
		s, ok := c.Flow.Steps.Get(step)
		if !ok {
			t.Fatal("no step", step)
		}
		return c.CanSign(s, bodies...)
	}
	same(t, "Planning signs step 1", can("efectividad", "dg-planificacion"), true)
	same(t, "the roundtable does not", can("efectividad", "coordinacion-mesa"), false)
	same(t, "nor one who is of both", can("efectividad", "dg-planificacion", "coordinacion-mesa"), false)
	same(t, "Communication signs step 6", can("comunicacion", "coordinacion-comunicacion"), true)
	same(t, "only a General Direction files", []bool{c.MayPropose("dg-emprendedores"), c.MayPropose("min-educacion"),
		c.MayPropose("laboratorio-de-gobierno"), c.MayPropose("nobody")}, []bool{true, false, false, false})
	same(t, "who decides", []bool{c.MayDecide("jefe-de-gobierno"), c.MayDecide("jefe-de-gabinete"), c.MayDecide("ministro-educacion")}, []bool{true, true, false})
	same(t, "who overrides", []bool{c.MayOverride("jefe-de-gobierno"), c.MayOverride("jefe-de-gabinete")}, []bool{false, true})
}

func TestBuenosAiresBodies(t *testing.T) {
	c := load(t, "buenosaires")
	ministry, _ := c.Ministry("coordinacion-comunicacion")
	same(t, "the ministry of the communication team", ministry.Code, "min-desarrollo-economico")
	_, ok := c.Ministry("coordinacion-mesa")
	same(t, "the roundtable answers to no ministry", ok, false)
	same(t, "below", c.Within("laboratorio-de-gobierno", "min-modernizacion"), true)
	same(t, "not below", c.Within("min-modernizacion", "laboratorio-de-gobierno"), false)
	same(t, "offices of Planning", c.OfficesOf("dg-planificacion"), []string{charter.OfficePlanning})
	same(t, "who carries on a merged ministry", codes(c.Heirs("min-medio-ambiente", day2013)), []string{"min-ambiente-espacio-publico"})
	same(t, "before the merger", codes(c.Heirs("min-medio-ambiente", "2007-01-01")), []string{"min-medio-ambiente"})
	for _, b := range c.Bodies.All() {
		if b.Kind != charter.KindLocalBoard {
			continue
		}
		seats := 0
		for _, p := range c.PostsOf(b.Code) {
			seats += p.Seats
		}
		same(t, b.Code, []any{seats, c.Territories.Has(b.Territory)}, []any{7, true})
	}
}

func TestBuenosAiresTerritory(t *testing.T) {
	c := load(t, "buenosaires")
	comunas, barrios := c.AtLevel(charter.LevelDistrict), c.AtLevel(charter.LevelNeighbourhood)
	same(t, "comunas and barrios", []int{len(comunas), len(barrios)}, []int{15, 48})
	people := 0
	for _, co := range comunas {
		people += co.Population.Count
	}
	same(t, "the comunas add up to the city", people, c.Whole().Population.Count)
	for _, b := range append(comunas, barrios...) {
		if b.Tile == nil {
			t.Errorf("%s has no tile", b.Code)
		}
	}
}

// Nothing of Buenos Aires is in the code: a city with other steps, axes, signers,
// bodies, zone, currency, numbers and order reads as well.
func TestVillaFloresIsAnotherCity(t *testing.T) {
	c := load(t, "villaflores")
	same(t, "settings", []string{c.City.NumberPrefix, c.City.Currency, c.City.Zone.String(), c.City.BudgetBody}, []string{"PROP", "UYU", "America/Montevideo", "concejo"})
	same(t, "axes of a day", codes(c.Frame.Axes.On("2024-02-29")), []string{"agua", "trabajo", "calles"})
	same(t, "axes of the next", codes(c.Frame.Axes.On("2024-03-01")), []string{"agua", "trabajo", "barrios"})
	same(t, "steps", codes(c.Flow.Steps.All()), []string{"cuentas", "vecinos", "obra", "aviso"})
	same(t, "the works do not wait for the neighbours", codes(c.Flow.Before("obra")), []string{"cuentas"})
	same(t, "the notice waits for all", codes(c.Flow.Before("aviso")), []string{"cuentas", "vecinos", "obra"})
	same(t, "one body with two offices", c.OfficesOf("mesa"), []string{"communication", "coordination"})
	same(t, "an office it lacks", c.Office(charter.OfficePlanning), "")
	obra, _ := c.Flow.Steps.Get("obra")
	same(t, "its own signer rules", []bool{c.CanSign(obra, "obras"), c.CanSign(obra, "obras", "mesa")}, []bool{true, false})
	same(t, "proposers", c.MayPropose("obras"), true)
	same(t, "no override", c.MayOverride("intendente"), false)
	same(t, "no neighbourhoods", len(c.AtLevel(charter.LevelNeighbourhood)), 0)
}

func TestNameFallsBack(t *testing.T) {
	n := charter.Name{i18n.Spanish: "Comuna"}
	same(t, "a language the city lacks", n.In(i18n.English), "Comuna")
	same(t, "no name", charter.Name{}.In(i18n.English), "")
}
