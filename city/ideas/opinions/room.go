package opinions

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"sync"
	"time"

	"ronda/method/opinion"
	"ronda/platform/clock"
)

const (
	drawEvery = 3 * time.Second // a map is drawn anew at most so often
	readEvery = 2 * time.Second // how soon the answers that other copies took are seen
	keepEvery = time.Minute     // how often what a map leaves is stored
	overlap   = 10 * time.Second
	// overlap is by how much a reading goes back behind the one before: an answer
	// is dated before its transaction ends, and the clocks of two machines differ.
	// Hearing an answer twice changes nothing.
)

// room is where a challenge is discussed: its statements and answers in memory,
// and the map last drawn.
type room struct {
	challenge string

	filling sync.Mutex // one fills, catches up or draws at a time; guards the times
	read    time.Time
	drawn   time.Time
	kept    time.Time

	mu         sync.Mutex // guards what follows
	live       *opinion.Live
	statements map[int]Statement
	heard      int // statements and their changes
	sheet      *sheet
}

// voters and deck are what can hear answers and statements: the votes of a map
// that is to be made, and the map that lives.
type (
	voters interface {
		Cast(participant, statement string, vote opinion.Vote) error
		Withdraw(participant, statement string)
	}
	deck interface {
		Statement(id string)
		Reject(statement string, rejected bool)
	}
)

// room is that of a challenge: filled from the store when it is first needed,
// then kept current. Whoever comes while another catches up sees what there is.
func (m *Module) room(ctx context.Context, challenge string) (*room, error) {
	r := m.roomOf(challenge)
	if r.alive() == nil {
		r.filling.Lock()
	} else if !r.filling.TryLock() {
		return r, nil
	}
	defer r.filling.Unlock()
	if r.alive() == nil {
		return r, m.fill(ctx, r)
	}
	if err := m.catchUp(ctx, r); err != nil {
		return r, err
	}
	return r, m.redraw(ctx, r)
}

func (m *Module) roomOf(challenge string) *room {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.rooms[challenge]
	if r == nil {
		r = &room{challenge: challenge, statements: map[int]Statement{}}
		m.rooms[challenge] = r
	}
	return r
}

// fill reads everything and draws the first map.
func (m *Module) fill(ctx context.Context, r *room) error {
	now, votes := clock.Now(ctx), &opinion.Votes{}
	if err := m.readInto(ctx, r, time.Time{}, votes, votes); err != nil {
		return err
	}
	stored, err := m.state(ctx, r.challenge)
	if err != nil {
		return err
	}
	var before opinion.State
	if stored != "" && json.Unmarshal([]byte(stored), &before) != nil {
		before = opinion.State{} // of another version: the groups are found anew
	}
	live := opinion.NewLive(votes, before)
	r.read, r.drawn, r.kept = now, now, now
	r.mu.Lock()
	defer r.mu.Unlock()
	r.live = live
	return nil
}

// catchUp hears what was written elsewhere since the last time.
func (m *Module) catchUp(ctx context.Context, r *room) error {
	now := clock.Now(ctx)
	if now.Sub(r.read) < readEvery {
		return nil
	}
	since := r.read.Add(-overlap)
	if err := m.readInto(ctx, r, since, r.alive(), r.alive()); err != nil {
		return err
	}
	r.read = now
	return nil
}

// readInto hears the statements and answers that changed since then.
func (m *Module) readInto(ctx context.Context, r *room, since time.Time, v voters, d deck) error {
	changed, err := m.changedStatements(ctx, r.challenge, since)
	if err != nil {
		return err
	}
	for _, s := range changed {
		r.hear(s, d)
	}
	return m.votesSince(ctx, r.challenge, since, func(row voteRow) error { return count(v, row) })
}

func count(v voters, row voteRow) error {
	if row.Answer == withdrawn {
		v.Withdraw(row.Person, strconv.Itoa(row.No))
		return nil
	}
	return v.Cast(row.Person, strconv.Itoa(row.No), row.Answer)
}

// redraw draws the map anew when enough time has passed, and now and then stores
// what it leaves.
func (m *Module) redraw(ctx context.Context, r *room) error {
	now, live := clock.Now(ctx), r.alive()
	if now.Sub(r.drawn) < drawEvery {
		return nil
	}
	r.drawn = now
	if !live.Redraw() || now.Sub(r.kept) < keepEvery {
		return nil
	}
	r.kept = now
	state, err := json.Marshal(live.State())
	if err != nil {
		return err
	}
	return m.keepState(ctx, r.challenge, string(state))
}

// hear brings a statement that was written or moderated here into its room, if
// anybody is in it.
func (m *Module) hear(challenge string, s Statement) {
	r := m.roomOf(challenge)
	if live := r.alive(); live != nil {
		r.hear(s, live)
	}
}

// hearVote brings an answer that was given here into its room.
func (m *Module) hearVote(challenge string, v voteRow) {
	if live := m.roomOf(challenge).alive(); live != nil {
		_ = count(live, v) // an answer that is none of the three is refused before it is written
	}
}

// hear takes a statement in. One that waits for a moderator is not on the map.
func (r *room) hear(s Statement, d deck) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if known := r.statements[s.No]; known != s {
		r.statements[s.No] = s
		r.heard++
	}
	if s.State != Held {
		d.Statement(s.Code())
		d.Reject(s.Code(), s.State == Rejected)
	}
}

// alive is the living map, nil before the room is filled.
func (r *room) alive() *opinion.Live {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.live
}

// statement is that of a name on the map.
func (r *room) statement(code string) (Statement, bool) {
	no, err := strconv.Atoi(code)
	if err != nil {
		return Statement{}, false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	s, ok := r.statements[no]
	return s, ok
}

// list is every statement that is or was shown, by number.
func (r *room) list() []Statement {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []Statement
	for _, s := range r.statements {
		if s.State != Held {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b Statement) int { return cmp.Compare(a.No, b.No) })
	return out
}

// next is the statement to show to a participant on a day, ok false when nothing
// is left to answer.
func (r *room) next(participant, day string) (s Statement, ok bool) {
	code, ok := r.alive().Next(participant, day, nil)
	if !ok {
		return s, false
	}
	return r.statement(code)
}
