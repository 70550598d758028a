package strict

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// MaxFile is the size in bytes above which a file is refused unread.
const MaxFile = 1 << 20

var (
	syntaxLine = regexp.MustCompile(`line (\d+): (.*)`)
	// grammar is what the YAML library says of tokens in the wrong place. It
	// counts their lines from 0, all others from 1.
	grammar = regexp.MustCompile(`^did not find expected (key|',' or|'-' indicator|node content|<document start>)`)
)

// File reads one YAML document whose top is a mapping and hands it to read.
// With a document that is no YAML, or none at all, read is not called.
func (r *Reader) File(name, text string, read func(*Object)) {
	at := At{File: name}
	if len(text) > MaxFile {
		r.Fail(at, "charter.problem.too_big", "max", MaxFile)
		return
	}
	if !r.printable(name, text) {
		return
	}
	dec := yaml.NewDecoder(bytes.NewReader([]byte(text)))
	var doc yaml.Node
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF) || err == nil && len(doc.Content) == 0:
		r.Fail(at, "charter.problem.empty_file")
		return
	case err != nil:
		r.syntax(name, text, err)
		return
	}
	var second yaml.Node
	if err := dec.Decode(&second); err == nil {
		r.Fail(At{name, second.Line}, "charter.problem.second_document")
	} else if !errors.Is(err, io.EOF) {
		r.syntax(name, text, err)
	}
	r.object(name, doc.Content[0], read)
}

// syntax turns the library's complaint into a problem at the line it names.
func (r *Reader) syntax(name, text string, err error) {
	at, what := At{File: name}, strings.TrimPrefix(err.Error(), "yaml: ")
	if m := syntaxLine.FindStringSubmatch(what); m != nil {
		at.Line, _ = strconv.Atoi(m[1])
		what = m[2]
	}
	if grammar.MatchString(what) {
		at.Line++
	}
	at.Line = min(at.Line, 1+strings.Count(text, "\n"))
	r.Fail(at, "charter.problem.syntax", "what", what)
}

// printable refuses bytes that are no text, at their line.
func (r *Reader) printable(name, text string) bool {
	for i, c := range text {
		if bad(c, text[i:]) {
			r.Fail(At{name, 1 + strings.Count(text[:i], "\n")}, "charter.problem.characters")
			return false
		}
	}
	return true
}

// bad says whether the rune that rest begins with has no place in a file: half a
// rune, a control, or what only some programs take for the end of a line.
func bad(c rune, rest string) bool {
	switch c {
	case '\n', '\t':
		return false
	case '\r':
		return !strings.HasPrefix(rest, "\r\n")
	case '\u2028', '\u2029':
		return true
	case utf8.RuneError:
		return !strings.HasPrefix(rest, string(utf8.RuneError))
	}
	return unicode.IsControl(c)
}
