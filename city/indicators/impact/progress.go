package impact

import (
	"time"

	"ronda/platform/clock"
)

// Standing says how an indicator does against its target.
type Standing string

// The standings.
const (
	Unmeasured Standing = "unmeasured"
	Met        Standing = "met"    // the target is reached
	OnWay      Standing = "on_way" // at least OnWayShare of what a straight line asks for by now
	Behind     Standing = "behind"
	Ended      Standing = "retired"
)

// Standings lists them as lists show them.
var Standings = []Standing{Met, OnWay, Behind, Unmeasured}

// OnWayShare is the part of the straight line from baseline to target that has to
// be there for an indicator to be on its way.
const OnWayShare = 0.8

// Done is the part of the way from baseline to target that is behind it: below 0
// when it went the other way, above 1 beyond the target. ok is false while there
// is nothing to say.
func (i Indicator) Done() (done float64, ok bool) {
	way := i.Target.Units - i.Baseline.Units
	if !i.Current.Known || !i.Target.Known || !i.Baseline.Known || way == 0 {
		return 0, false
	}
	return float64(i.Current.Units-i.Baseline.Units) / float64(way), true
}

// Asked is the part of the way that a straight line asks for by the day.
func (d Definition) Asked(day clock.Day) float64 {
	from, to := d.BaselineDay.Time(time.UTC), d.TargetDay.Time(time.UTC)
	if d.BaselineDay == "" || !to.After(from) {
		return 0
	}
	return min(max(day.Time(time.UTC).Sub(from).Hours()/to.Sub(from).Hours(), 0), 1)
}

// Standing says how it does, by the end of the last period measured.
func (i Indicator) Standing() Standing {
	done, ok := i.Done()
	if !i.Retired.IsZero() {
		return Ended
	}
	if !ok {
		return Unmeasured
	}
	if done >= 1 {
		return Met
	}
	if p, is := ParsePeriod(i.CurrentPeriod); is && done >= OnWayShare*i.Asked(p.End()) {
		return OnWay
	}
	return Behind
}
