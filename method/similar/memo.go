package similar

import (
	"strings"
	"sync"
)

// memoMost is how many words a memo holds. A few thousand make nine tenths of
// what people write.
const memoMost = 8192

// memo remembers the stems of words: stemming costs ten times what looking a
// word up does, and whoever reads a collection in meets the same words again.
type memo struct {
	mu    sync.Mutex
	stems map[string]string // by word; emptied when full
}

// of is [Stems] of a text.
func (m *memo) of(text string) []string {
	words := Words(text)
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, w := range words {
		words[i] = m.stem(w)
	}
	return words
}

func (m *memo) stem(word string) string {
	if stem, ok := m.stems[word]; ok {
		return stem
	}
	if len(m.stems) >= memoMost || m.stems == nil {
		m.stems = map[string]string{}
	}
	word = strings.Clone(word) // not to keep the whole text
	stem := Stem(word)
	m.stems[word] = stem
	return stem
}
