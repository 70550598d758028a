// Package desk is the officials' side of the City of Ideas: the editor of a
// challenge and its phases, the moderators' queue, the answers that a body owes,
// and the taking up of ideas. The public side is package pages, evaluation is
// package jury.
//
// A handler decodes, calls a use case of the ideas and renders; what a person may
// do, and what is wrong, the use case says. A form that is refused comes back
// with everything that was typed. The only thing kept here are templates of
// answers, one shelf for each body.
package desk
