// Package index computes the roundtable's own indices from plain rows: no
// database, no clock, nothing of the city but codes. What it says of a period is
// always the same for the same rows, so that anybody can compute it again from
// the public file.
//
// # Rules that hold everywhere
//
// A period is closed-open in the city's zone. Where a denominator is empty there
// is no value: not 0, not 100. Values lie in [0, 100]; they are rounded once, when
// they are shown, to one decimal with halves away from zero, and what sums them up
// is made of the unrounded parts. Every value names the version of the rule and
// the records it counted.
package index

// Rule is the version of the rules by which this package computes. It moves with
// any change after which the same rows give another value.
const Rule = "2013-1"
