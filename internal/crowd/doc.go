// Package crowd plays the people who follow a live meeting, so that a city can
// try its server before an event: so many streams at once, what each of them
// heard, when, and what was lost.
//
// A crowd can follow a meeting of a server that runs elsewhere, of which it only
// reads. Or it opens a stage: a meeting of its own on a temporary folder, served
// by another process with the pages and the streams of the program, and led at a
// steady rate by a chair who uses the same forms as a person. Then the time of a
// delivery counts from the act itself, its way into the database included, and
// what the server took of the machine is known.
package crowd
