package strict

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// MaxFile is the size in bytes above which a file is refused unread.
const MaxFile = 1 << 20

var syntaxLine = regexp.MustCompile(`line (\d+): (.*)`)

// File reads one YAML document whose top is a mapping and hands it to read.
// With a document that is no YAML, or none at all, read is not called.
func (r *Reader) File(name, text string, read func(*Object)) {
	at := At{File: name}
	if len(text) > MaxFile {
		r.Fail(at, "charter.problem.too_big", "max", MaxFile)
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

// syntax turns the parser's complaint into a problem at the line it names.
func (r *Reader) syntax(name string, err error) {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 1
	if m := syntaxLine.FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1])
		text = m[2]
	}
	r.Fail(At{name, line}, "charter.problem.syntax", "what", text)
}
