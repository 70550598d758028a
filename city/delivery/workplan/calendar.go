package workplan

import (
	"sync"

	"ronda/city/charter"
	"ronda/method/plan"
)

// calendars keeps the working calendar of each version of the charter: it takes
// longer to make than most plans to compute.
type calendars struct {
	mu sync.Mutex
	of map[string]*plan.Calendar // by the charter's checksum
}

// get is the calendar of a charter.
func (c *calendars) get(ch *charter.Charter) (*plan.Calendar, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if cal, ok := c.of[ch.Version.SHA256]; ok {
		return cal, nil
	}
	cal, err := calendar(ch)
	if err != nil {
		return nil, err
	}
	if c.of == nil {
		c.of = map[string]*plan.Calendar{}
	}
	c.of[ch.Version.SHA256] = cal
	return cal, nil
}

// calendar makes the calendar of a charter: its week, without its holidays.
func calendar(ch *charter.Charter) (*plan.Calendar, error) {
	lang := ch.City.Languages[0]
	var free []plan.Exception
	for _, h := range ch.Execution.Holidays {
		if on := day(h.Day); on.Within() {
			free = append(free, plan.Exception{From: on, To: on, Name: h.Name.In(lang)})
		}
	}
	week := plan.Week(ch.Execution.Week)
	if week == (plan.Week{}) {
		week = plan.WorkingWeek() // the city does not say
	}
	return plan.NewCalendar(week, free)
}
