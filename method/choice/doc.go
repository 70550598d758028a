// Package choice turns what people said into what is done. Its parts are pure
// methods, each usable alone:
//
//   - budget chooses projects within a budget from approvals, points or
//     rankings: the Method of Equal Shares with add1, greedy by votes, Phragmén.
//   - rank orders a few options: STAR, Schulze, ranked pairs, majority judgment,
//     Bradley-Terry, the smallest undefeated set, dots, weights of criteria.
//   - review orders many ideas by the grades of reviewers, with the range of
//     places each could have had.
//
// A result is a function of the stored votes and the parameters: the same input
// gives the same bytes, in whatever order the votes stand. Ties are shown before
// they are broken. The formulas, their papers and what they were checked against
// are in docs/methods.md.
//
// This package itself holds the sentences that explain a result, in every
// language, and says which one fits.
package choice

import "embed"

// Messages are the sentences that explain a result.
//
//go:embed messages.*.toml
var Messages embed.FS
