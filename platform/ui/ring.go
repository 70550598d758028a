package ui

import (
	"context"
	"io"
	"math"
	"strconv"
	"strings"

	"ronda/platform/i18n"
)

// The states of a seat, one letter a step, as they stand in Ring.Seats.
const (
	SeatSigned   = 's'
	SeatCurrent  = 'c'
	SeatReturned = 'r'
	SeatOpen     = 'o'
	SeatStale    = 'f' // signed once, but an earlier step was opened again since
)

// Size is how large a ring is drawn.
type Size string

// The sizes; the empty one is that of a card.
const (
	Small  Size = "s" // a line of text
	Medium Size = ""  // a card
	Large  Size = "l" // the face of a page; seats carry their mark
)

// Ring is the face of a thing that goes round the table: the table seen from
// above, with one seat for each step. It reads as an image whose text counts
// the seats, so that nothing hangs on the drawing.
type Ring struct {
	Label  string // what goes round, "Eco Bici"; may be empty beside its title
	Seats  string // one letter a step, "sscroo"; up to MaxSeats
	Axis   int    // colour of the table, 1 to 8; 0 is neutral
	Size   Size
	Center string // text on the table; empty gives the count of signed seats; none when Small
}

// MaxSeats is the largest number of steps a ring can show.
const MaxSeats = 12

// Geometry of the ring in its 100 by 100 box.
const (
	ringOuter = 46.0 // radius of the seats' backs
	ringInner = 34.0
	ringGap   = 7.0 // between two seats; a line of 3 rounds their corners and takes half of it
)

// seat is one drawn seat: the outline, ready to be written, and the place of
// its mark.
type seat struct {
	outline string // `d="..."`
	x, y    string
}

// seatsFor[n] are the outlines of a table with n seats, clockwise from the top.
var seatsFor = drawTables()

func drawTables() (tables [MaxSeats + 1][]seat) {
	for n := 1; n <= MaxSeats; n++ {
		for i := range n {
			tables[n] = append(tables[n], drawSeat(i, n))
		}
	}
	return tables
}

// drawSeat is the i-th of n seats: a band of the ring.
func drawSeat(i, n int) seat {
	middle := (ringOuter + ringInner) / 2
	from := -math.Pi/2 + float64(i)*2*math.Pi/float64(n)
	to := from + 2*math.Pi/float64(n)
	pad := ringGap / 2 / middle
	from, to = from+pad, to-pad
	large := "0"
	if to-from > math.Pi {
		large = "1"
	}
	var b strings.Builder
	b.WriteString(`d="M` + at(ringOuter, from) + `A46 46 0 ` + large + ` 1 ` + at(ringOuter, to))
	b.WriteString(`L` + at(ringInner, to) + `A34 34 0 ` + large + ` 0 ` + at(ringInner, from) + `Z"`)
	x, y := polar(middle, (from+to)/2)
	return seat{outline: b.String(), x: x, y: y}
}

func polar(r, angle float64) (x, y string) {
	return tenth(50 + r*math.Cos(angle)), tenth(50 + r*math.Sin(angle))
}

func at(r, angle float64) string {
	x, y := polar(r, angle)
	return x + " " + y
}

func tenth(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }

// Render draws the ring. A list shows thirty of them, so it writes the prepared
// outlines straight to w and leaves no garbage.
func (r Ring) Render(ctx context.Context, w io.Writer) error {
	p := pen{w: w}
	r.draw(ctx, &p)
	return p.err
}

func (r Ring) draw(ctx context.Context, p *pen) {
	p.write(`<svg class="ring ring-`, r.sizeName(), " ", axisClass(r.Axis))
	p.write(`" viewBox="0 0 100 100" role="img" aria-label="`)
	p.text(r.Text(ctx))
	p.write(`"><circle class="table" cx="50" cy="50" r="26"/>`)
	r.drawSeats(p)
	if r.Size != Small {
		p.write(`<text class="center" x="50" y="51">`)
		p.text(r.center())
		p.write(`</text>`)
	}
	p.write(`</svg>`)
}

func (r Ring) drawSeats(p *pen) {
	for i, s := range seatsFor[len(r.seats())] {
		state := seatStates[knownSeat(r.Seats[i])]
		p.write(state.open, s.outline, `/>`)
		if r.Size == Large && state.mark != "" {
			p.write(`<path class="mark" transform="translate(`, s.x, " ", s.y, `)" d="`, state.mark, `"/>`)
		}
	}
}

