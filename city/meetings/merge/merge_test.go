package merge

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestThree(t *testing.T) {
	cases := []struct{ name, base, theirs, ours, want string }{
		{"only they wrote", "a", "a\nb", "a", "a\nb"},
		{"only we wrote", "a", "a", "x", "x"},
		{"both at the end", "a", "a\nthey", "a\nwe", "a\nthey\nwe"},
		{"both into nothing", "", "they", "we", "they\nwe"},
		{"far apart", "a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC"},
		{"one deletes, the other adds", "a\nb\nc", "a\nc", "a\nb\nc\nd", "a\nc\nd"},
		{"the same change", "a\nb", "a\nx", "a\nx", "a\nx"},
		{"sent twice after an answer was lost", "a", "a\nthey\nwe", "a\nwe", "a\nthey\nwe"},
		{"one adds beside what the other changes", "a\nb", "a\nb\nthey", "a\nB", "a\nB\nthey"},
		{"the same paragraph", "a\nb\nc", "a\nx\nc", "a\ny\nc", "CONFLICT"},
		{"one deletes what the other changes", "a\nb\nc", "a\nc", "a\nB\nc", "CONFLICT"},
		{"repeated paragraphs", "-\n-\n-", "-\nx\n-\n-", "-\n-\n-\ny", "-\nx\n-\n-\ny"},
	}
	for _, c := range cases {
		got, ok := Three(c.base, c.theirs, c.ours)
		if !ok {
			got = "CONFLICT"
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestNothingWrittenIsLost lets two people add and delete at random: what they
// added stands in the merged text, what both left stays, what one deleted is gone.
func TestNothingWrittenIsLost(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var base []string
		for n := range rapid.IntRange(0, 12).Draw(rt, "base") {
			base = append(base, rapid.SampledFrom([]string{"", fmt.Sprint("b", n)}).Draw(rt, "line"))
		}
		theirs, ours := edit(rt, base, "t"), edit(rt, base, "o")
		merged, ok := Three(strings.Join(base, "\n"), strings.Join(theirs, "\n"), strings.Join(ours, "\n"))
		if !ok {
			return
		}
		got := strings.Split(merged, "\n")
		for _, side := range [][]string{theirs, ours} {
			for _, line := range side {
				if line != "" && !slices.Contains(base, line) && !slices.Contains(got, line) {
					rt.Fatalf("%q is lost: %q + %q over %q is %q", line, theirs, ours, base, got)
				}
			}
		}
		for _, line := range base {
			if line != "" && slices.Contains(got, line) != (slices.Contains(theirs, line) && slices.Contains(ours, line)) {
				rt.Fatalf("%q: %q + %q over %q is %q", line, theirs, ours, base, got)
			}
		}
	})
}

func edit(rt *rapid.T, base []string, mark string) []string {
	out := slices.Clone(base)
	for n := range rapid.IntRange(0, 4).Draw(rt, "edits") {
		at := rapid.IntRange(0, len(out)).Draw(rt, "at")
		if at < len(out) && rapid.Bool().Draw(rt, "delete") {
			out = slices.Delete(out, at, at+1)
			continue
		}
		out = slices.Insert(out, at, fmt.Sprint(mark, n))
	}
	return out
}

func TestLongTextsMerge(t *testing.T) {
	var base []string
	for n := range 10000 {
		base = append(base, fmt.Sprintf("Línea %d", n%7000))
	}
	theirs, ours := slices.Clone(base), slices.Clone(base)
	theirs[100], ours[9900] = "ellas", "nosotras"
	got, ok := Three(strings.Join(base, "\n"), strings.Join(theirs, "\n"), strings.Join(ours, "\n"))
	if lines := strings.Split(got, "\n"); !ok || lines[100] != "ellas" || lines[9900] != "nosotras" || len(lines) != 10000 {
		t.Error("a long text does not merge")
	}
}
