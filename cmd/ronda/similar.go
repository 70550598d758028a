package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"ronda/method/similar"
)

// SimilarCmd finds the texts of a table that say nearly the same thing.
type SimilarCmd struct {
	File string  `arg:"" optional:"" default:"-" help:"CSV file (or .gz) with the columns id, title, description; - reads standard input."`
	Min  float64 `default:"0.45" help:"Least cosine of a pair: 0.60 is probably the same, 0.45 similar."`
	JSON bool    `name:"json" help:"Write JSON."`
}

// similarReport is what the command says, with its names in JSON.
type similarReport struct {
	Texts int            `json:"texts"`
	Pairs []similar.Pair `json:"pairs"`
}

// Run reads the table and writes its pairs, the most alike first.
func (c *SimilarCmd) Run(s IO) error {
	if !(c.Min > 0 && c.Min <= 1) {
		return fmt.Errorf("--min is %g and must lie above 0 and up to 1", c.Min)
	}
	in, err := s.Open(c.File)
	if err != nil {
		return err
	}
	defer in.Close()
	texts, err := similar.Read(in)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	x := similar.NewIndex()
	read := meter(s.Progress(), "texts read", len(texts))
	for i, t := range texts {
		x.Add(t.ID, t.Title, t.Body)
		read(i + 1)
	}
	pairs := x.Pairs(c.Min, meter(s.Progress(), "texts compared", len(texts)))
	if c.JSON {
		return writeJSON(s.Out, similarReport{x.Len(), append([]similar.Pair{}, pairs...)})
	}
	return writePairs(s.Out, texts, pairs)
}

// writePairs writes pairs for people: the cosine, both titles, and the words
// that only one of the two texts has.
func writePairs(w io.Writer, texts []similar.Text, pairs []similar.Pair) error {
	byID := make(map[string]similar.Text, len(texts))
	for _, t := range texts {
		byID[t.ID] = t
	}
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%d texts, %d pairs\n", len(texts), len(pairs))
	for _, p := range pairs {
		a, b := byID[p.A], byID[p.B]
		onlyA, onlyB := similar.Differing(a.Title, b.Title)
		fmt.Fprintf(out, "\n%.2f\n  %s  %s\n  %s  %s\n", p.Cosine, p.A, a.Title, p.B, b.Title)
		if len(onlyA)+len(onlyB) > 0 {
			fmt.Fprintf(out, "  differing: %v | %v\n", onlyA, onlyB)
		}
	}
	return out.Flush()
}

// writeJSON writes one value as JSON and a line feed. Text for people is not
// escaped for HTML, which it will not be part of.
func writeJSON(w io.Writer, value any) error {
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return err
	}
	return out.Flush()
}

// meter returns a function that shows how far a command is, a hundred times at
// most and on one line, which the last step ends.
func meter(w io.Writer, what string, total int) func(done int) {
	if w == io.Discard {
		return func(int) {}
	}
	every := max(1, total/100)
	return func(done int) {
		if done%every == 0 || done == total {
			fmt.Fprintf(w, "\r%s: %d of %d", what, done, total)
		}
		if done == total {
			fmt.Fprintln(w)
		}
	}
}
