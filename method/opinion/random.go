package opinion

// random is a small generator of pseudo-random numbers (splitmix64) that gives
// the same sequence in every version and on every machine.
type random uint64

func (r *random) next() uint64 {
	*r += 0x9e3779b97f4a7c15
	z := uint64(*r)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// float returns a number from 0 up to, not including, 1.
func (r *random) float() float64 { return float64(r.next()>>11) / (1 << 53) }

// seeded returns the generator that words set off.
func seeded(words ...string) *random {
	h := uint64(14695981039346656037)
	for _, w := range words {
		for i := range len(w) {
			h = (h ^ uint64(w[i])) * 1099511628211
		}
		h = (h ^ 0xff) * 1099511628211 // no byte of UTF-8: parts cannot run together
	}
	r := random(h)
	return &r
}
