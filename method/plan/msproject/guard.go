package msproject

import (
	"bytes"
	"encoding/xml"
	"io"

	"golang.org/x/text/encoding/charmap"
)

// Limits no real file comes near.
const (
	maxDepth    = 32
	maxElements = 3_000_000
	maxMarkup   = 64 << 10 // bytes from < to >
	maxText     = 1 << 20  // bytes between markup
)

// meter measures a file as it is read: its size, and how far its marks lie
// apart, so that no tag with a million attributes reaches the parser.
type meter struct {
	r      io.Reader
	size   int
	run    int // since the last mark
	markup bool
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if m.size += n; m.size > MaxSize {
		return 0, ErrTooLarge
	}
	for rest := p[:n]; len(rest) > 0; {
		mark, limit := byte('<'), maxText
		if m.markup {
			mark, limit = '>', maxMarkup
		}
		at := bytes.IndexByte(rest, mark)
		if at < 0 {
			m.run += len(rest)
			rest = nil
		} else {
			m.run, m.markup, rest = m.run+at, !m.markup, rest[at+1:]
		}
		if m.run > limit {
			return 0, ErrBomb
		}
		if at >= 0 {
			m.run = 0
		}
	}
	return n, err
}

// guard hands on the tokens of a file, and refuses document types, which plans
// do not have, and depths and numbers that they do not reach.
type guard struct {
	raw             *xml.Decoder
	depth, elements int
}

// open returns a decoder of a guarded file.
func open(r io.Reader) *xml.Decoder {
	raw := xml.NewDecoder(&meter{r: r})
	raw.CharsetReader = charset
	return xml.NewTokenDecoder(&guard{raw: raw})
}

// charset reads the encodings that old programs write.
func charset(name string, r io.Reader) (io.Reader, error) {
	switch string(bytes.ToLower([]byte(name))) {
	case "us-ascii", "ascii":
		return r, nil
	case "iso-8859-1", "windows-1252", "latin1":
		return charmap.Windows1252.NewDecoder().Reader(r), nil
	}
	return nil, ErrNotProject
}

// Token is the next token of the file.
func (g *guard) Token() (xml.Token, error) {
	token, err := g.raw.RawToken()
	switch token.(type) {
	case xml.StartElement:
		g.depth++
		if g.elements++; g.depth > maxDepth || g.elements > maxElements {
			return nil, ErrBomb
		}
	case xml.EndElement:
		g.depth--
	case xml.Directive:
		return nil, ErrBomb
	}
	return token, err
}
