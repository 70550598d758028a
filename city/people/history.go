package people

import "ronda/platform/clock"

// sighting is what one version of the charter says of a thing: whether it has
// it, the days of its life and what it is from the version's first day on.
type sighting[F comparable] struct {
	day      clock.Day // the version's first day in force
	seen     bool
	from, to clock.Day
	facts    F
}

// span is a term in which the facts of a thing stay the same.
type span[F comparable] struct {
	since, until clock.Day
	facts        F
}

// history joins what the versions of the charter say of one thing, oldest
// version first: its life and the spans that fill it. The latest version that
// has the thing decides its life; a version that drops it without a word ends
// it. The first version speaks for the days before it too.
func history[F comparable](list []sighting[F]) (since, until clock.Day, spans []span[F]) {
	first, last := seenAt(list)
	if first < 0 {
		return "", "", nil
	}
	since, until = list[last].from, list[last].to
	if since == "" && first > 0 {
		since = list[first].day
	}
	if last+1 < len(list) {
		until = earlier(until, list[last+1].day)
	}
	for i := first; i <= last; i++ {
		if list[i].seen {
			spans = extend(spans, list, i, first)
		}
	}
	return since, until, clip(spans, since, until)
}

func seenAt[F comparable](list []sighting[F]) (first, last int) {
	first, last = -1, -1
	for i, s := range list {
		if s.seen {
			last = i
			if first < 0 {
				first = i
			}
		}
	}
	return first, last
}

// extend adds what version i says until the next version that has the thing.
func extend[F comparable](spans []span[F], list []sighting[F], i, first int) []span[F] {
	if n := len(spans); n > 0 {
		if spans[n-1].facts == list[i].facts {
			return spans
		}
		spans[n-1].until = list[i].day
	}
	s := span[F]{since: list[i].day, facts: list[i].facts}
	if i == first {
		s.since = ""
	}
	return append(spans, s)
}

// clip keeps of the spans what lies in [since, until).
func clip[F comparable](spans []span[F], since, until clock.Day) []span[F] {
	var out []span[F]
	for _, s := range spans {
		s.since = max(s.since, since)
		s.until = earlier(s.until, until)
		if s.until == "" || s.since < s.until {
			out = append(out, s)
		}
	}
	return out
}
