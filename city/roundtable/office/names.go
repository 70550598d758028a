package office

import (
	"context"
	"strconv"
	"time"

	"ronda/city/charter"
	"ronda/city/roundtable/wording"
	"ronda/platform/i18n"
)

// words says codes of a charter in the language of a request.
type words struct{ wording.Words }

func (o *Office) words(ctx context.Context, ch *charter.Charter) words {
	return words{wording.Of(ctx, ch, o.people)}
}

// when says a moment in the city's zone, "24 mar 2026, 10:40".
func (w words) when(ctx context.Context, t time.Time) string {
	t = t.In(w.Charter.City.Zone)
	return i18n.ShortDate(ctx, t) + ", " + t.Format("15:04")
}

// lasted says a length of time in whole days, or in hours below two days.
func lasted(ctx context.Context, d time.Duration) string {
	if d < 48*time.Hour {
		return i18n.T(ctx, "roundtable.office.hours", "count", int(d.Hours()))
	}
	return i18n.T(ctx, "roundtable.days", "count", int(d.Hours()/24))
}

func itoa(n int) string { return strconv.Itoa(n) }
