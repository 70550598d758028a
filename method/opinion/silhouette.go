package opinion

// silhouettes returns for each division of a crowd the mean silhouette of its
// people, from -1 to 1: how much nearer they stand to their own part than to
// the next (Rousseeuw 1987). Somebody alone in a part counts 0. All divisions
// share one pass over the distances, O(places squared).
func (c crowd) silhouettes(divisions []division) []float64 {
	sums := c.distances(divisions)
	var people float64
	for _, n := range c.people {
		people += n
	}
	scores := make([]float64, len(divisions))
	for n, d := range divisions {
		sizes := d.sizes(c)
		for i, own := range d.part {
			scores[n] += c.people[i] * silhouette(sums[n][i*len(sizes):][:len(sizes)], sizes, own)
		}
		scores[n] /= people
	}
	return scores
}

// distances returns, for each division, the sum of the distances of each place
// to the people of each part, row by row.
func (c crowd) distances(divisions []division) [][]float64 {
	sums := make([][]float64, len(divisions))
	for n, d := range divisions {
		sums[n] = make([]float64, len(c.at)*len(d.centres))
	}
	away := make([]float64, len(c.at)) // of one place to those before it
	for i, p := range c.at {
		for j, q := range c.at[:i] {
			away[j] = distance(p, q)
		}
		for n, d := range divisions {
			k, sums := len(d.centres), sums[n]
			own, to := d.part[i], sums[i*k:][:k]
			for j, part := range d.part[:i] {
				to[part] += c.people[j] * away[j]
				sums[j*k+own] += c.people[i] * away[j]
			}
		}
	}
	return sums
}

// sizes returns the number of people in each part.
func (d division) sizes(c crowd) []float64 {
	sizes := make([]float64, len(d.centres))
	for i, q := range d.part {
		sizes[q] += c.people[i]
	}
	return sizes
}

// silhouette of one person from the sums of distances to each part.
func silhouette(sums, sizes []float64, own int) float64 {
	if sizes[own] <= 1 {
		return 0
	}
	near := sums[own] / (sizes[own] - 1)
	next, found := 0.0, false
	for q := range sums {
		if q == own || sizes[q] == 0 {
			continue
		}
		if far := sums[q] / sizes[q]; !found || far < next {
			next, found = far, true
		}
	}
	if !found || max(near, next) == 0 {
		return 0
	}
	return (next - near) / max(near, next)
}
