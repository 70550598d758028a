package main

import (
	"context"
	"errors"
	"fmt"

	"ronda/app"
	"ronda/platform/i18n"
)

// ImportCmd takes lists in.
type ImportCmd struct {
	Initiatives ImportInitiativesCmd `cmd:"" help:"Take in initiatives from a CSV or XLSX file: all of them or none."`
	Ideas       ImportIdeasCmd       `cmd:"" help:"Take in ideas from an export of another program: a report for each row, garbage set aside, nothing twice."`
}

// ImportInitiativesCmd takes in initiatives.
type ImportInitiativesCmd struct {
	Where
	File string `arg:"" help:"CSV or XLSX; - reads standard input." placeholder:"FILE"`
	Keep bool   `help:"Keep them. Without it, it is a trial run that says what would become of each row."`
	Lang string `help:"Language of the report." enum:"es,en" default:"en"`
}

// errRows ends the program with a failure after the report was printed.
var errRows = errors.New("nothing was kept: correct the rows above and try again")

// Run prints a line for each row; a wrong row is an error and nothing is kept.
func (c *ImportInitiativesCmd) Run(ctx context.Context, s IO) error {
	in, err := s.Open(c.File)
	if err != nil {
		return err
	}
	defer in.Close()
	cfg := c.config(logger(s.Err))
	cfg.Existing = true
	a, err := app.Open(ctx, cfg)
	if err != nil {
		return err
	}
	defer a.Close()
	lang, _ := i18n.Parse(c.Lang)
	lines, ok, err := a.ImportInitiatives(ctx, in, c.Keep, lang)
	if err != nil {
		return err
	}
	for _, line := range lines {
		fmt.Fprintln(s.Out, line)
	}
	if !ok {
		return errRows
	}
	return nil
}

// ExportCmd takes a public list out.
type ExportCmd struct {
	Where
	List   string `arg:"" help:"iniciativas, pasos, preguntas, trabas, ideas, desafios, respuestas, resultados, or registro (the public record, for ronda verify)."`
	Format string `help:"csv, json or xlsx; the record has its own." enum:"csv,json,xlsx" default:"csv"`
	Lang   string `help:"Language of headings and names." enum:"es,en" default:"es"`
}

// Run writes the list to standard output.
func (c *ExportCmd) Run(ctx context.Context, s IO) error {
	cfg := c.config(logger(s.Err))
	cfg.Existing = true
	a, err := app.Open(ctx, cfg)
	if err != nil {
		return err
	}
	defer a.Close()
	lang, _ := i18n.Parse(c.Lang)
	return a.Export(ctx, s.Out, c.List, c.Format, lang)
}
