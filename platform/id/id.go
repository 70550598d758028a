// Package id makes identifiers: sortable, unique without a round trip to the
// database, and safe in a URL.
package id

import (
	"crypto/rand"
	"encoding/base32"
	"strings"

	"github.com/google/uuid"
)

// New is a UUIDv7 in its 36-character form. Ids made later sort later.
func New() string { return uuid.Must(uuid.NewV7()).String() }

// Last is after every id that New gives, in the order of any database: it has
// their form, because collations differ in where they put other signs.
const Last = "ffffffff-ffff-7fff-bfff-ffffffffffff"

// Valid says whether s has the form that New gives.
func Valid(s string) bool {
	u, err := uuid.Parse(s)
	return err == nil && len(s) == 36 && u.Version() == 7
}

// Secret is 160 random bits as 32 lower-case letters and digits, for links that
// must not be guessed.
func Secret() string {
	b := make([]byte, 20)
	_, _ = rand.Read(b) // never fails: crypto/rand stops the program instead
	return strings.ToLower(base32.StdEncoding.EncodeToString(b))
}
