package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"ronda/city/people"
	"ronda/city/roundtable/exchange"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/table"
)

// ErrNoData says that there is no database where the flags point.
var ErrNoData = errors.New("there is no database here; is --data the right folder?")

// OpenExisting opens the database of a configuration as it is, without changing
// its tables; ErrNoData when there is none.
func OpenExisting(ctx context.Context, cfg Config) (*db.DB, error) {
	if !cfg.exists() {
		return nil, fmt.Errorf("%s: %w", cfg.Target(), ErrNoData)
	}
	return db.Open(ctx, cfg.Target())
}

// exists says whether there is a database file; PostgreSQL says it itself.
func (c Config) exists() bool {
	if c.Database != "" {
		return true
	}
	_, err := os.Stat(c.Target())
	return !errors.Is(err, fs.ErrNotExist)
}

// Words is an error as a person reads it: a fault in the words of the language,
// anything else as it is.
func Words(err error, lang i18n.Lang) string {
	var f *fault.Error
	words, failed := Catalogue()
	if failed != nil || !errors.As(err, &f) || f.Key == "" {
		return err.Error()
	}
	said := words.Text(lang, f.Key, f.Args...)
	for _, field := range f.Fields {
		said += "\n  " + field.Name + ": " + words.Text(lang, field.Key, field.Args...)
	}
	return said
}

// KeyFile is where the record's signing key lies.
func (c Config) KeyFile() string { return filepath.Join(c.Data, "record.key") }

// operator is whoever has the machine: it may import, and no post is its own.
func (a *App) operator(ctx context.Context, lang i18n.Lang) (context.Context, error) {
	words, err := Catalogue()
	if err != nil {
		return nil, err
	}
	ctx = people.With(ctx, people.Standing{Person: "operator", Roles: []string{people.RoleAdministrator}})
	return i18n.With(ctx, words, lang), nil
}

// ImportInitiatives takes in a spreadsheet of initiatives, or tries it. It gives
// a line for each row; ok is false when a row was wrong and nothing was kept.
func (a *App) ImportInitiatives(ctx context.Context, r io.Reader, keep bool, lang i18n.Lang) (lines []string, ok bool, err error) {
	if ctx, err = a.operator(ctx, lang); err != nil {
		return nil, false, err
	}
	rows, err := exchange.Read(r)
	if err != nil {
		return nil, false, err
	}
	report, _, err := a.roundtable.Import(ctx, rows, !keep)
	if err != nil {
		return nil, false, err
	}
	ok = true
	for _, row := range report {
		line := fmt.Sprintf("%d\t%s\t%s", row.Line, row.Title, row.Number)
		for _, f := range row.Faults {
			ok = false
			line += "\t" + f.Name + ": " + i18n.T(ctx, f.Key, f.Args...)
		}
		if len(row.Faults) == 0 && row.Number == "" {
			line += i18n.T(ctx, "roundtable.import.fine")
		}
		lines = append(lines, strings.TrimRight(line, "\t"))
	}
	if ok && !keep {
		lines = append(lines, i18n.T(ctx, "app.import.trial"))
	}
	return lines, ok, nil
}

// Export writes a public list, or the public record, to w.
func (a *App) Export(ctx context.Context, w io.Writer, list, format string, lang i18n.Lang) error {
	if list == "registro" {
		return a.record.Export(ctx, w)
	}
	ctx, err := a.operator(ctx, lang)
	if err != nil {
		return err
	}
	return a.data.Write(ctx, w, list, table.Format(format))
}
