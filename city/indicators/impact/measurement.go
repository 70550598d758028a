package impact

import "time"

// Reading is a measurement on its way in, from a person or another system.
type Reading struct {
	Initiative string // number; may be empty when Indicator names one
	Indicator  string // number, "IND-2026-0003"
	Period     string // "2026", "2026-S1", "2026-Q1", "2026-03"
	Value      string // as typed, see ReadValue; of a system see ReadPlain
	Territory  string // code; empty or the city's own: the whole
	Group      string // code; empty: everybody
	Source     string // empty: that of the indicator
	Evidence   string // address where it can be seen
	Note       string
	Reason     string // of a correction: why the value before was wrong
}

// Measurement is one version of the value of a period, for the whole or for a
// territory or group.
type Measurement struct {
	ID        string    `db:"id"`
	Indicator string    `db:"indicator"` // id
	Period    string    `db:"period"`
	Territory string    `db:"territory"` // empty: the whole
	Group     string    `db:"grp"`       // empty: everybody
	Version   int64     `db:"version"`   // from 1
	Stands    bool      `db:"stands"`    // no later version
	Units     int64     `db:"value"`
	Source    string    `db:"source"`
	Evidence  string    `db:"evidence"`
	Note      string    `db:"note"`
	Reason    string    `db:"reason"` // of a correction
	Late      bool      `db:"late"`
	Post      string    `db:"post"`
	Body      string    `db:"body"`
	Ministry  string    `db:"ministry"` // of the body
	Token     string    `db:"token"`    // id of the key it came with, empty for a person
	System    string    `db:"system"`   // its name
	At        time.Time `db:"at"`
}

// Value is what was measured.
func (m Measurement) Value() Value { return Of(m.Units) }

// Whole says whether it is of the whole city and everybody.
func (m Measurement) Whole() bool { return m.Territory == "" && m.Group == "" }
