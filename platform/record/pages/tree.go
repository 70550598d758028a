package pages

// The drawing that explains the record, in units of its view box: eight acts
// below, joined two by two up to one seal.
const (
	treeActs   = 8
	treeWidth  = 480
	treeHeight = 296
	treeStep   = 56
	treeEdge   = 44
	treeBase   = 262
	treeRise   = 66
	changed    = 5 // the act that somebody changes in the drawing, from 0
)

// branch is a joint of the drawing with the lines to the two below it.
type branch struct {
	X, Y        int
	Left, Right spot
	Hit         bool // the change reaches it
	HitLeft     bool // from which side
	HitRight    bool
	Seal        bool
}

// spot is a place of the drawing.
type spot struct{ X, Y int }

// sheet is an act of the drawing.
type sheet struct {
	X, Y int
	Hit  bool
}

// sheets are the acts of the drawing, left to right.
func sheets() []sheet {
	out := make([]sheet, treeActs)
	for i := range out {
		out[i] = sheet{X: treeEdge + i*treeStep, Y: treeBase, Hit: i == changed}
	}
	return out
}

// branches are the joints of the drawing from below upwards; what stands on the
// way from the changed act to the seal is hit.
func branches() []branch {
	type point struct {
		spot
		hit bool
	}
	var row []point
	for _, s := range sheets() {
		row = append(row, point{spot{s.X, s.Y - 24}, s.Hit})
	}
	var out []branch
	for level := 1; len(row) > 1; level++ {
		var next []point
		for i := 0; i < len(row); i += 2 {
			l, r := row[i], row[i+1]
			b := branch{X: (l.X + r.X) / 2, Y: treeBase - 24 - level*treeRise, Left: l.spot, Right: r.spot, HitLeft: l.hit, HitRight: r.hit, Hit: l.hit || r.hit, Seal: len(row) == 2}
			out = append(out, b)
			next = append(next, point{spot{b.X, b.Y}, b.Hit})
		}
		row = next
	}
	return out
}
