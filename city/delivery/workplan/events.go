package workplan

// The kinds of event this module tells, all of an initiative and, edits apart,
// public when it is.
// Each carries data number, version and finish (the last day of the plan).
const (
	EventEdited   = "delivery.workplan.edited"         // inside; data did (ops), tasks (codes)
	EventProgress = "delivery.workplan.progress"       // data tasks (code:percent)
	EventReached  = "delivery.workplan.reached"        // data figure, day; text objective, unit
	EventFrozen   = "delivery.workplan.frozen"         // data baseline, why, tasks
	EventAsked    = "delivery.workplan.change_asked"   // data change; text reason
	EventAccepted = "delivery.workplan.change_taken"   // data change, baseline; text answer
	EventRefused  = "delivery.workplan.change_refused" // data change; text answer
	EventDropped  = "delivery.workplan.change_dropped" // data change
	EventImported = "delivery.workplan.imported"       // data format, tasks, links
)
