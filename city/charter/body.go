package charter

import (
	"slices"

	"ronda/platform/clock"
)

// Kind says what a body is, whatever the city calls it.
type Kind string

// The kinds of body.
const (
	KindMayorOffice      Kind = "mayor_office"
	KindCabinet          Kind = "cabinet" // the office of the Chief of Cabinet
	KindMinistry         Kind = "ministry"
	KindUnderSecretariat Kind = "under_secretariat"
	KindGeneralDirection Kind = "general_direction"
	KindCoordination     Kind = "coordination"
	KindLaboratory       Kind = "laboratory"
	KindLocalBoard       Kind = "junta_comunal" // elected board of a part of the city
	KindOther            Kind = "other"
)

// Kinds lists the kinds from the top of the government down.
var Kinds = []Kind{KindMayorOffice, KindCabinet, KindMinistry, KindUnderSecretariat, KindGeneralDirection,
	KindCoordination, KindLaboratory, KindLocalBoard, KindOther}

// Ministerial says whether bodies of this kind count as ministries in the
// indices: ministries and the Chief of Cabinet's office, which is one by law.
func (k Kind) Ministerial() bool { return k == KindMinistry || k == KindCabinet }

// Body is a part of the government, or a board beside it.
type Body struct {
	Entry
	Kind        Kind
	Short       string   // abbreviation, empty without one
	Parent      string   // code of the body above, empty at the top or outside the hierarchy
	SuccessorOf []string // codes of the bodies it was merged or split from
	Territory   string   // code of the part of the city a local board governs
}

// Path is the body and everything above it, nearest first; nil for an unknown code.
func (c *Charter) Path(code string) []Body {
	var path []Body
	for b, ok := c.Bodies.Get(code); ok; b, ok = c.Bodies.Get(b.Parent) {
		path = append(path, b)
	}
	return path
}

// Ministry is the ministry that a body is or belongs to, ok false for bodies
// outside every ministry.
func (c *Charter) Ministry(code string) (Body, bool) {
	for _, b := range c.Path(code) {
		if b.Kind.Ministerial() {
			return b, true
		}
	}
	return Body{}, false
}

// Within says whether body is ancestor or stands below it.
func (c *Charter) Within(body, ancestor string) bool {
	return slices.ContainsFunc(c.Path(body), func(b Body) bool { return b.Code == ancestor })
}

// Children are the bodies right below, in the order of the file.
func (c *Charter) Children(code string) []Body {
	var below []Body
	for _, b := range c.Bodies.all {
		if b.Parent == code && code != "" {
			below = append(below, b)
		}
	}
	return below
}

// Ministries are the ministerial bodies of a day, the M of the indices.
func (c *Charter) Ministries(day clock.Day) []Body {
	var out []Body
	for _, b := range c.Bodies.all {
		if b.Kind.Ministerial() && b.ActiveOn(day) {
			out = append(out, b)
		}
	}
	return out
}

// Heirs are the bodies that carry on a body's work on a day: itself while it
// lasts, afterwards what it was merged into or split into, and so on. Empty
// when nothing carries it on.
func (c *Charter) Heirs(code string, day clock.Day) []Body {
	b, ok := c.Bodies.Get(code)
	if !ok {
		return nil
	}
	if b.ActiveOn(day) {
		return []Body{b}
	}
	var heirs []Body
	for _, next := range c.Bodies.all {
		if slices.Contains(next.SuccessorOf, code) {
			heirs = append(heirs, c.Heirs(next.Code, day)...)
		}
	}
	return heirs
}
