package budget

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// ballots groups equal ballots as they are read.
type ballots struct {
	kind   Kind
	points bool // the ballots carry points
	groups []Group
	cast   int
	byText map[string]int32 // the ballot as written -> group; none for an empty one
	byKey  map[string]int32 // the ballot in canonical form -> group
	key    []byte
	place  []int32 // the last ballot, by number, that named each project
	number int32
}

// none marks the group of empty ballots, which is not kept.
const none = -1

// votes reads the ballots. Only the columns vote and points matter; a row that
// ends early is an empty ballot, which still counts.
func (p *reader) votes() ([]byte, error) {
	if !slices.Contains(p.seen, "META") || !slices.Contains(p.seen, "PROJECTS") {
		return nil, p.fail("the votes must stand after META and PROJECTS")
	}
	voteAt, pointsAt := none, none
	return p.body("VOTES", func(row []byte) error {
		if p.ballots == nil {
			return p.votesHeader(row, &voteAt, &pointsAt)
		}
		vote, points := pick(row, voteAt, pointsAt)
		return p.ballot(vote, points)
	})
}

func (p *reader) votesHeader(row []byte, voteAt, pointsAt *int) error {
	at := columns(fields(row))
	var ok bool
	if *voteAt, ok = at["vote"]; !ok {
		return p.fail("the votes have no column vote")
	}
	kind, ok := kindOf(p.in.Meta["vote_type"])
	if !ok {
		return p.fail("vote_type %q is not known", p.in.Meta["vote_type"])
	}
	carried := kind != Approval
	if carried {
		if *pointsAt, carried = at["points"]; !carried && kind == Points {
			return p.fail("the votes have no column points, which vote_type %s needs", p.in.Meta["vote_type"])
		}
	}
	p.ballots = &ballots{kind: kind, points: carried, byText: map[string]int32{}, byKey: map[string]int32{},
		place: make([]int32, len(p.in.Projects))}
	return nil
}

// kindOf translates a vote_type of the format.
func kindOf(voteType string) (Kind, bool) {
	switch voteType {
	case "approval", "choose-1", "":
		return Approval, true
	case "cumulative", "scoring":
		return Points, true
	case "ordinal":
		return Ranking, true
	}
	return "", false
}

// pick takes the two columns out of a row without splitting the rest.
func pick(row []byte, voteAt, pointsAt int) (vote, points []byte) {
	last := max(voteAt, pointsAt)
	for i := 0; i <= last && len(row) > 0; i++ {
		var field []byte
		field, row, _ = cut(row)
		switch i {
		case voteAt:
			vote = field
		case pointsAt:
			points = field
		}
	}
	return bytes.TrimSpace(vote), bytes.TrimSpace(points)
}

// ballot counts one ballot: in its group when the same text was seen before.
func (p *reader) ballot(vote, points []byte) error {
	b := p.ballots
	b.cast++
	text := vote
	if b.points {
		b.key = append(append(append(b.key[:0], vote...), ';'), points...)
		text = b.key
	}
	g, seen := b.byText[string(text)]
	if !seen {
		name := string(text)
		group, err := p.parse(vote, points)
		if err != nil {
			return err
		}
		g = b.group(group)
		b.byText[name] = g
	}
	if g != none {
		b.groups[g].Count++
	}
	return nil
}

// parse reads the ids of a ballot, and its points. An id that stands twice
// counts once, where it stands first.
func (p *reader) parse(vote, points []byte) (Group, error) {
	b := p.ballots
	b.number++
	var g Group
	for len(vote) > 0 {
		var id, point []byte
		id, vote, _ = bytes.Cut(vote, []byte(","))
		point, points, _ = bytes.Cut(points, []byte(","))
		if id = bytes.TrimSpace(id); len(id) == 0 {
			continue
		}
		project, known := p.index[string(id)]
		if !known {
			return g, p.fail("the vote names project %q, which is not on the list", id)
		}
		if b.place[project] == b.number {
			continue
		}
		b.place[project] = b.number
		g.Choices = append(g.Choices, project)
		if !b.points {
			continue
		}
		n, err := parseDecimal(string(point))
		if err != nil || n.decimals > 0 || n.digits > maxPoints {
			return g, p.fail("points %q for project %s: must be a whole number from zero to %d", point, id, maxPoints)
		}
		g.Points = append(g.Points, n.digits)
	}
	return g, nil
}

// group finds the group of equal ballots, or opens it. The order of the ids
// matters only in a ranking.
func (b *ballots) group(g Group) int32 {
	if len(g.Choices) == 0 {
		return none
	}
	if b.kind != Ranking {
		g.sort()
	}
	key := make([]byte, 0, 12*len(g.Choices))
	for i, c := range g.Choices {
		key = binary.AppendUvarint(key, uint64(c))
		if b.points {
			key = binary.AppendUvarint(key, uint64(g.Points[i]))
		}
	}
	at, seen := b.byKey[string(key)]
	if !seen {
		at = int32(len(b.groups))
		b.byKey[string(key)] = at
		b.groups = append(b.groups, g)
	}
	return at
}

// sort brings the choices into the order of the projects, each with its points.
func (g *Group) sort() {
	if g.Points == nil {
		slices.Sort(g.Choices)
		return
	}
	points := make(map[int32]int64, len(g.Choices))
	for i, c := range g.Choices {
		points[c] = g.Points[i]
	}
	slices.Sort(g.Choices)
	for i, c := range g.Choices {
		g.Points[i] = points[c]
	}
}
