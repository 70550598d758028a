package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"

	"ronda/method/choice"
	"ronda/method/choice/budget"
	"ronda/platform/i18n"
)

// ChooseCmd chooses projects within a budget from a file of votes.
type ChooseCmd struct {
	File           string `arg:"" optional:"" default:"-" help:"Votes in the .pb format of Pabulib (or .gz); - reads standard input."`
	Rule           string `enum:"equal-shares,equal-shares-add1,greedy,phragmen" default:"equal-shares-add1" help:"Rule: ${enum}."`
	ExhaustiveStop bool   `help:"With add1, stop raising the shares as soon as no further project fits."`
	Fill           bool   `help:"With equal shares, spend what is left on the projects with the most votes."`
	Ties           string `enum:"votes,id" default:"votes" help:"What decides between equals: votes (then lower cost, then id) or id."`
	Lang           string `enum:"es,en" default:"es" env:"RONDA_LANG" help:"Language of the reasons: ${enum}."`
	JSON           bool   `name:"json" help:"Write JSON."`
}

// Run reads the votes and writes what the rule chooses, and why.
func (c *ChooseCmd) Run(s IO) error {
	in, err := c.read(s)
	if err != nil {
		return err
	}
	out, err := c.decide(in, s.Progress())
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	if c.JSON {
		return writeJSON(s.Out, newChooseReport(in, out))
	}
	return c.write(s.Out, in, out)
}

// read reads the instance, and says on Err what was odd about the file.
func (c *ChooseCmd) read(s IO) (*budget.Instance, error) {
	file, err := s.Open(c.File)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	in, err := budget.Read(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.File, err)
	}
	for _, note := range in.Notes {
		fmt.Fprintf(s.Err, "%s: %s\n", c.File, note)
	}
	return in, nil
}

// decide applies the rule.
func (c *ChooseCmd) decide(in *budget.Instance, progress io.Writer) (*budget.Outcome, error) {
	o := budget.Options{Ties: budget.Ties(c.Ties), Fill: c.Fill, StopWhenExhaustive: c.ExhaustiveStop}
	switch budget.Rule(c.Rule) {
	case budget.GreedyRule:
		return budget.Greedy(in, o)
	case budget.PhragmenRule:
		return budget.Phragmen(in, o)
	case budget.EqualSharesRule:
		return budget.EqualShares(in, o)
	case budget.EqualSharesAdd1Rule:
		o.Raise = true
		if progress != io.Discard {
			o.Progress = raising(in, progress)
			defer fmt.Fprintln(progress)
		}
		return budget.EqualShares(in, o)
	}
	return nil, fmt.Errorf("rule %q is not known", c.Rule)
}

// raising shows, on one line, how far the share of each ballot has been raised.
func raising(in *budget.Instance, w io.Writer) func(run int, share float64, cost budget.Amount) {
	const every = 20 // runs
	return func(run int, share float64, cost budget.Amount) {
		if run%every == 1 {
			fmt.Fprintf(w, "\rrun %d: %.2f for each ballot, %.1f%% of the budget", run, share, 100*float64(cost)/float64(in.Budget))
		}
	}
}

// write writes the outcome for people: what was chosen, what was not, and why.
func (c *ChooseCmd) write(w io.Writer, in *budget.Instance, out *budget.Outcome) error {
	catalogue, err := i18n.New(choice.Messages)
	if err != nil {
		return err
	}
	lang, _ := i18n.Parse(c.Lang)
	ctx := i18n.With(context.Background(), catalogue, lang)
	to := bufio.NewWriter(w)
	fmt.Fprintln(to, i18n.T(ctx, "choice.table.chosen", "chosen", len(out.Selected), "projects", len(in.Projects),
		"cost", in.Text(out.Cost), "budget", in.Text(in.Budget)))
	if out.Share != nil {
		share, _ := out.Share.Float64()
		fmt.Fprintln(to, i18n.T(ctx, "choice.table.share", "share", fmt.Sprintf("%.2f", share/in.Units()), "runs", out.Runs))
	}
	for _, p := range out.Selected {
		writeWhy(ctx, to, in, out, p)
	}
	fmt.Fprintf(to, "\n%s\n", i18n.T(ctx, "choice.table.not_chosen"))
	for p := range in.Projects {
		if !out.Why[p].Cause.Chosen() {
			writeWhy(ctx, to, in, out, p)
		}
	}
	return to.Flush()
}

// writeWhy writes one project: id, name, and the reason below.
func writeWhy(ctx context.Context, w io.Writer, in *budget.Instance, out *budget.Outcome, p int) {
	key, args := choice.Why(in, out, p)
	fmt.Fprintf(w, "\n%s  %s\n    %s", in.Projects[p].ID, in.Projects[p].Name, i18n.T(ctx, key, args...))
	if key, args, ok := choice.Tied(in, out, p); ok {
		fmt.Fprintf(w, " %s", i18n.T(ctx, key, args...))
	}
	fmt.Fprintln(w)
}

// chooseReport is what the command says, with its names in JSON.
type chooseReport struct {
	Rule     budget.Rule          `json:"rule"`
	Budget   json.Number          `json:"budget"`
	Cost     json.Number          `json:"cost"`
	Selected []string             `json:"selected"`
	Why      map[string]whyReport `json:"why"`
}

// whyReport is the reason of one project; money is in units of the currency,
// and figures that are no counts are rounded to six decimals.
type whyReport struct {
	Selected  bool         `json:"selected"`
	Cause     budget.Cause `json:"cause"`
	Cost      json.Number  `json:"cost"`
	Votes     int64        `json:"votes"`
	Round     int          `json:"round,omitempty"`
	Price     float64      `json:"price,omitempty"`
	Effective float64      `json:"effective_votes,omitempty"`
	Behind    *float64     `json:"money_behind,omitempty"` // cause short: what its backers had left
	Left      *float64     `json:"money_left,omitempty"`   // cause no_room: what the budget had left
	Tied      []string     `json:"tied_with,omitempty"`
}

func newChooseReport(in *budget.Instance, out *budget.Outcome) chooseReport {
	r := chooseReport{Rule: out.Rule, Budget: json.Number(in.Text(in.Budget)), Cost: json.Number(in.Text(out.Cost)),
		Selected: []string{}, Why: make(map[string]whyReport, len(in.Projects))}
	for _, p := range out.Selected {
		r.Selected = append(r.Selected, in.Projects[p].ID)
	}
	for p, project := range in.Projects {
		r.Why[project.ID] = newWhyReport(in, out.Why[p], project)
	}
	return r
}

func newWhyReport(in *budget.Instance, why budget.Reason, project budget.Project) whyReport {
	r := whyReport{Selected: why.Cause.Chosen(), Cause: why.Cause, Cost: json.Number(in.Text(project.Cost)),
		Votes: why.Votes, Round: why.Round, Price: round6(why.Price), Effective: round6(why.Effective)}
	behind := round6(why.Behind)
	switch why.Cause {
	case budget.Short:
		r.Behind = &behind
	case budget.NoRoom:
		r.Left = &behind
	}
	for _, p := range why.Tied {
		r.Tied = append(r.Tied, in.Projects[p].ID)
	}
	return r
}

// round6 rounds to six decimals, which hides the last bits of a float.
func round6(x float64) float64 { return math.Round(x*1e6) / 1e6 }
