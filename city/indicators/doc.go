// Package indicators is how the roundtable measures itself: its own indices,
// computed by package index from what initiatives and meetings say of themselves.
//
// # Words
//
// A fact is a row that an index counts. Most are read from their owners when an
// index is computed. What owners do not keep a history of, when a ministry entered
// and left the list of an initiative and when a dossier was sent back, is noted
// here as a moment when it happens.
//
// # Invariants
//
// Facts name ministries and records, never a person. Nothing of a private meeting
// or of an initiative in preparation is a fact. A moment is noted once, however
// often it is told.
package indicators
