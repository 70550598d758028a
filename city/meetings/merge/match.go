package merge

// match gives for each paragraph of base its place in other, -1 for those that
// are not there; places rise. It pairs equal beginnings and ends, then paragraphs
// that stand once in both, and goes on between those: long texts cost no more
// than a sort.
func match(base, other []string) []int {
	places := make([]int, len(base))
	for n := range places {
		places[n] = -1
	}
	pair(base, other, 0, 0, places)
	return places
}

// pair fills places for base, of which base[0] has place at in the whole, and
// other, of which other[0] has place off.
func pair(base, other []string, at, off int, places []int) {
	for len(base) > 0 && len(other) > 0 && base[0] == other[0] {
		places[at] = off
		base, other, at, off = base[1:], other[1:], at+1, off+1
	}
	for len(base) > 0 && len(other) > 0 && base[len(base)-1] == other[len(other)-1] {
		base, other = base[:len(base)-1], other[:len(other)-1]
		places[at+len(base)] = off + len(other)
	}
	if len(base) == 0 || len(other) == 0 {
		return
	}
	last, lastOff := 0, 0
	for _, x := range anchors(base, other) {
		pair(base[last:x.a], other[lastOff:x.b], at+last, off+lastOff, places)
		places[at+x.a] = off + x.b
		last, lastOff = x.a+1, x.b+1
	}
	if last > 0 {
		pair(base[last:], other[lastOff:], at+last, off+lastOff, places)
	}
}

// spot is a paragraph with its place in both texts.
type spot struct{ a, b int }

// anchors are the paragraphs that stand once in both, as many as keep their
// order: the longest rising run.
func anchors(base, other []string) []spot {
	once := map[string]*[2]int{} // places from 1, -1 when there are several
	note := func(list []string, side int) {
		for n, s := range list {
			p := once[s]
			if p == nil {
				p = &[2]int{}
				once[s] = p
			}
			if p[side] == 0 {
				p[side] = n + 1
			} else {
				p[side] = -1
			}
		}
	}
	note(base, 0)
	note(other, 1)
	var all []spot
	for n, s := range base {
		if p := once[s]; p[0] == n+1 && p[1] > 0 {
			all = append(all, spot{n, p[1] - 1})
		}
	}
	return rising(all)
}

// rising is a longest part of all, which rises in a, that rises in b as well.
func rising(all []spot) []spot {
	var tops []int // index of the last of the best run of each length
	before := make([]int, len(all))
	for n, x := range all {
		lo, hi := 0, len(tops)
		for lo < hi {
			if mid := (lo + hi) / 2; all[tops[mid]].b < x.b {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		before[n] = -1
		if lo > 0 {
			before[n] = tops[lo-1]
		}
		if lo == len(tops) {
			tops = append(tops, n)
		} else {
			tops[lo] = n
		}
	}
	out := make([]spot, len(tops))
	if len(tops) == 0 {
		return out
	}
	for n, at := len(tops)-1, tops[len(tops)-1]; n >= 0; n, at = n-1, before[at] {
		out[n] = all[at]
	}
	return out
}
