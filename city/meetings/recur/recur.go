// Package recur says on which instants a rule of repetition falls, on the wall
// clock of a city: at ten in the morning is at ten whatever the season. It knows
// the part of RFC 5545 that meetings need: every so many weeks on a weekday, or
// every so many months on the first to fourth or last such weekday.
package recur

import (
	"time"

	"ronda/platform/clock"
)

// The units of a rule.
const (
	Week  = "week"
	Month = "month"
)

// Rule is how a meeting repeats. The zero Rule does not.
type Rule struct {
	Every   int          // 1: each week or month, 2: each second...
	Unit    string       // Week or Month
	Weekday time.Weekday // on which it falls
	Nth     int          // of a month: 1 to 4, -1 for the last; 0 for weeks
	Count   int          // occurrences; 0: no such end
	Until   clock.Day    // last day it may fall on; empty: no such end
}
