package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"ronda/method/choice"
	"ronda/method/choice/rank"
	"ronda/method/choice/review"
	"ronda/platform/i18n"
)

// RankCmd puts a few options in order from a file of rankings, scores or grades.
type RankCmd struct {
	File   string `arg:"" optional:"" default:"-" help:"Ballots in JSON or in the .soi format of PrefLib, or with --rule reviews the grades of a jury in CSV (or .gz); - reads standard input."`
	Rule   string `enum:"star,schulze,ranked-pairs,majority-judgment,bradley-terry,condorcet,reviews" default:"schulze" help:"Rule: ${enum}."`
	Places int    `help:"With --rule reviews: how many ideas can be chosen."`
	Seed   string `help:"Seed of the draws that STAR may need; the same seed gives the same draw."`
	Lang   string `enum:"es,en" default:"es" env:"RONDA_LANG" help:"Language of the result: ${enum}."`
	JSON   bool   `name:"json" help:"Write JSON."`
}

// rankReport is what the command says, with its names in JSON.
type rankReport struct {
	Rule    rank.Rule  `json:"rule"`
	Winners []string   `json:"winners"`
	Order   [][]string `json:"order"` // equal places together
}

// Run reads the ballots and writes the order of the rule.
func (c *RankCmd) Run(s IO) error {
	if c.Rule == ruleReviews {
		return c.reviews(s)
	}
	poll, err := c.read(s)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	result, err := rank.Count(poll, rank.Rule(c.Rule), c.Seed)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	if c.JSON {
		report := rankReport{Rule: result.Rule, Winners: []string{}, Order: placeNames(poll, result.Places)}
		if len(report.Order) > 0 {
			report.Winners = report.Order[0]
		}
		return writeJSON(s.Out, report)
	}
	return c.write(s.Out, poll, result)
}

// ruleReviews ranks by the grades of a jury, adjusted for strict and generous
// reviewers; its file is the one a challenge's result gives away.
const ruleReviews = "reviews"

// reviews writes the places of the ideas as a challenge's result does: the same
// bytes as its own file of places.
func (c *RankCmd) reviews(s IO) error {
	if c.JSON {
		return errors.New("--rule reviews writes CSV; leave --json out")
	}
	file, err := s.Open(c.File)
	if err != nil {
		return err
	}
	defer file.Close()
	grades, err := review.ReadFile(file)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	places, err := review.Rank(&grades.Panel, review.Options{Places: c.Places})
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	return places.WriteCSV(s.Out, grades.Criteria)
}

// read reads the poll in the format that its first character tells.
func (c *RankCmd) read(s IO) (*rank.Poll, error) {
	file, err := s.Open(c.File)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(bytes.TrimLeft(text, "\xef\xbb\xbf \t\r\n"), []byte("{")) {
		return rank.ReadSOI(bytes.NewReader(text))
	}
	poll, ballots, err := rank.ReadJSON(bytes.NewReader(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))))
	if err != nil || ballots == "" {
		return poll, err
	}
	return poll, c.addBallots(s, poll, ballots)
}

// addBallots reads the ballots from a file that stands beside the poll's own.
func (c *RankCmd) addBallots(s IO, poll *rank.Poll, name string) error {
	if c.File == "-" || name != filepath.Base(name) || name == ".." {
		return fmt.Errorf("the ballots are in %q, which must stand beside the file", name)
	}
	file, err := s.Open(filepath.Join(filepath.Dir(c.File), name))
	if err != nil {
		return err
	}
	defer file.Close()
	if err := poll.AddSOI(file); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// placeNames writes places as names, equal ones in the order of their letters.
func placeNames(poll *rank.Poll, places rank.Places) [][]string {
	out := [][]string{}
	for _, group := range places {
		names := make([]string, len(group))
		for i, c := range group {
			names[i] = poll.Candidates[c]
		}
		slices.SortFunc(names, shorterFirst)
		out = append(out, names)
	}
	return out
}

// shorterFirst puts "2" before "10", and otherwise goes by the letters.
func shorterFirst(a, b string) int {
	if strings.Trim(a+b, "0123456789") == "" {
		return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	}
	return cmp.Compare(a, b)
}

// write writes the result for people: places, chances, draws, and who is
// undefeated.
func (c *RankCmd) write(w io.Writer, poll *rank.Poll, result *rank.Result) error {
	catalogue, err := i18n.New(choice.Messages)
	if err != nil {
		return err
	}
	lang, _ := i18n.Parse(c.Lang)
	ctx := i18n.With(context.Background(), catalogue, lang)
	to := bufio.NewWriter(w)
	place := 1
	for _, names := range placeNames(poll, result.Places) {
		fmt.Fprintf(to, "%3d  %s\n", place, strings.Join(names, " = "))
		place += len(names)
	}
	for i, s := range result.Strengths {
		fmt.Fprintln(to, i18n.T(ctx, "choice.rank.chance", "name", poll.Candidates[i],
			"chance", percent(s.Chance), "low", percent(s.Low), "high", percent(s.High)))
	}
	writeNotes(ctx, to, poll, result)
	return to.Flush()
}

// percent writes a share with one decimal.
func percent(x float64) string { return fmt.Sprintf("%.1f", 100*x) }

// writeNotes writes what the order alone does not say.
func writeNotes(ctx context.Context, w io.Writer, poll *rank.Poll, result *rank.Result) {
	for _, draw := range result.Draws {
		var names []string
		for _, i := range draw.Order {
			names = append(names, poll.Candidates[i])
		}
		fmt.Fprintln(w, i18n.T(ctx, "choice.rank.draw", "place", draw.Place, "names", strings.Join(names, ", ")))
	}
	if n := len(result.Undefeated); n > 0 {
		names := placeNames(poll, rank.Places{result.Undefeated})[0]
		fmt.Fprintln(w, i18n.T(ctx, "choice.rank.undefeated", "count", n, "names", strings.Join(names, ", ")))
	}
}
