// Package mail sends mails, after the transaction that wants them.
//
// A mail is a job of that transaction: it is sent when the change is there and
// not otherwise. Its Message-ID is the job's, the same at every attempt, so
// that a repetition after a crash is the same mail to the receiver. A mail is
// written once, as parts, and goes out as plain text and as simple HTML.
//
// Send repeats a mail when a crash leaves in doubt whether it left, under the
// same Message-ID. Where a repetition does harm, as with invitations, the sender
// keeps its own list and uses a Courier, which says of each mail whether it was
// handed over, was not, or may have been.
//
// # Configuration
//
//	smtp://user:password@mail.city.example:587?from=Ronda%20%3Cronda@city.example%3E
//	smtps://user:password@mail.city.example?from=ronda@city.example
//	smtp://127.0.0.1:25?from=ronda@city.example&tls=none
//
// smtp demands STARTTLS unless tls=when-offered or tls=none says otherwise;
// smtps is encrypted from the first byte. Ports are 587 and 465 when absent.
// Without an address nothing is sent and Disabled says so.
package mail
