package budget

import (
	"errors"
	"strconv"
	"strings"
)

// Amount is money counted in the smallest unit that an instance uses:
// 10^-Decimals of its currency. It is exact; no rule rounds it.
type Amount int64

// maxAmount is the largest amount that float64 holds exactly, so that the fast
// arithmetic starts from true figures.
const maxAmount = 1 << 53

var (
	errNotNumber = errors.New("is not a decimal number")
	errNegative  = errors.New("is negative")
	errTooLarge  = errors.New("is too large, or too precise, to be counted exactly")
)

// decimal is a number as it was written: digits and how many of them stand
// after the point.
type decimal struct {
	digits   int64
	decimals int
}

// parseDecimal reads "1200", "+1200.50" or ".5". Zeros at the end of the
// fraction say nothing and are dropped.
func parseDecimal(text string) (decimal, error) {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "-") {
		return decimal{}, errNegative
	}
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(text, "+"), ".")
	fraction = strings.TrimRight(fraction, "0")
	digits := whole + fraction
	if whole == "" && !strings.Contains(text, ".") || len(text) == 1 && text == "." {
		return decimal{}, errNotNumber
	}
	if strings.Trim(digits, "0123456789") != "" {
		return decimal{}, errNotNumber
	}
	if digits = strings.TrimLeft(digits, "0"); digits == "" {
		return decimal{}, nil
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n > maxAmount {
		return decimal{}, errTooLarge
	}
	return decimal{n, len(fraction)}, nil
}

// at is d counted in units of 10^-decimals; decimals must not be less than d's own.
func (d decimal) at(decimals int) (Amount, error) {
	n := d.digits
	for range decimals - d.decimals {
		if n *= 10; n > maxAmount {
			return 0, errTooLarge
		}
	}
	return Amount(n), nil
}

// Text writes the amount as a decimal number of the instance's currency, exactly
// and without needless zeros: "1200", "0.5".
func (in *Instance) Text(a Amount) string {
	if in.Decimals == 0 {
		return strconv.FormatInt(int64(a), 10)
	}
	digits := strconv.FormatInt(int64(a), 10)
	if missing := in.Decimals + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	point := len(digits) - in.Decimals
	return strings.TrimRight(strings.TrimRight(digits[:point]+"."+digits[point:], "0"), ".")
}

// Units is how many of an Amount make one unit of the currency.
func (in *Instance) Units() float64 { return float64(in.unit()) }

// unit is one whole unit of the currency.
func (in *Instance) unit() Amount {
	unit := Amount(1)
	for range in.Decimals {
		unit *= 10
	}
	return unit
}
