package mail

import (
	"net/mail"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

const (
	addressMax = 254 // RFC 5321, 4.5.3.1.3, without the angle brackets
	localMax   = 64
)

// Address brings a mail address into the one form under which it is kept and
// compared: no space around, lower case, the domain in its ASCII form. ok is
// false for anything but a plain address at a domain with a dot.
func Address(s string) (normal string, ok bool) {
	local, domain, cut := strings.Cut(strings.TrimSpace(s), "@")
	if !cut || !utf8.ValidString(domain) || len(local) > localMax || !atoms(local) {
		return "", false
	}
	domain, err := idna.Lookup.ToASCII(strings.TrimSuffix(domain, "."))
	if err != nil || !strings.Contains(domain, ".") {
		return "", false
	}
	normal = strings.ToLower(local) + "@" + domain
	parsed, err := mail.ParseAddress(normal)
	return normal, err == nil && parsed.Address == normal && len(normal) <= addressMax
}

// atoms says whether the part before the at sign is one that every server
// takes: words of ASCII with single dots between them, nothing quoted.
func atoms(local string) bool {
	for word := range strings.SplitSeq(local, ".") {
		if word == "" || strings.ContainsFunc(word, func(r rune) bool {
			return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("!#$%&'*+-/=?^_`{|}~", r))
		}) {
			return false
		}
	}
	return true
}
