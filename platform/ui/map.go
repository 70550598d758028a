package ui

import (
	"context"
	"io"
	"math"
)

// TileMap draws places as tiles that keep their neighbours, coloured by value;
// its table is one click below.
type TileMap struct {
	Label  string // what the colours say: "Iniciativas activas por comuna"
	Unit   string // head of the values' column: "Iniciativas"
	Column string // head of the places' column: "Comuna"; "Lugar" when empty
	Tiles  []Tile
}

// Tile is one place of a TileMap.
type Tile struct {
	Col, Row int    // from 0
	Label    string // two or three letters on the tile: "C8"
	Name     string // in full, for the table and on hover
	Value    float64
	Text     string // the value as shown; made from Value when empty
	Href     string // may be empty
}

// levels is the number of shades above none.
const levels = 5

// level is the shade of a value, 0 for nothing to 5 for the largest.
func level(value, largest float64) int {
	if !(value > 0 && largest > 0) || math.IsInf(largest, 0) {
		return 0
	}
	return max(0, min(levels, int(math.Ceil(value/largest*levels))))
}

var levelClasses = [levels + 1]string{"lv0", "lv1", "lv2", "lv3", "lv4", "lv5"}

// shade is one entry of a legend.
type shade struct {
	class string
	text  string
}

// legendOf lists the shades that values up to largest are drawn in.
func legendOf(ctx context.Context, largest float64) []shade {
	var list []shade
	whole := largest == math.Trunc(largest)
	from := 0.0
	for i := 1; i <= levels && largest > 0; i++ {
		to := largest * float64(i) / levels
		if whole {
			to = math.Floor(to)
		}
		if to > from || !whole {
			list = append(list, shade{levelClasses[i], span(ctx, from, to, whole)})
		}
		from = to
	}
	return list
}

// span is the words of a shade: "7 a 12" between whole numbers, "3,2" for the
// upper bound of others.
func span(ctx context.Context, from, to float64, whole bool) string {
	switch {
	case !whole:
		return "≤ " + Decimal(ctx, to)
	case from+1 == to:
		return Decimal(ctx, to)
	}
	return Decimal(ctx, from+1) + "–" + Decimal(ctx, to)
}

// Render draws the map with its legend and table.
func (m TileMap) Render(ctx context.Context, w io.Writer) error { return tileMap(m).Render(ctx, w) }

func (m TileMap) largest() float64 {
	most := 0.0
	for _, t := range m.Tiles {
		most = max(most, t.Value)
	}
	return most
}

func (m TileMap) size() (cols, rows int) {
	for _, t := range m.Tiles {
		cols, rows = max(cols, t.Col+1), max(rows, t.Row+1)
	}
	return cols, rows
}

func (t Tile) text(ctx context.Context) string {
	if t.Text != "" {
		return t.Text
	}
	return Decimal(ctx, t.Value)
}

func (t Tile) name() string {
	if t.Name != "" {
		return t.Name
	}
	return t.Label
}

// spoken is the tile's name for screen readers. It starts with what the tile
// shows, so that those who speak to the page can say what they see.
func (t Tile) spoken(ctx context.Context) string {
	name := t.Label + " " + t.text(ctx)
	if t.Name != "" {
		name += ", " + t.Name
	}
	return name
}

// rows are the lines of the map's table.
func (m TileMap) rows(ctx context.Context) []mapRow {
	list := make([]mapRow, len(m.Tiles))
	for i, t := range m.Tiles {
		list[i] = mapRow{t.name(), t.text(ctx), t.Href}
	}
	return list
}

// mapRow is one row of the table below a map.
type mapRow struct{ name, text, href string }
