// Package ballot is the vote of a challenge: people choose among its ideas, and
// the result explains itself.
//
// # Words
//
// A contest is what a challenge puts to the vote: its method, its limits, its
// money. An option is an idea in it. A ballot is what one person says of the
// options; a tap is one touch that changes it. At the close the ballots are
// sealed: copied, in random order and without names, into one file, whose
// SHA-256 is told in public. The method reads that file and nothing else, so
// that whoever downloads it finds the same result. The body that asked is shown
// the result and publishes it, or another one with a public reason.
//
// # Invariants
//
// One person has one ballot, and every tap counts at once: there is nothing to
// confirm. Taking back is one tap too, until the close. No event, log or answer
// of the program names what a person chose, and after the close no row does.
// While the vote runs, only the number of voters is told; the counts are known
// to the body that asked after the close, and to everybody once published. What
// is published never costs more than the budget. Ties are listed before they
// are broken.
package ballot
