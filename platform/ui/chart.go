package ui

import (
	"context"
	"io"
	"math"
	"strconv"
	"strings"
)

// Figures are a few large numbers with their words.
type Figures []Figure

// Figure is one number.
type Figure struct {
	Value string // "47", "68 %"
	Text  string // "iniciativas en ronda"
	Href  string // may be empty
}

// Render draws the numbers.
func (f Figures) Render(ctx context.Context, w io.Writer) error { return figures(f).Render(ctx, w) }

// Bars compares amounts, one line each; it is a list, so that it reads without
// its drawing.
type Bars struct {
	Label string
	Whole float64 // what fills the width; 0: the longest
	Items []Bar
}

// Bar is one amount.
type Bar struct {
	Name  string
	Value float64
	Text  string // the value as shown; made from Value when empty
	Href  string
	Axis  int // colour, 1 to 8; 0 is the usual one
}

// Render draws the bars.
func (b Bars) Render(ctx context.Context, w io.Writer) error { return bars(b).Render(ctx, w) }

func (b Bars) largest() float64 {
	if b.Whole > 0 {
		return b.Whole
	}
	most := 0.0
	for _, item := range b.Items {
		most = max(most, item.Value)
	}
	return most
}

func (b Bar) text(ctx context.Context) string {
	if b.Text != "" {
		return b.Text
	}
	return Decimal(ctx, b.Value)
}

// percent is the share of value in whole, as a width: "37.5%".
func percent(value, whole float64) string {
	if whole <= 0 || math.IsNaN(value) {
		return "0%"
	}
	return tenth(min(max(value/whole, 0), 1)*100) + "%"
}

// Spark is a line of figures, small enough to stand in a sentence or a cell.
type Spark struct {
	Label  string // says what it shows, with its first and last figure
	Values []float64
}

// Render draws the line.
func (s Spark) Render(ctx context.Context, w io.Writer) error { return spark(s).Render(ctx, w) }

// points are the corners of the line in a box of 100 by 24.
func (s Spark) points() []string {
	if len(s.Values) == 0 {
		return nil
	}
	low, high := s.Values[0], s.Values[0]
	for _, v := range s.Values {
		low, high = min(low, v), max(high, v)
	}
	list := make([]string, len(s.Values))
	for i, v := range s.Values {
		x, y := 50.0, 12.0
		if len(s.Values) > 1 {
			x = 3 + 94*float64(i)/float64(len(s.Values)-1)
		}
		if high > low {
			y = 21 - 18*(v-low)/(high-low)
		}
		list[i] = tenth(x) + "," + tenth(y)
	}
	return list
}

func (s Spark) last() (x, y string) {
	points := s.points()
	if len(points) == 0 {
		return "0", "0"
	}
	x, y, _ = strings.Cut(points[len(points)-1], ",")
	return x, y
}

// Progress is how much of something is done.
type Progress struct {
	Label string // for screen readers: "Escuelas con proyecto"
	Done  float64
	Whole float64
	Text  string // "214 de 646"; the percentage when empty
}

// Render draws the bar with its text.
func (p Progress) Render(ctx context.Context, w io.Writer) error { return progress(p).Render(ctx, w) }

func (p Progress) text() string {
	if p.Text != "" {
		return p.Text
	}
	if p.Whole <= 0 {
		return "–"
	}
	return strconv.Itoa(int(math.Round(p.Done/p.Whole*100))) + " %"
}
