// Package opinion draws the map of an assembly that answers short statements
// with agree, disagree or pass: who thinks alike, what each group stands for,
// what unites all, and which statement to show next. The method is that of
// Polis (Small et al., "Polis: Scaling Deliberation by Mapping High Dimensional
// Opinion Spaces", 2021).
//
// A map is a function of the votes, the statements that moderation rejected,
// and the [State] left by the map before; nothing else, not even the order in
// which votes arrived, changes a bit of it, so anybody can recompute it.
//
//  1. Votes count +1, 0 and -1, less the mean of the statement; what somebody
//     did not vote on counts as that mean. A rejected statement keeps its column
//     with 0 for everybody.
//  2. The two principal axes of that matrix span the plane of the map.
//  3. A participant stands where their votes lead, stretched by the square root
//     of the share they voted on, so that the quiet are not all in the middle.
//  4. Participants with enough votes are grouped by k-means, k by the best
//     silhouette; when even that is poor, or people differ no more than chance
//     explains, there are no clear groups, and the map says so.
//  5. Each group is described by the statements on which it differs from the
//     rest more than chance explains, and the assembly by those on which it, or
//     every group of it, agrees.
//
// [Draw] makes a map once, [Live] keeps one while people vote, [Describe] gives
// the statistics of a grouping made elsewhere, and [Map.Public] takes away the
// figures about fewer than five people.
package opinion
