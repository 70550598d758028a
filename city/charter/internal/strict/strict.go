// Package strict reads YAML that people write by hand and says everything that
// is wrong with it at once, each mistake with its file and line. Keys nobody
// asked for are mistakes, and so are a code that stands twice and a reference
// to nothing. It knows no word of the city.
package strict

import (
	"cmp"
	"slices"

	"ronda/platform/i18n"
)

// At is a place in a file. Lines count from 1; line 0 is the file as a whole.
type At struct {
	File string
	Line int
}

// Problem is one mistake: where it is, and a message key with its pairs that
// says what is wrong and what to do.
type Problem struct {
	At
	Key  string
	Args []any
}

// Reader gathers the problems of several files that belong together. Make one
// with New, give it each file, then call Finish.
type Reader struct {
	langs    []i18n.Lang
	problems []Problem
	declared map[string]map[string]At // kind -> code -> where
	refs     []ref
	later    []func()
}

type ref struct {
	at         At
	kind, code string
}

// New makes a reader that wants words in each of the languages.
func New(langs []i18n.Lang) *Reader {
	return &Reader{langs: langs, declared: map[string]map[string]At{}}
}

// Speak changes the languages that Words wants from here on.
func (r *Reader) Speak(langs []i18n.Lang) { r.langs = langs }

// Fail records a problem.
func (r *Reader) Fail(at At, key string, args ...any) {
	r.problems = append(r.problems, Problem{At: at, Key: key, Args: args})
}

// Declare says that a thing of this kind and code stands at a place; a second
// one of the same code is a problem. An empty code is passed over: it has been
// reported where it was read.
func (r *Reader) Declare(kind, code string, at At) {
	if code == "" {
		return
	}
	if r.declared[kind] == nil {
		r.declared[kind] = map[string]At{}
	}
	if first, ok := r.declared[kind][code]; ok {
		r.Fail(at, "charter.problem.twice", "code", code, "file", first.File, "line", first.Line)
		return
	}
	r.declared[kind][code] = at
}

// Where is the place at which a kind and code were declared.
func (r *Reader) Where(kind, code string) At { return r.declared[kind][code] }

// Refer asks that a thing of this kind and code be declared by the time of
// Finish, in whatever file.
func (r *Reader) Refer(kind, code string, at At) {
	if code != "" {
		r.refs = append(r.refs, ref{at, kind, code})
	}
}

// Later runs fn in Finish, when every file has been read.
func (r *Reader) Later(fn func()) { r.later = append(r.later, fn) }

// Finish resolves the references, runs what was put off, and gives every
// problem in the order of files and lines.
func (r *Reader) Finish() []Problem {
	for _, ref := range r.refs {
		r.resolve(ref)
	}
	for _, fn := range r.later {
		fn()
	}
	slices.SortStableFunc(r.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return r.problems
}

func (r *Reader) resolve(ref ref) {
	known := r.declared[ref.kind]
	if _, ok := known[ref.code]; ok {
		return
	}
	codes := make([]string, 0, len(known))
	for code := range known {
		codes = append(codes, code)
	}
	if near := nearest(ref.code, codes); near != "" {
		r.Fail(ref.at, "charter.problem.dangling_near", "kind", ref.kind, "code", ref.code, "near", near)
		return
	}
	r.Fail(ref.at, "charter.problem.dangling", "kind", ref.kind, "code", ref.code)
}
