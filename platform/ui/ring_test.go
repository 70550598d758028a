package ui

import (
	"strings"
	"testing"

	"ronda/platform/i18n"
)

func TestRingSaysItsSeats(t *testing.T) {
	cases := []struct {
		ring   Ring
		es, en string
	}{
		{Ring{Label: "Eco Bici", Seats: "sscrof"}, "Eco Bici. Pasos firmados: 2 de 6. En curso: 3. Devuelto: 4. A revisar: 6.", "Eco Bici. Steps signed: 2 of 6. In course: 3. Returned: 4. To be reviewed: 6."},
		{Ring{Seats: "ssss"}, "Pasos firmados: 4 de 4.", "Steps signed: 4 of 4."},
		{Ring{Seats: "ccoo"}, "Pasos firmados: 0 de 4. En curso: 1, 2.", "Steps signed: 0 of 4. In course: 1, 2."},
		{Ring{}, "Pasos firmados: 0 de 0.", "Steps signed: 0 of 0."},
	}
	for _, c := range cases {
		look(t, speak(t, i18n.Spanish), c.ring).has("svg[role=img]", "aria-label", c.es)
		look(t, speak(t, i18n.English), c.ring).has("svg[role=img]", "aria-label", c.en)
	}
}

func TestRingHasASeatForEachStep(t *testing.T) {
	for n := range MaxSeats + 1 {
		p := look(t, speak(t, i18n.Spanish), Ring{Seats: strings.Repeat("s", n)})
		p.count("path.seat-s", n)
	}
	look(t, speak(t, i18n.Spanish), Ring{Seats: strings.Repeat("o", 40)}).count("path", MaxSeats)
}

func TestRingSeatsDifferByShapeNotOnlyColour(t *testing.T) {
	p := look(t, speak(t, i18n.Spanish), Ring{Seats: "scrof", Size: Large})
	marks := map[string]bool{}
	for _, n := range p.all("path.mark") {
		marks[attr(n, "d")] = true
	}
	if len(marks) != 4 {
		t.Errorf("%d different marks, want one for each state but open", len(marks))
	}
	look(t, speak(t, i18n.Spanish), Ring{Seats: "scrof"}).count("path.mark", 0)
}

func TestRingTrustsNothingItIsGiven(t *testing.T) {
	p := look(t, speak(t, i18n.Spanish), Ring{Label: `"><script>`, Seats: `s"><x`, Axis: 99, Center: "<b>"})
	p.count("script, b", 0)
	p.count("path.seat-s", 1)
	p.count("path.seat-o", 4)
	p.says("text.center", "<b>")
}

func TestRingCentre(t *testing.T) {
	ctx := speak(t, i18n.Spanish)
	look(t, ctx, Ring{Seats: "sscooo"}).says("text.center", "2")
	look(t, ctx, Ring{Seats: "sscooo", Center: "2/6"}).says("text.center", "2/6")
	look(t, ctx, Ring{Seats: "sscooo", Size: Small}).count("text", 0)
}

func TestSeatState(t *testing.T) {
	ctx := speak(t, i18n.Spanish)
	words := map[byte]State{
		SeatSigned: {Good, "Firmado", ""}, SeatCurrent: {Now, "En curso", ""}, SeatReturned: {Bad, "Devuelto", "back"},
		SeatStale: {Warn, "A revisar", ""}, SeatOpen: {Plain, "Pendiente", ""}, 'x': {Plain, "Pendiente", ""},
	}
	for seat, want := range words {
		if got := SeatState(ctx, seat); got != want {
			t.Errorf("seat %c: %+v, want %+v", seat, got, want)
		}
	}
}

// Each tone has a shape of its own, so that a state never hangs on its colour.
func TestTonesDifferByShape(t *testing.T) {
	seen := map[string]Tone{}
	for _, tone := range []Tone{Plain, Good, Now, Warn, Bad, Info} {
		shape := State{Tone: tone}.shape()
		if shape == "" {
			t.Errorf("tone %q has no shape", tone)
		}
		if other, ok := seen[shape]; ok {
			t.Errorf("tones %q and %q have one shape", tone, other)
		}
		seen[shape] = tone
	}
}
