// Package panorama is the picture for whoever has two minutes: a page on one sheet
// for the city, an axis or a ministry, and the life of an initiative from the idea
// to the impact, with a sentence to quote.
//
// # Invariants
//
// Everything is read as somebody without an account reads it, whoever looks, so
// that a page that a minister prints says nothing that the public page does not.
// The sheets come of one reading of the portfolio that is kept for a while; asking
// for one costs nothing that grows with the city.
package panorama
