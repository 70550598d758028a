package similar

// board is where a question adds up products of weights, by slot. Products are
// formed so that they come out the same to the last bit whichever of two texts
// asks for the other.
type board struct {
	whole, title []float64
	touched      []int32
}

// take returns a clean board large enough for every slot.
func (x *Index) take() *board {
	b, _ := x.board.Get().(*board)
	if b == nil {
		b = &board{}
	}
	if n := len(x.texts); len(b.whole) < n {
		b.whole, b.title = make([]float64, n+n/4), make([]float64, n+n/4)
	}
	return b
}

// give cleans a board and keeps it for the next question.
func (x *Index) give(b *board) {
	b.clear()
	x.board.Put(b)
}

func (b *board) clear() {
	for _, slot := range b.touched {
		b.whole[slot], b.title[slot] = 0, 0
	}
	b.touched = b.touched[:0]
}

// addWhole adds the products of one term for the texts in slots after the
// given one.
func (b *board) addWhole(list []posting, w wish, after int32) {
	if w.idf2 == 0 {
		return
	}
	for _, p := range list {
		if p.of > after {
			b.touch(p.of)
			b.whole[p.of] += w.idf2 * (w.tf * tf(p.tf))
		}
	}
}

// addBoth adds the products of one term for whole texts and for titles.
func (b *board) addBoth(list []posting, w wish) {
	if w.idf2 == 0 {
		return
	}
	for _, p := range list {
		b.touch(p.of)
		b.whole[p.of] += w.idf2 * (w.tf * tf(p.tf))
		b.title[p.of] += w.idf2 * (w.tf * tf(p.title))
	}
}

func (b *board) touch(slot int32) {
	if b.whole[slot] == 0 {
		b.touched = append(b.touched, slot)
	}
}
