package similar

import (
	"fmt"
	"testing"
)

// filled holds the clean proposals the given number of times over; further
// rounds change a word of each title so that they are not plain copies.
func filled(b *testing.B, rounds int) (*Index, [][]string) {
	rows := proposals(b)
	x := NewIndex()
	for round := range rounds {
		for _, row := range rows {
			x.Add(fmt.Sprint(round, "/", row[0]), fmt.Sprint(row[1], " zona", round), row[2])
		}
	}
	return x, rows
}

// BenchmarkTyping asks with the titles as they grow letter by letter.
func BenchmarkTyping(b *testing.B) {
	for _, rounds := range []int{1, 10} {
		x, rows := filled(b, rounds)
		b.Run(fmt.Sprint(x.Len()), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				title := []rune(rows[i%len(rows)][1])
				x.Typing(string(title[:min(len(title), 3+i%40)]), 0.2, 5)
			}
		})
	}
}

// BenchmarkQuery asks with whole texts.
func BenchmarkQuery(b *testing.B) {
	for _, rounds := range []int{1, 10} {
		x, rows := filled(b, rounds)
		b.Run(fmt.Sprint(x.Len()), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				row := rows[i%len(rows)]
				x.Query(row[1]+" "+row[2], Alike, 5)
			}
		})
	}
}

// BenchmarkAdd replaces a text and asks once, the cost of a text that changes.
func BenchmarkAdd(b *testing.B) {
	for _, rounds := range []int{1, 10} {
		x, rows := filled(b, rounds)
		b.Run(fmt.Sprint(x.Len()), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				row := rows[i%len(rows)]
				x.Add("0/"+row[0], row[1], row[2])
				x.Typing("metro", 0, 5)
			}
		})
	}
}

// BenchmarkPairs finds all alike pairs, stemming included.
func BenchmarkPairs(b *testing.B) {
	rows := proposals(b)
	for b.Loop() {
		x := NewIndex()
		for _, row := range rows {
			x.Add(row[0], row[1], row[2])
		}
		x.Pairs(Alike, nil)
	}
}
