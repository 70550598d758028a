// Package opinions lets people answer the short statements of a challenge with
// agree, disagree or pass, one at a time, and draws the map of opinion from the
// answers while they come in: who thinks alike, what each group stands for, and
// what unites all.
//
// A statement has at most 140 characters and no links; two that read alike are
// one. It can be edited until somebody has answered it. Moderation takes a
// statement off with a public reason, never silently: it stays in the log, its
// answers count as nothing on the map, and only words that insult or expose
// somebody are erased.
//
// An answer counts at once and may be changed or taken back. One person has one
// answer to a statement: the primary key of the table says so, whatever two tabs
// and double clicks do. Who answered what is told to nobody and is no event; the
// files for recomputing the map number people afresh at every download.
//
// The map is kept in memory for each challenge, see room. Several copies of the
// program on one database read each other's answers by the time of their change.
package opinions
