// Package meetings is where the roundtable talks and decides: series and single
// meetings, agendas, what happens in the room, decisions, commitments, minutes.
//
// # Words
//
// A series repeats by a rule on the city's wall clock; its occurrences are made a
// year ahead as meetings with numbers of their own, so that one can be moved,
// cancelled or given an agenda. An occurrence keeps the instant the rule gave it,
// wherever it is moved. Splitting a series moves the rest of it: the old one ends
// before the day, a new one goes on, and meetings pass over with their agendas.
//
// Guests are invited to a series or to one meeting: a post (whoever holds it), a
// person, a body (whoever signs for it), or somebody from outside. What stands at
// a meeting goes before what stands at its series. When a meeting begins, its
// guests become its attendees and no later change of a list touches them.
//
// An item of an agenda says what is wanted of it and closes with an outcome. What
// is put off goes to the backlog of the series or to its next meeting.
//
// # Invariants
//
//   - No item closes without its outcome: a decision or a task that is recorded,
//     or a reason for putting it off. Only items that inform may end informed.
//   - Every act in the room is one numbered change of its meeting, without gaps.
//   - Minutes are approved by the chair with no item open, are frozen by that,
//     and are signed by the coordination. They go back with a reason, or not.
//   - Nothing is public that was not released, save the open call of a meeting.
//     What is public names posts and bodies, never a person.
//   - A private meeting does not exist for whom is not of it.
//   - Decisions are commitments on record, not administrative acts.
package meetings
