package ui

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

// AssetsPath is where the Assets handler is mounted.
const AssetsPath = "/assets/"

//go:embed assets
var assetFiles embed.FS

// asset is one file ready to be served.
type asset struct {
	url   string // "/assets/ronda.5f1c9a2b3d.css"
	mime  string
	plain []byte
	gzip  []byte // nil where compression gains nothing
}

// shelf holds every asset by its plain name ("ronda.css") and by its URL.
type shelf struct {
	byName map[string]*asset
	byURL  map[string]*asset
}

// stock reads the embedded files once and never changes afterwards.
var stock = sync.OnceValue(fillShelf)

// Asset is the URL of an embedded file, with the hash of its content in the
// name so that browsers may keep it for ever: Asset("ronda.css") is
// "/assets/ronda.<hash>.css". An unknown name gives an URL that answers 404.
func Asset(name string) string {
	if a, ok := stock().byName[name]; ok {
		return a.url
	}
	return AssetsPath + name
}

// Assets serves the embedded files under AssetsPath: compressed once at start,
// cacheable for ever, since a changed file has another URL.
func Assets() http.Handler {
	shelf := stock()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ok := shelf.byURL[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		a.serve(w, r)
	})
}

func (a *asset) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", a.mime)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	body := a.plain
	if a.gzip != nil {
		h.Add("Vary", "Accept-Encoding")
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			body = a.gzip
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}

func fillShelf() shelf {
	s := shelf{byName: map[string]*asset{}, byURL: map[string]*asset{}}
	names, _ := fs.Glob(assetFiles, "assets/*")
	for _, file := range names {
		if path.Ext(file) != ".css" {
			s.put(file, nil)
		}
	}
	// Stylesheets come last: they name the other files, which by now have URLs.
	for _, file := range names {
		if path.Ext(file) == ".css" {
			s.put(file, s.linked)
		}
	}
	return s
}

// put stores one embedded file, its content passed through rewrite if not nil.
func (s *shelf) put(file string, rewrite func([]byte) []byte) {
	content, _ := assetFiles.ReadFile(file)
	if rewrite != nil {
		content = rewrite(content)
	}
	name := path.Base(file)
	sum := sha256.Sum256(content)
	ext := path.Ext(name)
	a := &asset{
		url:   AssetsPath + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext,
		mime:  mimeOf(ext),
		plain: content,
	}
	if ext != ".woff2" {
		a.gzip = compress(content)
	}
	s.byName[name], s.byURL[a.url] = a, a
}

// linked writes the hashed URL of each font into a stylesheet.
func (s *shelf) linked(css []byte) []byte {
	for name, a := range s.byName {
		css = bytes.ReplaceAll(css, []byte("url("+name+")"), []byte("url("+a.url+")"))
	}
	return css
}

func mimeOf(ext string) string {
	switch ext {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".woff2":
		return "font/woff2"
	case ".svg":
		return "image/svg+xml"
	}
	return "text/plain; charset=utf-8"
}

func compress(content []byte) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	_, _ = z.Write(content)
	_ = z.Close()
	return b.Bytes()
}
