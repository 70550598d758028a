package strict

import "slices"

// nearest is the candidate that a slip of the keyboard most likely meant, empty
// when none is within a third of the word's length.
func nearest(word string, candidates []string) string {
	slices.Sort(candidates)
	best, most := "", len(word)/3+1
	for _, c := range candidates {
		if d := distance(word, c, most); d < most {
			best, most = c, d
		}
	}
	return best
}

// distance is the number of bytes to insert, drop or change to make b of a; once
// it is sure to reach limit, it is limit.
func distance(a, b string, limit int) int {
	if max(len(a), len(b))-min(len(a), len(b)) >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
