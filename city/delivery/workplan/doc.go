// Package workplan is how an initiative is to be carried out: its objectives, its
// tasks and milestones, what waits for what, and what became of it.
//
// # Words
//
// A plan is made of edits ([Edit]): the same value is what a form sends, what a
// drag on the chart sends and what a change request holds. Edits are applied to
// the whole plan in memory, the plan is computed (package method/plan), and only
// what differs is written. Working days are those of the city's charter.
//
// What is agreed of a plan is its start, its tasks with durations, constraints and
// summaries, its links, and its objectives. Who does it, how far it is and what is
// noted beside it are not: they change from day to day.
//
// A baseline is the schedule of what is agreed, as if nothing had happened yet. The
// first is frozen by the signature of the step that asks for a schedule, in its
// transaction. From then on what is agreed changes by change requests, which
// Planning decides; each that is accepted makes the next baseline. While the step
// is re-opened the plan is edited again, and the next signature makes the next.
//
// # Invariants
//
//   - A plan that is stored can be computed: an edit that would make a circle, or
//     leave the calendar, is refused and names the tasks.
//   - A baseline never changes. Without an accepted change, or a signature, there
//     is no next one.
//   - An edit that began from an older version of the plan is taken when nobody
//     touched the same task or objective since; otherwise it is a Conflict that
//     holds what the other person wrote.
//   - An import is done whole or not at all.
//   - What is public of a plan names bodies, never a person.
package workplan
