// Package merge joins what two people wrote over the same text, paragraph by
// paragraph: where only one of them changed something the change is taken, where
// both added something both stay, and where both changed the same paragraphs
// nobody's words are thrown away: Three says that it cannot.
package merge

import (
	"slices"
	"strings"
)

// Three merges two texts that began from base. ok is false when both changed the
// same paragraphs in different ways; merged is then empty.
func Three(base, theirs, ours string) (merged string, ok bool) {
	switch {
	case theirs == ours, base == ours:
		return theirs, true
	case base == theirs:
		return ours, true
	}
	out, ok := three(lines(base), lines(theirs), lines(ours))
	if !ok {
		return "", false
	}
	return strings.Join(out, "\n"), true
}

// lines are the paragraphs of a text: none of the empty text.
func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

// three walks over base, taking what all agree on and joining what lies between.
func three(base, a, b []string) ([]string, bool) {
	inA, inB := match(base, a), match(base, b)
	var out []string
	at, i, j := 0, 0, 0
	for at <= len(base) {
		next := at
		for next < len(base) && (inA[next] < 0 || inB[next] < 0) {
			next++
		}
		endA, endB := len(a), len(b)
		if next < len(base) {
			endA, endB = inA[next], inB[next]
		}
		piece, ok := join(base[at:next], a[i:endA], b[j:endB])
		if !ok {
			return nil, false
		}
		out = append(out, piece...)
		if next < len(base) {
			out = append(out, base[next])
		}
		at, i, j = next+1, endA+1, endB+1
	}
	return out, true
}

// join is what stands between two paragraphs that nobody changed.
func join(base, a, b []string) ([]string, bool) {
	switch {
	case slices.Equal(a, b), slices.Equal(base, b):
		return a, true
	case slices.Equal(base, a):
		return b, true
	case len(base) > 0:
		return beside(base, a, b)
	case holds(a, b):
		return a, true
	case holds(b, a):
		return b, true
	}
	return slices.Concat(a, b), true
}

// beside joins what one only added around the paragraphs that the other changed.
func beside(base, a, b []string) ([]string, bool) {
	for _, x := range [2][2][]string{{a, b}, {b, a}} {
		added, changed := x[0], x[1]
		if n := place(added, base); n >= 0 {
			return slices.Concat(added[:n], changed, added[n+len(base):]), true
		}
	}
	return nil, false
}

// holds says whether part stands in whole, in one piece: what was sent twice is
// not written twice.
func holds(whole, part []string) bool { return place(whole, part) >= 0 }

// place is where part stands in whole, in one piece; -1 when it does not.
func place(whole, part []string) int {
	for n := 0; n+len(part) <= len(whole); n++ {
		if slices.Equal(whole[n:n+len(part)], part) {
			return n
		}
	}
	return -1
}
