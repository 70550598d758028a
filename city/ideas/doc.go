// Package ideas is the City of Ideas: questions that a body of the city puts to
// everybody, the ideas people answer them with, and what becomes of each.
//
// # Words
//
// A challenge is a question with rules: terms, days, jury, criteria, method of
// choice. A body writes it as a draft and opens it: from then on its rules are
// frozen, and their hash stands in the public record. Beside all challenges
// there is the standing door, for ideas nobody asked for. An idea begins as a
// draft, of a visitor too; sending it takes an account. It is held (a moderator
// reads it first, up to a published deadline), published, hidden with a reason,
// or withdrawn by its author. People support it, one voice each, comment it and
// report what breaks the rules. Duplicates form a family by consent: nobody's
// support moves, the family counts its distinct supporters once, and the authors
// are co-authors of each other. A body owes each idea an answer by a day. What is
// chosen, or simply good, is taken up by a body that may propose: it becomes an
// initiative of the roundtable, which keeps its origin.
//
// # Invariants
//
// One person, one voice: a row with a unique key, and counters that the same
// transaction moves. A support is the row and nothing else: who supports what
// is told to nobody, not even by an event. Rules of an open challenge change only
// by a public act with a reason, and keep every version. Every other change and
// its event are one transaction; nothing in a public event names a citizen.
// Texts are plain text. What the lists show is counted when it is written,
// never when it is read.
package ideas
