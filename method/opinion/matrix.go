package opinion

import (
	"cmp"
	"slices"
)

// matrix is the votes at one moment, rows and columns ordered by id.
type matrix struct {
	people, statements []string
	rejected           []bool // by column
	rows               [][]answer
	tallies            []tally // by column, over all participants
	means              []float64
	cells              int // votes cast
}

// tally counts the answers to a statement.
type tally struct{ agree, disagree, votes int }

func (t *tally) add(vote Vote) {
	t.votes++
	switch vote {
	case Agree:
		t.agree++
	case Disagree:
		t.disagree++
	}
}

// matrix takes a picture of the votes.
func (v *Votes) matrix() *matrix {
	people, _ := ordered(v.people.ids)
	columns, place := ordered(v.statements.ids)
	m := &matrix{rows: make([][]answer, len(people)), tallies: make([]tally, len(columns))}
	for _, n := range columns {
		id := v.statements.ids[n]
		m.statements = append(m.statements, id)
		m.rejected = append(m.rejected, v.rejected[id])
	}
	for i, n := range people {
		m.people = append(m.people, v.people.ids[n])
		m.rows[i] = moved(v.rows[n], place)
		m.cells += len(m.rows[i])
		for _, a := range m.rows[i] {
			m.tallies[a.statement].add(a.vote)
		}
	}
	m.means = m.average()
	return m
}

// ordered returns the numbers of ids in the order of the ids, and for each
// number its place there.
func ordered(ids []string) (numbers, place []int32) {
	numbers, place = make([]int32, len(ids)), make([]int32, len(ids))
	for i := range numbers {
		numbers[i] = int32(i)
	}
	slices.SortFunc(numbers, func(a, b int32) int { return byID(ids[a], ids[b]) })
	for at, n := range numbers {
		place[n] = int32(at)
	}
	return numbers, place
}

// moved returns a row with its statements renumbered, in order.
func moved(row []answer, place []int32) []answer {
	out := make([]answer, len(row))
	for i, a := range row {
		out[i] = answer{place[a.statement], a.vote}
	}
	byStatement := func(a, b answer) int { return cmp.Compare(a.statement, b.statement) }
	if !slices.IsSortedFunc(out, byStatement) {
		slices.SortFunc(out, byStatement)
	}
	return out
}

// average returns the mean vote on each statement, 0 for one without votes or
// rejected.
func (m *matrix) average() []float64 {
	means := make([]float64, len(m.tallies))
	for j, t := range m.tallies {
		if t.votes > 0 && !m.rejected[j] {
			means[j] = float64(t.agree-t.disagree) / float64(t.votes)
		}
	}
	return means
}

// accepted counts the statements that were not rejected.
func (m *matrix) accepted() int {
	n := 0
	for _, rejected := range m.rejected {
		if !rejected {
			n++
		}
	}
	return n
}
