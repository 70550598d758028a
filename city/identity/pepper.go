package identity

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"ronda/platform/db"
)

// ErrPepper says that the codes, links and limits in the database are hashed with
// another pepper than the one at hand.
var ErrPepper = errors.New("the codes and links in this database are hashed with another pepper.key")

// HasPepper says whether the database belongs to a pepper already, so that a
// missing one is lost and not yet to be made.
func HasPepper(ctx context.Context, d *db.DB) (bool, error) {
	_, has, err := db.Find[string](ctx, d, `SELECT mark FROM identity_pepper WHERE one = 1`)
	return has, err
}

// ClaimPepper makes the database belong to the pepper if it belongs to none, or
// whatever it belongs to when anew is set; otherwise another one is ErrPepper. Of
// two copies of the program that start at once one is first.
func ClaimPepper(ctx context.Context, d *db.DB, pepper []byte, anew bool) error {
	mark := markOf(pepper)
	return d.Write(ctx, func(ctx context.Context) error {
		if anew {
			if _, err := d.Exec(ctx, `DELETE FROM identity_pepper`); err != nil {
				return err
			}
		}
		if _, err := d.Exec(ctx, `INSERT INTO identity_pepper (one, mark) VALUES (1, $1) ON CONFLICT (one) DO NOTHING`, mark); err != nil {
			return err
		}
		kept, err := db.One[string](ctx, d, `SELECT mark FROM identity_pepper WHERE one = 1`)
		if err == nil && !hmac.Equal([]byte(kept), []byte(mark)) {
			err = ErrPepper
		}
		return err
	})
}

// markOf tells one pepper from another and nothing about it.
func markOf(pepper []byte) string {
	h := hmac.New(sha256.New, pepper)
	h.Write([]byte("ronda: the pepper of this database"))
	return hex.EncodeToString(h.Sum(nil))
}
