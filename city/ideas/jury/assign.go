package jury

import (
	"cmp"
	"hash/fnv"
	"maps"
	"slices"
)

// State is what a review is to its juror.
type State string

// The states.
const (
	Owed     State = "owed"
	Done     State = "done"
	Conflict State = "conflict" // declared, with a reason
	Own      State = "own"      // the juror wrote the idea, or one of its family
)

// counts says whether the review is one of those that an idea needs.
func (s State) counts() bool { return s == Owed || s == Done }

// Each is how many jurors review an idea, if there are as many without a
// conflict.
const Each = 3

// duty is what a juror is to an idea.
type duty struct {
	Idea   string `db:"idea"`
	Person string `db:"person"`
	State  State  `db:"state"`
	Begun  bool   `db:"begun"` // something was graded or noted: it is not handed on for balance
}

// move is a change of who reviews what. Without From the review is new, without
// To it goes.
type move struct{ Idea, From, To string }

// spot is where an idea stands in the order in which a person reviews: another
// one for each, so that no idea is always read last, by tired eyes.
func spot(idea, person string) int64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(idea + "\x00" + person))
	return int64(h.Sum64() >> 1)
}

// shares is who reviews what in one challenge.
type shares struct {
	jurors map[string]bool
	load   map[string]int             // reviews that count, by juror
	duties map[string]map[string]duty // by idea and person
	moves  []move
}

// newShares begins with no duties; load is how many reviews each person has.
func newShares(jurors []string, load map[string]int) *shares {
	s := &shares{jurors: map[string]bool{}, load: map[string]int{}, duties: map[string]map[string]duty{}}
	for _, j := range jurors {
		s.jurors[j], s.load[j] = true, load[j]
	}
	return s
}

// add takes in what there is for an idea.
func (s *shares) add(idea string, duties ...duty) {
	s.duties[idea] = map[string]duty{}
	for _, d := range duties {
		s.duties[idea][d.Person] = d
	}
}

// settle drops what nobody owes any more, fills up every idea and levels the
// loads. The same state gives the same moves.
func (s *shares) settle() []move {
	ideas := slices.Sorted(maps.Keys(s.duties))
	for _, idea := range ideas {
		s.dropLeft(idea)
		s.fill(idea)
	}
	s.level(ideas)
	return s.moves
}

// dropLeft takes the idea from those who are no jurors any more and had not
// finished it.
func (s *shares) dropLeft(idea string) {
	for _, person := range slices.Sorted(maps.Keys(s.duties[idea])) {
		if d := s.duties[idea][person]; d.State == Owed && !s.jurors[person] {
			delete(s.duties[idea], person)
			s.moves = append(s.moves, move{Idea: idea, From: person})
		}
	}
}

// fill gives the idea to jurors with the least to do until it has enough.
func (s *shares) fill(idea string) {
	n := 0
	for _, d := range s.duties[idea] {
		if d.State.counts() {
			n++
		}
	}
	for ; n < Each; n++ {
		to, ok := s.least(idea)
		if !ok {
			return
		}
		s.give(idea, to)
		s.moves = append(s.moves, move{Idea: idea, To: to})
	}
}

func (s *shares) give(idea, to string) {
	s.duties[idea][to] = duty{Idea: idea, Person: to, State: Owed}
	s.load[to]++
}

// least is the juror with the least to do who may get the idea.
func (s *shares) least(idea string) (person string, ok bool) {
	for j := range s.jurors {
		if _, has := s.duties[idea][j]; has {
			continue
		}
		if !ok || s.before(j, person, idea) {
			person, ok = j, true
		}
	}
	return person, ok
}

// before says whether a gets the idea before b: the lower load, then by lot.
func (s *shares) before(a, b, idea string) bool {
	return cmp.Or(s.load[a]-s.load[b], cmp.Compare(spot(idea, a), spot(idea, b)), cmp.Compare(a, b)) < 0
}

// level moves untouched reviews from those with the most to those with the least
// until no move brings two loads closer.
func (s *shares) level(ideas []string) {
	if len(s.jurors) == 0 {
		return
	}
	people := slices.Sorted(maps.Keys(s.jurors))
	for s.levelOnce(people, ideas) {
	}
}

func (s *shares) levelOnce(people, ideas []string) bool {
	order := slices.Clone(people)
	slices.SortStableFunc(order, func(a, b string) int { return s.load[a] - s.load[b] })
	for _, low := range order {
		for _, high := range slices.Backward(order) {
			if s.load[high]-s.load[low] < 2 {
				break
			}
			if idea, ok := s.movable(ideas, high, low); ok {
				delete(s.duties[idea], high)
				s.load[high]--
				s.give(idea, low)
				s.moves = append(s.moves, move{Idea: idea, From: high, To: low})
				return true
			}
		}
	}
	return false
}

// movable is an idea that high owes, has not begun, and low may get.
func (s *shares) movable(ideas []string, high, low string) (string, bool) {
	for _, idea := range ideas {
		d, has := s.duties[idea][high]
		if _, barred := s.duties[idea][low]; has && !barred && d.State == Owed && !d.Begun {
			return idea, true
		}
	}
	return "", false
}