// seatStates are the drawings of each state. The mark is a sign inside the
// seat, so that its state does not hang on colour: a tick, a dot, a cross, a
// bang; an open seat is hollow.
var seatStates = map[byte]struct{ open, mark string }{
	SeatSigned:   {`<path class="seat-s" `, "M-3 0l2 2.4l4-4.6"},
	SeatCurrent:  {`<path class="seat-c" `, "M-2 0a2 2 0 1 0 4 0a2 2 0 1 0 -4 0"},
	SeatReturned: {`<path class="seat-r" `, "M-2.6-2.6l5.2 5.2M2.6-2.6l-5.2 5.2"},
	SeatStale:    {`<path class="seat-f" `, "M0-3.4v3.6M0 2.9v.3"},
	SeatOpen:     {`<path class="seat-o" `, ""},
}

// knownSeat takes a letter that means nothing for an open seat.
func knownSeat(state byte) byte {
	switch state {
	case SeatSigned, SeatCurrent, SeatReturned, SeatStale:
		return state
	}
	return SeatOpen
}

func (r Ring) seats() string { return r.Seats[:min(len(r.Seats), MaxSeats)] }

func (r Ring) sizeName() string {
	if r.Size == Medium {
		return "m"
	}
	return string(r.Size)
}

func (r Ring) center() string {
	if r.Center != "" {
		return r.Center
	}
	return strconv.Itoa(strings.Count(r.seats(), string(SeatSigned)))
}

// Text is what the ring says to those who do not see it: "Eco Bici. Pasos
// firmados: 3 de 6. En curso: 4."
func (r Ring) Text(ctx context.Context) string {
	seats := r.seats()
	var b strings.Builder
	b.Grow(64 + len(r.Label))
	if r.Label != "" {
		b.WriteString(r.Label)
		b.WriteString(". ")
	}
	b.WriteString(i18n.T(ctx, "ui.ring.signed"))
	b.WriteString(": ")
	b.WriteString(strconv.Itoa(strings.Count(seats, string(SeatSigned))))
	b.WriteByte(' ')
	b.WriteString(i18n.T(ctx, "ui.of"))
	b.WriteByte(' ')
	b.WriteString(strconv.Itoa(len(seats)))
	b.WriteByte('.')
	for _, state := range []byte{SeatCurrent, SeatReturned, SeatStale} {
		appendPlaces(ctx, &b, seats, state)
	}
	return b.String()
}

// appendPlaces lists the steps in one state: " En curso: 4."
func appendPlaces(ctx context.Context, b *strings.Builder, seats string, state byte) {
	sep := ""
	for i := range len(seats) {
		if seats[i] != state {
			continue
		}
		if sep == "" {
			b.WriteByte(' ')
			b.WriteString(SeatWord(ctx, state))
			sep = ": "
		}
		b.WriteString(sep)
		b.WriteString(strconv.Itoa(i + 1))
		sep = ", "
	}
	if sep != "" {
		b.WriteByte('.')
	}
}

// SeatWord is the word for a seat's state: "Firmado", "En curso".
func SeatWord(ctx context.Context, state byte) string {
	return i18n.T(ctx, seatKey(state))
}

func seatKey(state byte) string {
	switch state {
	case SeatSigned:
		return "ui.seat.signed"
	case SeatCurrent:
		return "ui.seat.current"
	case SeatReturned:
		return "ui.seat.returned"
	case SeatStale:
		return "ui.seat.stale"
	}
	return "ui.seat.open"
}

// SeatState is the tag of a seat's state: its word in its tone.
func SeatState(ctx context.Context, state byte) State {
	s := State{Tone: SeatTone(state), Text: SeatWord(ctx, state)}
	if state == SeatReturned {
		s.Icon = "back"
	}
	return s
}

// SeatTone is the tone in which a seat's state is spoken.
func SeatTone(state byte) Tone {
	switch state {
	case SeatSigned:
		return Good
	case SeatCurrent:
		return Now
	case SeatReturned:
		return Bad
	case SeatStale:
		return Warn
	}
	return Plain
}

// axisIndex keeps an axis within the palette.
func axisIndex(axis int) int {
	if axis < 0 || axis > 8 {
		return (axis%8+8)%8 + 1
	}
	return axis
}
