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
		r.syntax(name, err)
		return
	}
	var second yaml.Node
	if err := dec.Decode(&second); err == nil {
		r.Fail(At{name, second.Line}, "charter.problem.second_document")
	} else if !errors.Is(err, io.EOF) {
		r.syntax(name, err)
	}
	r.object(name, doc.Content[0], read)
}

// syntax turns the library's complaint into a problem at the line it names.
func (r *Reader) syntax(name string, err error) {
	at, text := At{File: name}, strings.TrimPrefix(err.Error(), "yaml: ")
	if m := syntaxLine.FindStringSubmatch(text); m != nil {
		at.Line, _ = strconv.Atoi(m[1])
		text = m[2]
	}
	if grammar.MatchString(text) {
		at.Line++
	}
	r.Fail(at, "charter.problem.syntax", "what", text)
}

// printable refuses bytes that are no text, at their line.
func (r *Reader) printable(name, text string) bool {
	for i, c := range text {
		broken := c == utf8.RuneError && !strings.HasPrefix(text[i:], string(utf8.RuneError))
		if broken || unicode.IsControl(c) && c != '\n' && c != '\r' && c != '\t' {
			r.Fail(At{name, 1 + strings.Count(text[:i], "\n")}, "charter.problem.characters")
			return false
		}
	}
	return true
}
