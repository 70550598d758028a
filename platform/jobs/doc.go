// Package jobs does work after the transaction that wants it: mails, digests,
// imports. A job is a row written in that transaction, so it exists exactly
// when the change exists, and any copy of the program may run it.
//
// # How often a job runs
//
// A handler registered with Handle runs at least once: a crash between its
// effect and its completion runs it again, with the same Job.ID, which the
// handler passes on so that the outside world can tell a repetition (a mail's
// Message-ID). A handler registered with HandleWrite runs in the transaction
// that completes the job, so its changes to the database happen once. Once
// makes two wishes for the same thing one job.
//
// A failing job is tried again after a time that doubles; after maxAttempts it
// is dead, kept with its error for an operator to see, revive or drop. Errors
// are stored and logged, so handlers keep addresses and codes out of them.
//
// A copy that runs a job or a schedule holds a lease on its row and renews it;
// when the copy dies the lease ends and another takes over.
package jobs
