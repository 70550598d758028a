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
	return secret, keepSecret(path, secret)
}

// keepSecret puts a new private file on disk, in whole or not at all: one that a
// crash cut short would keep the program from starting ever after.
func keepSecret(path string, secret []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*") // private to its owner
	if err != nil {
		return fmt.Errorf("pepper: %w", err)
	}
	_, err = f.Write(secret)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Link(f.Name(), path) // never over one that is there
	}
	if err = errors.Join(err, os.Remove(f.Name()), syncFolder(filepath.Dir(path))); err != nil {
		return fmt.Errorf("pepper: %w", err)
	}
	return nil
}

// syncFolder puts the names in a folder on disk.
func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
