// Package record is the public record: every public event is a leaf of a Merkle
// log, and the size and root of the log are signed as a checkpoint. Whoever
// keeps one checkpoint, a few lines of text, can prove later that no act before
// it was changed, dropped or slipped in.
//
// # What a leaf holds
//
// The codes and figures of the act: what happened, when, to what, in the name of
// which post and body. Never a person, and never what somebody wrote: a text is
// in the leaf as a salted digest, so that it can be erased when it holds
// personal data and everything still verifies. The person who acted is sealed:
// the city can check that nobody else was put in their place, and nobody can
// read from the leaf who it was.
//
// # Formats
//
// Tree and proofs are those of RFC 6962 (golang.org/x/mod/sumdb/tlog), the
// checkpoint is a signed note in the form of c2sp.org/tlog-checkpoint, the proof
// of one act has the form of c2sp.org/tlog-proof. The export is gzip of JSON
// lines; see Export.
//
// # Writing
//
// The Sequencer takes events that wait, a batch in one transaction: leaves,
// hashes, checkpoint and the mark on the event. Any number of copies of the
// program may run one; a lease and, in the end, the unique index of the leaf
// decide. After the commit the checkpoint also goes to a witness file beside the
// database. A database that does not extend the witness is not signed: somebody
// has wound it back or rewritten it, and signing would hide that.
//
// # Checking
//
// VerifyData, VerifyExport and VerifyURL recompute everything from the leaves
// and compare it with what is signed and with what the events say now.
package record
