package opinions

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"net/http"
)

//go:embed opinions.css
var styleSheet []byte

// style serves opinions.css under an address that changes with its content, so
// that browsers may keep it.
type style struct{ path string }

func newStyle() style {
	sum := sha256.Sum256(styleSheet)
	return style{"/assets/opinions." + hex.EncodeToString(sum[:6]) + ".css"}
}

func (s style) serve(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, err := w.Write(styleSheet)
	return err
}
