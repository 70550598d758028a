// Package inbound receives the mails that people send to the program: by SMTP,
// from the mail server before it (Listen), or from a mailbox that it reads by
// IMAP (Watch). What a mail means is the Handler's to say.
//
// A mail is kept in the database before its sender or the mailbox hears that it
// was taken, so that none is lost, under a key made of its Message-ID and its
// text, so that none is taken twice, however many ways it comes. It is handled in
// the transaction that notes it as handled: once.
//
// Nothing here answers a mail, so no loop can begin. Mails that have come round
// nevertheless, our own among them, are dropped and counted. What the handler
// does not understand is quarantined for a person to read, for keepFor, and then
// forgotten. A mail beyond the limits is refused, or, in a mailbox, left there and
// quarantined by its heading alone.
package inbound
