package delivery

// The kinds of event this module tells of an initiative. Each carries data
// "number", and "delegated" when a delegate acted; each is public when the
// initiative is.
const (
	EventHandedOver = "delivery.handed_over" // a ministry is asked to execute it; data from, to; text note
	EventTakenBack  = "delivery.taken_back"  // that is taken back; data to; text reason
	EventAccepted   = "delivery.accepted"    // data from, to; text note
	EventRefused    = "delivery.refused"     // data to; text reason
	EventPartAsked  = "delivery.part_asked"  // data ministry; text what
	EventPartIn     = "delivery.part_in"     // data ministry
	EventPartOut    = "delivery.part_out"    // data ministry; text reason
	EventReported   = "delivery.reported"    // data report, done (percent), photos, light, final; text text
	EventLightSet   = "delivery.light_set"   // data colour, rule; text reason
	EventLightFree  = "delivery.light_free"  // it follows the rule again; data rule; text reason
	EventEquipment  = "delivery.equipment"   // data change (added, edited, dropped), state; text what
	EventFeasible   = "delivery.feasibility" // data change, kind, state; text what
)
