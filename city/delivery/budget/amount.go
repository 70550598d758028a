package budget

import (
	"context"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/currency"

	"ronda/platform/fault"
	"ronda/platform/i18n"
)

// The limits of amounts, in centavos: of one act, and of all lines of a law
// together, so that no sum leaves int64.
const (
	AmountMax = 100_000_000_000_000_000   // a thousand billions (10^15) of the currency
	TotalMax  = 9_000_000_000_000_000_000 // ninety times that
)

// Mark is how a list writes the decimals of its amounts.
type Mark string

// The marks. Told is told from the amounts themselves.
const (
	Told  Mark = ""
	Comma Mark = "," // 1.234.567,89
	Point Mark = "." // 1,234,567.89
)

// ParseAmount reads an amount of money as people and spreadsheets write it, into
// centavos: 1.234.567,89 or 1,234,567.89, with or without the currency's sign or
// code. With mark Told the amount itself must say which of its separators is
// the decimal one; three digits after a single one are thousands, because money
// has two decimals. Invalid for what is no amount, is below zero, has more than
// two decimals or is in another currency than of.
func ParseAmount(text, of string, mark Mark) (int64, error) {
	digits, err := stripped(text, of)
	if err != nil {
		return 0, err
	}
	if mark == Told {
		mark = decimalOf(digits)
	}
	whole, cents, err := split(digits, mark)
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseInt(whole+cents, 10, 64)
	if err != nil || n > AmountMax {
		return 0, fault.New(fault.Invalid, "delivery.budget.fault.amount_big")
	}
	return n, nil
}

// stripped is an amount without spaces, sign and code of the currency.
func stripped(text, of string) (string, error) {
	text = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\'' || r == '’' {
			return -1
		}
		return r
	}, text)
	negative := strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")")
	text = strings.Trim(text, "()")
	if rest, ok := strings.CutPrefix(strings.Replace(text, "−", "-", 1), "-"); ok {
		negative, text = true, rest
	}
	letters := strings.TrimFunc(text, func(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune(".,-$", r) })
	if code, err := currency.ParseISO(strings.ToUpper(letters)); letters != "" && err == nil {
		if code.String() != of {
			return "", fault.New(fault.Invalid, "delivery.budget.fault.currencies", "one", of, "other", code.String())
		}
		text = strings.Replace(text, letters, "", 1)
	}
	text = strings.Replace(text, "$", "", 1)
	if rest, ok := strings.CutPrefix(text, "-"); ok {
		negative, text = true, rest
	}
	if negative && strings.Trim(text, "0.,") != "" {
		return "", fault.New(fault.Invalid, "delivery.budget.fault.negative")
	}
	if strings.Trim(text, "0123456789.,") != "" || !strings.ContainsAny(text, "0123456789") {
		return "", fault.New(fault.Invalid, "delivery.budget.fault.amount")
	}
	return text, nil
}

// markOf tells the decimal mark of an amount of digits, points and commas; Told
// when it could be either or there is none.
func markOf(digits string) Mark {
	comma, point := strings.LastIndexByte(digits, ','), strings.LastIndexByte(digits, '.')
	last, other := Comma, Point
	if point > comma {
		last, other = Point, Comma
	}
	switch {
	case comma < 0 && point < 0:
		return Told
	case comma >= 0 && point >= 0:
		return last
	case strings.Count(digits, string(last)) > 1:
		return other
	case grouped(digits, string(last)):
		return Told
	}
	return last
}

// decimalOf is markOf that decides: three digits after a single mark are
// thousands, because money has two decimals.
func decimalOf(digits string) Mark {
	mark := markOf(digits)
	if mark == Told && strings.Contains(digits, string(Comma)) {
		return Point
	}
	if mark == Told {
		return Comma
	}
	return mark
}

// grouped says whether the digits are parted into thousands by the mark.
func grouped(digits, mark string) bool {
	parts := strings.Split(digits, mark)
	for i, p := range parts {
		if i > 0 && len(p) != 3 || i == 0 && (p == "" || len(p) > 3 || p[0] == '0') {
			return false
		}
	}
	return true
}

// split parts digits into whole units and two digits of centavos.
func split(digits string, mark Mark) (whole, cents string, err error) {
	group := ","
	if mark == Comma {
		group = "."
	}
	whole, cents, _ = strings.Cut(digits, string(mark))
	if strings.ContainsAny(cents, ",.") || strings.Contains(whole, group) && !grouped(whole, group) {
		return "", "", fault.New(fault.Invalid, "delivery.budget.fault.amount")
	}
	if cents = strings.TrimRight(cents, "0"); len(cents) > 2 {
		return "", "", fault.New(fault.Invalid, "delivery.budget.fault.decimals")
	}
	whole = strings.ReplaceAll(whole, group, "")
	return whole, (cents + "00")[:2], nil
}

// Amount is an amount as the reader's language writes it: "$ 1.234.567,50".
// Whole amounts are written without decimals.
func Amount(ctx context.Context, cents int64, of string) string {
	sign := ""
	if cents < 0 {
		sign, cents = "-", -cents
	}
	text := i18n.Number(ctx, cents/100)
	if rest := cents % 100; rest != 0 {
		text += decimal(ctx) + strconv.FormatInt(100+rest, 10)[1:]
	}
	return sign + Sign(of) + nbsp + text
}

// nbsp keeps an amount on one line.
const nbsp = "\u00a0"

// Plain is an amount as a field of a form holds it: "1234567,50".
func Plain(ctx context.Context, cents int64) string {
	text := strconv.FormatInt(cents/100, 10)
	if rest := cents % 100; rest != 0 {
		text += decimal(ctx) + strconv.FormatInt(100+rest, 10)[1:]
	}
	return text
}

// Short is an amount in thousands, millions or thousands of millions with one
// decimal, for drawings and narrow columns: "$ 12,4 M".
func Short(ctx context.Context, cents int64, of string) string {
	sign := ""
	if cents < 0 {
		sign, cents = "-", -cents
	}
	units := cents / 100
	for _, step := range []struct {
		of  int64
		key string
	}{{1_000_000_000_000, "delivery.budget.short.trillions"}, {1_000_000, "delivery.budget.short.millions"}, {10_000, "delivery.budget.short.thousands"}} {
		if units < step.of {
			continue
		}
		size := step.of
		if size == 10_000 {
			size = 1000
		}
		tenths := (units + size/20) / (size / 10)
		text := i18n.Number(ctx, tenths/10)
		if rest := tenths % 10; rest != 0 && tenths < 10_000 {
			text += decimal(ctx) + strconv.FormatInt(rest, 10)
		}
		return sign + Sign(of) + nbsp + i18n.T(ctx, step.key, "amount", text)
	}
	return sign + Amount(ctx, cents, of)
}

// Sign is what stands before an amount: the sign of pesos for Argentina's, the
// code of any other currency.
func Sign(of string) string {
	if of == "ARS" {
		return "$"
	}
	return of
}

func decimal(ctx context.Context) string {
	if i18n.Of(ctx) == i18n.English {
		return "."
	}
	return ","
}
