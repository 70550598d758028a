package impact

import (
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/fault"
)

// Kind says whether an indicator is of what changes or of what is delivered.
type Kind string

// The kinds.
const (
	Outcome Kind = "outcome" // what changes for people
	Output  Kind = "output"  // what the initiative delivers
)

// Direction is where an indicator should move.
type Direction string

// The directions.
const (
	Up   Direction = "up"
	Down Direction = "down"
)

// Lengths of texts, in characters.
const (
	nameMax   = 160
	unitMax   = 60
	sourceMax = 240
	textMax   = 2000
	reasonMin = 10
	perOne    = 60 // indicators of one initiative
)

// Definition is what an indicator means and promises.
type Definition struct {
	Name          string
	About         string // how it is counted
	Kind          Kind
	Social        bool // says what changes in people's lives
	Unit          string
	Decimals      int // of its values, 0 to 6
	Direction     Direction
	BelowZero     bool // values below zero can be
	Adds          bool // a measurement is what happened in its period, and periods add up
	Baseline      Value
	BaselineDay   clock.Day
	Target        Value
	TargetDay     clock.Day
	Source        string
	Every         Frequency
	Post          string // code of the post that answers for it
	ByTerritory   bool   // it can be measured by district or neighbourhood too
	ByGroup       bool   // and by group of people
	PerInhabitant bool   // also shown per 1,000 inhabitants
}

// Indicator is one indicator with what stands of it.
type Indicator struct {
	Definition
	ID, Number    string // "IND-2026-0003"
	Initiative    string // id
	Ministry      string // of the initiative, code
	Axis          string
	Public        bool // its initiative is
	Version       int64
	Made          time.Time
	Retired       time.Time // zero while it is measured
	RetiredWhy    string
	Current       Value  // of the whole, in the latest period; the sum of all when it adds up
	CurrentPeriod string // that period, empty before it was measured
	Measured      int    // measurements that stand
	NextPeriod    string // expected next; empty for none
	NextDue       clock.Day
}

// Complete says whether it can be measured against: it has baseline, target and
// source, and somebody answers for it.
func (d Definition) Complete() bool {
	return d.Baseline.Known && d.Target.Known && d.BaselineDay != "" && d.TargetDay != "" && d.Source != "" && d.Post != ""
}

// Impact says whether it is what adoption asks for: a complete indicator of what
// changes socially for people.
func (d Definition) Impact() bool { return d.Kind == Outcome && d.Social && d.Complete() }

// normalise trims what was typed.
func (d *Definition) normalise() {
	d.Name = strings.Join(strings.Fields(d.Name), " ")
	d.Unit = strings.Join(strings.Fields(d.Unit), " ")
	d.Source, d.About = strings.TrimSpace(d.Source), strings.TrimSpace(d.About)
}

// check refuses a definition by its fields. An indicator may begin without
// baseline, target, source or post; what is there must be right.
func (d *Definition) check(c *fault.Check, ch *charter.Charter) {
	c.Text("name", d.Name, true, nameMax)
	c.Text("about", d.About, false, textMax)
	c.Text("unit", d.Unit, true, unitMax)
	c.Text("source", d.Source, false, sourceMax)
	c.Require(d.Kind == Outcome || d.Kind == Output, "kind", "indicators.impact.fault.choose")
	c.Require(d.Direction == Up || d.Direction == Down, "direction", "indicators.impact.fault.choose")
	c.Require(d.Every.months() > 0, "every", "indicators.impact.fault.choose")
	c.Require(d.Decimals >= 0 && d.Decimals <= decimalsMax, "decimals", "indicators.impact.fault.places", "max", decimalsMax)
	c.Require(!d.Social || d.Kind != Output, "social", "indicators.impact.fault.social")
	c.Require(d.Post == "" || ch.Posts.Has(d.Post), "post", "indicators.impact.fault.post")
	d.checkAim(c)
}

// checkAim checks from where to where it should go.
func (d *Definition) checkAim(c *fault.Check) {
	for _, v := range []struct {
		field string
		Value
	}{{"baseline", d.Baseline}, {"target", d.Target}} {
		c.Require(c.Failed(v.field) || d.BelowZero || v.Units >= 0, v.field, "indicators.impact.fault.negative")
	}
	c.Require(d.BaselineDay == "" || d.BaselineDay >= "1990-01-01", "baseline_day", "indicators.impact.fault.day")
	c.Require(d.TargetDay == "" || d.TargetDay <= "2199-12-31", "target_day", "indicators.impact.fault.day")
	c.Require(!d.Baseline.Known || d.BaselineDay != "", "baseline_day", "indicators.impact.fault.baseline_day")
	c.Require(!d.Target.Known || d.TargetDay != "", "target_day", "indicators.impact.fault.target_day")
	c.Require(d.BaselineDay == "" || d.TargetDay == "" || d.BaselineDay < d.TargetDay, "target_day", "indicators.impact.fault.order")
	if d.Target.Known && !c.Failed("target") && !c.Failed("baseline") {
		d.checkTarget(c)
	}
}

// checkTarget refuses a target that promises nothing.
func (d *Definition) checkTarget(c *fault.Check) {
	switch {
	case d.Adds && d.Target.Units == 0:
		c.Fail("target", "indicators.impact.fault.zero")
	case !d.Baseline.Known:
	case d.Baseline.Units == d.Target.Units:
		c.Fail("target", "indicators.impact.fault.same")
	case (d.Target.Units > d.Baseline.Units) != (d.Direction == Up):
		c.Fail("target", "indicators.impact.fault.direction")
	}
}

// meaning says whether two definitions mean the same by a value.
func (d Definition) meaning(o Definition) bool {
	return d.Unit == o.Unit && d.Decimals == o.Decimals && d.Adds == o.Adds && d.Every == o.Every && (d.BelowZero || !o.BelowZero)
}
