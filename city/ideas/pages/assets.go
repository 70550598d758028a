package pages

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"path"
	"strings"
	"sync"
)

//go:embed assets
var assetFiles embed.FS

// assetsPath is where the style and the script of these pages are served.
const assetsPath = "/assets/ideas/"

// assetHash is part of the address of the files, so that browsers may keep them
// for ever.
var assetHash = sync.OnceValue(func() string {
	sum := sha256.New()
	for _, name := range []string{"ideas.css", "ideas.js"} {
		text, _ := assetFiles.ReadFile("assets/" + name)
		sum.Write(text)
	}
	return hex.EncodeToString(sum.Sum(nil)[:6])
})

func asset(name string) string { return assetsPath + assetHash() + "/" + name }

// assets serves the files under their present address.
func assets() http.Handler {
	kinds := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hash, name := path.Split(strings.TrimPrefix(r.URL.Path, assetsPath))
		text, err := assetFiles.ReadFile("assets/" + name)
		if err != nil || hash != assetHash()+"/" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", kinds[path.Ext(name)])
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		_, _ = w.Write(text)
	})
}
