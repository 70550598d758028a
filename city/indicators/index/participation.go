package index

import (
	"cmp"
	"maps"
	"slices"
)

// Participation is I1, the ministerial participation by initiative, in a period.
type Participation struct {
	Period     Period
	City       Value // mean of P over initiatives with two ministries or more
	Breadth    Value // mean of B over the same
	Intensity  Value // mean of T over those of them that have one
	Counted    int   // initiatives with two ministries or more
	Alone      int   // initiatives with one ministry, which are reported apart
	AloneActed int   // those of them in which it acted
	Ministries []MinistryPart
	Axes       []AxisPart
	Parts      []Part // every active initiative, by number
}

// Part is the participation in one initiative.
type Part struct {
	Initiative *Initiative
	Listed     []string // E: ministries in its list on any day of the period, sorted
	Acted      []string // A: those of them that acted, sorted
	P          Value    // 100 |A| / |E|
	Breadth    Value    // 100 |A| / ministries existing in the period
	Intensity  Value    // mean over invited ministries of attended / invited
	Acts       []Act    // the acts counted, oldest first
}

// Alone says whether only one ministry stood in the list.
func (p Part) Alone() bool { return len(p.Listed) == 1 }

// MinistryPart is the index transposed: in how many of its initiatives a
// ministry acted.
type MinistryPart struct {
	Ministry string
	Listed   int // initiatives that list it
	Acted    int
	Value    Value
}

// AxisPart is the mean of P over an axis.
type AxisPart struct {
	Axis    string
	Counted int
	Value   Value
}

// Participation computes I1 of a period.
func (f *Facts) Participation(p Period) Participation { return f.participation(p, true) }

// Sums computes both indices of a period without the initiatives that they count,
// which are most of the work and of the memory.
func (f *Facts) Sums(p Period) (Participation, Compliance) {
	return f.participation(p, false), f.compliance(p, false)
}

func (f *Facts) participation(p Period, parts bool) Participation {
	out := Participation{Period: p}
	exist := f.existing(p)
	var city, breadth, intensity mean
	axes, ministries := map[string]*mean{}, map[string]*MinistryPart{}
	for m := range exist {
		ministries[m] = &MinistryPart{Ministry: m}
	}
	for n := range f.Initiatives {
		i := &f.Initiatives[n]
		if life, ok := i.life(); !ok || !life.Touches(p) {
			continue
		}
		x := i.part(p, exist)
		if parts {
			out.Parts = append(out.Parts, x)
		}
		x.countMinistries(ministries)
		if len(x.Listed) < 2 {
			out.countAlone(x)
			continue
		}
		out.Counted++
		city.add(x.P)
		breadth.add(x.Breadth)
		intensity.add(x.Intensity)
		meanOf(axes, i.Axis).add(x.P)
	}
	out.City, out.Breadth, out.Intensity = city.value(), breadth.value(), intensity.value()
	out.Axes, out.Ministries = axisParts(axes), ministryParts(ministries)
	return out
}

// existing are the ministries that existed in the period, the M of the rule.
func (f *Facts) existing(p Period) map[string]bool {
	out := map[string]bool{}
	for _, m := range f.Ministries {
		if m.Touches(p) {
			out[m.Code] = true
		}
	}
	return out
}

// part computes the participation in one initiative.
func (i *Initiative) part(p Period, exist map[string]bool) Part {
	x := Part{Initiative: i, Listed: i.listed(p, exist), Acts: i.acts(p)}
	x.Acts = slices.DeleteFunc(x.Acts, func(a Act) bool { return !slices.Contains(x.Listed, a.Ministry) })
	for _, a := range x.Acts {
		x.Acted = append(x.Acted, a.Ministry)
	}
	x.Acted = set(x.Acted)
	x.P = share(len(x.Acted), len(x.Listed))
	x.Breadth = share(len(x.Acted), len(exist))
	x.Intensity = i.intensity(p, x.Listed)
	return x
}

// listed is E: the executor, and whoever was co-owner or invited at some instant
// of the period. Who was listed and left stays: a list that is trimmed at the end
// does not raise the figure.
func (i *Initiative) listed(p Period, exist map[string]bool) []string {
	out := make([]string, 0, 1+len(i.Listed))
	if exist[i.Ministry] {
		out = append(out, i.Ministry)
	}
	for _, l := range i.Listed {
		if l.Touches(p) && exist[l.Ministry] {
			out = append(out, l.Ministry)
		}
	}
	return set(out)
}

// acts are the qualifying acts of the period, attendances among them.
func (i *Initiative) acts(p Period) []Act {
	var out []Act
	for _, a := range i.Acts {
		if p.Holds(a.At) {
			out = append(out, a)
		}
	}
	for _, c := range i.Calls {
		if p.Holds(c.At) && c.Attended() {
			out = append(out, Act{Ministry: c.Ministry, Kind: Attendance, At: c.At, Ref: c.Meeting})
		}
	}
	slices.SortStableFunc(out, func(a, b Act) int { return a.At.Compare(b.At) })
	return out
}

// intensity is the mean of attended / invited over the listed ministries that
// were invited to a meeting.
func (i *Initiative) intensity(p Period, listed []string) Value {
	var all mean
	for _, m := range listed {
		invited, attended := 0, 0
		for _, c := range i.Calls {
			if c.Ministry != m || !p.Holds(c.At) {
				continue
			}
			invited++
			if c.Attended() {
				attended++
			}
		}
		all.add(share(attended, invited))
	}
	return all.value()
}

func (p *Participation) countAlone(x Part) {
	if !x.Alone() {
		return
	}
	p.Alone++
	if len(x.Acted) == 1 {
		p.AloneActed++
	}
}

func (p Part) countMinistries(all map[string]*MinistryPart) {
	for _, m := range p.Listed {
		all[m].Listed++
	}
	for _, m := range p.Acted {
		all[m].Acted++
	}
}

func ministryParts(all map[string]*MinistryPart) []MinistryPart {
	var out []MinistryPart
	for _, m := range all {
		m.Value = share(m.Acted, m.Listed)
		out = append(out, *m)
	}
	slices.SortFunc(out, func(a, b MinistryPart) int { return cmp.Compare(a.Ministry, b.Ministry) })
	return out
}

func axisParts(all map[string]*mean) []AxisPart {
	var out []AxisPart
	for _, axis := range slices.Sorted(maps.Keys(all)) {
		out = append(out, AxisPart{axis, all[axis].n, all[axis].value()})
	}
	return out
}

func meanOf(all map[string]*mean, key string) *mean {
	if all[key] == nil {
		all[key] = &mean{}
	}
	return all[key]
}

// set sorts codes and drops doubles.
func set(codes []string) []string {
	slices.Sort(codes)
	return slices.Compact(codes)
}
