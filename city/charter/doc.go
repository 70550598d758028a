// Package charter is the city as data: its bodies and posts, the axes, goals,
// purposes and pillars of its roundtable, the steps an initiative takes with
// their required items and the office that signs each, who adopts, and the
// territory. Nothing of this stands in code; a city brings a folder of YAML
// files (see cities/) and Load reads it, or says every mistake with its line.
//
// A charter never changes once loaded. The city changes by loading another
// version, in force from a day on; Store keeps all of them, and what was filed
// under one keeps it.
//
// Codes identify things across versions and stand in the public record: a
// thing may be renamed, its code stays.
package charter
