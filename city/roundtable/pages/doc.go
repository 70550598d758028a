// Package pages is the roundtable's web: what the public sees of initiatives and
// what officials do to them. A handler decodes, calls a use case of the
// roundtable and renders; it holds no rule.
package pages
