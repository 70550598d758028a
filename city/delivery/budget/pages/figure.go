package pages

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strconv"

	"ronda/city/delivery/budget"
	"ronda/platform/ui"
)

// flow draws how far the money of a credit has gone: paid, accrued, committed,
// promised to initiatives, free; and what is promised without credit.
type flow struct {
	Label string
	Parts []flowPart
}

// flowPart is a stretch of the drawing; the parts together are the whole.
type flowPart struct {
	Class   string // "paid", "accrued", "committed", "planned", "short", "free"
	Name    string
	Amount  string
	Share   string // "12 %"
	X, Wide string // percentages of the width
}

// flowOf draws figures of a currency.
func flowOf(ctx context.Context, label, currency string, f budget.Figures) flow {
	amounts := []struct {
		class string
		cents int64
	}{
		{"paid", f.Paid}, {"accrued", f.Accrued - f.Paid}, {"committed", f.Committed - f.Accrued},
		{"planned", f.Drawn + f.Own - f.Committed - f.Short}, {"short", f.Short}, {"free", f.Free()},
	}
	whole := int64(0)
	for _, a := range amounts {
		whole += a.cents
	}
	out := flow{Label: label}
	x := 0.0
	for _, a := range amounts {
		if a.cents == 0 && (a.class == "short" || a.class == "free" || whole == 0) {
			continue
		}
		wide := 100 * float64(a.cents) / float64(whole)
		out.Parts = append(out.Parts, flowPart{Class: a.class, Name: t(ctx, "stage."+a.class), Amount: budget.Amount(ctx, a.cents, currency),
			Share: percent(ctx, a.cents, whole), X: number(x) + "%", Wide: number(wide) + "%"})
		x += wide
	}
	return out
}

// givenOf draws how far what was given out of a credit has gone: of a law most is of
// other uses, beside which what initiatives spend would be too thin to be seen.
func givenOf(ctx context.Context, label, currency string, f budget.Figures) flow {
	f.Credit = f.Drawn + f.Own - f.Short
	return flowOf(ctx, label, currency, f)
}

// shareOf draws how much of a credit was given out, as one stretch of the whole.
func shareOf(ctx context.Context, f budget.Figures) string {
	if f.Credit <= 0 {
		return ""
	}
	return number(min(100, 100*float64(f.Drawn+f.Own)/float64(f.Credit))) + "%"
}

// percent is a share in words: "12 %", "0,4 %", "<0,1 %".
func percent(ctx context.Context, part, whole int64) string {
	if whole <= 0 {
		return "–"
	}
	v := 100 * float64(part) / float64(whole)
	switch {
	case v >= 10:
		v = math.Round(v)
	case v > 0 && v < 0.1:
		return "<" + ui.Decimal(ctx, 0.1) + "\u00a0%"
	}
	return ui.Decimal(ctx, v) + "\u00a0%"
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }

// The box of a treemap.
const (
	mapWide = 480.0
	mapHigh = 230.0
)

// treemap draws shares as areas. Its numbers are those of the table beside it.
type treemap struct {
	Label string
	Tiles []tile
}

// tile is one share; Big ones have room for their number.
type tile struct {
	No           int
	Name         string // with its share, for whoever points at it
	Axis         int
	X, Y, W, H   string
	TextX, TextY string
	Big          bool
}

// rect is a place in the box.
type rect struct{ x, y, w, h float64 }

// squarify lays out values, the largest first, as areas of the box that are as
// near to squares as can be (Bruls, Huizing, van Wijk: Squarified treemaps, 2000).
func squarify(values []float64, box rect) []rect {
	total := 0.0
	for _, v := range values {
		total += v
	}
	out := make([]rect, 0, len(values))
	if total <= 0 {
		return out
	}
	scale := box.w * box.h / total
	for len(values) > 0 {
		side := min(box.w, box.h)
		n := 1
		for n < len(values) && worst(values[:n+1], side, scale) <= worst(values[:n], side, scale) {
			n++
		}
		var row []rect
		row, box = lay(values[:n], box, scale)
		out, values = append(out, row...), values[n:]
	}
	return out
}

// worst is the most stretched of a row of areas along a side, 1 for a square.
func worst(row []float64, side, scale float64) float64 {
	sum, low, high := 0.0, math.Inf(1), 0.0
	for _, v := range row {
		sum, low, high = sum+v*scale, min(low, v*scale), max(high, v*scale)
	}
	return max(side*side*high/(sum*sum), sum*sum/(side*side*low))
}

// lay puts a row along the shorter side of the box and gives what is left of it.
func lay(row []float64, box rect, scale float64) (placed []rect, left rect) {
	sum := 0.0
	for _, v := range row {
		sum += v * scale
	}
	if box.w >= box.h {
		wide, y := sum/box.h, box.y
		for _, v := range row {
			high := v * scale / wide
			placed, y = append(placed, rect{box.x, y, wide, high}), y+high
		}
		return placed, rect{box.x + wide, box.y, box.w - wide, box.h}
	}
	high, x := sum/box.w, box.x
	for _, v := range row {
		wide := v * scale / high
		placed, x = append(placed, rect{x, box.y, wide, high}), x+wide
	}
	return placed, rect{box.x, box.y + high, box.w, box.h - high}
}

// part is one share with its name.
type part struct {
	Code  string
	Name  string
	Href  string
	Axis  int // colour
	Cents int64
}

// treemapOf draws the parts, the largest first; those of nothing are left out.
func treemapOf(ctx context.Context, label string, parts []part) treemap {
	parts = slices.DeleteFunc(slices.Clone(parts), func(p part) bool { return p.Cents <= 0 })
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(b.Cents, a.Cents) })
	values, whole := make([]float64, len(parts)), int64(0)
	for i, p := range parts {
		values[i] = float64(p.Cents)
		whole += p.Cents
	}
	out := treemap{Label: label}
	for i, r := range squarify(values, rect{0, 0, mapWide, mapHigh}) {
		out.Tiles = append(out.Tiles, tile{No: i + 1, Name: parts[i].Name + ", " + percent(ctx, parts[i].Cents, whole), Axis: parts[i].Axis,
			X: number(r.x), Y: number(r.y), W: number(r.w), H: number(r.h), TextX: number(r.x + 8), TextY: number(r.y + 23), Big: r.w > 34 && r.h > 28})
	}
	return out
}
