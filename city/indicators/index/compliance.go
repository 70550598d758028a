package index

import (
	"maps"
	"slices"
	"time"
)

// Compliance is I2, the level of compliance with the steps, in a period.
type Compliance struct {
	Period     Period
	City       Value // mean of the levels
	Strict     Value // mean of the strict levels
	Counted    int   // initiatives filed in the period or open at its start
	Adopted    int   // adopted in the period after a round here
	Whole      int   // those of them with every step whole
	WholeShare Value // the target is 100; adoptions with a step open show here
	Returned   int   // times an office sent a dossier of these back in the period
	Returns    Value // the same per dossier
	Steps      []StepMedian
	Axes       []AxisPart
	Ministries []MinistryLevel
	Levels     []Level // every initiative counted, by number
}

// Level is how far one initiative complies.
type Level struct {
	Initiative *Initiative
	Steps      []StepLevel
	Value      Value // level: 100 / steps * sum of the shares
	Strict     Value // 100 / steps * whole steps before the first that is not
}

// StepLevel is one step: which of its items are signed.
type StepLevel struct {
	Step   string
	Signed []string
	Of     int
}

// Share is signed / required; a step that requires nothing is whole.
func (s StepLevel) Share() float64 {
	if s.Of == 0 {
		return 1
	}
	return float64(len(s.Signed)) / float64(s.Of)
}

// Whole says whether nothing is missing.
func (s StepLevel) Whole() bool { return len(s.Signed) == s.Of }

// StepMedian is how many days a step was with its office before it was signed.
type StepMedian struct {
	Step   string
	Median Value // days
	Signed int   // steps signed in the period
}

// MinistryLevel is the mean of the levels over a ministry's initiatives.
type MinistryLevel struct {
	Ministry string
	Counted  int
	Value    Value
}

// Compliance computes I2 of a period.
func (f *Facts) Compliance(p Period) Compliance { return f.compliance(p, true) }

func (f *Facts) compliance(p Period, levels bool) Compliance {
	out := Compliance{Period: p}
	var steps []StepLevel // of one initiative after the other when none is kept
	var city, strict mean
	axes, ministries, spent := map[string]*mean{}, map[string]*mean{}, map[string][]float64{}
	for n := range f.Initiatives {
		i := &f.Initiatives[n]
		i.gather(p, spent)
		if !i.counts(p) {
			continue
		}
		x := i.level(p, f.Rules[i.Rules], steps[:0])
		out.count(x)
		if levels {
			out.Levels = append(out.Levels, x)
		} else {
			steps = x.Steps
		}
		city.add(x.Value)
		strict.add(x.Strict)
		meanOf(axes, i.Axis).add(x.Value)
		meanOf(ministries, i.Ministry).add(x.Value)
	}
	out.City, out.Strict = city.value(), strict.value()
	out.WholeShare = share(out.Whole, out.Adopted)
	if out.Counted > 0 {
		out.Returns = Of(float64(out.Returned) / float64(out.Counted))
	}
	out.Axes, out.Steps = axisParts(axes), medians(spent)
	for _, m := range slices.Sorted(maps.Keys(ministries)) {
		out.Ministries = append(out.Ministries, MinistryLevel{m, ministries[m].n, ministries[m].value()})
	}
	return out
}

// counts says whether the initiative was filed in the period or open at its start.
func (i *Initiative) counts(p Period) bool {
	if i.Filed.IsZero() {
		return false
	}
	open := i.Filed.Before(p.From) && (i.Outcome == "" || !i.Decided.Before(p.From))
	return open || p.Holds(i.Filed)
}

// level is what stood at the end of the period, or on the day of the decision
// when it was decided before. Its steps are written into steps.
func (i *Initiative) level(p Period, rules Rules, steps []StepLevel) Level {
	at := p.last()
	if i.Outcome != "" && i.Decided.Before(at) {
		at = i.Decided
	}
	x := Level{Initiative: i, Steps: steps}
	if len(rules) == 0 {
		return x
	}
	sum, whole, broken := 0.0, 0, false
	for _, step := range rules {
		s := StepLevel{Step: step.Code, Signed: i.signed(step, at), Of: len(step.Items)}
		x.Steps = append(x.Steps, s)
		sum += s.Share()
		broken = broken || !s.Whole()
		if !broken {
			whole++
		}
	}
	x.Value = Of(100 * sum / float64(len(rules)))
	x.Strict = Of(100 * float64(whole) / float64(len(rules)))
	return x
}

// signed are the items of the step over which a signature stood.
func (i *Initiative) signed(step Step, at time.Time) []string {
	for _, s := range i.Signed {
		if s.Step == step.Code && s.At(at) {
			return s.Items
		}
	}
	return nil
}

func (c *Compliance) count(x Level) {
	i := x.Initiative
	c.Counted++
	if i.Outcome == Adopted && c.Period.Holds(i.Decided) {
		c.Adopted++
		if !slices.ContainsFunc(x.Steps, func(s StepLevel) bool { return !s.Whole() }) && len(x.Steps) > 0 {
			c.Whole++
		}
	}
	for _, r := range i.Returns {
		if c.Period.Holds(r.At) {
			c.Returned++
		}
	}
}

// gather adds the days of the steps that were signed in the period.
func (i *Initiative) gather(p Period, spent map[string][]float64) {
	for _, t := range i.Times {
		if p.Holds(t.Signed) {
			spent[t.Step] = append(spent[t.Step], t.Spent.Hours()/24)
		}
	}
}

func medians(spent map[string][]float64) []StepMedian {
	var out []StepMedian
	for _, step := range slices.Sorted(maps.Keys(spent)) {
		out = append(out, StepMedian{step, Of(median(spent[step])), len(spent[step])})
	}
	return out
}

// median of one figure or more; of an even number the mean of the middle two.
func median(all []float64) float64 {
	slices.Sort(all)
	n := len(all)
	return (all[(n-1)/2] + all[n/2]) / 2
}
