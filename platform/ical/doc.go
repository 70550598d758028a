// Package ical writes calendars that every client reads the same way and reads
// the answers to invitations (RFC 5545, 5546, 6047). It knows no meeting and no
// clock: the same calendar gives the same bytes, so that they can be compared
// by a digest.
//
// Times of events are wall clock of the calendar's zone, and the zone's rules
// stand in the calendar (VTIMEZONE), made from Go's time zone data: a client
// that does not know the zone's name is no hour off. An event in UTC needs none.
package ical
