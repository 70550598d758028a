// Package house holds the rules of the house as tests over the source tree:
// who may import whom, which messages must exist, whose tables a query may name,
// how long a function may grow, which files are generated. Each rule is a
// function from a Tree to Findings, tried on small trees that break it and then
// on the repository itself.
//
// The rules read source text alone, so they answer in a moment and also while
// the program does not build.
package house
