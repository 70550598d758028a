package opinion

import (
	"sync"
	"sync/atomic"
)

// Live keeps the map of an assembly while people vote. Casting never waits for
// a map being drawn, and reading never waits for anything. All methods may be
// called from many goroutines.
type Live struct {
	mu      sync.Mutex // guards votes and changed
	votes   *Votes
	changed bool

	drawing sync.Mutex // one map at a time; guards state
	state   State
	shown   atomic.Pointer[Map]
}

// NewLive starts from the votes so far, which it takes over, and the state that
// the last map left, and draws the first map. Only maps of changed votes count
// as the next one.
func NewLive(votes *Votes, before State) *Live {
	l := &Live{votes: votes, state: before, changed: true}
	l.Redraw()
	return l
}

// Cast records an answer, see [Votes.Cast].
func (l *Live) Cast(participant, statement string, vote Vote) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.changed = true
	return l.votes.Cast(participant, statement, vote)
}

// Withdraw takes an answer back.
func (l *Live) Withdraw(participant, statement string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.changed = true
	l.votes.Withdraw(participant, statement)
}

// Statement makes a new statement known.
func (l *Live) Statement(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.changed = true
	l.votes.Statement(id)
}

// Reject says whether moderation rejected a statement.
func (l *Live) Reject(statement string, rejected bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.changed = true
	l.votes.Reject(statement, rejected)
}

// Map returns the map last drawn, which nobody changes.
func (l *Live) Map() *Map { return l.shown.Load() }

// State returns what the map last drawn left, to be stored for a restart.
func (l *Live) State() State {
	l.drawing.Lock()
	defer l.drawing.Unlock()
	return l.state
}

// Redraw draws the map anew when a vote, a statement or a rejection changed
// since the last, and says whether it did. When to call it is the caller's
// choice: after each vote in a workshop, every few seconds in a large assembly.
func (l *Live) Redraw() bool {
	l.drawing.Lock()
	defer l.drawing.Unlock()
	l.mu.Lock()
	changed := l.changed
	l.changed = false
	var m *matrix
	if changed {
		m = l.votes.matrix()
	}
	l.mu.Unlock()
	if !changed {
		return false
	}
	drawn, after := draw(m, l.state)
	l.state = after
	l.shown.Store(drawn)
	return true
}

// Next draws the statement to show to a participant, see [Map.Next].
func (l *Live) Next(participant, day string, context func(statement string) bool) (string, bool) {
	shown := l.Map()
	l.mu.Lock()
	defer l.mu.Unlock()
	return shown.Next(l.votes, participant, day, context)
}
