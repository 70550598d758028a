package plansheet

import (
	"slices"
	"strconv"
	"strings"

	"ronda/method/plan"
)

// kindWords are the kinds in English and in Spanish.
var kindWords = map[string]plan.Kind{
	"FS": plan.FinishToStart, "SS": plan.StartToStart, "FF": plan.FinishToFinish, "SF": plan.StartToFinish,
	"FC": plan.FinishToStart, "CC": plan.StartToStart, "CF": plan.StartToFinish,
}

// links reads the predecessors of all rows.
func (f *reader) links() {
	known := make(map[string]bool, len(f.p.Tasks))
	for i := range f.p.Tasks {
		known[f.p.Tasks[i].ID] = true
	}
	title := names[predecessors][0]
	if at := f.at[predecessors]; at >= 0 {
		title = f.table.Header()[at]
	}
	for _, w := range f.waits {
		for _, word := range strings.FieldsFunc(w.text, func(r rune) bool { return r == ';' || r == ',' }) {
			word = strings.TrimSpace(word)
			if word == "" {
				continue
			}
			link, ok := parseLink(word, known)
			link.To = w.to
			switch {
			case !ok:
				f.add(RowError{w.line, w.to, title, word, NotALink})
			case !known[link.From]:
				f.add(RowError{w.line, w.to, title, word, UnknownTask})
			default:
				f.p.Links = append(f.p.Links, link)
			}
		}
	}
}

// parseLink reads "7", "7 SS+2", "7FC-1 día". A word that is the ID of a task is
// that task, whatever it looks like.
func parseLink(word string, known map[string]bool) (plan.Link, bool) {
	if known[word] {
		return plan.Link{From: word}, true
	}
	body, lag := cutLag(word)
	link := plan.Link{From: body, Lag: lag}
	if at := kindAt(body); at > 0 {
		link.From, link.Kind = strings.TrimSpace(body[:at]), kindWords[strings.ToUpper(body[at:])]
	}
	return link, !strings.ContainsRune(link.From, ' ')
}

// kindAt is where the kind at the end of a word begins, -1 without one.
func kindAt(word string) int {
	at := len(word) - 2
	if at < 1 {
		return -1
	}
	if _, ok := kindWords[strings.ToUpper(word[at:])]; !ok {
		return -1
	}
	return at
}

// cutLag cuts the lag off the end: a sign, a number and perhaps a unit of days,
// after a kind. A word without one stays whole.
func cutLag(word string) (body string, lag int) {
	at := strings.LastIndexAny(word, "+-")
	if at < 0 {
		return word, 0
	}
	body = strings.TrimSpace(word[:at])
	lag, ok := countDays(word[at+1:])
	if !ok || kindAt(body) < 0 {
		return word, 0
	}
	if word[at] == '-' {
		lag = -lag
	}
	return body, lag
}

// countDays reads a number with or without a unit of days.
func countDays(text string) (int, bool) {
	text = strings.TrimSpace(text)
	unit := strings.TrimLeft(text, "0123456789")
	if !slices.Contains([]string{"", "d", "d?", "dia", "dias", "day", "days"}, fold(unit)) {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.TrimSuffix(text, unit), 10, 32)
	return int(n), err == nil
}
