package msproject

import (
	"errors"
	"fmt"
	"strings"

	"ronda/method/plan"
)

// links reads what a task waits for.
func (a *assembly) links(i int, x *taskElement) error {
	t := &a.p.Tasks[i]
	for _, l := range x.Links {
		if parseBool(l.CrossProject) {
			a.note(OtherProject, t.ID, l.PredecessorUID)
			continue
		}
		from, ok := a.place[strings.TrimSpace(l.PredecessorUID)]
		if !ok {
			return x.bad("PredecessorUID", l.PredecessorUID, errors.New("no task has it"))
		}
		kind, err := parseNumber(l.Type, 1)
		if err != nil || kind < 0 || kind >= len(kinds) {
			return x.bad("PredecessorLink Type", l.Type, errValue)
		}
		lag, err := a.lag(t, &a.p.Tasks[from], l)
		if err != nil {
			return x.bad("LinkLag", l.LinkLag, err)
		}
		a.p.Links = append(a.p.Links, plan.Link{From: a.p.Tasks[from].ID, To: t.ID, Kind: kinds[kind], Lag: lag})
	}
	return nil
}

// lag reads how many working days lie between two tasks, rounded to the nearest.
func (a *assembly) lag(to, from *plan.Task, l linkElement) (int, error) {
	amount, err := parseNumber(l.LinkLag, 0)
	if err != nil {
		return 0, err
	}
	format, err := parseNumber(l.LagFormat, 7)
	if err != nil {
		return 0, err
	}
	limit := plan.MaxDuration * 24 * 60 * tenths
	if amount < -limit || amount > limit {
		return 0, fmt.Errorf("beyond %d working days", plan.MaxDuration)
	}
	top, bottom, loss := amount, a.minutes*tenths, PartOfDay
	switch {
	case percent(format):
		top, bottom = amount*from.Duration, 100
	case elapsed(format):
		top, bottom, loss = amount*a.weekLength(), 24*60*tenths*7, Elapsed
	}
	if top%bottom != 0 || loss == Elapsed && amount != 0 {
		a.note(loss, to.ID, l.LinkLag)
	}
	lag := round(top, bottom)
	if lag < -plan.MaxDuration || lag > plan.MaxDuration {
		return 0, fmt.Errorf("beyond %d working days", plan.MaxDuration)
	}
	return lag, nil
}

// weekLength is the number of working days in a week.
func (a *assembly) weekLength() int {
	days := 0
	for _, works := range a.p.Calendar.Week() {
		if works {
			days++
		}
	}
	return days
}

// round divides to the nearest, halves away from zero.
func round(top, bottom int) int {
	if top < 0 {
		return -((-top + bottom/2) / bottom)
	}
	return (top + bottom/2) / bottom
}
