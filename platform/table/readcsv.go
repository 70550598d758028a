package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"ronda/platform/fault"
)

// separators in the order in which they win when a heading holds as many of
// one as of another.
var separators = []rune{';', ',', '\t'}

func readCSV(data []byte, b *builder) error {
	text, err := decoded(data)
	if err != nil {
		return err
	}
	if isPage(text) {
		return fault.New(fault.Invalid, "table.page")
	}
	text, separator, skipped := separated(text)
	if strings.Count(text, string(separator)) > b.limits.Cells { // before they are taken apart
		return fault.New(fault.Invalid, "table.cells", "max", b.limits.Cells)
	}
	in := csv.NewReader(strings.NewReader(text))
	in.Comma = separator
	in.FieldsPerRecord = -1
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		var parse *csv.ParseError
		if errors.As(err, &parse) {
			return wrong("table.quotes", parse.StartLine+skipped)
		}
		if err != nil {
			return err
		}
		for i, c := range cells {
			cells[i] = Restored(c)
		}
		line, _ := in.FieldPos(0)
		if err := b.add(line+skipped, cells); err != nil {
			return err
		}
	}
}

// decoded is the file as UTF-8 without a mark: UTF-16 when it is marked so,
// UTF-8 when it is that, otherwise what Windows writes in these countries
// (Windows-1252, which holds all of Latin-1).
func decoded(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("\xFE\xFF")):
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
		if err != nil {
			return "", fault.New(fault.Invalid, "table.not_a_list")
		}
		data = out
	case bytes.IndexByte(data, 0) >= 0:
		return "", fault.New(fault.Invalid, "table.not_a_list")
	case !utf8.Valid(data):
		out, err := charmap.Windows1252.NewDecoder().Bytes(data)
		if err != nil {
			return "", fault.New(fault.Invalid, "table.not_a_list")
		}
		data = out
	}
	return strings.TrimPrefix(string(data), bom), nil
}

// isPage says whether a web page was sent in place of a list, as happens when a
// download asks to sign in first.
func isPage(text string) bool {
	start := strings.ToLower(strings.TrimSpace(text[:min(len(text), 1024)]))
	for _, tag := range []string{"<!doctype", "<html", "<head", "<body", "<table", "<?xml", "<!--"} {
		if strings.HasPrefix(start, tag) {
			return true
		}
	}
	return false
}

// separated finds what separates the cells: the line "sep=;" that spreadsheets
// write says so, otherwise the heading shows it. skipped is how many lines were
// taken away.
func separated(text string) (rest string, separator rune, skipped int) {
	first, after, _ := strings.Cut(text, "\n")
	if sep, ok := strings.CutPrefix(strings.ToLower(strings.TrimRight(first, "\r")), "sep="); ok {
		if r, size := utf8.DecodeRuneInString(sep); size == len(sep) && size > 0 && strings.ContainsRune(";,\t|", r) {
			return after, r, 1
		}
	}
	return text, busiest(text), 0
}

// busiest is the separator that the first line with text holds most of, outside
// of quotes.
func busiest(text string) rune {
	count := map[rune]int{}
	quoted, any := false, false
	for _, r := range text {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '\n' && any:
			return most(count)
		case r == '\n' || r == '\r':
			continue
		default:
			count[r]++
		}
		any = true
	}
	return most(count)
}

func most(count map[rune]int) rune {
	best := ','
	for _, s := range separators {
		if count[s] > count[best] || (s == separators[0] && count[s] > 0 && count[s] >= count[best]) {
			best = s
		}
	}
	return best
}
