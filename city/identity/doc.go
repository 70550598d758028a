// Package identity is how people sign in: accounts with a mail address,
// one-time codes by mail, passkeys, sessions, and the link that makes the first
// administrator. There are no passwords. Who a person is, and what they may do,
// belongs to others; an account holds the person's id.
//
// What always holds:
//
//   - One account for an address (in its normal form) and for a person.
//   - Nobody learns from an answer, or from the work it costs, whether an address
//     has an account: signing in and registering are one path, on which a code is
//     sent in any case and the account is looked up after the code was right.
//   - A code has six digits, ten minutes and five tries; wrong codes of an
//     address and of a network are counted in the database over all codes.
//   - Codes, addresses of the network and link secrets are stored as keyed
//     hashes, and none of them, nor a mail address, reaches the log or an event.
//   - Signing in makes a new session token. A session that was ended anywhere is
//     out at its next request.
//   - What changes who can enter (a passkey, the end of the account) takes a
//     sign-in of the last hour; a new address takes codes from the old and the
//     new one.
package identity
