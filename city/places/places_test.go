package places_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ronda/city/charter"
	"ronda/city/places"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
)

var tables = []db.Migrations{event.Migrations, places.Migrations}

// The small city: two squares, one above the other, and a hole in the southern.
const (
	north = `{"type": "Feature", "properties": {"id": 1, "distrito": "NORTE"}, "geometry": {"type": "Polygon",
		"coordinates": [[[0,1],[1,1],[1,2],[0,2],[0,1]]]}}`
	south = `{"type": "Feature", "properties": {"id": 2, "distrito": "Sur"}, "geometry": {"type": "MultiPolygon",
		"coordinates": [[[[0,0,5],[1,0,5],[1,1,5],[0,1,5],[0,0,5]], [[0.4,0.4],[0.6,0.4],[0.6,0.6],[0.4,0.6],[0.4,0.4]]]]}}`
)

func collection(features ...string) []byte {
	return []byte(`{"type": "FeatureCollection", "features": [` + strings.Join(features, ",") + `]}`)
}

// module is the places of a city over d.
func module(t testing.TB, d *db.DB, name string) *places.Module {
	c := city(t, name)
	return places.New(d, event.New(d), func(context.Context) (*charter.Charter, error) { return c, nil }, keeps)
}

// keeper marks the context of somebody who keeps the map.
type keeper struct{}

func keeps(ctx context.Context) bool { return ctx.Value(keeper{}) != nil }

// visitor is noon for somebody who does not keep the map.
func visitor() context.Context {
	return clock.At(context.Background(), time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC))
}

func noon() context.Context { return context.WithValue(visitor(), keeper{}, true) }

func small(file []byte) places.Import {
	return places.Import{Level: charter.LevelDistrict, Source: "Catastro", File: file}
}

func TestPointsLieInTheirPart(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		ctx, m := noon(), module(t, d, "villaflores")
		before, err := m.Locate(ctx, places.Point{Lon: 0.5, Lat: 1.5})
		same(t, "without a map every point is in the city", []any{err, before.Territory}, []any{nil, "villa-flores"})

		if _, err := m.Import(ctx, event.Actor{}, small(collection(north, south))); err != nil {
			t.Fatal(err)
		}
		for want, p := range map[string]places.Point{"norte": {0.5, 1.5}, "sur": {0.1, 0.5}} {
			got, err := m.Locate(ctx, p)
			same(t, want, []any{err, got}, []any{nil, places.Place{Territory: want, Point: &p}})
		}
		border, _ := m.Locate(ctx, places.Point{Lon: 0.5, Lat: 1})
		same(t, "a point of both is in the first", border.Territory, "norte")
		for what, p := range map[string]places.Point{"outside": {2, 2}, "the hole": {0.5, 0.5}} {
			_, err = m.Locate(ctx, p)
			same(t, what, fault.KindOf(err), fault.Invalid)
		}
	})
}

func TestOnlyWhoKeepsTheMapReplacesIt(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		m := module(t, d, "villaflores")
		for what, file := range map[string][]byte{"a good file": collection(north, south), "a bad one": []byte("{")} {
			_, err := m.Import(visitor(), event.Actor{}, small(file))
			same(t, what, fault.KindOf(err), fault.Forbidden)
		}
		atlas, err := m.Atlas(visitor())
		same(t, "the layers", []any{err, len(atlas.Layers())}, []any{nil, 0})
	})
}

func TestImportIsCreditedAndAnnounced(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		ctx, m := noon(), module(t, d, "villaflores")
		layer, err := m.Import(ctx, event.Actor{Post: "responsable-mesa", Body: "mesa"}, small(collection(north, south)))
		if err != nil {
			t.Fatal(err)
		}
		atlas, err := m.Atlas(ctx)
		same(t, "the layers", []any{err, atlas.Layers()}, []any{nil, []places.Layer{layer}})
		same(t, "the credit", layer.Source, "Catastro")
		land, err := m.Land(ctx, charter.LevelDistrict)
		same(t, "drawn", []any{err, land != nil}, []any{nil, true})
		land, err = m.Land(ctx, charter.LevelNeighbourhood)
		same(t, "not drawn", []any{err, land == nil}, []any{nil, true})
		history, err := event.New(d).Timeline(ctx, event.Subject{Kind: "boundaries", ID: "district"}, event.Page{})
		if err != nil || len(history) != 1 {
			t.Fatal(err, history)
		}
		e := history[0]
		same(t, "the event", []any{e.Kind, e.Public, e.Actor.Post, e.Data["count"], e.Text["source"]},
			[]any{places.EventImported, true, "responsable-mesa", "2", "Catastro"})
	})
}

