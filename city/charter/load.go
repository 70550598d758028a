package charter

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"

	"ronda/city/charter/internal/strict"
	"ronda/platform/i18n"
)

// FileNames are the files of a city, in the order they are read.
var FileNames = []string{"city.yaml", "bodies.yaml", "posts.yaml", "frame.yaml", "steps.yaml",
	"adoption.yaml", "execution.yaml", "territories.yaml", "sdg.yaml"}

// Files are the texts of a city by file name.
type Files map[string]string

// SHA256 is a digest of names and texts, lower-case hex.
func (f Files) SHA256() string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(f)) {
		fmt.Fprintf(h, "%s %d\n%s\n", name, len(f[name]), f[name])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Load reads the files of a city from the top of fsys. The error is Errors with
// every mistake in them, or says that fsys could not be read.
func Load(fsys fs.FS) (*Charter, error) {
	files, err := ReadFiles(fsys)
	if err != nil {
		return nil, err
	}
	return Parse(files)
}

// ReadFiles collects the YAML files at the top of fsys without judging them,
// save that each is read no further than a parser would want it.
func ReadFiles(fsys fs.FS) (Files, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("read city: %w", err)
	}
	files := Files{}
	for _, e := range entries {
		if ext := path.Ext(e.Name()); e.IsDir() || ext != ".yaml" && ext != ".yml" {
			continue
		}
		if files[e.Name()], err = readText(fsys, e.Name()); err != nil {
			return nil, fmt.Errorf("read city: %w", err)
		}
	}
	return files, nil
}

func readText(fsys fs.FS, name string) (string, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, strict.MaxFile+1))
	return string(text), err
}

// Parse makes a charter of the files. The error is Errors, with every mistake.
func Parse(files Files) (*Charter, error) {
	p := &parser{Reader: strict.New(i18n.Langs), c: &Charter{files: maps.Clone(files)}}
	readers := map[string]func(*strict.Object){
		"city.yaml": p.city, "bodies.yaml": p.bodies, "posts.yaml": p.posts, "frame.yaml": p.frame,
		"steps.yaml": p.steps, "adoption.yaml": p.adoption, "execution.yaml": p.execution, "territories.yaml": p.territories, "sdg.yaml": p.sdg,
	}
	for _, name := range FileNames {
		if text, ok := files[name]; ok {
			p.File(name, text, readers[name])
		} else {
			p.Fail(strict.At{File: name}, "charter.problem.no_file")
		}
	}
	for name := range files {
		if readers[name] == nil {
			p.Fail(strict.At{File: name}, "charter.problem.stray_file")
		}
	}
	if problems := p.Finish(); len(problems) > 0 {
		return nil, newErrors(problems)
	}
	p.c.Version.SHA256 = files.SHA256()
	return p.c, nil
}

// parser fills a charter, one method for each file, and checks what one file
// alone can not show once all are read.
type parser struct {
	*strict.Reader
	c *Charter
}

// entry reads what every listed thing has and declares it under its kind.
func (p *parser) entry(o *strict.Object, kind string) Entry {
	e := Entry{
		Code: o.Code("code"), Name: o.Words("name"), About: o.OptWords("about"),
		From: o.OptDay("from"), To: o.OptDay("to"),
	}
	if e.From != "" && e.To != "" && e.To <= e.From {
		o.Fail("to", "charter.problem.term", "from", e.From, "to", e.To)
	}
	p.Declare(kind, e.Code, o.At())
	return e
}

// each reads a list that must have at least one element.
func each[T Coded](o *strict.Object, key string, read func(*strict.Object) T) List[T] {
	var all []T
	o.Each(key, func(o *strict.Object) { all = append(all, read(o)) })
	return newList(all)
}

// as turns texts of one type into another.
func as[To, From ~string](texts []From) []To {
	out := make([]To, len(texts))
	for i, s := range texts {
		out[i] = To(s)
	}
	return out
}

// names reads a mapping from some of the values to words.
func names[T ~string](o *strict.Object, key string, values []T) map[T]Name {
	found := map[T]Name{}
	o.Object(key, func(o *strict.Object) {
		for _, v := range values {
			if o.Has(string(v)) {
				found[v] = o.Words(string(v))
			}
		}
	})
	return found
}
