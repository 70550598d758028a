// Package delivery is what happens to an initiative once the roundtable adopts it:
// the body that proposed it hands it over to the one ministry that executes it,
// others take part, and whoever executes it reports, with photographs, until it is
// done. Around it lie what its first step asks for: the equipment and people it
// needs, and the legal and administrative way.
//
// The work plan and the money have packages of their own below this one, and the
// indicators a module beside it; all of them ask one policy, of this package, who
// may do what. This package never imports them: it is handed the functions that
// tell how far the work is and what was spent.
//
// What holds always: an initiative has at most one executing ministry, and one
// request to be it that waits for an answer. A report is never changed. A light
// that somebody set by hand says who (the post), why, and what the rule says.
// Persons stand in no public act: bodies and posts do.
package delivery
