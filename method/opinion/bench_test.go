package opinion

import (
	"bytes"
	"io"
	"testing"
)

const largest = "american-assembly.bowling-green" // 2,031 x 896, 225,524 votes

// BenchmarkFile reads the largest conversation from CSV and draws its map.
func BenchmarkFile(b *testing.B) {
	text, err := io.ReadAll(open(b, largest, "participants-votes.csv"))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		v, err := Read(bytes.NewReader(text))
		if err != nil {
			b.Fatal(err)
		}
		Draw(v, State{})
	}
}

// BenchmarkMemory draws the map of votes in memory, the first and a later one.
func BenchmarkMemory(b *testing.B) {
	v := load(b, largest)
	_, state := Draw(v, State{})
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			Draw(v, State{})
		}
	})
	b.Run("later", func(b *testing.B) {
		for b.Loop() {
			_, state = Draw(v, state)
		}
	})
}
