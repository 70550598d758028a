package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"ronda/app"
	"ronda/city/ideas"
	"ronda/city/ideas/bring"
	"ronda/platform/i18n"
)

// ImportIdeasCmd takes in ideas of other programs.
type ImportIdeasCmd struct {
	Where
	File      string   `arg:"" help:"The export: a list, JSON or ZIP, packed with gzip or not; - reads standard input." placeholder:"FILE"`
	Format    string   `help:"The program it comes from: decidim, consul, consul-madrid, fider; or polis, whose statements go to a challenge." enum:"decidim,consul,consul-madrid,polis,fider" required:""`
	Votes     string   `help:"Polis: votes.csv beside comments.csv." placeholder:"FILE"`
	Challenge string   `help:"Number of the challenge that they answer. Without it, they come by the standing door." placeholder:"NUMBER"`
	Source    string   `help:"The site they come from, if the file does not say it. A file brought again needs the same." placeholder:"HOST"`
	Zone      string   `help:"Zone of times that do not say theirs." default:"UTC" placeholder:"NAME"`
	Names     bool     `help:"Keep the names that authors show there. Without it, ideas come without a name."`
	Accept    []string `help:"Number, as the report has it, of a row to take though it looks like garbage." placeholder:"NUMBER"`
	Report    string   `help:"Write what becomes of each row to this file, as CSV; - is standard output." placeholder:"FILE"`
	Keep      bool     `help:"Keep them. Without it, it is a trial run that says what would become of each row."`
	Lang      string   `help:"Language of the report." enum:"es,en" default:"en"`
}

// Run reads the file, tries it or takes it in, and says what became of its rows.
func (c *ImportIdeasCmd) Run(ctx context.Context, s IO) error {
	zone, err := time.LoadLocation(c.Zone)
	if err != nil {
		return fmt.Errorf("--zone: %w", err)
	}
	progress := s.Progress()
	o := bring.Options{Source: c.Source, Zone: zone, Names: c.Names, Accept: c.Accept, Step: func(rows int) { fmt.Fprintf(progress, "\rrows read: %d", rows) }}
	lang, _ := i18n.Parse(c.Lang)
	r, err := c.bring(ctx, s, o, lang)
	fmt.Fprint(progress, "\r")
	if err != nil {
		return err
	}
	words, err := app.Catalogue()
	if err != nil {
		return err
	}
	return c.say(i18n.With(ctx, words, lang), s, r)
}

// bring reads the file and gives it to the city. A trial where there is no city
// yet still says which rows are fit.
func (c *ImportIdeasCmd) bring(ctx context.Context, s IO, o bring.Options, lang i18n.Lang) (*bring.Report, error) {
	in, err := s.Open(c.File)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	cfg := c.config(logger(s.Err))
	cfg.Existing = true
	a, err := app.Open(ctx, cfg)
	if errors.Is(err, app.ErrNoData) && !c.Keep {
		a, err = nil, nil
	}
	if err != nil {
		return nil, err
	}
	if a != nil {
		defer a.Close()
	}
	if c.Format == string(bring.Polis) {
		return c.bringOpinions(ctx, s, a, in, o, lang)
	}
	opt := ideas.ImportOptions{Trial: !c.Keep, Challenge: c.Challenge}
	if a == nil {
		return bring.Import(ctx, nil, bring.Format(c.Format), in, o, opt)
	}
	return a.ImportIdeas(ctx, bring.Format(c.Format), in, o, opt, lang)
}

// bringOpinions reads the statements and votes of a conversation.
func (c *ImportIdeasCmd) bringOpinions(ctx context.Context, s IO, a *app.App, comments io.Reader, o bring.Options, lang i18n.Lang) (*bring.Report, error) {
	var votes io.Reader
	if c.Votes != "" {
		file, err := s.Open(c.Votes)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		votes = file
	}
	if a == nil {
		return bring.ImportOpinions(ctx, nil, c.Challenge, comments, votes, o, true)
	}
	return a.ImportStatements(ctx, c.Challenge, comments, votes, o, !c.Keep, lang)
}

// say prints the summary, and what became of each row where it was asked for.
func (c *ImportIdeasCmd) say(ctx context.Context, s IO, r *bring.Report) error {
	summary := s.Out
	switch c.Report {
	case "":
	case "-":
		if err := r.Write(ctx, s.Out); err != nil {
			return err
		}
		summary = s.Err
	default:
		if err := writeFile(c.Report, func(w io.Writer) error { return r.Write(ctx, w) }); err != nil {
			return err
		}
	}
	for _, line := range r.Summary(ctx) {
		fmt.Fprintln(summary, line)
	}
	return nil
}

// writeFile writes a new file.
func writeFile(name string, write func(io.Writer) error) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}
