package rank

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// ReadSOI reads ranked ballots in the formats of PrefLib: lines "count: a,b,c"
// with numbers of alternatives, equals in braces, and names in comment lines
// "# ALTERNATIVE NAME n: name". Errors name the line.
func ReadSOI(r io.Reader) (*Poll, error) {
	p := &Poll{Kind: Ranked}
	return p, p.AddSOI(r)
}

// AddSOI adds the ballots of a .soi file to a ranked poll, whose candidates it
// knows by name; to a poll without candidates it brings its own.
func (p *Poll) AddSOI(r io.Reader) error {
	if p.Kind != Ranked {
		return fmt.Errorf("the ballots are rankings, the poll is of %s: %w", p.Kind, ErrKind)
	}
	s := soi{poll: p, own: len(p.Candidates) == 0, byName: p.index(), byNumber: map[string]int{}}
	lines := bufio.NewScanner(r)
	const longest = 1 << 20
	lines.Buffer(nil, longest)
	for n := 1; lines.Scan(); n++ {
		if err := s.line(strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	if len(p.Candidates) == 0 {
		return fmt.Errorf("the file names no alternative")
	}
	return p.Check()
}

// soi is the state of reading one file.
type soi struct {
	poll     *Poll
	own      bool // the candidates are those of the file
	byName   map[string]int
	byNumber map[string]int
}

func (s *soi) line(text string) error {
	if text == "" {
		return nil
	}
	if comment, ok := strings.CutPrefix(text, "#"); ok {
		return s.comment(strings.TrimSpace(comment))
	}
	number, ranking, ok := strings.Cut(text, ":")
	count, err := strconv.ParseInt(strings.TrimSpace(number), 10, 64)
	if !ok || err != nil || count < 0 {
		return fmt.Errorf("expected count: alternatives")
	}
	places, err := s.ranking(ranking)
	if err != nil {
		return err
	}
	s.poll.Rankings = append(s.poll.Rankings, Ranking{count, places})
	return nil
}

// comment takes the name of an alternative out of a comment.
func (s *soi) comment(text string) error {
	rest, ok := strings.CutPrefix(text, "ALTERNATIVE NAME ")
	number, name, colon := strings.Cut(rest, ":")
	if !ok || !colon {
		return nil
	}
	number, name = strings.TrimSpace(number), strings.TrimSpace(name)
	if _, twice := s.byNumber[number]; twice {
		return fmt.Errorf("alternative %s stands twice", number)
	}
	c, known := s.byName[name]
	if !known {
		if !s.own {
			return fmt.Errorf("alternative %q is not a candidate of the poll", name)
		}
		c = len(s.poll.Candidates)
		s.poll.Candidates = append(s.poll.Candidates, name)
		s.byName[name] = c
	}
	s.byNumber[number] = c
	return nil
}

// ranking reads "1,{2,3},4".
func (s *soi) ranking(text string) ([][]int, error) {
	var places [][]int
	for rest := strings.TrimSpace(text); rest != ""; {
		var group string
		var closed bool
		if inner, braced := strings.CutPrefix(rest, "{"); braced {
			if group, rest, closed = strings.Cut(inner, "}"); !closed {
				return nil, fmt.Errorf("a brace is never closed")
			}
			rest = strings.TrimPrefix(strings.TrimSpace(rest), ",")
		} else {
			group, rest, _ = strings.Cut(rest, ",")
		}
		place, err := s.group(group)
		if err != nil {
			return nil, err
		}
		places, rest = append(places, place), strings.TrimSpace(rest)
	}
	return places, nil
}

// group reads the numbers of equal alternatives.
func (s *soi) group(text string) ([]int, error) {
	var place []int
	for number := range strings.SplitSeq(text, ",") {
		c, known := s.byNumber[strings.TrimSpace(number)]
		if !known {
			return nil, fmt.Errorf("alternative %q has no name", strings.TrimSpace(number))
		}
		place = append(place, c)
	}
	slices.Sort(place)
	return place, nil
}
