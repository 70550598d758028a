package invitations

import (
	"crypto/rand"
	"strings"

	"ronda/city/meetings"
)

func upper(a meetings.Answer) string { return strings.ToUpper(string(a)) }

// clip is the text of at most that many characters.
func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// newSecret is at least 128 random bits in letters and digits that are not taken
// for one another.
func newSecret() string { return strings.ToLower(rand.Text()) }
