package rank

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// document is a poll as it is written in JSON.
type document struct {
	Kind        Kind     `json:"kind"`
	Candidates  []string `json:"candidates"`
	MaxScore    int      `json:"max_score"`
	BallotsFile string   `json:"ballots_file"`
	Judges      int64    `json:"judges"`
	Ballots     []struct {
		Count   *int64         `json:"count"`
		Ranking [][]string     `json:"ranking"`
		Scores  map[string]int `json:"scores"`
	} `json:"ballots"`
	Tallies [][]int64 `json:"tallies_low_to_high"`
}

// defaultMax is the best score when a poll does not say it.
const defaultMax = 5

// ReadJSON reads a poll of kind ranked (ballots with count and ranking), duels
// (the same, of two candidates each), scores (ballots with count and scores, 0
// when absent) or grades (tallies, worst grade first). Candidates of tallies without names are called "1", "2", ... When the
// ballots are in another file, in the .soi format, its name is returned and they
// are to be added with AddSOI before the poll is complete.
func ReadJSON(r io.Reader) (p *Poll, ballotsFile string, err error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, "", err
	}
	var d document
	if err := json.Unmarshal(text, &d); err != nil {
		return nil, "", atLine(text, err)
	}
	p = &Poll{Kind: d.Kind, Candidates: d.Candidates, Max: d.MaxScore, Tallies: d.Tallies}
	switch {
	case d.Kind == Grades:
		p.nameTallies(d.Judges)
	case d.Kind == Scores && p.Max == 0:
		p.Max = defaultMax
	}
	if err := p.addBallots(&d); err != nil {
		return nil, "", err
	}
	if d.BallotsFile != "" {
		return p, d.BallotsFile, nil
	}
	return p, "", p.Check()
}

// atLine adds the line on which JSON is wrong.
func atLine(text []byte, err error) error {
	offset := int64(-1)
	if e := (*json.SyntaxError)(nil); errors.As(err, &e) {
		offset = e.Offset
	}
	if e := (*json.UnmarshalTypeError)(nil); errors.As(err, &e) {
		offset = e.Offset
	}
	if offset < 0 {
		return err
	}
	return fmt.Errorf("line %d: %w", 1+strings.Count(string(text[:min(offset, int64(len(text)))]), "\n"), err)
}

// nameTallies numbers candidates that have no names, and counts judges who gave
// no grade as giving the worst.
func (p *Poll) nameTallies(judges int64) {
	if len(p.Candidates) == 0 {
		for i := range p.Tallies {
			p.Candidates = append(p.Candidates, strconv.Itoa(i+1))
		}
	}
	for _, t := range p.Tallies {
		if len(t) > 0 {
			t[0] += max(0, judges-total(t))
		}
	}
}

func (p *Poll) addBallots(d *document) error {
	index := p.index()
	for i, b := range d.Ballots {
		count := int64(1)
		if b.Count != nil {
			count = *b.Count
		}
		switch p.Kind {
		case Ranked, Paired:
			places, err := resolve(index, b.Ranking)
			if err != nil {
				return fmt.Errorf("ballot %d: %w", i+1, err)
			}
			p.Rankings = append(p.Rankings, Ranking{count, places})
		case Scores:
			scores := make([]int, len(p.Candidates))
			for name, score := range b.Scores {
				c, known := index[name]
				if !known {
					return fmt.Errorf("ballot %d: candidate %q is not on the list", i+1, name)
				}
				scores[c] = score
			}
			p.Scored = append(p.Scored, Scored{count, scores})
		}
	}
	return nil
}

// index maps the names of the candidates to their places in the list.
func (p *Poll) index() map[string]int {
	index := make(map[string]int, len(p.Candidates))
	for i, name := range p.Candidates {
		index[name] = i
	}
	return index
}

// resolve turns names into indexes, each group in the order of the candidates.
func resolve(index map[string]int, names [][]string) ([][]int, error) {
	var places [][]int
	for _, group := range names {
		var place []int
		for _, name := range group {
			c, known := index[name]
			if !known {
				return nil, fmt.Errorf("candidate %q is not on the list", name)
			}
			place = append(place, c)
		}
		slices.Sort(place)
		places = append(places, place)
	}
	return places, nil
}
