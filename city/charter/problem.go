package charter

import (
	"fmt"
	"strings"

	"ronda/city/charter/internal/strict"
	"ronda/platform/i18n"
)

// Problem is one mistake in the files of a city.
type Problem struct {
	File string
	Line int    // from 1; 0 is the file as a whole
	Key  string // message key of what is wrong and what to do
	Args []any  // pairs for the message
}

// Text says what is wrong and what to do, without the place.
func (p Problem) Text(c *i18n.Catalogue, lang i18n.Lang) string {
	args := make([]any, len(p.Args))
	copy(args, p.Args)
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == "kind" {
			args[i+1] = c.Text(lang, "charter.kind."+fmt.Sprint(args[i+1]))
		}
	}
	return c.Text(lang, p.Key, args...)
}

// Where is the place as compilers write it, "bodies.yaml:12".
func (p Problem) Where() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

// Errors is every mistake in the files of a city, in the order of files and
// lines.
type Errors []Problem

func newErrors(found []strict.Problem) Errors {
	errs := make(Errors, len(found))
	for i, f := range found {
		errs[i] = Problem{File: f.File, Line: f.Line, Key: f.Key, Args: f.Args}
	}
	return errs
}

// Error is one line for each mistake, in English.
func (e Errors) Error() string { return e.In(i18n.English) }

// In is one line for each mistake, "file:line: what is wrong; what to do".
func (e Errors) In(lang i18n.Lang) string {
	words, err := i18n.New(Messages)
	if err != nil {
		return err.Error() // the catalogue is part of the program: a test reads it
	}
	lines := make([]string, len(e))
	for i, p := range e {
		lines[i] = p.Where() + ": " + p.Text(words, lang)
	}
	return strings.Join(lines, "\n")
}

// MaxText is the most characters a text in the files may have.
const MaxText = strict.MaxText
