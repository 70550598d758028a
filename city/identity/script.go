package identity

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"net/http"
)

//go:embed passkey.js
var passkeyScript []byte

// script serves passkey.js under an address that changes with its content, so
// that browsers may keep it.
type script struct{ path string }

func newScript() script {
	sum := sha256.Sum256(passkeyScript)
	return script{"/assets/passkey." + hex.EncodeToString(sum[:6]) + ".js"}
}

func (s script) serve(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, err := w.Write(passkeyScript)
	return err
}
