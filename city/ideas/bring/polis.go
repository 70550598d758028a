package bring

import (
	"cmp"
	"errors"
	"io"
	"time"

	"ronda/platform/fault"
)

// Statement is a sentence of a conversation on Polis to agree or disagree with.
type Statement struct {
	Line     int // of comments.csv
	Last     int
	ID       string // comment-id
	Text     string // plain, one line
	At       time.Time
	Rejected bool // by its moderators
	Why      string
	Mended   []string
}

// Vote is what somebody answered to a statement. Nobody has an account by it.
type Vote struct {
	Statement string // ID of it
	Voter     string // an opaque number there
	Value     int    // 1 agrees, -1 disagrees, 0 passes
	At        time.Time
}

// Conversation is the statements that are fit, and the last vote of each voter
// on each of them.
type Conversation struct {
	Source     string
	Statements []Statement
	Votes      []Vote
}

// ReadStatements goes through comments.csv of Polis as Read goes through ideas.
func ReadStatements(in io.Reader, o Options, fn func(Statement) error) error {
	s := newSession(Polis, o, nil)
	rows, head, err := s.openList(in)
	if err != nil {
		return err
	}
	if !head.has("comment-id", "comment-body") {
		return missing("comment-id, comment-body")
	}
	col := func(name string) field { return head.columns(name) }
	id, body, moderated, stamp, day := col("comment-id"), col("comment-body"), col("moderated"), col("timestamp"), col("datetime")
	err = rows.all(s, func(rec record) error {
		st := Statement{Line: rec.line, Last: rec.last, ID: id.of(rec), Rejected: moderated.of(rec) == "-1"}
		if rec.broken {
			st.ID, st.Text, st.Why = "", rec.cells[0], WhyBroken
			return fn(st)
		}
		st.read(s, body.of(rec), cmp.Or(stamp.of(rec), day.of(rec)))
		return fn(st)
	})
	if errors.Is(err, ErrStop) {
		err = nil
	}
	return err
}

// read fills in the words and the verdict.
func (st *Statement) read(s *session, raw, at string) {
	var mail, ok bool
	if st.Text, mail = oneLine(raw); mail {
		st.Mended = append(st.Mended, MendedMail)
	}
	if st.At, ok = when(at, s.zone); !ok && at != "" {
		st.Mended = append(st.Mended, MendedDay)
	}
	st.Why = garbage(raw, st.Text, "")
	switch {
	case st.ID == "":
		st.Why = WhyNoID
	case st.Why == "" && s.seen[st.ID]:
		st.Why = WhyTwice
	case st.Why == "":
		s.seen[st.ID] = true
	}
}

// openList opens a file that must be a list.
func (s *session) openList(in io.Reader) (*records, heading, error) {
	file, err := unpacked(in, s.Limits)
	if err != nil {
		return nil, heading{}, err
	}
	kind, err := look(file)
	switch {
	case err != nil:
		return nil, heading{}, err
	case kind == archive:
		return nil, heading{}, fault.New(fault.Invalid, "ideas.bring.zip")
	case kind == document:
		return nil, heading{}, fault.New(fault.Invalid, "ideas.bring.json")
	}
	return s.open(file)
}

// all gives every record to fn, broken ones too.
func (r *records) all(s *session, fn func(record) error) error {
	for n := 1; ; n++ {
		rec, err := r.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if n > s.Limits.Rows {
			return fault.New(fault.Invalid, "ideas.bring.rows", "max", s.Limits.Rows)
		}
		if n%4096 == 0 {
			s.Step(n)
		}
		if err := fn(rec); err != nil {
			return err
		}
	}
}

// votesPerRow is how many votes a conversation may have for each row that a list
// of ideas may have.
const votesPerRow = 25

// ReadVotes reads votes.csv of Polis: of votes of one person on one statement the
// last counts. wrong is how many rows were none.
func ReadVotes(in io.Reader, o Options) (votes []Vote, wrong int, err error) {
	s := newSession(Polis, o, nil)
	s.Limits.Rows *= votesPerRow
	rows, head, err := s.openList(in)
	if err != nil {
		return nil, 0, err
	}
	if !head.has("comment-id", "voter-id", "vote") {
		return nil, 0, missing("comment-id, voter-id, vote")
	}
	col := func(name string) field { return head.columns(name) }
	statement, voter, value, stamp := col("comment-id"), col("voter-id"), col("vote"), col("timestamp")
	place := map[[2]string]int{}
	answers := map[string]int{"1": 1, "0": 0, "-1": -1}
	err = rows.all(s, func(rec record) error {
		answer, ok := answers[value.of(rec)]
		v := Vote{Statement: statement.of(rec), Voter: voter.of(rec), Value: answer}
		if rec.broken || !ok || v.Statement == "" || v.Voter == "" {
			wrong++
			return nil
		}
		v.At, _ = when(stamp.of(rec), s.zone)
		key := [2]string{v.Statement, v.Voter}
		at, again := place[key]
		switch {
		case !again:
			place[key] = len(votes)
			votes = append(votes, v)
		case !v.At.Before(votes[at].At):
			votes[at] = v
		}
		return nil
	})
	return votes, wrong, err
}
