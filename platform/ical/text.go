package ical

import (
	"bytes"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	goical "github.com/emersion/go-ical"
)

// set writes a value that needs no escaping; an empty one is left out.
func set(c *goical.Component, name, value string) {
	if value == "" {
		return
	}
	p := goical.NewProp(name)
	p.Value = value
	c.Props.Set(p)
}

// text writes what people wrote; an empty text is left out.
func text(c *goical.Component, name, value string) { set(c, name, escape(value)) }

func escape(s string) string {
	p := goical.Prop{Params: goical.Params{}}
	p.SetText(lines(s))
	return p.Value
}

func instant(c *goical.Component, name string, at time.Time) {
	p := goical.NewProp(name)
	if at.Location() == time.UTC {
		p.Value = at.Format(layoutUTC)
	} else {
		p.Params.Set(goical.PropTimezoneID, at.Location().String())
		p.Value = at.Format(layoutLocal)
	}
	c.Props.Add(p)
}

// lines keeps line ends, as one character each, and drops every other control
// character and what is no UTF-8.
func lines(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}

// line is the text without line ends.
func line(s string) string { return strings.Join(strings.Fields(lines(s)), " ") }

// param is a text that may stand in a parameter, where nothing can be escaped.
func param(s string) string { return strings.ReplaceAll(line(s), `"`, "'") }

const foldAt = 75 // bytes of a line, without its end (RFC 5545, 3.1)

// fold breaks long lines, which the encoder leaves whole, between characters.
func fold(raw []byte) []byte {
	var out bytes.Buffer
	out.Grow(len(raw) + len(raw)/foldAt*3)
	for l := range bytes.SplitSeq(bytes.TrimSuffix(raw, []byte("\r\n")), []byte("\r\n")) {
		for room := foldAt; len(l) > room; room = foldAt - 1 {
			n := room
			for !utf8.RuneStart(l[n]) {
				n--
			}
			out.Write(l[:n])
			out.WriteString("\r\n ")
			l = l[n:]
		}
		out.Write(l)
		out.WriteString("\r\n")
	}
	return out.Bytes()
}
