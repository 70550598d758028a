// Package dav serves one read-only calendar to each person over CalDAV (RFC 4791)
// with synchronisation by tokens (RFC 6578), to calendar programs of phones and
// desktops. It knows no meeting: a Library gives the objects.
//
// # Addresses
//
//	PREFIX                       where a client may begin; also /.well-known/caldav
//	PREFIX principal/            who has signed in
//	PREFIX calendars/            their calendars: one
//	PREFIX calendars/mine/       the calendar
//	PREFIX calendars/mine/NAME   an object: an event, or a series with its changes
//
// Every one of them says who has signed in and where their calendars are, as
// clients begin anywhere. The addresses are the same for everybody; who asks is
// known by name and password (Basic).
//
// Whatever would change something is 403 with a reason, as meetings are changed
// elsewhere.
//
// The XML is written here and not by emersion/go-webdav: that one answers 400 to
// sync-collection, tells of no privileges (so that clients offer to edit) and of
// no reports, and takes the excepted dates of a series for additional ones.
package dav
