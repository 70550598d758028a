package opendata

import (
	"strconv"
	"strings"
	"time"

	"ronda/city/indicators/impact"
	"ronda/city/opendata/iati"
	"ronda/city/roundtable"
	"ronda/platform/clock"
)

// committedBudget is the status of a budget that a law gave.
const committedBudget = "2"

// budgets are what the laws give the initiative, by line.
func (p *portfolio) budgets(i roundtable.Initiative) []iati.Budget {
	var out []iati.Budget
	for _, d := range p.draws[i.ID] {
		year := strconv.Itoa(d.year)
		out = append(out, iati.Budget{Type: "1", Status: committedBudget, Start: iati.Day{Date: year + "-01-01"}, End: iati.Day{Date: year + "-12-31"},
			Value: iati.Value{Currency: d.currency, Date: year + "-01-01", Amount: amount(d.amount)}})
	}
	return out
}

// The kinds of movements of money.
const (
	commitment  = "2"
	expenditure = "4"
)

// moves are what was committed and paid, month by month.
func (p *portfolio) moves(i roundtable.Initiative) []iati.Transaction {
	var out []iati.Transaction
	for _, m := range p.spent[i.ID] {
		day, ok := lastDay(m.period)
		if !ok {
			continue
		}
		for _, x := range []struct {
			kind  string
			cents int64
		}{{commitment, m.committed}, {expenditure, m.paid}} {
			if x.cents != 0 {
				out = append(out, iati.Transaction{Type: iati.Code{Code: x.kind}, Date: iati.Day{Date: day}, Value: iati.Value{Currency: m.currency, Date: day, Amount: amount(x.cents)}})
			}
		}
	}
	return out
}

// lastDay is the last day of a period by its code.
func lastDay(period string) (string, bool) {
	x, ok := impact.ParsePeriod(period)
	if !ok {
		return "", false
	}
	return string(before(x.End())), true
}

// before is the day before.
func before(d clock.Day) clock.Day {
	return clock.DayOf(d.Time(time.UTC).AddDate(0, 0, -1), time.UTC)
}

// results are the indicators: what changes, and what is delivered.
func (p *portfolio) results(i roundtable.Initiative) []iati.Result {
	var out []iati.Result
	for _, m := range p.goals[i.ID] {
		kind := "2"
		if m.Kind == impact.Output {
			kind = "1"
		}
		out = append(out, iati.Result{Type: kind, Title: iati.Say("es", m.Name), Indicators: []iati.Indicator{m.indicator()}})
	}
	return out
}

func (m measured) indicator() iati.Indicator {
	x := iati.Indicator{Measure: "1", Ascending: "1", Title: iati.Say("es", m.Name+" ("+m.Unit+")")}
	if strings.Contains(m.Unit, "%") {
		x.Measure = "2"
	}
	if m.Direction == impact.Down {
		x.Ascending = "0"
	}
	if m.About != "" {
		about := iati.Say("es", m.About)
		x.About = &about
	}
	if m.Baseline.Known && len(m.BaselineDay) == len(time.DateOnly) {
		x.Baseline = &iati.Baseline{Date: string(m.BaselineDay), Year: string(m.BaselineDay)[:4], Value: m.Baseline.Text(m.Decimals)}
	}
	x.Periods = m.periods()
	return x
}

// periods are the values measured, and the target on its day.
func (m measured) periods() []iati.Period {
	var out []iati.Period
	for _, v := range m.values {
		if p, ok := impact.ParsePeriod(v.period); ok {
			out = append(out, iati.Period{Start: iati.Day{Date: string(p.First())}, End: iati.Day{Date: string(before(p.End()))},
				Actual: []iati.Figure{{Value: impact.Of(v.units).Text(m.Decimals)}}})
		}
	}
	if m.Target.Known && m.TargetDay != "" {
		from := m.BaselineDay
		if from == "" || from > m.TargetDay {
			from = m.TargetDay
		}
		out = append(out, iati.Period{Start: iati.Day{Date: string(from)}, End: iati.Day{Date: string(m.TargetDay)}, Target: &iati.Figure{Value: m.Target.Text(m.Decimals)}})
	}
	return out
}
