// Package places is the territory: the whole city, its districts, their
// neighbourhoods, and points in them. Which parts there are and what lies in
// what is data of the charter (see Tree). Where exactly they end comes from a
// map that an administrator imports; until then pages draw tiles.
//
// Invariants: a level has boundaries for every one of its parts or for none; a
// neighbourhood lies in its district on the map as it does in the charter.
package places
