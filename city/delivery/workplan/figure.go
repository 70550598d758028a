package workplan

import (
	"context"
	"strconv"
	"strings"

	"ronda/platform/i18n"
)

// Figure is a measure in thousandths of its unit.
type Figure int64

// thousandths in a whole.
const thousandths = 1000

// MaxFigure is the greatest figure either way.
const MaxFigure Figure = 1e12 * thousandths

// ParseFigure reads what people write: "1234.5", "1.234,5", "-3". The last point or
// comma is that of the decimals, of which there are at most three, unless it can
// only part thousands ("1.234.567", "12,345,678"). A single point or comma before
// three digits parts thousands as well, but after a zero ("0,125").
func ParseFigure(text string) (Figure, bool) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\u00a0", ""))
	sign := Figure(1)
	if rest, minus := strings.CutPrefix(strings.Replace(text, "−", "-", 1), "-"); minus {
		sign, text = -1, rest
	}
	whole, part, ok := halves(text)
	if !ok || whole == "" || len(whole) > 13 || len(part) > 3 {
		return 0, false
	}
	n, err := strconv.ParseUint(whole+part+strings.Repeat("0", 3-len(part)), 10, 63)
	if err != nil || n > uint64(MaxFigure) {
		return 0, false
	}
	return sign * Figure(n), true
}

// halves parts a number at its decimals and takes the marks of thousands out.
func halves(text string) (whole, part string, ok bool) {
	if strings.Trim(text, "0123456789.,") != "" {
		return "", "", false
	}
	at := strings.LastIndexAny(text, ".,")
	if at < 0 {
		return text, "", true
	}
	mark := text[at : at+1]
	whole, part = text[:at], text[at+1:]
	other := strings.Trim(".,", mark)
	if strings.Count(text, mark) > 1 || len(part) == 3 && !strings.Contains(whole, other) && strings.Trim(whole, "0") != "" {
		whole, ok = thousands(text, mark)
		return whole, "", ok
	}
	whole, ok = thousands(whole, other)
	return whole, part, ok && part != ""
}

// thousands takes the marks out of a whole number, if they part groups of three.
func thousands(text, mark string) (string, bool) {
	groups := strings.Split(text, mark)
	for n, g := range groups {
		if n > 0 && len(g) != 3 || n == 0 && len(groups) > 1 && (g == "" || len(g) > 3) || strings.Trim(g, "0123456789") != "" {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

// String is the figure for machines, "-1234.5".
func (f Figure) String() string {
	text := strconv.FormatInt(int64(f/thousandths), 10)
	if f < 0 && f > -thousandths {
		text = "-0"
	}
	if part := f.part(); part != "" {
		text += "." + part
	}
	return text
}

// part are the decimals, without zeros at the end.
func (f Figure) part() string {
	rest := int64(f % thousandths)
	if rest < 0 {
		rest = -rest
	}
	return strings.TrimRight(strconv.FormatInt(thousandths+rest, 10)[1:], "0")
}

// Say writes the figure as the reader's language does, "1.234,5".
func (f Figure) Say(ctx context.Context) string {
	text := i18n.Number(ctx, int64(f/thousandths))
	if f < 0 && f > -thousandths {
		text = "-" + text
	}
	if part := f.part(); part != "" {
		mark := ","
		if i18n.Of(ctx) == i18n.English {
			mark = "."
		}
		text += mark + part
	}
	return text
}
