// Package plan computes the dates of a work plan: tasks, milestones and
// summary tasks that wait for each other, on a calendar of working days.
//
//   - [Calendar] counts working days: a week, and exceptions as data.
//   - [Plan] is what people say: tasks, durations, links, constraints, what was
//     really done. [Plan.Schedule] gives what follows from it: early and late
//     dates, total and free slack, the critical path.
//   - [Plan.Progress] compares it with the frozen baseline by a stated rule.
//   - [Draw] lays it out as a Gantt chart of plain geometry.
//
// Time is counted in working days. A task of n days occupies n of them, from
// the morning of the first to the evening of the last; the evening of a working
// day and the morning of the next are the same moment, so what follows a task
// that ends on Friday begins on Monday. A milestone has no duration; it is
// dated by the evening of what it waits for, or by the morning when it waits
// for a beginning or stands on its own.
//
// The method is the critical path (J. Kelley and M. Walker 1959) on the
// precedence network of four kinds of links with lags (J. Fondahl 1961;
// S. Elmaghraby and J. Kamburowski 1992). Subpackages read and write plans:
// msproject for Microsoft Project's XML, plansheet for CSV.
//
// The result is a function of the plan alone: the same plan gives the same
// dates, in whatever order its links stand.
package plan
