// Package pages are the pages about who is who: the bodies of the government and
// each of them with its people, delegations, appointments, and what
// administrators do with persons, bodies and changes that take two.
//
// The pages hold no rule: what somebody may do is asked of city/people, and a
// refusal of it becomes a page or the errors of a form.
package pages
