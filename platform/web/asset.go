package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"path"
	"strings"
)

// Asset is a stylesheet or script of one module. Its address changes with its
// content, so that browsers may keep it for ever.
type Asset struct {
	Path string // "/assets/ballot.0123456789ab.css"
	kind string
	text []byte
}

// NewAsset is the file of a name that ends in .css or .js.
func NewAsset(name string, text []byte) Asset {
	sum := sha256.Sum256(text)
	ext := path.Ext(name)
	kinds := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
	return Asset{"/assets/" + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext, kinds[ext], text}
}

// Serve answers with the file.
func (a Asset) Serve(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", a.kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, err := w.Write(a.text)
	return err
}
