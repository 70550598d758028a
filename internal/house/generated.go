package house

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// fileName is where generated code names its source. The folder in it depends
// on where the generator was started and changes nothing but a message.
var fileName = regexp.MustCompile("FileName: `[^`]*?([^`/]*)`")

// Generated finds generated views that are not what templ makes of their source,
// and those whose source is gone. root is the folder of the Go module, for its
// version of templ; nothing in it changes, the work is done in scratch.
func Generated(ctx context.Context, t *Tree, root, scratch string) ([]Finding, error) {
	views, err := copyViews(t, scratch)
	if err != nil || len(views) == 0 {
		return orphans(t), err
	}
	cmd := exec.CommandContext(ctx, "go", "tool", "templ", "generate", "-path", scratch)
	cmd.Dir = root
	if text, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("templ generate: %w\n%s", err, text)
	}
	out := orphans(t)
	for _, name := range views {
		made := strings.TrimSuffix(name, ".templ") + "_templ.go"
		want, err := os.ReadFile(filepath.Join(scratch, filepath.FromSlash(made)))
		if err != nil {
			return nil, fmt.Errorf("templ generate made nothing of %s: %w", name, err)
		}
		if f := t.file(made); f == nil || !bytes.Equal(plain(f.Text), plain(want)) {
			out = append(out, Finding{Path: made, Says: "is not current: run make generate"})
		}
	}
	return out, nil
}

// plain is the code without the folder of its source.
func plain(code []byte) []byte { return fileName.ReplaceAll(code, []byte("FileName: `$1`")) }

// copyViews writes the sources of all views below scratch and lists their paths.
func copyViews(t *Tree, scratch string) (views []string, err error) {
	for _, f := range t.Files {
		if path.Ext(f.Path) != ".templ" {
			continue
		}
		to := filepath.Join(scratch, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(to, f.Text, 0o644); err != nil {
			return nil, err
		}
		views = append(views, f.Path)
	}
	return views, nil
}

// orphans finds generated views whose source is gone.
func orphans(t *Tree) []Finding {
	var out []Finding
	for _, f := range t.Files {
		source, ok := strings.CutSuffix(f.Path, "_templ.go")
		if ok && t.file(source+".templ") == nil {
			out = append(out, Finding{Path: f.Path, Says: "its source is gone: delete it"})
		}
	}
	return out
}
