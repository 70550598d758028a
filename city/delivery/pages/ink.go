package pages

import (
	"bytes"
	"html"
	"strconv"
)

// ink writes the drawing of a chart. Templates draw the pages; a chart repeats
// its bars five hundred times, which ink does in a third of the time.
type ink struct{ bytes.Buffer }

// put writes markup as it is; numbers are lengths to a tenth.
func (k *ink) put(parts ...any) {
	for _, part := range parts {
		switch x := part.(type) {
		case string:
			k.WriteString(x)
		case float64:
			k.number(x)
		case int:
			k.Write(strconv.AppendInt(k.AvailableBuffer(), int64(x), 10))
		}
	}
}

// number writes a length to a tenth, without a zero behind the point.
func (k *ink) number(x float64) {
	b := strconv.AppendFloat(k.AvailableBuffer(), x, 'f', 1, 64)
	k.Write(bytes.TrimSuffix(b, []byte(".0")))
}

// text writes words, escaped for an element or a quoted attribute.
func (k *ink) text(words string) { k.WriteString(html.EscapeString(words)) }

// attr writes an attribute unless it is empty.
func (k *ink) attr(name, value string) {
	if value != "" {
		k.put(" ", name, `="`)
		k.text(value)
		k.put(`"`)
	}
}
