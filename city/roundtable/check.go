package roundtable

import (
	"ronda/platform/clock"
	"ronda/platform/fault"
)

// textCheck adds to the common checks what forms of this module ask.
type textCheck struct{ fault.Check }

// day checks a day that has come.
func (c *textCheck) day(name string, d, today clock.Day) {
	if _, err := clock.ParseDay(string(d)); err != nil {
		c.Fail(name, "fault.day")
		return
	}
	c.Require(d <= today, name, "roundtable.fault.future")
}
