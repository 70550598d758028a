package house

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Module is the path of the Go module, the prefix of every import of our own.
const Module = "ronda"

// A Finding is one place where a rule is broken.
type Finding struct {
	Path string // slash path from the root
	Line int    // from 1; 0 when the whole file is meant
	Says string // what is wrong and what to do, one line
}

func (f Finding) String() string {
	if f.Line == 0 {
		return f.Path + ": " + f.Says
	}
	return fmt.Sprintf("%s:%d: %s", f.Path, f.Line, f.Says)
}

// A File is one file of the tree.
type File struct {
	Path string // slash path from the root
	Text []byte
	Go   *ast.File // nil for other files, and for Go that does not parse
	tree *Tree
}

// A Tree is the source of the program, read once.
type Tree struct {
	Files    []*File // in order of path
	Unparsed []Finding
	fset     *token.FileSet
}

// skipped says whether the folder holds no source: what tools fetch, what runs
// leave, what tests feed on.
func skipped(dir string) bool {
	name := path.Base(dir)
	return name != "." && strings.HasPrefix(name, ".") ||
		name == "node_modules" || name == "testdata" ||
		dir == "build" || dir == "data" || dir == "ronda-data"
}

// kept lists the endings of files that some rule reads.
var kept = []string{".go", ".templ", ".sql", ".toml", ".yaml", ".md"}

// Read reads the tree below the root of fsys.
func Read(fsys fs.FS) (*Tree, error) {
	t := &Tree{fset: token.NewFileSet()}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && skipped(name):
			return fs.SkipDir
		case d.IsDir() || !slices.Contains(kept, path.Ext(name)):
			return nil
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		t.add(name, text)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the tree: %w", err)
	}
	// The walk puts desk/x before desk.go, the order of paths after it.
	slices.SortFunc(t.Files, func(a, b *File) int { return cmp.Compare(a.Path, b.Path) })
	return t, nil
}

func (t *Tree) add(name string, text []byte) {
	f := &File{Path: name, Text: text, tree: t}
	t.Files = append(t.Files, f)
	if path.Ext(name) != ".go" {
		return
	}
	file, err := parser.ParseFile(t.fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Unparsed = append(t.Unparsed, Finding{Path: name, Says: err.Error()})
		return
	}
	f.Go = file
}

// goFiles are the files of Go that parse.
func (t *Tree) goFiles() []*File {
	var out []*File
	for _, f := range t.Files {
		if f.Go != nil {
			out = append(out, f)
		}
	}
	return out
}

// file is the file at that path, nil without one.
func (t *Tree) file(name string) *File {
	i, ok := slices.BinarySearchFunc(t.Files, name, func(f *File, name string) int { return cmp.Compare(f.Path, name) })
	if !ok {
		return nil
	}
	return t.Files[i]
}

// dir is the folder of the file.
func (f *File) dir() string { return path.Dir(f.Path) }

// isTest says whether only tests see the file.
func (f *File) isTest() bool {
	return strings.HasSuffix(f.Path, "_test.go") || strings.HasSuffix(f.dir(), "test")
}

// isGenerated says whether a tool wrote the file.
func (f *File) isGenerated() bool {
	return strings.HasSuffix(f.Path, "_templ.go") || bytes.HasPrefix(f.Text, []byte("// Code generated "))
}

// at is a finding at a node of the file.
func (f *File) at(n ast.Node, format string, args ...any) Finding {
	return Finding{Path: f.Path, Line: f.line(n.Pos()), Says: fmt.Sprintf(format, args...)}
}

func (f *File) line(p token.Pos) int { return f.tree.fset.Position(p).Line }

// literal is the value of a string literal.
func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

// literals calls fn with every string literal of the file but import paths and
// struct tags.
func (f *File) literals(fn func(lit *ast.BasicLit, value string)) {
	ast.Inspect(f.Go, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			n.Tag = nil
		case *ast.BasicLit:
			if s, ok := literal(n); ok {
				fn(n, s)
			}
		}
		return true
	})
}
