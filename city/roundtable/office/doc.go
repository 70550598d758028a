// Package office is the officials' side of the roundtable: a thought in under a
// minute, the dossier, the steps with their evidence and signatures, the
// decision, and an office's queue of work. The public side is package pages,
// which puts the small panels of this package on the page of an initiative.
//
// A handler decodes, calls a use case of the roundtable and renders. It holds no
// rule: what a person may do, and what is missing, the roundtable says. A form
// that is refused comes back with everything that was typed.
package office