func TestAnImportReplacesTheLast(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		ctx, m, copyOfProgram := noon(), module(t, d, "villaflores"), module(t, d, "villaflores")
		for _, file := range [][]byte{collection(north, south), collection(strings.Replace(north, "NORTE", "sur", 1), strings.Replace(south, "Sur", "norte", 1))} {
			if _, err := m.Import(ctx, event.Actor{}, small(file)); err != nil {
				t.Fatal(err)
			}
			if _, err := copyOfProgram.Atlas(ctx); err != nil {
				t.Fatal(err)
			}
		}
		p := places.Point{Lon: 0.5, Lat: 1.5}
		got, err := m.Locate(ctx, p)
		same(t, "here at once", []any{err, got.Territory}, []any{nil, "sur"})
		soon := clock.At(ctx, clock.Now(ctx).Add(3*time.Second))
		got, err = copyOfProgram.Locate(soon, p)
		same(t, "in another copy within seconds", []any{err, got.Territory}, []any{nil, "sur"})
	})
}

func TestWrongFilesAreRefusedWhole(t *testing.T) {
	bad := func(coordinates string) []byte {
		return collection(south, `{"type": "Feature", "properties": {"distrito": "Norte"}, "geometry": {"type": "Polygon", "coordinates": `+coordinates+`}}`)
	}
	cases := []struct {
		name string
		file []byte
		want string
	}{
		{"no JSON", []byte("<kml/>"), "no GeoJSON FeatureCollection"},
		{"another JSON", []byte(`{"type": "Feature"}`), "no GeoJSON FeatureCollection"},
		{"nothing in it", collection(), "The file has no features"},
		{"too big", make([]byte, places.MaxFile+1), "larger than 32 MB"},
		{"a name of nobody", collection(north, strings.Replace(south, "Sur", "Este", 1)), `Feature 2: distrito is "Este", which names no part`},
		{"no names at all", collection(`{"properties": null, "geometry": null}`), "No property of the features names a part"},
		{"twice", collection(north, north, south), `"NORTE" stands twice`},
		{"one lacks", collection(north), "no outline in the file: sur"},
		{"no geometry", collection(north, `{"properties": {"distrito": "sur"}, "geometry": null}`), `"sur" has no polygon`},
		{"a point", collection(north, `{"properties": {"distrito": "sur"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}`), `"sur" has no polygon`},
		{"numbers in words", bad(`[[["a", "b"]]]`), `"Norte" has no polygon`},
		{"half a point", bad(`[[[0,1],[1],[1,2],[0,1]]]`), `"Norte" has no polygon`},
		{"no rings", bad(`[]`), `"Norte" has no polygon`},
		{"an open ring", bad(`[[[0,1],[1,1],[1,2],[0,2]]]`), "does not end where it begins"},
		{"two corners", bad(`[[[0,1],[1,1],[0,1]]]`), "fewer than three corners"},
		{"a flat ring", bad(`[[[0,1],[1,1],[0.5,1],[0,1]]]`), "encloses nothing"},
		{"metres", bad(`[[[6000000,4000000],[6000001,4000000],[6000001,4000001],[6000000,4000000]]]`), "has the point 6e+06, 4e+06; longitude and latitude"},
		{"far away", bad(`[[[50,1],[51,1],[51,2],[50,1]]]`), "more than 5 degrees apart"},
	}
	words, err := i18n.New(places.Messages)
	if err != nil {
		t.Fatal(err)
	}
	d := dbtest.SQLite(t, tables...)
	m := module(t, d, "villaflores")
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := m.Import(noon(), event.Actor{}, small(c.file))
			said := strings.Join(say(t, words, err), "\n")
			if !strings.Contains(said, c.want) || strings.Contains(said, "<no value>") {
				t.Errorf("got %q, want %q", said, c.want)
			}
		})
	}
	layers, err := m.Atlas(noon())
	same(t, "nothing came in", []any{err, len(layers.Layers())}, []any{nil, 0})
}

