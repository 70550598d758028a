package impact

import (
	"context"
	"math"
	"regexp"
	"strconv"
	"strings"

	"ronda/platform/fault"
	"ronda/platform/i18n"
)

const (
	decimalsMax = 6
	unitsMax    = 1_000_000_000_000_000 // of the last decimal, either side of zero
)

// Value is a figure in units of an indicator's last decimal, or none.
type Value struct {
	Units int64
	Known bool
}

// Of is a known value.
func Of(units int64) Value { return Value{units, true} }

// typed is a figure as people write it, with grouping in thousands or without.
var typed = regexp.MustCompile(`^-?(\d+|\d{1,3}([.,\x{a0} ]\d{3})+)([.,]\d+)?$`)

// plain is a figure as programs write it.
var plain = regexp.MustCompile(`^-?\d+(\.\d+)?$`)

// ReadValue reads a figure that a person typed, with a comma or a point for its
// decimals: "1.234,5", "1234.5". Where the two could be meant, "1.234" of an
// indicator with three decimals, it is refused. Empty is no value. The key says
// what is wrong, empty for nothing.
func ReadValue(text string, decimals int) (v Value, key string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return Value{}, ""
	}
	if !typed.MatchString(text) {
		return Value{}, "indicators.impact.fault.number"
	}
	text = strings.NewReplacer(" ", "", "\u00a0", "").Replace(text)
	whole, part, key := halves(text, decimals)
	if key != "" {
		return Value{}, key
	}
	return joined(whole, part, decimals)
}

// halves cuts a typed figure at its decimal sign.
func halves(text string, decimals int) (whole, part, key string) {
	last := strings.LastIndexAny(text, ".,")
	if last < 0 {
		return text, "", ""
	}
	sign := text[last : last+1]
	other := strings.ContainsAny(text[:last], strings.Trim(".,", sign))
	groups := strings.Count(text, sign) > 1
	if !other && !groups && len(text)-last-1 == 3 { // "1.234": thousands, or three decimals
		if decimals >= 3 && len(strings.TrimPrefix(text[:last], "-")) <= 3 {
			return "", "", "indicators.impact.fault.ambiguous"
		}
		groups = decimals < 3
	}
	if groups {
		if other {
			return "", "", "indicators.impact.fault.number"
		}
		return strings.ReplaceAll(text, sign, ""), "", ""
	}
	return strings.NewReplacer(".", "", ",", "").Replace(text[:last]), text[last+1:], ""
}

// ReadPlain reads a figure that a program wrote: digits with at most one point.
func ReadPlain(text string, decimals int) (v Value, key string) {
	if !plain.MatchString(text) {
		return Value{}, "indicators.impact.fault.number"
	}
	whole, part, _ := strings.Cut(text, ".")
	return joined(whole, part, decimals)
}

// joined makes a value of the digits before and after the decimal sign. Zeros
// beyond the last decimal say nothing; other digits would be lost.
func joined(whole, part string, decimals int) (Value, string) {
	if more := len(part) - decimals; more > 0 && strings.Trim(part[decimals:], "0") != "" {
		return Value{}, "indicators.impact.fault.decimals"
	}
	part = (part + strings.Repeat("0", decimalsMax))[:decimals]
	n, err := strconv.ParseInt(whole+part, 10, 64)
	if err != nil || n > unitsMax || n < -unitsMax {
		return Value{}, "indicators.impact.fault.large"
	}
	return Of(n), ""
}

// Text is the figure as programs write it, "1234.50"; empty for none.
func (v Value) Text(decimals int) string {
	if !v.Known {
		return ""
	}
	sign, n := "", v.Units
	if n < 0 {
		sign, n = "-", -n
	}
	digits := strconv.FormatInt(n, 10)
	if decimals <= 0 {
		return sign + digits
	}
	if missing := decimals + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	cut := len(digits) - decimals
	return sign + digits[:cut] + "." + digits[cut:]
}

// Say writes the figure as the reader's language does, "1.234,5", without zeros
// at its end; a dash for none.
func (v Value) Say(ctx context.Context, decimals int) string {
	if !v.Known {
		return "–"
	}
	whole, part, _ := strings.Cut(v.Text(decimals), ".")
	sign, digits := "", whole
	if strings.HasPrefix(whole, "-") {
		sign, digits = "-", whole[1:]
	}
	n, _ := strconv.ParseInt(digits, 10, 64)
	out := sign + i18n.Number(ctx, n)
	if part = strings.TrimRight(part, "0"); part == "" {
		return out
	}
	if i18n.Of(ctx) == i18n.English {
		return out + "." + part
	}
	return out + "," + part
}

// Float is the figure for drawing, never for storing or summing.
func (v Value) Float(decimals int) float64 {
	if !v.Known {
		return math.NaN()
	}
	return float64(v.Units) / math.Pow10(decimals)
}

// stored is a value as a column holds it, where no value is not zero.
func (v Value) stored() string {
	if !v.Known {
		return ""
	}
	return strconv.FormatInt(v.Units, 10)
}

// loaded reads what stored wrote.
func loaded(s string) Value {
	n, err := strconv.ParseInt(s, 10, 64)
	return Value{n, err == nil}
}

// read takes a value into a form's check.
func read(c *fault.Check, field, text string, decimals int, plainly bool) Value {
	var v Value
	var key string
	if plainly {
		v, key = ReadPlain(text, decimals)
	} else {
		v, key = ReadValue(text, decimals)
	}
	if key != "" {
		c.Fail(field, key, "decimals", decimals)
	}
	return v
}
