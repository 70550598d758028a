package crash

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"ronda/internal/program"
)

// write is a request that changes something.
type write struct {
	by   *visitor
	path string
	form []string // names and values in turn
	to   string   // where the answer leads, or how that begins; empty: the answer is a page

	makes facts // what the database shows once it is done
	apart facts // the same, of transactions that follow on their own
	tells mails // the invitations that go out for it

	// answer is needed to go on: sent again when it was lost on the way, the
	// program must know it and do nothing.
	answer func(a program.Answer)
	// once: who sends it is lost without the answer, as is the cookie in it.
	once bool

	seen   int  // number of kills before the answer
	landed bool // it was on its way, and is there
}

func (w *write) String() string { return fmt.Sprintf("POST %s by %s", w.path, w.by.email) }

// acknowledges says whether the answer tells whoever sent w that it is done.
func (w *write) acknowledges(a program.Answer) bool {
	if w.to == "" {
		return a.Status == 200
	}
	return a.Status == 303 && strings.HasPrefix(a.To, w.to)
}

// journal is what the program owes its visitors. It is safe for concurrent use.
type journal struct {
	mu     sync.Mutex
	want   facts
	source map[fact]*write // the last write that made it so
	doubts []*write        // sent, and never answered
	owed   mails           // invitations that people should get
	kills  int

	acknowledged, unanswered, landed int
}

func newJournal() *journal { return &journal{want: facts{}, source: map[fact]*write{}, owed: mails{}} }

func (j *journal) acknowledge(w *write) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.acknowledged++
	w.seen = j.kills
	j.hold(w, w.makes)
	j.hold(w, w.apart)
	j.owe(w)
}

func (j *journal) hold(w *write, made facts) {
	for f, n := range made {
		j.want[f], j.source[f] = n, w
	}
}

// owe counts the invitations of a write that is there.
func (j *journal) owe(w *write) {
	for l, n := range w.tells {
		j.owed[l] += n
	}
	w.tells = nil
}

// letters are the invitations that people should get.
func (j *journal) letters() mails {
	j.mu.Lock()
	defer j.mu.Unlock()
	return maps.Clone(j.owed)
}

// has says whether the database should show a fact.
func (j *journal) has(f fact) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.want[f] > 0
}

func (j *journal) doubt(w *write) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.unanswered++
	w.seen = j.kills
	j.doubts = append(j.doubts, w)
}

// settle finds out what became of the writes that were never answered, and then
// holds everything against what the database shows. It gives what is wrong.
func (j *journal) settle(have facts) []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	var wrong []string
	for _, w := range j.doubts {
		there, gone := w.makes.in(have), j.before(w).in(have)
		if !there && !gone {
			wrong = append(wrong, fmt.Sprintf("%s, on its way at kill %d, is half done: %s", w, j.kills, w.makes.beside(have)))
		}
		if w.landed = there; there {
			j.landed++
			j.hold(w, w.makes)
			j.owe(w)
		}
		for f := range w.apart {
			j.want[f], j.source[f] = have[f], w
		}
	}
	j.doubts = nil
	return append(wrong, j.compare(have)...)
}

// before is what the database showed, of what w makes, before w.
func (j *journal) before(w *write) facts {
	out := facts{}
	for f := range w.makes {
		out[f] = j.want[f]
	}
	return out
}

// compare finds facts that are missing or too many.
func (j *journal) compare(have facts) []string {
	var wrong []string
	for f, n := range j.want {
		if have[f] != n {
			w := j.source[f]
			wrong = append(wrong, fmt.Sprintf("%s %q is there %d times and should be %d times: %s, answered after kill %d", f.Kind, f.Key, have[f], n, w, w.seen))
		}
	}
	for f := range have {
		if _, known := j.want[f]; !known && (voices[f.Kind] || mark.MatchString(f.Key)) {
			wrong = append(wrong, fmt.Sprintf("%s %q is there and nobody has asked for it", f.Kind, f.Key))
		}
	}
	slices.Sort(wrong)
	return wrong
}

// in says whether the database shows these facts.
func (f facts) in(have facts) bool {
	for x, n := range f {
		if have[x] != n {
			return false
		}
	}
	return true
}

// beside tells each fact with what the database shows of it.
func (f facts) beside(have facts) string {
	var out []string
	for x, n := range f {
		out = append(out, fmt.Sprintf("%s %q %d of %d", x.Kind, x.Key, have[x], n))
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}
