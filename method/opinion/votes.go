package opinion

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Vote is an answer to a statement.
type Vote int8

// The answers, as Polis writes them in its files.
const (
	Disagree Vote = -1
	Pass     Vote = 0
	Agree    Vote = 1
)

// Votes holds the answers of an assembly: for each participant and statement
// the last one given. The zero value is empty and ready. It must not be changed
// and read at once; [Live] guards one.
type Votes struct {
	people, statements register
	rows               [][]answer // by participant, ordered by statement
	rejected           map[string]bool
}

// answer is one vote in a participant's row.
type answer struct {
	statement int32
	vote      Vote
}

// register numbers ids in the order of their coming.
type register struct {
	ids     []string
	numbers map[string]int32
}

func (r *register) number(id string) int32 {
	if n, ok := r.numbers[id]; ok {
		return n
	}
	if r.numbers == nil {
		r.numbers = map[string]int32{}
	}
	n := int32(len(r.ids))
	r.numbers[id] = n
	r.ids = append(r.ids, id)
	return n
}

// Participant makes a participant known who may not have voted yet.
func (v *Votes) Participant(id string) { v.person(id) }

// Statement makes a statement known that nobody may have voted on yet.
func (v *Votes) Statement(id string) { v.statements.number(id) }

// Reject says whether moderation rejected a statement; a statement that is not
// known stays so.
func (v *Votes) Reject(statement string, rejected bool) {
	if v.rejected == nil {
		v.rejected = map[string]bool{}
	}
	if rejected {
		v.rejected[statement] = true
	} else {
		delete(v.rejected, statement)
	}
}

// Cast records an answer; it replaces an earlier one of the same participant to
// the same statement. It fails on a vote that is none of the three.
func (v *Votes) Cast(participant, statement string, vote Vote) error {
	if vote < Disagree || vote > Agree {
		return fmt.Errorf("vote %d is none of 1, 0, -1", vote)
	}
	v.cast(v.person(participant), v.statements.number(statement), vote)
	return nil
}

// Withdraw takes an answer back; participant and statement stay known.
func (v *Votes) Withdraw(participant, statement string) {
	person, statementNumber, ok := v.pair(participant, statement)
	if !ok {
		return
	}
	if at, found := v.find(person, statementNumber); found {
		v.rows[person] = slices.Delete(v.rows[person], at, at+1)
	}
}

// Vote returns the answer of a participant to a statement, and whether there
// is one.
func (v *Votes) Vote(participant, statement string) (Vote, bool) {
	person, statementNumber, ok := v.pair(participant, statement)
	if !ok {
		return 0, false
	}
	if at, found := v.find(person, statementNumber); found {
		return v.rows[person][at].vote, true
	}
	return 0, false
}

func (v *Votes) person(id string) int32 {
	n := v.people.number(id)
	if int(n) == len(v.rows) {
		v.rows = append(v.rows, nil)
	}
	return n
}

// pair returns the numbers of two ids when both are known.
func (v *Votes) pair(participant, statement string) (person, statementNumber int32, ok bool) {
	person, known := v.people.numbers[participant]
	statementNumber, also := v.statements.numbers[statement]
	return person, statementNumber, known && also
}

func (v *Votes) cast(person, statement int32, vote Vote) {
	at, found := v.find(person, statement)
	if found {
		v.rows[person][at].vote = vote
		return
	}
	v.rows[person] = slices.Insert(v.rows[person], at, answer{statement, vote})
}

// find returns where the answer to a statement is in a row, or belongs.
func (v *Votes) find(person, statement int32) (int, bool) {
	row := v.rows[person]
	if last := len(row) - 1; last < 0 || row[last].statement < statement {
		return len(row), false
	}
	return slices.BinarySearchFunc(row, statement, func(a answer, s int32) int {
		return cmp.Compare(a.statement, s)
	})
}

// byID orders ids for ties and tables: numbers by value, before other names.
func byID(a, b string) int {
	x, xok := digits(a)
	y, yok := digits(b)
	switch {
	case xok && yok:
		return cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y), strings.Compare(a, b))
	case xok:
		return -1
	case yok:
		return 1
	}
	return strings.Compare(a, b)
}

// digits returns a whole number without leading zeros.
func digits(id string) (string, bool) {
	if id == "" || strings.Trim(id, "0123456789") != "" {
		return "", false
	}
	return strings.TrimLeft(id, "0"), true
}
