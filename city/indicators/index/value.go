package index

import (
	"math"
	"strconv"
)

// Value is a figure, or that there is none: the zero Value. It is not rounded.
type Value struct {
	Exact float64
	Known bool
}

// Of is a value that is known.
func Of(exact float64) Value { return Value{exact, true} }

// share is 100 part/whole, no value for an empty whole.
func share(part, whole int) Value {
	if whole == 0 {
		return Value{}
	}
	return Of(100 * float64(part) / float64(whole))
}

// rounding keeps a half that binary fractions cannot hold, such as 8.35, a half.
const rounding = 1e-9

// Rounded is the value with one decimal, halves away from zero; 0 without one.
func (v Value) Rounded() float64 {
	return math.Copysign(math.Floor(math.Abs(v.Exact)*10+0.5+rounding)/10, v.Exact)
}

// String is the value as public files write it, "75.0"; empty without one.
func (v Value) String() string {
	if !v.Known {
		return ""
	}
	return strconv.FormatFloat(v.Rounded(), 'f', 1, 64)
}

// mean gathers unrounded parts.
type mean struct {
	sum float64
	n   int
}

// add takes a value in; what is not known does not count.
func (m *mean) add(v Value) {
	if v.Known {
		m.sum += v.Exact
		m.n++
	}
}

func (m mean) value() Value {
	if m.n == 0 {
		return Value{}
	}
	return Of(m.sum / float64(m.n))
}
