package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"ronda/city/identity"
	"ronda/platform/db"
)

const pepperSize = 32

// copyPepper says what whoever starts with a missing or foreign pepper does.
const copyPepper = "copy pepper.key out of the folder of the copy of the program that was started first, or from where it is kept apart, and start again; " +
	"if it is lost, start once with --new-pepper, which ends codes that are on their way and links that nobody has used"

// pepper reads the secret that codes are hashed with; the first start makes it.
// It lies beside the database and not in it, so that a stolen copy of the
// database tells no codes. A database keeps to its pepper: copies of the program
// with different ones would not know each other's codes.
func pepper(ctx context.Context, d *db.DB, cfg Config) ([]byte, error) {
	path := filepath.Join(cfg.Data, "pepper.key")
	secret, err := readPepper(ctx, d, path, cfg.NewPepper)
	if err != nil {
		return nil, err
	}
	if err := identity.ClaimPepper(ctx, d, secret, cfg.NewPepper); err != nil {
		if errors.Is(err, identity.ErrPepper) {
			err = fmt.Errorf("%w than %s: %s", err, path, copyPepper)
		}
		return nil, err
	}
	return secret, nil
}

// readPepper reads the file, or makes it for a database that has none.
func readPepper(ctx context.Context, d *db.DB, path string, anew bool) ([]byte, error) {
	secret, err := os.ReadFile(path)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return secret, err
	}
	has, err := identity.HasPepper(ctx, d)
	if err != nil {
		return nil, err
	}
	if has && !anew {
		return nil, fmt.Errorf("%w, and there is no %s: %s", identity.ErrPepper, path, copyPepper)
	}
	secret = make([]byte, pepperSize)
	_, _ = rand.Read(secret) // never fails: crypto/rand stops the program instead
	return secret, os.WriteFile(path, secret, 0o600)
}
