package ical

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	goical "github.com/emersion/go-ical"
)

const (
	product = "-//Ronda//Ronda//ES"
	horizon = 20 // years for which a zone is described when a series has no end
)

// Bytes is the calendar as it is stored and sent. It fails on what no client
// would read: an event without a UID, a length below zero, a rule that
// is none.
func (c Calendar) Bytes() ([]byte, error) {
	cal, err := c.component()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := goical.NewEncoder(&b).Encode(cal); err != nil {
		return nil, err
	}
	return fold(b.Bytes()), nil
}

func (c Calendar) component() (*goical.Calendar, error) {
	cal := goical.NewCalendar()
	set(cal.Component, goical.PropProductID, product)
	set(cal.Component, goical.PropVersion, "2.0")
	set(cal.Component, goical.PropCalendarScale, "GREGORIAN")
	set(cal.Component, goical.PropMethod, string(c.Method))
	if c.Name != "" {
		text(cal.Component, "X-WR-CALNAME", c.Name)
	}
	if c.Refresh > 0 {
		set(cal.Component, "X-PUBLISHED-TTL", fmt.Sprintf("PT%dM", int(c.Refresh.Minutes())))
	}
	zone := locate(c.Zone)
	if zone != time.UTC || len(c.Events) == 0 { // a calendar is never empty
		from, to := c.span()
		cal.Children = append(cal.Children, timezone(zone, from, to))
	}
	for _, e := range c.Events {
		if err := e.check(); err != nil {
			return nil, err
		}
		cal.Children = append(cal.Children, e.component(zone))
	}
	return cal, nil
}

// span is the time for which the zone must be described.
func (c Calendar) span() (from, to time.Time) {
	from, to = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2000, 1, 2, 0, 0, 0, 0, time.UTC)
	for i, e := range c.Events {
		first, last := e.span()
		if i == 0 || first.Before(from) {
			from = first
		}
		if i == 0 || last.After(to) {
			to = last
		}
	}
	return from, to
}

func (e Event) span() (from, to time.Time) {
	from, to = e.Start, e.End()
	if !e.Occurrence.IsZero() && e.Occurrence.Before(from) {
		from = e.Occurrence
	}
	if e.Occurrence.After(to) {
		to = e.Occurrence
	}
	if e.Rule == nil {
		return from, to
	}
	if !e.Rule.Until.IsZero() {
		return from, e.Rule.Until.Add(e.Length)
	}
	return from, e.Start.AddDate(horizon, 0, 0)
}

func (e Event) check() error {
	switch {
	case e.UID == "" || strings.ContainsAny(e.UID, "\r\n"):
		return errors.New("ical: an event without a UID")
	case e.Length < 0 || e.Start.IsZero():
		return fmt.Errorf("ical: %s has no time", e.UID)
	case e.Rule != nil && (e.Rule.Every < 1 || e.Rule.Weekday < 0 || e.Rule.Weekday > 6 || e.Rule.Monthly && (e.Rule.Nth == 0 || e.Rule.Nth < -1 || e.Rule.Nth > 4)):
		return fmt.Errorf("ical: %s repeats by no rule", e.UID)
	}
	return nil
}

func (e Event) component(zone *time.Location) *goical.Component {
	c := goical.NewComponent(goical.CompEvent)
	set(c, goical.PropUID, escape(e.UID))
	set(c, goical.PropSequence, strconv.Itoa(e.Sequence))
	instant(c, goical.PropDateTimeStamp, e.Stamp.UTC())
	instant(c, goical.PropLastModified, e.Stamp.UTC())
	instant(c, goical.PropDateTimeStart, e.Start.In(zone))
	instant(c, goical.PropDateTimeEnd, e.End().In(zone))
	text(c, goical.PropSummary, e.Summary)
	text(c, goical.PropDescription, e.Description)
	text(c, goical.PropLocation, e.Location)
	set(c, goical.PropURL, line(e.URL))
	set(c, goical.PropStatus, status(e.Cancelled))
	if e.Private {
		set(c, goical.PropClass, "PRIVATE")
	}
	e.people(c)
	e.repeats(c, zone)
	return c
}

func (e Event) people(c *goical.Component) {
	if e.Organizer.Address != "" {
		c.Props.Add(e.Organizer.prop(goical.PropOrganizer))
	}
	for _, a := range e.Attendees {
		c.Props.Add(a.prop())
	}
}

func (e Event) repeats(c *goical.Component, zone *time.Location) {
	if e.Rule != nil {
		set(c, goical.PropRecurrenceRule, e.Rule.text())
	}
	for _, at := range slices.SortedFunc(slices.Values(e.Except), time.Time.Compare) {
		instant(c, goical.PropExceptionDates, at.In(zone))
	}
	for _, at := range slices.SortedFunc(slices.Values(e.Extra), time.Time.Compare) {
		instant(c, goical.PropRecurrenceDates, at.In(zone))
	}
	if !e.Occurrence.IsZero() {
		instant(c, goical.PropRecurrenceID, e.Occurrence.In(zone))
	}
}

func status(cancelled bool) string {
	if cancelled {
		return string(goical.EventCancelled)
	}
	return string(goical.EventConfirmed)
}

func (p Party) prop(name string) *goical.Prop {
	out := goical.NewProp(name)
	out.Value = "mailto:" + line(p.Address)
	if cn := param(p.Name); cn != "" {
		out.Params.Set(goical.ParamCommonName, cn)
	}
	return out
}

func (a Attendee) prop() *goical.Prop {
	p := a.Party.prop(goical.PropAttendee)
	role, answer := "REQ-PARTICIPANT", string(a.Answer)
	switch {
	case a.Chair:
		role = "CHAIR"
	case a.Optional:
		role = "OPT-PARTICIPANT"
	}
	if answer == "" {
		answer = "NEEDS-ACTION"
	}
	p.Params.Set(goical.ParamRole, role)
	p.Params.Set(goical.ParamParticipationStatus, answer)
	if a.Ask {
		p.Params.Set(goical.ParamRSVP, "TRUE")
	}
	return p
}
