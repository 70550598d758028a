package opinion

import "math"

const (
	starts       = 10  // of k-means, from different centres
	kmeansRounds = 300 // at most, in each start
)

// crowd is what is divided into clusters: places, and how many people stand at
// each (1, except when a large assembly was gathered into base clusters).
type crowd struct {
	at     []Point
	people []float64
}

// division is a crowd in k parts.
type division struct {
	part    []int // by place, 0 to k-1
	centres []Point
	inertia float64 // people times squared distance to the centre of their part
}

// divide returns the best of several runs of k-means from a fixed seed, and of
// one from the given centres when there are k of them. It fails when the crowd
// stands at fewer than k places.
func (c crowd) divide(k int, before []Point) (best division, ok bool) {
	noise := random(k)
	for range starts {
		centres, enough := c.scatter(k, &noise)
		if !enough {
			return division{}, false
		}
		if d := c.settle(centres); !ok || d.inertia < best.inertia {
			best, ok = d, true
		}
	}
	if len(before) == k {
		if d := c.settle(append([]Point(nil), before...)); d.inertia < best.inertia {
			best = d
		}
	}
	return best, ok
}

// scatter picks k starting centres among the places: the first by chance, each
// next with a chance proportional to the squared distance from those chosen
// (k-means++, Arthur and Vassilvitskii 2007).
func (c crowd) scatter(k int, noise *random) (centres []Point, ok bool) {
	chance := append([]float64(nil), c.people...)
	nearest := make([]float64, len(c.at))
	for i := range nearest {
		nearest[i] = math.Inf(1)
	}
	for len(centres) < k {
		chosen, ok := pick(chance, noise)
		if !ok {
			return nil, false
		}
		centres = append(centres, c.at[chosen])
		for i, p := range c.at {
			nearest[i] = min(nearest[i], distance2(p, c.at[chosen]))
			chance[i] = nearest[i] * c.people[i]
		}
	}
	return centres, true
}

// pick returns an index with a chance proportional to its weight, and false
// when every weight is 0.
func pick(weights []float64, noise *random) (int, bool) {
	var total float64
	for _, w := range weights {
		total += w
	}
	left, last := noise.float()*total, -1
	for i, w := range weights {
		if w > 0 {
			last = i
			if left -= w; left < 0 {
				break
			}
		}
	}
	return last, last >= 0
}

// settle moves centres until no place changes its part.
func (c crowd) settle(centres []Point) division {
	d := division{part: make([]int, len(c.at)), centres: centres}
	for i := range d.part {
		d.part[i] = -1
	}
	for range kmeansRounds {
		if !c.assign(&d) {
			break
		}
		c.recentre(&d)
	}
	return d
}

// assign puts each place into the part of its nearest centre, the first of
// equally near ones, and says whether any changed.
func (c crowd) assign(d *division) (changed bool) {
	d.inertia = 0
	centres, part := d.centres, d.part
	for i, p := range c.at {
		near, least := 0, math.Inf(1)
		for q := range centres {
			if far := distance2(p, centres[q]); far < least {
				near, least = q, far
			}
		}
		if part[i] != near {
			part[i], changed = near, true
		}
		d.inertia += c.people[i] * least
	}
	return changed
}

// recentre puts each centre into the middle of its part. One that lost its part
// moves to the place farthest from all centres.
func (c crowd) recentre(d *division) {
	people := make([]float64, len(d.centres))
	middles := make([]Point, len(d.centres))
	for i, q := range d.part {
		people[q] += c.people[i]
		middles[q][0] += c.people[i] * c.at[i][0]
		middles[q][1] += c.people[i] * c.at[i][1]
	}
	for q := range middles {
		if people[q] > 0 {
			d.centres[q] = Point{middles[q][0] / people[q], middles[q][1] / people[q]}
		}
	}
	for q := range middles {
		if people[q] == 0 {
			d.centres[q] = c.at[c.farthest(d)]
		}
	}
}

func (c crowd) farthest(d *division) int {
	far, most := 0, -1.0
	for i, p := range c.at {
		if away := distance2(p, d.centres[d.part[i]]); away > most {
			far, most = i, away
		}
	}
	return far
}

// gather reduces a crowd to at most n base clusters. part tells for each place
// which of them it went to.
func (c crowd) gather(n int) (bases crowd, part []int) {
	noise := random(n)
	centres, ok := c.scatter(n, &noise)
	if !ok {
		return c, identity(len(c.at))
	}
	d := c.settle(centres)
	bases = crowd{d.centres, make([]float64, n)}
	for i, q := range d.part {
		bases.people[q] += c.people[i]
	}
	return bases, d.part
}

func identity(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}
