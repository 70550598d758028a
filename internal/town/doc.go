// Package town makes a city that has lived for years: persons on every post,
// initiatives by the thousand at every point of their way, with the dossiers,
// evidence, signatures, questions and comments that brought them there. Every
// act goes through the use case that a page would call, as the person who may
// do it, on its day, so that rows, counters, filters, search and events are
// what real people would have left.
//
// It is for measurements and for tests of the whole program. The same numbers
// make the same town, save for ids and for days, which end yesterday.
package town
