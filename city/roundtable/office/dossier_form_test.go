package office

import (
	"testing"

	"pgregory.net/rapid"

	"ronda/city/roundtable"
	"ronda/platform/ui"
)

func TestWholeNumber(t *testing.T) {
	for typed, want := range map[string]int64{"0": 0, "1200": 1200, "1.200": 1200, "1,200,000": 1200000, "12 000": 12000, "12\u00a0000": 12000} {
		if got, ok := wholeNumber(typed); !ok || got != want {
			t.Errorf("%q is read as %d, %v", typed, got, ok)
		}
	}
	for _, typed := range []string{"", "muchas", "1,5", "1.20", "-3", "1e3", "12.0000", "9999999999999999999999"} {
		if got, ok := wholeNumber(typed); ok {
			t.Errorf("%q is read as %d", typed, got)
		}
	}
}

// A dossier that is opened and saved without a change is the same dossier.
func TestOpeningAndSavingChangesNothing(t *testing.T) {
	text := rapid.StringMatching(`[a-zñ]{1,8}( [a-zñ,.]{1,8}){0,3}`)
	codes := func(of ...string) *rapid.Generator[[]string] {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(of), 0, len(of), rapid.ID)
	}
	rapid.Check(t, func(rt *rapid.T) {
		d := roundtable.Dossier{
			Title: text.Draw(rt, "title"), Line: text.Draw(rt, "line"), Problem: text.Draw(rt, "problem"), Type: "programa", Axis: "a1", SDG: "4.1",
			Axes: codes("a2", "a3").Draw(rt, "axes"), Goals: codes("g1", "g2").Draw(rt, "goals"), Purposes: codes("p1", "p2").Draw(rt, "purposes"),
			Targets: codes("1", "1.2", "11.a", "4", "16").Draw(rt, "targets"), Territories: codes("c1", "c2", "boedo").Draw(rt, "territories"),
			Version: rapid.Int64Range(1, 99).Draw(rt, "version"),
		}
		for _, group := range codes("x", "y", "z").Draw(rt, "groups") {
			d.Planned = append(d.Planned, roundtable.Planned{Group: group, Territory: "c1", People: rapid.Int64Range(1, 1e9).Draw(rt, "people")})
		}
		for range rapid.IntRange(0, 3).Draw(rt, "links") {
			d.Links = append(d.Links, roundtable.Link{Label: text.Draw(rt, "label"), URL: "https://example.org/" + text.Draw(rt, "url")})
		}
		d.Normalise()
		back, err := decode(encode(d))
		if parts := d.Differences(back); err != nil || len(parts) > 0 || back.Version != d.Version {
			rt.Fatalf("%v differ, %v\n%+v\n%+v", parts, err, d, back)
		}
	})
}

// Whatever a browser sends is read without a panic, and what was read well can
// be shown again.
func FuzzDecode(f *testing.F) {
	f.Add("group-0", "residentes", "people-0", "12.000")
	f.Add("url-0", "https://example.org", "label-0", "x")
	f.Add("people-99", "1", "group-100", "")
	f.Fuzz(func(t *testing.T, a, x, b, y string) {
		d, err := decode(ui.Values{a: {x}, b: {y}})
		if err == nil {
			if again, err := decode(encode(d)); err != nil || len(d.Differences(again)) > 0 {
				t.Errorf("%+v became %+v, %v", d, again, err)
			}
		}
	})
}
