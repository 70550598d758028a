package event

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// TextSalt is the salt of one text: 64 hex digits made from the event's own
// salt. The record's export gives it away beside the text, so anyone can compare
// the two; an event's other texts, and those erased, keep theirs.
func (e Event) TextSalt(name string) string { return e.derive("text", name) }

// Digest commits to the text of a name: see Digest of this package.
func (e Event) Digest(name string) string { return Digest(e.TextSalt(name), e.Text[name]) }

// Digest is how the record commits to a text it does not hold: hex SHA-256 of
// the salt, a zero byte and the text.
func Digest(salt, text string) string {
	h := sha256.Sum256([]byte(salt + "\x00" + text))
	return hex.EncodeToString(h[:])
}

// Seal commits to a value that is never published, such as the person who
// acted: without the event's salt nobody can guess it, with it a change is
// found.
func (e Event) Seal(what, value string) string { return e.derive("seal", what, value) }

// derive is hex HMAC-SHA256 of the words under the event's salt.
func (e Event) derive(words ...string) string {
	h := hmac.New(sha256.New, []byte(e.Salt))
	for _, w := range words {
		h.Write([]byte(w))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))
}
