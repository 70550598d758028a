package ballot

import "strconv"

// percent is a share of 1 as a width, between nothing and all.
func percent(share float64) string {
	const hundred = 100
	return strconv.FormatFloat(min(max(share, 0), 1)*hundred, 'f', 2, 64) + "%"
}

// pairKey is the duel on the page.
func (p votePage) pairKey() Key { return pairOf(p.Cards[0].Option, p.Cards[1].Option) }

// side is what a tap on one of the two says.
func (p votePage) side(c voteCard) string {
	if p.pairKey().Idea == c.Number {
		return strconv.Itoa(FirstWins)
	}
	return strconv.Itoa(SecondWins)
}

// sideID tells the two buttons apart by where they stand, so that the keyboard
// stays on the same side when the next pair comes.
func (p votePage) sideID(c voteCard) string {
	if p.Cards[0].Number == c.Number {
		return "left"
	}
	return "right"
}

// axisClass is the class that colours a thing.
func axisClass(axis int) string { return "ax" + strconv.Itoa(axis) }
