package places_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/places"
)

func city(t testing.TB, name string) *charter.Charter {
	t.Helper()
	fsys, err := cities.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	c, err := charter.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func codes(parts []charter.Territory) []string {
	var out []string
	for _, p := range parts {
		out = append(out, p.Code)
	}
	return out
}

func TestWhatLiesInWhat(t *testing.T) {
	tree := places.NewTree(city(t, "buenosaires"))
	same(t, "path of a barrio", codes(tree.Path("flores")), []string{"flores", "comuna-7", "ciudad"})
	same(t, "path of nothing", codes(tree.Path("atlantis")), []string(nil))
	comuna, ok := tree.At(charter.LevelDistrict, "flores")
	same(t, "comuna of a barrio", []any{comuna.Code, ok}, []any{"comuna-7", true})
	_, ok = tree.At(charter.LevelNeighbourhood, "comuna-7")
	same(t, "a comuna is in no barrio", ok, false)
	same(t, "barrios of a comuna", codes(tree.Children("comuna-7")), []string{"flores", "parque-chacabuco"})
	same(t, "everything in it", tree.Within("comuna-7"), []string{"comuna-7", "flores", "parque-chacabuco"})
	same(t, "everything", len(tree.Within("ciudad")), 1+15+48)
	same(t, "nothing", tree.Within("atlantis"), []string(nil))
	same(t, "contains", []bool{tree.Contains("comuna-7", "flores"), tree.Contains("flores", "flores"), tree.Contains("flores", "comuna-7"),
		tree.Contains("comuna-8", "flores"), tree.Contains("ciudad", "atlantis")}, []bool{true, true, false, false, false})
}

func TestCoverLeavesOutWhatIsIn(t *testing.T) {
	tree := places.NewTree(city(t, "buenosaires"))
	same(t, "a barrio of a listed comuna", tree.Cover([]string{"flores", "palermo", "comuna-7", "palermo", "atlantis"}), []string{"palermo", "comuna-7"})
	same(t, "the whole city", tree.Cover([]string{"comuna-1", "ciudad", "flores"}), []string{"ciudad"})
	same(t, "nothing", tree.Cover(nil), []string(nil))
}

func TestPartsAreFoundHoweverTheyAreSpelt(t *testing.T) {
	tree := places.NewTree(city(t, "buenosaires"))
	cases := []struct {
		level charter.Level
		name  string
		want  string
	}{
		{charter.LevelNeighbourhood, "NUÑEZ", "nunez"},
		{charter.LevelNeighbourhood, "  vélez   sarsfield ", "velez-sarsfield"},
		{charter.LevelNeighbourhood, "BOCA", "la-boca"},
		{charter.LevelNeighbourhood, "VILLA GRAL. MITRE", "villa-general-mitre"},
		{charter.LevelNeighbourhood, "Comuna 7", ""},
		{charter.LevelDistrict, "COMUNA 07", "comuna-7"},
		{charter.LevelDistrict, "Commune 7", "comuna-7"},
		{charter.LevelDistrict, "7", "comuna-7"},
		{charter.LevelDistrict, "C7", "comuna-7"},
		{charter.LevelDistrict, "16", ""},
		{charter.LevelDistrict, "", ""},
		{charter.LevelCity, "CABA", "ciudad"},
	}
	for _, c := range cases {
		part, ok := tree.Find(c.level, c.name)
		same(t, c.name, []any{part.Code, ok}, []any{c.want, c.want != ""})
	}
}
