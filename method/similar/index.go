package similar

import (
	"slices"
	"sync"
	"sync/atomic"
)

// Index holds a collection of texts by id and answers which are alike. Scores
// are a function of the texts present and of nothing else: not of the order in
// which they came, nor of texts that came and went. The zero Index is not
// usable; call [NewIndex]. All methods may be called from many goroutines.
type Index struct {
	mu    sync.RWMutex
	texts []text           // by slot; a free slot holds no terms
	slots map[string]int32 // id -> slot
	free  []int32
	vocabulary
	stemmed memo

	scale atomic.Pointer[scale] // weights for the texts of now; nil after a change
	board sync.Pool             // *board, where a question adds up
}

// text is one text of the collection.
type text struct {
	id    string
	terms []posting // of = number of the term; ordered by stem
}

// posting says how often a term stands in a text, and in its title.
type posting struct {
	of        int32 // slot of the text, or number of the term
	tf, title uint16
}

// NewIndex returns an empty collection.
func NewIndex() *Index {
	return &Index{slots: map[string]int32{}, vocabulary: newVocabulary()}
}

// Len returns the number of texts.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.slots)
}

// Add puts a text under an id; either part may be empty and may hold HTML. A
// text already there under that id is replaced. The cost is that of stemming
// the text; the first question after a change weighs the stems anew (under 1 ms
// at 26,000 short texts).
func (x *Index) Add(id, title, body string) {
	counts := count(x.stemmed.of(title), x.stemmed.of(body))
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(id)
	x.put(id, counts)
	x.scale.Store(nil)
}

// Update is [Index.Add] for a text known to be there.
func (x *Index) Update(id, title, body string) { x.Add(id, title, body) }

// Remove takes the text of an id away; an unknown id changes nothing.
func (x *Index) Remove(id string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.remove(id) {
		x.scale.Store(nil)
	}
}

func (x *Index) put(id string, counts []stemCount) {
	slot := x.slot()
	terms := make([]posting, len(counts))
	for i, c := range counts {
		n := x.number(c.stem)
		terms[i] = posting{n, c.tf, c.title}
		x.lists[n] = append(x.lists[n], posting{slot, c.tf, c.title})
	}
	x.texts[slot] = text{id, terms}
	x.slots[id] = slot
}

// slot returns a free place for a text.
func (x *Index) slot() int32 {
	if last := len(x.free) - 1; last >= 0 {
		slot := x.free[last]
		x.free = x.free[:last]
		return slot
	}
	x.texts = append(x.texts, text{})
	return int32(len(x.texts) - 1)
}

func (x *Index) remove(id string) bool {
	slot, ok := x.slots[id]
	if !ok {
		return false
	}
	for _, t := range x.texts[slot].terms {
		list := x.lists[t.of]
		at := slices.IndexFunc(list, func(p posting) bool { return p.of == slot })
		last := len(list) - 1
		list[at] = list[last]
		x.lists[t.of] = list[:last]
	}
	x.texts[slot] = text{}
	x.free = append(x.free, slot)
	delete(x.slots, id)
	return true
}
