package live

import "slices"

// ring keeps the newest frames of a topic, in order of their numbers.
type ring struct {
	most, bytesMost int
	frames          []frame // the oldest at from; what lies before has been forgotten
	from            int
	bytes           int
}

// push adds the newest frame and forgets the oldest ones beyond the bounds. A
// frame that does not follow the one before breaks the chain: nothing older can
// be given out without a hole.
func (r *ring) push(f frame) {
	if n := len(r.frames); n > r.from && r.frames[n-1].seq+1 != f.seq {
		*r = ring{most: r.most, bytesMost: r.bytesMost}
	}
	r.frames = append(r.frames, f)
	r.bytes += len(f.text)
	for held := len(r.frames) - r.from; held > 1 && (held > r.most || r.bytes > r.bytesMost); held-- {
		r.bytes -= len(r.frames[r.from].text)
		r.frames[r.from] = frame{}
		r.from++
	}
	if r.from > r.most { // half of the slice is forgotten: move the rest down
		r.frames = slices.Delete(r.frames, 0, r.from)
		r.from = 0
	}
}

// after appends the frames with a greater number to out. whole is false when
// some of them are no longer kept.
func (r *ring) after(seq int64, out []frame) (frames []frame, whole bool) {
	held := r.frames[r.from:]
	if len(held) == 0 || seq+1 < held[0].seq {
		return out, false
	}
	return append(out, held[min(int(seq+1-held[0].seq), len(held)):]...), true
}
