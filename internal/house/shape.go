package house

import (
	"bytes"
	"go/ast"
	"go/token"
	"slices"
)

// What a reader can take in at once.
const (
	maxFunction  = 80  // lines of a function outside tests
	maxFile      = 500 // lines of a file
	maxInterface = 3   // methods that an interface declares
)

// vague are package names that say nothing about what is inside.
var vague = []string{"utils", "util", "helpers", "helper", "common", "models", "model", "types", "misc", "shared", "base"}

// Shape finds functions and files too long to read, package names that say
// nothing, init functions, contexts that do not come first, wide interfaces and
// exported names without a word of explanation. Generated files are exempt.
func Shape(t *Tree) []Finding {
	var out []Finding
	for _, f := range t.goFiles() {
		if f.isGenerated() {
			continue
		}
		if n := bytes.Count(f.Text, []byte("\n")); n > maxFile {
			out = append(out, Finding{Path: f.Path, Says: "is too long to read: split it by what it is about"})
		}
		if slices.Contains(vague, f.Go.Name.Name) {
			out = append(out, f.at(f.Go.Name, "package %s says nothing about what is inside", f.Go.Name.Name))
		}
		for _, d := range f.Go.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				out = append(out, shapeFunc(f, d)...)
			case *ast.GenDecl:
				out = append(out, shapeDecl(f, d)...)
			}
		}
	}
	return out
}

func shapeFunc(f *File, d *ast.FuncDecl) []Finding {
	var out []Finding
	lines := f.line(d.End()) - f.line(d.Pos()) + 1
	if !f.isTest() && lines > maxFunction {
		out = append(out, f.at(d, "%s has %d lines: it does more than one thing", d.Name.Name, lines))
	}
	if d.Name.Name == "init" && d.Recv == nil {
		out = append(out, f.at(d, "init runs unasked: let the caller make what it needs"))
	}
	if at := contextAt(d.Type); at > 0 && !f.isTest() {
		out = append(out, f.at(d, "%s takes its context at place %d: put it first", d.Name.Name, at+1))
	}
	if d.Doc == nil && d.Name.IsExported() && exportedReceiver(d) && speaks(f) {
		out = append(out, f.at(d, "%s is exported without a comment", d.Name.Name))
	}
	return out
}

// contextAt is the place of the first context among the parameters, -1 without one.
func contextAt(fn *ast.FuncType) int {
	at := 0
	for _, field := range fn.Params.List {
		if sel, ok := field.Type.(*ast.SelectorExpr); ok && sel.Sel.Name == "Context" {
			if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == "context" {
				return at
			}
		}
		at += max(1, len(field.Names))
	}
	return -1
}

// exportedReceiver says whether d is a function, or a method others can reach.
// What fulfils an interface of the standard library needs no comment.
func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	if slices.Contains([]string{"Error", "String", "Unwrap", "Len", "Less", "Swap", "Close", "ServeHTTP", "Read", "Write", "Is"}, d.Name.Name) {
		return false
	}
	receiver := d.Recv.List[0].Type
	if star, ok := receiver.(*ast.StarExpr); ok {
		receiver = star.X
	}
	if generic, ok := receiver.(*ast.IndexExpr); ok {
		receiver = generic.X
	}
	name, ok := receiver.(*ast.Ident)
	return ok && name.IsExported()
}

// speaks says whether the file's exported names are for others to use.
func speaks(f *File) bool { return !f.isTest() && f.Go.Name.Name != "main" }

func shapeDecl(f *File, d *ast.GenDecl) []Finding {
	var out []Finding
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if wide, ok := spec.Type.(*ast.InterfaceType); ok && wide.Methods.NumFields() > maxInterface {
				out = append(out, f.at(spec, "interface %s is wide: a consumer needs one to three methods", spec.Name.Name))
			}
			if spec.Name.IsExported() && d.Doc == nil && spec.Doc == nil && spec.Comment == nil && speaks(f) {
				out = append(out, f.at(spec, "%s is exported without a comment", spec.Name.Name))
			}
		case *ast.ValueSpec:
			exported := slices.ContainsFunc(spec.Names, (*ast.Ident).IsExported)
			if exported && d.Doc == nil && spec.Doc == nil && spec.Comment == nil && speaks(f) && d.Tok != token.IMPORT {
				out = append(out, f.at(spec, "%s is exported without a comment", spec.Names[0].Name))
			}
		}
	}
	return out
}
