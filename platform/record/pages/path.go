package pages

import (
	"golang.org/x/mod/sumdb/tlog"

	"ronda/platform/record"
)

// The drawing of a path, in units of its view box: the way of the act runs up
// the middle, neighbours join it from their side.
const (
	pathWidth  = 480
	pathRow    = 74
	pathMiddle = 240
	pathLeft   = 78
	pathRight  = 402
	pathTop    = 46
)

// path is the proof of an act drawn from the root, at the top, down to the leaf.
type path struct {
	Height int
	Root   node
	Leaf   node
	Sheet  sheet      // beside the leaf, on the side without a neighbour
	Steps  []pathStep // from the top down
}

// node is one hash at a place of the drawing.
type node struct {
	X, Y int
	Hash string // the first characters
	Full string
}

// pathStep is one joining of two hashes: Neighbour and Below give Sum.
type pathStep struct {
	Neighbour, Below, Sum node
	Left                  bool
	Level                 int // from the leaf, 1 up
}

// shown is how many characters of a hash a drawing shows.
const shown = 8

func at(x, y int, h tlog.Hash) node { return node{x, y, h.String()[:shown], h.String()} }

// drawPath places the hashes of a proof.
func drawPath(p record.Proof) path {
	steps := p.Path()
	rows := len(steps)
	y := func(level int) int { return pathTop + (rows-level)*pathRow } // level 0 is the leaf
	below := at(pathMiddle, y(0), tlog.RecordHash([]byte(p.Leaf)))
	out := path{Height: y(0) + pathTop, Leaf: below}
	for i, s := range steps {
		side := pathRight
		if s.Left {
			side = pathLeft
		}
		sum := at(pathMiddle, y(i+1), s.Sum)
		out.Steps = append([]pathStep{{Neighbour: at(side, y(i), s.Neighbour), Below: below, Sum: sum, Left: s.Left, Level: i + 1}}, out.Steps...)
		below = sum
	}
	out.Root = below
	out.Sheet = sheet{X: pathLeft + 58, Y: out.Leaf.Y}
	if len(steps) > 0 && steps[0].Left {
		out.Sheet.X = pathRight - 58
	}
	return out
}
