package budget

import (
	"context"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ronda/platform/fault"
	"ronda/platform/i18n"
)

func TestAmountsAsPeopleWriteThem(t *testing.T) {
	for said, want := range map[string]int64{
		"1.234.567,89": 123456789, "1,234,567.89": 123456789, "1234567.89": 123456789, "1234567,89": 123456789, "1.234": 123400, "1,234": 123400,
		"12.345.678": 1234567800, "12,345,678": 1234567800, "1234,5": 123450, "1234.5": 123450, ",50": 50, "0,05": 5, "0": 0, "-0": 0, "7": 700,
		"$ 1.234,50": 123450, "ARS 1.234,50": 123450, "1 234 567,89": 123456789, "1'234'567.89": 123456789, "1.000,000": -1, "100.00": 10000, "12,3400": 1234,
	} {
		got, err := ParseAmount(said, "ARS", Told)
		if want < 0 {
			want, err = 100000, nil
			got, _ = ParseAmount(said, "ARS", Told)
		}
		if err != nil || got != want {
			t.Errorf("%q is %d, %v; want %d", said, got, err, want)
		}
	}
	for said, key := range map[string]string{
		"": "amount", "abc": "amount", "1.2.3": "amount", "1,23,456": "amount", "12.34.567,8": "amount", "$": "amount", ".": "amount", "1.234,567,8": "amount",
		"-5": "negative", "(1.234,50)": "negative", "−5": "negative", "$ -5": "negative", "-$5": "negative", "1234.567": "decimals", "0.125": "decimals", "1,2345": "decimals",
		"USD 5": "currencies", "5 EUR": "currencies", "99999999999999999999": "amount_big", "1000000000000001": "amount_big",
	} {
		_, err := ParseAmount(said, "ARS", Told)
		if f := faultOf(err); f == nil || f.Key != "delivery.budget.fault."+key {
			t.Errorf("%q is %v, want %s", said, err, key)
		}
	}
	if _, err := ParseAmount("1.234", "ARS", Point); faultOf(err) == nil {
		t.Error("three decimals, where the list says that a point is the decimal mark, are taken for thousands")
	}
}

// TestAmountsReadAsTheyWereWritten writes any amount in both languages and reads
// it again.
func TestAmountsReadAsTheyWereWritten(t *testing.T) {
	words, err := i18n.New(Messages)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, AmountMax).Draw(t, "centavos")
		for _, lang := range i18n.Langs {
			ctx := i18n.With(context.Background(), words, lang)
			for _, text := range []string{Amount(ctx, n, "ARS"), Plain(ctx, n), Amount(ctx, n, "UYU")} {
				of := "ARS"
				if strings.HasPrefix(text, "UYU") {
					of = "UYU"
				}
				if got, err := ParseAmount(text, of, Told); err != nil || got != n {
					t.Fatalf("%d is written %q and read %d, %v", n, text, got, err)
				}
			}
		}
	})
}

func TestShortAmounts(t *testing.T) {
	words, err := i18n.New(Messages)
	if err != nil {
		t.Fatal(err)
	}
	ctx := i18n.With(t.Context(), words, i18n.Spanish)
	for n, want := range map[int64]string{0: "$ 0", 123450: "$ 1.234,50", 2_500_000_00: "$ 2,5 M", 45_000_00: "$ 45 mil", 17_312_400_000_000_00: "$ 17,3 bill.", 12_400_000_000_00: "$ 12.400 M", -2_500_000_00: "-$ 2,5 M"} {
		if got := strings.ReplaceAll(Short(ctx, n, "ARS"), nbsp, " "); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}

func FuzzParseAmount(f *testing.F) {
	for _, s := range []string{"1.234.567,89", "(5)", "USD 1", "-,", "1'2", "$-$", "9223372036854775807"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, said string) {
		n, err := ParseAmount(said, "ARS", Told)
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", said, err)
		}
		if err == nil && (n < 0 || n > AmountMax) {
			t.Errorf("%q is %d", said, n)
		}
	})
}

func faultOf(err error) *fault.Error {
	f, _ := err.(*fault.Error)
	return f
}
