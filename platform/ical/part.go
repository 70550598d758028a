package ical

import "time"

// Part is events as they stand in a calendar of one zone: composed once, and put
// into as many calendars as they are in.
type Part struct {
	zone     string
	text     []byte
	from, to time.Time // for which the zone must be described
}

// Compose writes events for calendars of the zone; nil is UTC. It fails on what no
// client would read.
func Compose(zone *time.Location, events ...Event) (Part, error) {
	zone = locate(zone)
	w := &writer{out: make([]byte, 0, 512*len(events))}
	p := Part{zone: zone.String()}
	for _, e := range events {
		if err := e.check(); err != nil {
			return Part{}, err
		}
		e.write(w, zone)
		p.extend(e.span())
	}
	p.text = w.out
	return p, nil
}

// In says whether the part is for calendars of the zone.
func (p Part) In(zone *time.Location) bool { return p.zone == locate(zone).String() }

// Size is what the part takes in a calendar, in bytes.
func (p Part) Size() int { return len(p.text) }

// extend makes the part last over [from, to) too, unless that is nothing.
func (p *Part) extend(from, to time.Time) {
	if from.IsZero() {
		return
	}
	if p.from.IsZero() || from.Before(p.from) {
		p.from = from
	}
	if to.After(p.to) {
		p.to = to
	}
}
