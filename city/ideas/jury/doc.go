// Package jury is how the ideas of a challenge are evaluated: who grades what,
// what each evaluator still owes, and what the grades say together.
//
// # Words
//
// A juror is a person named by the frozen rules. Every published idea is shared
// out to three of them (Each), those with the least to do. A juror who wrote the
// idea, or belongs to its family, never gets it; one who declares a conflict of
// interest hands it on. A review is a grade on each criterion and a note that
// nobody else reads. Beside reviews there is a promise: every idea is read by a
// person. Ideas that nobody has read are drawn by lot to jurors and moderators,
// and how many were read is public while the grades are not.
//
// # Seal
//
// While grades are given nobody sees those of others: no fellow juror, no body,
// no administrator, no export. The head of the body that asks closes the
// evaluation: from then on nothing can be changed, the grades stand in one file
// without names, and its digest is public. Only then is the ranking made, and
// shown to that head alone; publishing it opens the file and the ranking to
// everybody, so whoever doubts can compute it again.
package jury
