package opinion

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"ronda/method/sheet"
)

// aboutParticipant are the columns of participants-votes.csv that are no
// statement.
var aboutParticipant = []string{"participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"}

// Read returns the votes of a Polis export: participants-votes.csv, with a row
// for each participant and a column for each statement, or votes.csv, with a
// row for each vote, of which the latest of a pair counts. Columns are found by
// their names. A vote that is none of 1, 0, -1 is an error naming its line.
func Read(r io.Reader) (*Votes, error) {
	table, err := sheet.Open(r)
	if err != nil {
		return nil, err
	}
	if table.Column("participant") >= 0 {
		return readParticipants(table)
	}
	if table.Column("comment-id") >= 0 && table.Column("voter-id") >= 0 && table.Column("vote") >= 0 {
		return readVotes(table)
	}
	return nil, errors.New("the table is neither participants-votes.csv (no column participant) nor votes.csv (no columns comment-id, voter-id, vote)")
}

// readParticipants reads a row for each participant.
func readParticipants(table *sheet.Sheet) (*Votes, error) {
	v := &Votes{}
	statements := make([]int32, len(table.Header())) // by column, -1 for none
	for i, name := range table.Header() {
		statements[i] = -1
		if name != "" && !slices.Contains(aboutParticipant, name) {
			statements[i] = v.statements.number(name)
		}
	}
	column := table.Column("participant")
	for {
		row, err := table.Next()
		if err == io.EOF {
			return v, nil
		}
		if err != nil {
			return nil, err
		}
		if err := v.readRow(row, sheet.Cell(row, column), statements); err != nil {
			return nil, fmt.Errorf("line %d: %w", table.Line(), err)
		}
	}
}

// readRow records the votes of one participant.
func (v *Votes) readRow(row []string, participant string, statements []int32) error {
	if participant == "" {
		return errors.New("no participant")
	}
	if len(row) > len(statements) {
		return fmt.Errorf("%d cells under %d columns", len(row), len(statements))
	}
	person := v.person(participant)
	for i, cell := range row {
		if cell == "" || statements[i] < 0 {
			continue
		}
		vote, err := parse(cell)
		if err != nil {
			return fmt.Errorf("statement %s: %w", v.statements.ids[statements[i]], err)
		}
		v.cast(person, statements[i], vote)
	}
	return nil
}

// readVotes reads a row for each vote. Without readable timestamps the last row
// of a pair counts.
func readVotes(table *sheet.Sheet) (*Votes, error) {
	v := &Votes{}
	statement, voter := table.Column("comment-id"), table.Column("voter-id")
	vote, stamp := table.Column("vote"), table.Column("timestamp")
	latest := map[[2]int32]int64{}
	for {
		row, err := table.Next()
		if err == io.EOF {
			return v, nil
		}
		if err != nil {
			return nil, err
		}
		cast, err := parse(sheet.Cell(row, vote))
		who, what := sheet.Cell(row, voter), sheet.Cell(row, statement)
		if err == nil && (who == "" || what == "") {
			err = errors.New("no voter or no statement")
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", table.Line(), err)
		}
		pair := [2]int32{v.person(who), v.statements.number(what)}
		at, _ := strconv.ParseInt(sheet.Cell(row, stamp), 10, 64)
		if before, again := latest[pair]; !again || at >= before {
			latest[pair] = at
			v.cast(pair[0], pair[1], cast)
		}
	}
}

func parse(cell string) (Vote, error) {
	switch cell {
	case "1":
		return Agree, nil
	case "0":
		return Pass, nil
	case "-1":
		return Disagree, nil
	}
	return 0, fmt.Errorf("vote %.20q is none of 1, 0, -1", cell)
}

// Comment is a row of comments.csv: a statement with its text.
type Comment struct {
	Statement string
	Text      string
	Rejected  bool // moderated is -1
}

// ReadComments returns the statements of a Polis comments.csv.
func ReadComments(r io.Reader) ([]Comment, error) {
	var comments []Comment
	err := eachPair(r, [3]string{"comment-id", "moderated", "comment-body"}, func(id, moderated, text string) {
		comments = append(comments, Comment{Statement: id, Rejected: moderated == "-1", Text: text})
	})
	return comments, err
}

// ReadLabels returns the group of each participant from a table with the
// columns participant and group; rows without a group are passed over.
func ReadLabels(r io.Reader) (map[string]string, error) {
	labels := map[string]string{}
	err := eachPair(r, [3]string{"participant", "group"}, func(id, group, _ string) {
		if group != "" {
			labels[id] = group
		}
	})
	return labels, err
}

// eachPair calls fn with the cells of named columns, of which the first two
// must be there; rows without the first cell are passed over.
func eachPair(r io.Reader, names [3]string, fn func(a, b, c string)) error {
	table, err := sheet.Open(r)
	if err != nil {
		return err
	}
	a, b, c := table.Column(names[0]), table.Column(names[1]), table.Column(names[2])
	if a < 0 || b < 0 {
		return fmt.Errorf("the table needs the columns %s and %s", names[0], names[1])
	}
	for {
		row, err := table.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if id := sheet.Cell(row, a); id != "" {
			fn(id, sheet.Cell(row, b), sheet.Cell(row, c))
		}
	}
}
