package opinions

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"math/rand/v2"
	"slices"
	"strconv"

	"ronda/method/opinion"
	"ronda/platform/clock"
	"ronda/platform/table"
)

// File is everything from which anybody can make the map again.
type File struct {
	Challenge  string          `json:"challenge"` // number
	Question   string          `json:"question"`
	Made       string          `json:"made"`
	Statements []FileStatement `json:"statements"`
	// Votes holds a row for each participant: the answer to each statement in
	// the order of Statements, 1 agrees, -1 disagrees, 0 passes, nothing (null)
	// where there is none. The order of the rows is another in every file.
	Votes [][]*opinion.Vote `json:"votes"`
}

// FileStatement is a statement in a File.
type FileStatement struct {
	ID        int    `json:"id"`
	Text      string `json:"text"`
	Rejected  bool   `json:"rejected"`
	Cause     string `json:"cause,omitempty"`
	Agrees    int    `json:"agrees"`
	Disagrees int    `json:"disagrees"`
	Passes    int    `json:"passes"`
	At        int64  `json:"at"` // Unix milliseconds
}

// file reads the answers as they are in the database now. Who has taken back
// every answer is not in it; people are in an order drawn for this file.
func (m *Module) file(ctx context.Context, c Challenge, r *room) (File, error) {
	f := File{Challenge: c.Number, Question: c.Question, Made: clock.Now(ctx).Format("2006-01-02T15:04:05Z07:00")}
	place := map[int]int{}
	for i, s := range r.list() {
		place[s.No] = i
		f.Statements = append(f.Statements, FileStatement{ID: s.No, Text: s.Text, Rejected: s.State == Rejected, Cause: s.Cause, At: s.At.UnixMilli()})
	}
	rows := map[string][]*opinion.Vote{}
	var zero voteRow
	err := m.votesSince(ctx, c.ID, zero.At, func(v voteRow) error {
		at, known := place[v.No]
		if v.Answer == withdrawn || !known {
			return nil
		}
		if rows[v.Person] == nil {
			rows[v.Person] = make([]*opinion.Vote, len(f.Statements))
		}
		answer := v.Answer
		rows[v.Person][at] = &answer
		f.Statements[at].add(answer)
		return nil
	})
	for _, row := range rows {
		f.Votes = append(f.Votes, row)
	}
	rand.Shuffle(len(f.Votes), func(i, j int) { f.Votes[i], f.Votes[j] = f.Votes[j], f.Votes[i] })
	return f, err
}

func (s *FileStatement) add(v opinion.Vote) {
	switch v {
	case opinion.Agree:
		s.Agrees++
	case opinion.Disagree:
		s.Disagrees++
	default:
		s.Passes++
	}
}

// tally counts a row of votes: all, agreeing and disagreeing.
func tally(row []*opinion.Vote) (all, agrees, disagrees int) {
	for _, v := range row {
		if v == nil {
			continue
		}
		all++
		switch *v {
		case opinion.Agree:
			agrees++
		case opinion.Disagree:
			disagrees++
		}
	}
	return all, agrees, disagrees
}

// writeVotes writes participants-votes.csv as Polis and ronda opinion read it.
func (f File) writeVotes(w io.Writer) error {
	out := csv.NewWriter(w)
	head := []string{"participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"}
	for _, s := range f.Statements {
		head = append(head, strconv.Itoa(s.ID))
	}
	_ = out.Write(head) // the writer keeps its first error for the end
	for i, row := range f.Votes {
		all, agrees, disagrees := tally(row)
		// Who wrote a statement is not told, so nobody has comments here.
		cells := []string{strconv.Itoa(i + 1), "", "0", strconv.Itoa(all), strconv.Itoa(agrees), strconv.Itoa(disagrees)}
		for _, v := range row {
			cells = append(cells, cell(v))
		}
		_ = out.Write(cells)
	}
	out.Flush()
	return out.Error()
}

func cell(v *opinion.Vote) string {
	if v == nil {
		return ""
	}
	return strconv.Itoa(int(*v))
}

// writeStatements writes comments.csv as Polis and ronda opinion read it. The
// author is 0 for all: who wrote a statement is not told.
func (f File) writeStatements(w io.Writer) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"timestamp", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body"})
	for _, s := range f.Statements {
		moderated := "1"
		if s.Rejected {
			moderated = "-1"
		}
		_ = out.Write([]string{strconv.FormatInt(s.At, 10), strconv.Itoa(s.ID), "0", strconv.Itoa(s.Agrees), strconv.Itoa(s.Disagrees), moderated, table.Harmless(s.Text)})
	}
	out.Flush()
	return out.Error()
}

func (f File) writeJSON(w io.Writer) error {
	if f.Votes == nil {
		f.Votes = [][]*opinion.Vote{}
	}
	if f.Statements == nil {
		f.Statements = []FileStatement{}
	}
	return json.NewEncoder(w).Encode(f)
}

// few says whether the answers are of so few people that they are not given away.
func (f File) few() bool { return len(f.Votes) < opinion.FewestShown }

// blank is the file without the answers and the figures about them.
func (f File) blank() File {
	f.Votes = nil
	f.Statements = slices.Clone(f.Statements)
	for i := range f.Statements {
		f.Statements[i].Agrees, f.Statements[i].Disagrees, f.Statements[i].Passes = 0, 0, 0
	}
	return f
}
