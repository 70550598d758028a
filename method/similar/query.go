package similar

import (
	"math"
	"strings"
)

// Likely and Alike are the cosines from which two texts are shown as probably
// the same and as similar. Most pairs from 0.60 up are one request made twice;
// of those between the two about half are about one thing.
const (
	Likely = 0.60
	Alike  = 0.45
)

// Match is a text of the collection with its likeness to the one asked about.
type Match struct {
	ID    string  `json:"id"`
	Score float64 `json:"score"` // 0 to 1
	// Copies counts the texts with the same stems that this one stands for,
	// itself included; always 1 from Query.
	Copies int `json:"copies"`
}

// wish is one term of a question: its weight in the collection and its damped
// frequency in the question.
type wish struct {
	term     int32
	idf2, tf float64
}

// Query returns the texts whose cosine with the given one is at least least,
// most alike first, at most limit of them (0: all). Stems that no text holds
// make the question longer and so less alike to all. A text that is in the
// collection itself comes back with score 1.
func (x *Index) Query(content string, least float64, limit int) []Match {
	counts := count(nil, Stems(content))
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := x.scaled()
	wishes, norm2 := x.wishes(s, counts)
	b := x.take()
	defer x.give(b)
	for _, w := range wishes {
		b.addWhole(x.lists[w.term], w, -1)
	}
	best := x.newRanking(limit, false)
	for _, slot := range b.touched {
		whole2, _ := x.length2(s, slot)
		if score := cosine(b.whole[slot], norm2, whole2); score >= least {
			best.offer(hit{slot, score, 1})
		}
	}
	return best.matches()
}

// Typing returns the texts that somebody may mean who has typed this much of a
// title. The score is the mean of two cosines, with the title and with the
// whole text, so that neither a short text nor a long one is favoured. A last
// word of three letters or more that no blank or mark follows stands for all
// stems it may become. Texts with the same stems come as one match, lest ten
// copies hide the rest.
func (x *Index) Typing(typed string, least float64, limit int) []Match {
	done, open := unfinished(typed)
	counts := count(nil, Stems(done))
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := x.scaled()
	wishes, norm2 := x.wishes(s, counts)
	last, last2 := x.guesses(s, open)
	wishes, norm2 = append(wishes, last...), norm2+last2
	b := x.take()
	defer x.give(b)
	for _, w := range wishes {
		b.addBoth(x.lists[w.term], w)
	}
	best := x.newRanking(limit, true)
	for _, slot := range b.touched {
		whole2, title2 := x.length2(s, slot)
		score := (cosine(b.whole[slot], norm2, whole2) + cosine(b.title[slot], norm2, title2)) / 2
		if score >= least {
			best.offer(hit{slot, score, 1})
		}
	}
	return best.matches()
}

// wishes turns counted stems into terms and returns the squared length of
// their vector.
func (x *Index) wishes(s *scale, counts []stemCount) (wishes []wish, norm2 float64) {
	for _, c := range counts {
		freq, weight := tf(c.tf), s.unseen
		if n, ok := x.find(c.stem); ok {
			weight = s.idf2[n]
			wishes = append(wishes, wish{n, weight, freq})
		}
		norm2 += weight * (freq * freq)
	}
	return wishes, norm2
}

// guesses returns the terms an unfinished word may become, weighed together as
// one term that stands wherever one of them does.
func (x *Index) guesses(s *scale, word string) (wishes []wish, norm2 float64) {
	if word == "" {
		return nil, 0
	}
	terms := x.endings(word)
	if len(terms) == 0 {
		return nil, s.unseen
	}
	df := 0
	for _, n := range terms {
		df += len(x.lists[n])
	}
	weight := telling(len(x.slots), min(df, len(x.slots)))
	for _, n := range terms {
		wishes = append(wishes, wish{n, weight, 1})
	}
	return wishes, weight
}

// unfinished splits what was typed into finished words and the one that is
// still being typed; that one is "" when there is none long enough to complete.
func unfinished(typed string) (done, open string) {
	done = strings.TrimRightFunc(typed, inWord)
	words := Words(typed[len(done):])
	if len(words) != 1 || head(words[0]) == "" {
		return typed, ""
	}
	return done, words[0]
}

// cosine of two vectors from their product and their squared lengths; 0 when
// one of them is empty.
func cosine(dot, a2, b2 float64) float64 {
	if dot == 0 {
		return 0
	}
	return min(1, dot/math.Sqrt(a2*b2))
}
