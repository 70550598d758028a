// Package pages is the web of the meetings before and after they are held: what
// is coming, what one is for, its agenda with the time it takes, who comes, what
// was decided and who has to do what, and the minutes that say so. What happens
// in the room is a sibling's.
//
// A handler decodes, calls a use case of the meetings and renders; it holds no
// rule. A form that is refused comes back with everything that was typed.
package pages
