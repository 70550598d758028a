package index

import (
	"slices"
	"time"
)

// Facts are all rows that the indices are computed from.
type Facts struct {
	Ministries  []Ministry
	Rules       map[string]Rules // by code of a version of the city's rules
	Initiatives []Initiative
}

// Ministry is a ministry and when it existed.
type Ministry struct {
	Code string
	Span
}

// Rules are the steps to adoption of one version of the city's rules, in order.
type Rules []Step

// Step is a step and the items it requires.
type Step struct {
	Code  string
	Items []string
}

// Outcome is how the round of an initiative ended; empty while it has not.
type Outcome string

// The outcomes.
const (
	Adopted   Outcome = "adopted"
	Declined  Outcome = "declined"
	Withdrawn Outcome = "withdrawn"
)

// Initiative is a public initiative with what happened to it.
type Initiative struct {
	Number   string // "INI-2026-0042"
	Title    string
	Axis     string // code
	Ministry string // code of the executing ministry; empty outside of all
	Rules    string // the version of the rules it was filed under
	Filed    time.Time
	Decided  time.Time // zero while open
	Outcome  Outcome

	Listed  []Listed
	Acts    []Act
	Calls   []Call
	Signed  []Signed
	Times   []StepTime
	Returns []Return
}

// Listed is a ministry that was co-owner or invited, until it left or declined.
type Listed struct {
	Ministry string
	Span
}

// ActKind is what a ministry did.
type ActKind string

// The kinds of acts that qualify. Reading, being invited and commenting do not.
const (
	Attendance   ActKind = "attendance"   // at a meeting with the initiative on its agenda
	Opinion      ActKind = "opinion"      // signed
	Confirmation ActKind = "confirmation" // of the step of specialists
	Commitment   ActKind = "commitment"   // a commitment or task of the initiative kept
	Measurement  ActKind = "measurement"  // filed
)

// Act is one qualifying act of a ministry.
type Act struct {
	Ministry string
	Kind     ActKind
	At       time.Time
	Ref      string // number of the record, e.g. of the meeting; may be empty
}

// Call is an invitation of a ministry to a meeting that had the initiative on its
// agenda, and whether somebody came.
type Call struct {
	Ministry string
	Meeting  string // number
	At       time.Time
	Came     bool
	Stayed   time.Duration // 0 when nobody checked out
	Length   time.Duration // of the items about the initiative; 0 when not measured
}

// Attended says whether the ministry's attendance counts: where it is known how
// long somebody stayed, that was at least half of what concerned the initiative.
func (c Call) Attended() bool {
	return c.Came && (c.Stayed == 0 || 2*c.Stayed >= c.Length)
}

// Signed is that the office's signature of a step stood over these items, each
// with its evidence.
type Signed struct {
	Step  string
	Items []string
	Span
}

// StepTime is how long a step that is signed was with its office.
type StepTime struct {
	Step   string
	Signed time.Time
	Spent  time.Duration
}

// Return is a dossier that an office sent back.
type Return struct {
	Step string
	At   time.Time
}

// life is how long the initiative is active: from its filing, or its decision
// when it was never filed here, until it is declined or withdrawn. What is adopted
// goes on.
func (i *Initiative) life() (Span, bool) {
	s := Span{From: i.Filed}
	if s.From.IsZero() {
		s.From = i.Decided
	}
	if i.Outcome == Declined || i.Outcome == Withdrawn {
		s.To = i.Decided
	}
	return s, !s.From.IsZero()
}

// Began says whether any initiative was filed or decided by the end of the period:
// before, there was no roundtable to measure.
func (f *Facts) Began(p Period) bool {
	return slices.ContainsFunc(f.Initiatives, func(i Initiative) bool {
		life, ok := i.life()
		return ok && life.From.Before(p.To)
	})
}

// Cover is which items a signature stood over, and when: each while its evidence
// stood too. Evidence of a step can only change once an earlier step is re-opened.
func Cover(step Step, signature Span, evidence map[string][]Span) []Signed {
	cuts := []time.Time{signature.From}
	for _, item := range step.Items {
		for _, e := range evidence[item] {
			for _, t := range []time.Time{e.From, e.To} {
				if !t.IsZero() && signature.At(t) {
					cuts = append(cuts, t)
				}
			}
		}
	}
	slices.SortFunc(cuts, time.Time.Compare)
	cuts = slices.CompactFunc(cuts, time.Time.Equal)
	var out []Signed
	for n, from := range cuts {
		s := Signed{Step: step.Code, Span: Span{from, signature.To}}
		if n+1 < len(cuts) {
			s.To = cuts[n+1]
		}
		for _, item := range step.Items {
			if slices.ContainsFunc(evidence[item], func(e Span) bool { return e.At(from) }) {
				s.Items = append(s.Items, item)
			}
		}
		out = append(out, s)
	}
	return out
}
