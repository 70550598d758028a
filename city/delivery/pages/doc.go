// Package pages is the web of the work plan and of execution: the Gantt chart
// of an initiative, its tasks, objectives and changes, the schedules of the
// city and of a person, and how the work and the money advance.
//
// The chart is drawn by the server as SVG and can be read without a script. A
// small script lets bars be dragged, stretched and linked, and moved by the
// keyboard; the form of a task does the same without it. A handler decodes,
// calls a use case and renders; it holds no rule. A form that is refused comes
// back with everything that was typed.
package pages
