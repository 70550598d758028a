// Package invitations tells people of meetings, each in their own calendar, and
// hears what they answer.
//
// # Mails
//
// Whoever is invited gets one mail for each change they are told of, with a
// calendar part (RFC 6047): REQUEST, or CANCEL when the meeting is off or they
// are no longer invited. Who gets which is written in the transaction of the
// change (Notify), so a change without its mails cannot be, nor mails without
// their change. A post's mail goes to whoever holds it on the day of the meeting.
//
// A mail leaves the list when the mail server has taken it. Before its text is
// sent, and not earlier, it is marked as on its way: if the program dies then, or
// the server never answers, nobody can know whether it arrived. It is not sent
// again by itself but listed as in doubt, one for each open connection at most,
// and the Coordination says what to do. So nobody is told twice, and nobody is
// left out in silence: those who cannot be reached are listed too.
//
// # Answers
//
// An answer counts when it comes from the address that was invited, to a meeting
// that there is. A mail is easily forged: an answer changes who is expected, and
// nothing else. What is not understood waits in quarantine.
//
// # Calendars
//
// Each person has one secret. With it their calendar can be read, and nothing
// changed: as a file (/calendario/SECRET.ics) and over CalDAV (/dav/). A new
// secret ends the old one.
package invitations
