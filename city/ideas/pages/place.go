package pages

import (
	"context"
	"strconv"

	"ronda/city/charter"
	"ronda/platform/ui"
)

// placeOptions are the parts of the city: first the whole of it, then each
// district with its neighbourhoods.
func (w words) placeOptions(ctx context.Context) []ui.Option {
	whole := w.ch.Whole()
	out := []ui.Option{{Value: whole.Code, Text: t(ctx, "write.whole", "city", w.ch.City.Name.In(w.lang))}}
	all := w.ch.AtLevel(charter.LevelNeighbourhood)
	for _, d := range w.ch.AtLevel(charter.LevelDistrict) {
		name := d.Name.In(w.lang)
		out = append(out, ui.Option{Value: d.Code, Text: t(ctx, "write.district", "district", name), Group: name})
		for _, n := range all {
			if n.Parent == d.Code {
				out = append(out, ui.Option{Value: n.Code, Text: n.Name.In(w.lang), Group: name})
			}
		}
	}
	return out
}

// picker is the map on which a place can be tapped instead of chosen from the
// list. It stands beside the list and says nothing that the list does not.
type picker struct {
	Box   string
	Tiles []pickerTile
}

type pickerTile struct{ Code, Label, Name, X, Y string }

const pickerSide = 44

func (w words) picker() picker {
	level := charter.LevelNeighbourhood
	if len(w.ch.AtLevel(level)) == 0 {
		level = charter.LevelDistrict
	}
	var out picker
	cols, rows := 0, 0
	for _, x := range w.ch.AtLevel(level) {
		if x.Tile != nil {
			out.Tiles = append(out.Tiles, pickerTile{x.Code, short(x, w.lang), x.Name.In(w.lang), strconv.Itoa(x.Tile.Col*pickerSide + 1), strconv.Itoa(x.Tile.Row*pickerSide + 1)})
			cols, rows = max(cols, x.Tile.Col+1), max(rows, x.Tile.Row+1)
		}
	}
	out.Box = "0 0 " + strconv.Itoa(cols*pickerSide) + " " + strconv.Itoa(rows*pickerSide)
	return out
}
