package record

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Key signs checkpoints.
type Key struct {
	signer   note.Signer
	verifier string
}

// Verifier is the public half in the form "origin+hash+base64", with which
// anybody checks a checkpoint.
func (k Key) Verifier() string { return k.verifier }

// ReadKey reads the key file at path. Its errors are those of reading a file,
// or that it holds no key.
func ReadKey(path string) (Key, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return Key{}, fmt.Errorf("record key: %w", err)
	}
	k, err := parseKey(strings.TrimSpace(string(text)))
	if err != nil {
		return Key{}, fmt.Errorf("record key %s: %w", path, err)
	}
	return k, nil
}

// ReadVerifier is the public half of the key file at path.
func ReadVerifier(path string) (string, error) {
	k, err := ReadKey(path)
	return k.verifier, err
}

// openKey reads the key file, and creates it when there is none and create is
// set. origin names the record in every checkpoint; a key that exists keeps the
// name it was made with.
func openKey(path, origin string, create bool) (Key, error) {
	k, err := ReadKey(path)
	if !errors.Is(err, fs.ErrNotExist) || !create {
		return k, err
	}
	secret, _, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return Key{}, fmt.Errorf("record key: %w", err)
	}
	if k, err = parseKey(secret); err != nil {
		return Key{}, fmt.Errorf("record key for %q: %w", origin, err)
	}
	if err := createFile(path, secret+"\n"); err != nil {
		return Key{}, fmt.Errorf("record key: %w", err)
	}
	return k, nil
}

// parseKey reads "PRIVATE+KEY+name+hash+base64" and works out the public half.
func parseKey(secret string) (Key, error) {
	signer, err := note.NewSigner(secret)
	if err != nil {
		return Key{}, err
	}
	parts := strings.SplitN(secret, "+", 5) // NewSigner has checked that there are five
	data, err := base64.StdEncoding.DecodeString(parts[4])
	if err != nil || len(data) != 1+ed25519.SeedSize {
		return Key{}, errors.New("not an Ed25519 key")
	}
	public, _ := ed25519.NewKeyFromSeed(data[1:]).Public().(ed25519.PublicKey)
	verifier, err := note.NewEd25519VerifierKey(signer.Name(), public)
	return Key{signer, verifier}, err
}
