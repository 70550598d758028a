package invitations

import (
	"sync"

	"ronda/city/meetings"
	"ronda/platform/dav"
	"ronda/platform/ical"
)

// Bytes that are remembered of each, at most.
const (
	filesMax = 16 << 20
	booksMax = 16 << 20
	partsMax = 8 << 20
)

// memory keeps what was written, within a bound: many programs that subscribe do
// not say what they have and take the whole calendar each hour, and what changes
// in a calendar is one meeting of many.
type memory[K comparable, V any] struct {
	most int
	size func(V) int

	mu   sync.Mutex
	used int
	kept map[K]V
}

func newFiles() *memory[string, []byte] {
	return &memory[string, []byte]{most: filesMax, size: func(raw []byte) int { return len(raw) }}
}

func newBooks() *memory[string, []dav.Object] {
	return &memory[string, []dav.Object]{most: booksMax, size: func(list []dav.Object) (n int) {
		for _, o := range list {
			n += 2 * len(o.Data()) // with the events that it was made of
		}
		return n
	}}
}

func newParts() *memory[meetings.Mark, ical.Part] {
	return &memory[meetings.Mark, ical.Part]{most: partsMax, size: func(p ical.Part) int { return p.Size() }}
}

// find is what is kept under the key.
func (m *memory[K, V]) find(key K) (V, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.kept[key]
	return v, ok
}

// get is what is kept under the key, or else what write makes.
func (m *memory[K, V]) get(key K, write func() (V, error)) (V, error) {
	if v, ok := m.find(key); ok {
		return v, nil
	}
	v, err := write()
	if err == nil {
		m.keep(key, v)
	}
	return v, err
}

// keep begins anew when there is no more room: a calendar is quickly written.
func (m *memory[K, V]) keep(key K, v V) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := m.size(v)
	if m.kept == nil || m.used+n > m.most {
		m.kept, m.used = map[K]V{}, 0
	}
	if _, there := m.kept[key]; !there {
		m.kept[key] = v
		m.used += n
	}
}
