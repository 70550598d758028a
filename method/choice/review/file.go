package review

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// File is a panel as it is published: CSV with a row for each review. The
// heading is "idea,reviewer" and a column "code:weight" for each criterion;
// grades begin at 1. Reviewers are numbers, not names.
type File struct {
	Criteria []string // codes, parallel to the weights of the panel
	Panel    Panel
}

// lowest is the worst grade in a file; in a panel it is 0.
const lowest = 1

// fileBest is the best grade in a file.
const fileBest = 5

// String is the file's text.
func (f File) String() string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	head := []string{"idea", "reviewer"}
	for c, code := range f.Criteria {
		head = append(head, code+":"+strconv.FormatFloat(f.Panel.Weights[c], 'g', -1, 64))
	}
	_ = w.Write(head) // a Builder takes everything
	for _, r := range f.Panel.Reviews {
		row := []string{r.Idea, r.Reviewer}
		for _, g := range r.Grades {
			row = append(row, strconv.Itoa(g+lowest))
		}
		_ = w.Write(row)
	}
	w.Flush()
	return b.String()
}

// ReadFile reads what String wrote.
func ReadFile(r io.Reader) (*File, error) {
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || len(rows[0]) < 3 || strings.TrimPrefix(rows[0][0], "\ufeff") != "idea" || rows[0][1] != "reviewer" {
		return nil, fmt.Errorf(`line 1: expected "idea,reviewer" and a column for each criterion`)
	}
	f := &File{Panel: Panel{Best: fileBest - lowest}}
	for _, head := range rows[0][2:] {
		code, weight, _ := strings.Cut(head, ":")
		w, err := strconv.ParseFloat(weight, 64)
		if err != nil {
			return nil, fmt.Errorf("line 1: %q is not a criterion with its weight, like impact:40", head)
		}
		f.Criteria, f.Panel.Weights = append(f.Criteria, code), append(f.Panel.Weights, w)
	}
	for i, row := range rows[1:] {
		review := Review{Idea: row[0], Reviewer: row[1]}
		for _, text := range row[2:] {
			g, err := strconv.Atoi(text)
			if err != nil || g < lowest || g > fileBest {
				return nil, fmt.Errorf("line %d: grade %q: expected %d to %d", i+2, text, lowest, fileBest)
			}
			review.Grades = append(review.Grades, g-lowest)
		}
		f.Panel.Reviews = append(f.Panel.Reviews, review)
	}
	return f, f.Panel.Check()
}

// WriteCSV writes the ranking, a row for each idea, the best first: what is
// published beside the file it was made of. criteria are the codes for the
// columns of the means, in which grades begin at 1.
func (r *Ranking) WriteCSV(w io.Writer, criteria []string) error {
	out := csv.NewWriter(w)
	head := []string{"place", "idea", "adjusted", "raw", "best", "worst", "status", "reviewers"}
	if err := out.Write(append(head, criteria...)); err != nil {
		return err
	}
	for _, s := range r.Ideas {
		row := []string{strconv.Itoa(s.Place), s.Idea, grade(s.Adjusted), grade(s.Raw), strconv.Itoa(s.Best), strconv.Itoa(s.Worst), string(s.Status), strconv.Itoa(s.Reviewers)}
		for _, m := range s.Means {
			row = append(row, grade(m))
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// grade writes a mean of a panel as one of a file, to six decimals.
func grade(x float64) string { return strconv.FormatFloat(x+lowest, 'f', 6, 64) }