// say is what a person reads of an Invalid, field by field.
func say(t *testing.T, words *i18n.Catalogue, err error) []string {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Invalid {
		t.Fatalf("not refused, but %v", err)
	}
	var lines []string
	for _, field := range f.Fields {
		for _, lang := range i18n.Langs {
			line := words.Text(lang, field.Key, field.Args...)
			if line == field.Key {
				t.Errorf("no words for %s", field.Key)
			}
			lines = append(lines, line)
		}
	}
	return lines
}

func TestOnlyLevelsOfTheCityAndWithCredit(t *testing.T) {
	m := module(t, dbtest.SQLite(t, tables...), "villaflores")
	_, err := m.Import(noon(), event.Actor{}, places.Import{Level: charter.LevelNeighbourhood, File: collection(north)})
	var f *fault.Error
	if !errors.As(err, &f) || len(f.Fields) != 2 {
		t.Fatal(err)
	}
	same(t, "fields", []string{f.Fields[0].Name, f.Fields[1].Name}, []string{"level", "source"})
}

// geo is the real map of Buenos Aires, which is not part of the repository.
func geo(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "geo", name))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the map of Buenos Aires is not here: ../shared/data/geo/" + name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestBuenosAiresOnItsMap(t *testing.T) {
	ctx, m := noon(), module(t, dbtest.SQLite(t, tables...), "buenosaires")
	for level, name := range map[charter.Level]string{charter.LevelDistrict: "comunas.geojson", charter.LevelNeighbourhood: "barrios.geojson"} {
		in := places.Import{Level: level, Source: "Gobierno de la Ciudad de Buenos Aires, Buenos Aires Data", File: geo(t, name)}
		if _, err := m.Import(ctx, event.Actor{}, in); err != nil {
			t.Fatal(err)
		}
	}
	tree := places.NewTree(city(t, "buenosaires"))
	for _, c := range []struct {
		place, barrio, comuna string
		at                    places.Point
	}{
		{"Obelisco", "san-nicolas", "comuna-1", places.Point{Lon: -58.3816, Lat: -34.6037}},
		{"stadium of Boca Juniors", "la-boca", "comuna-4", places.Point{Lon: -58.3647, Lat: -34.6356}},
		{"Planetarium", "palermo", "comuna-14", places.Point{Lon: -58.4117, Lat: -34.5697}},
		{"Parque Centenario", "caballito", "comuna-6", places.Point{Lon: -58.4355, Lat: -34.6066}},
		{"National Cemetery of Chacarita", "chacarita", "comuna-15", places.Point{Lon: -58.4560, Lat: -34.5920}},
	} {
		got, err := m.Locate(ctx, c.at)
		if err != nil {
			t.Fatal(c.place, err)
		}
		comuna, _ := tree.At(charter.LevelDistrict, got.Territory)
		same(t, c.place, []string{got.Territory, comuna.Code}, []string{c.barrio, c.comuna})
	}
	_, err := m.Locate(ctx, places.Point{Lon: -57.8441, Lat: -34.4714})
	same(t, "Colonia lies across the river", fault.KindOf(err), fault.Invalid)
}

func TestAMapThatContradictsTheRulesIsRefused(t *testing.T) {
	ctx, m := noon(), module(t, dbtest.SQLite(t, tables...), "buenosaires")
	if _, err := m.Import(ctx, event.Actor{}, places.Import{Level: charter.LevelDistrict, Source: "x", File: geo(t, "comunas.geojson")}); err != nil {
		t.Fatal(err)
	}
	swapped := strings.NewReplacer(`"FLORES"`, `"PALERMO"`, `"PALERMO"`, `"FLORES"`).Replace(string(geo(t, "barrios.geojson")))
	_, err := m.Import(ctx, event.Actor{}, places.Import{Level: charter.LevelNeighbourhood, Source: "x", File: []byte(swapped)})
	words, werr := i18n.New(places.Messages)
	if werr != nil {
		t.Fatal(werr)
	}
	said := strings.Join(say(t, words, err), "\n")
	for _, want := range []string{"flores lies outside of comuna-7", "palermo lies outside of comuna-14"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q does not say %q", said, want)
		}
	}
}
