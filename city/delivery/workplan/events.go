package workplan

// The kinds of event this module tells, all of an initiative and public when it is.
// Each carries data number, version and finish (the last day of the plan).
const (
	EventEdited   = "workplan.edited"         // data did (ops), tasks (codes)
	EventProgress = "workplan.progress"       // data tasks (code:percent)
	EventReached  = "workplan.reached"        // data objective, figure, day
	EventFrozen   = "workplan.frozen"         // data baseline, why, tasks
	EventAsked    = "workplan.change_asked"   // data change; text reason
	EventAccepted = "workplan.change_taken"   // data change, baseline; text answer
	EventRefused  = "workplan.change_refused" // data change; text answer
	EventDropped  = "workplan.change_dropped" // data change
	EventImported = "workplan.imported"       // data format, tasks, links
)
