package opinion

import "slices"

const (
	// shuffles is how often votes are dealt anew to see what chance alone does.
	shuffles = 5
	// beyondChance is by how much the spread along the first axis must exceed
	// the mean of the shuffled ones. Random votes stay under 1.1; the least of
	// eight real conversations, of 26 people, has 1.3.
	beyondChance = 1.15
	// surely ends the matter after one rough look.
	surely = 3.0
	// chanceRounds of the iteration give the spread to within a percent or two,
	// roughRounds to within a third.
	chanceRounds, roughRounds = 15, 4
)

// structured says whether people differ along an axis by more than chance
// explains. Any cloud of points falls into parts with a fair silhouette, random
// votes too; so the votes on each statement are dealt anew among those who
// voted on it, which keeps its mean and its voters but nothing that holds
// statements together, and the first axis of what results is compared (parallel
// analysis, Horn 1965).
func structured(rows [][]deviation, axis []float64) bool {
	own := spread(rows, axis)
	if own > surely*byChance(rows, len(axis), 0, roughRounds) {
		return true
	}
	var sum float64
	for n := range shuffles {
		sum += byChance(rows, len(axis), n, chanceRounds)
	}
	return own > beyondChance*sum/shuffles
}

// byChance returns the spread along the first axis of votes dealt anew.
func byChance(rows [][]deviation, n, seed, rounds int) float64 {
	dealt := shuffled(rows, n, random(seed))
	return spread(dealt, leading(dealt, n, rounds)[0])
}

// spread is the sum of the squared places along an axis.
func spread(rows [][]deviation, axis []float64) float64 {
	var sum float64
	for _, row := range rows {
		var x float64
		for _, d := range row {
			x += d.x * axis[d.statement]
		}
		sum += x * x
	}
	return sum
}

// shuffled returns the rows with the votes on each of n statements dealt anew
// among those who voted on it.
func shuffled(rows [][]deviation, n int, noise random) [][]deviation {
	cells, out := copied(rows)
	for _, column := range columns(cells, n) {
		for i := len(column) - 1; i > 0; i-- {
			j := int(noise.next() % uint64(i+1))
			a, b := &cells[column[i]], &cells[column[j]]
			a.x, b.x = b.x, a.x
		}
	}
	return out
}

// copied returns the cells of the rows one after another, and the rows of them.
func copied(rows [][]deviation) (cells []deviation, out [][]deviation) {
	cells, out = slices.Concat(rows...), make([][]deviation, len(rows))
	from := 0
	for i, row := range rows {
		out[i] = cells[from:][:len(row)]
		from += len(row)
	}
	return cells, out
}

// columns returns for each of n statements where its cells are.
func columns(cells []deviation, n int) [][]int32 {
	sizes := make([]int, n)
	for _, d := range cells {
		sizes[d.statement]++
	}
	places, out := make([]int32, len(cells)), make([][]int32, n)
	from := 0
	for j, size := range sizes {
		out[j] = places[from : from : from+size]
		from += size
	}
	for i, d := range cells {
		out[d.statement] = append(out[d.statement], int32(i))
	}
	return out
}
