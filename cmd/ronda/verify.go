package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"ronda/app"
	"ronda/platform/i18n"
	"ronda/platform/record"
)

// errTampered ends the program with a failure after the findings were printed.
var errTampered = errors.New("the record does not verify")

// VerifyCmd checks the public record without trusting who serves it.
type VerifyCmd struct {
	What     string   `arg:"" help:"What to check: a data folder, a downloaded export (.gz or -), or the address of a site." placeholder:"DIR|FILE|URL"`
	Database string   `help:"PostgreSQL address of the data; the folder then holds the key and the witness file." placeholder:"URL"`
	Key      string   `help:"The record's public key as the city publishes it, or a file with it. A data folder has its own." placeholder:"KEY|FILE"`
	Since    []string `help:"A checkpoint kept earlier: the record must still contain it." type:"existingfile" placeholder:"FILE"`
	Lang     string   `help:"Language of the report." enum:"es,en" default:"en"`
}

// Run checks and prints what was found; a record that does not verify is an
// error.
func (c *VerifyCmd) Run(ctx context.Context, s IO) error {
	check, err := c.check(s)
	if err != nil {
		return err
	}
	result, err := c.verify(ctx, s, check)
	if err != nil {
		return err
	}
	words, err := app.Catalogue()
	if err != nil {
		return err
	}
	lang, _ := i18n.Parse(c.Lang)
	say(i18n.With(ctx, words, lang), s, result)
	if !result.OK() {
		return errTampered
	}
	return nil
}

// say prints what was checked and what was found, a line each.
func say(ctx context.Context, s IO, r record.Result) {
	for _, f := range r.Findings {
		fmt.Fprintln(s.Out, f.Say(ctx))
	}
	if more := r.Found - int64(len(r.Findings)); more > 0 {
		fmt.Fprintln(s.Out, i18n.T(ctx, "app.verify.more", "count", int(more)))
	}
	fmt.Fprintln(s.Out, i18n.T(ctx, "app.verify.checked", "acts", r.Acts, "texts", r.Texts, "erased", r.Erased, "checkpoints", r.Checkpoints, "waiting", r.Waiting))
	if !r.Given {
		fmt.Fprintln(s.Out, i18n.T(ctx, "app.verify.own_key", "key", r.Verifier))
	}
	if r.OK() {
		fmt.Fprintln(s.Out, i18n.T(ctx, "app.verify.ok"))
		return
	}
	fmt.Fprintln(s.Out, i18n.T(ctx, "app.verify.bad", "count", int(r.Found)))
}

// check gathers what the check compares with.
func (c *VerifyCmd) check(s IO) (record.Check, error) {
	check := record.Check{Verifier: c.Key}
	if text, err := os.ReadFile(c.Key); err == nil {
		check.Verifier = strings.TrimSpace(string(text))
	}
	for _, name := range c.Since {
		text, err := os.ReadFile(name)
		if err != nil {
			return check, err
		}
		check.Since = append(check.Since, string(text))
	}
	progress := s.Progress()
	check.Progress = func(done, total int64) { fmt.Fprintf(progress, "\r%d / %d ", done, total) }
	return check, nil
}

func (c *VerifyCmd) verify(ctx context.Context, s IO, check record.Check) (record.Result, error) {
	if strings.HasPrefix(c.What, "http://") || strings.HasPrefix(c.What, "https://") {
		return record.VerifyURL(ctx, c.What, check)
	}
	if info, err := os.Stat(c.What); err == nil && info.IsDir() {
		return c.verifyFolder(ctx, s, check)
	}
	in, err := s.Open(c.What)
	if err != nil {
		return record.Result{}, err
	}
	defer in.Close()
	return record.VerifyExport(ctx, in, check)
}

// verifyFolder checks the data of a city as they lie on disk.
func (c *VerifyCmd) verifyFolder(ctx context.Context, s IO, check record.Check) (record.Result, error) {
	var err error
	if check.Verifier == "" {
		if check.Verifier, err = record.ReadVerifier(filepath.Join(c.What, "record.key")); err != nil {
			return record.Result{}, err
		}
	}
	check.Witness = filepath.Join(c.What, "checkpoint")
	d, err := app.OpenExisting(ctx, app.Config{Data: c.What, Database: c.Database, Log: logger(s.Err)})
	if err != nil {
		return record.Result{}, err
	}
	defer d.Close()
	return record.VerifyData(ctx, d, check)
}
