package msproject

import (
	"errors"
	"strconv"
	"strings"

	"ronda/method/plan"
)

// Durations of the schema: minutes of a day unless the file says otherwise, and
// tenths of a minute, in which lags and slacks are told.
const (
	minutesOfDay = 480
	tenths       = 10
	dayFormat    = "7"
)

// The days of a task begin and end at these hours.
const (
	morning = "T08:00:00"
	evening = "T17:00:00"
)

var errValue = errors.New("not a value of the schema")

// parseDay reads the day of a dateTime; "" and "NA" are no day.
func parseDay(text string) (plan.Day, error) {
	text = strings.TrimSpace(text)
	if text == "NA" {
		return plan.NoDay, nil
	}
	day, rest, _ := strings.Cut(text, "T")
	if strings.Trim(rest, "0123456789:.+-Z") != "" {
		return plan.NoDay, errValue
	}
	return plan.ParseDay(day)
}

// parseNumber reads an integer; "" is the given default.
func parseNumber(text string, unsaid int) (int, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return unsaid, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, errValue
	}
	return int(n), nil
}

// parseBool reads 1, 0, true and false; anything else is false.
func parseBool(text string) bool {
	text = strings.TrimSpace(text)
	return text == "1" || text == "true"
}

// parseMinutes reads a duration such as PT16H30M0S, rounding seconds up.
func parseMinutes(text string) (int, error) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(text), "P")
	if !ok {
		return 0, errValue
	}
	seconds, inTime, number := 0, false, ""
	for _, c := range rest {
		switch {
		case c >= '0' && c <= '9' || c == '.':
			if number += string(c); len(number) > 12 {
				return 0, errValue
			}
			continue
		case c == 'T' && !inTime && number == "":
			inTime = true
			continue
		}
		unit := unitSeconds(c, inTime)
		value, err := strconv.ParseFloat(number, 64)
		if unit == 0 || err != nil || value > 1e9 {
			return 0, errValue
		}
		seconds, number = seconds+int(value*float64(unit)), ""
	}
	if number != "" {
		return 0, errValue
	}
	return (seconds + 59) / 60, nil
}

// unitSeconds is a unit of a duration in seconds, 0 for one that has no fixed
// length.
func unitSeconds(c rune, inTime bool) int {
	switch {
	case c == 'D' && !inTime:
		return 24 * 60 * 60
	case c == 'H' && inTime:
		return 60 * 60
	case c == 'M' && inTime:
		return 60
	case c == 'S' && inTime:
		return 1
	}
	return 0
}

// elapsed says whether a duration or lag is counted by the clock, whatever is
// worked. Formats from 35 on are the same as those from 3 on, but estimated.
func elapsed(format int) bool {
	if format >= 35 {
		format -= 32
	}
	return format >= 4 && format <= 12 && format%2 == 0
}

// percent says whether a lag is a percentage of the predecessor's duration.
func percent(format int) bool { return format == 19 || format == 20 || format == 51 || format == 52 }

// constraints are the plan's words for the schema's, in the schema's order.
var constraints = [...]plan.Constraint{
	0: plan.SoonAsPossible,
	1: plan.SoonAsPossible, // as late as possible
	2: plan.MustStart,
	3: plan.MustFinish,
	4: plan.StartNotBefore,
	5: plan.StartBy,
	6: plan.FinishNotBefore,
	7: plan.FinishBy,
}

// kinds are the plan's words for the schema's links, in the schema's order.
var kinds = [...]plan.Kind{plan.FinishToFinish, plan.FinishToStart, plan.StartToFinish, plan.StartToStart}
