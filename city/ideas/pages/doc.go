// Package pages is what citizens see and do in the City of Ideas: challenges,
// ideas and the one form they are written in, support, comments, families, the
// public log of moderation and the answer clock.
//
// A handler decodes, calls a use case of package ideas and renders; it holds no
// rule. Every page works without JavaScript; a form that is refused comes back
// with everything that was typed.
package pages
