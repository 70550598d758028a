package i18n

import (
	"context"
	"strconv"
	"strings"
	"time"
)

var months = map[Lang][12]string{
	Spanish: {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
	English: {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

// Date is t's day in words, "24 de marzo de 2026" or "24 March 2026"; t must be
// in the zone it is to be read in.
func Date(ctx context.Context, t time.Time) string {
	lang := Of(ctx)
	month := months[lang][t.Month()-1]
	if lang == English {
		return strconv.Itoa(t.Day()) + " " + month + " " + strconv.Itoa(t.Year())
	}
	return strconv.Itoa(t.Day()) + " de " + month + " de " + strconv.Itoa(t.Year())
}

// ShortDate is "24 mar 2026".
func ShortDate(ctx context.Context, t time.Time) string {
	return strconv.Itoa(t.Day()) + " " + string([]rune(months[Of(ctx)][t.Month()-1])[:3]) + " " + strconv.Itoa(t.Year())
}

// DateTime is the date with hours and minutes, "24 de marzo de 2026, 10:40".
func DateTime(ctx context.Context, t time.Time) string {
	return Date(ctx, t) + ", " + t.Format("15:04")
}

// Number writes n with the language's thousands separator.
func Number(ctx context.Context, n int64) string {
	sep := "."
	if Of(ctx) == English {
		sep = ","
	}
	s := strconv.FormatInt(n, 10)
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + sep + s[i:]
	}
	return sign + s
}
