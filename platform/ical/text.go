package ical

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

const foldAt = 75 // bytes of a line, without its end (RFC 5545, 3.1)

// writer collects the lines of a calendar, folded.
type writer struct{ out []byte }

// line writes a property whose value needs no escaping; params are names and
// values.
func (w *writer) line(name, value string, params ...string) {
	start := len(w.out)
	w.out = append(w.out, name...)
	for i := 0; i+1 < len(params); i += 2 {
		w.out = append(append(append(w.out, ';'), params[i]...), '=')
		if strings.ContainsAny(params[i+1], ";:,") {
			w.out = append(append(append(w.out, '"'), params[i+1]...), '"')
		} else {
			w.out = append(w.out, params[i+1]...)
		}
	}
	w.out = append(append(w.out, ':'), value...)
	w.fold(start)
	w.out = append(w.out, "\r\n"...)
}

// fold breaks the line that begins at start where it is too long, between
// characters.
func (w *writer) fold(start int) {
	if len(w.out)-start <= foldAt {
		return
	}
	rest := strings.Clone(string(w.out[start:]))
	w.out = w.out[:start]
	for room := foldAt; len(rest) > room; room = foldAt - 1 {
		n := room
		for !utf8.RuneStart(rest[n]) {
			n--
		}
		w.out = append(append(w.out, rest[:n]...), "\r\n "...)
		rest = rest[n:]
	}
	w.out = append(w.out, rest...)
}

// some writes a property that is left out when it is empty.
func (w *writer) some(name, value string) {
	if value != "" {
		w.line(name, value)
	}
}

var escapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

// text writes what people wrote; an empty text is left out.
func (w *writer) text(name, value string) { w.some(name, escapes.Replace(lines(value))) }

func (w *writer) instant(name string, at time.Time) {
	if at.Location() == time.UTC {
		w.line(name, at.Format(layoutUTC))
		return
	}
	w.line(name, at.Format(layoutLocal), "TZID", at.Location().String())
}

// lines keeps line ends, as one character each, and drops every other control
// character and what is no UTF-8.
func lines(s string) string {
	if !strings.ContainsFunc(s, unwanted) && utf8.ValidString(s) {
		return s
	}
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if unwanted(r) {
			return -1
		}
		return r
	}, s)
}

func unwanted(r rune) bool { return r != '\n' && unicode.IsControl(r) }

// oneLine is the text without line ends.
func oneLine(s string) string { return strings.Join(strings.Fields(lines(s)), " ") }

// param is a text that may stand in a parameter, where nothing can be escaped.
func param(s string) string { return strings.ReplaceAll(oneLine(s), `"`, "'") }
