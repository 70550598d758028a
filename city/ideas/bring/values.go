package bring

import (
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"ronda/city/ideas"
	"ronda/method/similar"
)

// dates reads when the idea was written and answered.
func (r *Row) dates(d draft, zone *time.Location) {
	var ok bool
	if d.created != "" {
		r.Created, ok = when(d.created, zone)
		r.mend(!ok, MendedDay)
	}
	if d.answered != "" && r.Answer != "" {
		r.AnsweredAt, ok = when(d.answered, zone)
		r.mend(!ok, MendedDay)
	}
}

// point reads where the idea is.
func (r *Row) point(d draft) {
	if d.lat == "" || d.lon == "" {
		return
	}
	lat, lon, ok := degrees(d.lat, 90), degrees(d.lon, 180), true
	if math.IsNaN(lat) || math.IsNaN(lon) {
		ok = false
	}
	if ok {
		r.Lat, r.Lon = lat, lon
	}
	r.mend(!ok, MendedPlace)
}

// degrees reads an angle up to most to either side, NaN for none.
func degrees(text string, most float64) float64 {
	x, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if err != nil || !(math.Abs(x) <= most) {
		return math.NaN()
	}
	return x
}

// most is the largest count that is believed: no idea has more supports.
const most = 100_000_000

// count reads a number of supports or comments; what is none is 0.
func count(text string) int {
	n, err := strconv.Atoi(strings.Map(func(r rune) rune {
		if r == '.' || r == ',' || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text))
	if err != nil || n < 0 {
		return 0
	}
	return min(n, most)
}

// address is a web address that may be shown as a link, "" for anything else.
// Nobody ever goes there from here.
func address(text string) string {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil || len(text) > 500 {
		return ""
	}
	return u.String()
}

// host is the name of the site of an address, "" for none.
func host(text string) string {
	u, err := url.Parse(address(text))
	if err != nil {
		return ""
	}
	return strings.ToLower(strings.TrimPrefix(u.Hostname(), "www."))
}

// tags are labels as ours are written: lower case, a dash for a blank, each once.
func tags(raw []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, t := range raw {
		t, _ = oneLine(t)
		t = strings.Join(similar.Words(t), "-")
		if t != "" && len(t) <= 60 && !seen[t] && len(out) < ideas.TagsMax {
			seen[t] = true
			out = append(out, t)
		}
	}
	return out
}

// yes says whether a cell affirms.
func yes(text string) bool {
	switch strings.ToLower(text) {
	case "true", "t", "1", "yes", "sí", "si", "verdadero", "vrai":
		return true
	}
	return false
}
