// Package room is a meeting while it is held: the page on which the chair leads
// it, the notes that the secretaries share, the page on which everybody else
// follows, and the wall of the room.
//
// Every page works by forms and by loading it again. A script adds that what
// happens appears by itself: those who follow are sent the parts of the page
// that a change altered, rendered once for all of them (see platform/live);
// those who lead are told that there was a change, and their page fetches itself
// without touching what they are typing.
package room
