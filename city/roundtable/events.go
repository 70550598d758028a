package roundtable

// The kinds of event this module tells. Data and Text of each are noted; every
// one carries data "number", and "delegated" when a delegate acted.
const (
	EventProposed    = "roundtable.proposed"     // inside
	EventTakenUp     = "roundtable.taken_up"     // inside; data body
	EventEdited      = "roundtable.edited"       // data fields (names of what changed)
	EventFiled       = "roundtable.filed"        // data origin_day, origin_body, title; text change
	EventJoined      = "roundtable.joined"       // data into
	EventEvidence    = "roundtable.evidence"     // data step, item, kind
	EventUnproved    = "roundtable.unproved"     // evidence taken out; data step, item; text reason
	EventSigned      = "roundtable.signed"       // data step, confirmed (a flagged step confirmed); text note
	EventReturned    = "roundtable.returned"     // data step; text remarks
	EventResubmitted = "roundtable.resubmitted"  // data step; text answer
	EventReopened    = "roundtable.reopened"     // data step; text reason
	EventAttended    = "roundtable.attended"     // data step; text note
	EventSpecialist  = "roundtable.specialist"   // data step, stance, area
	EventAdopted     = "roundtable.adopted"      // text reason
	EventOverridden  = "roundtable.overridden"   // adopted with steps open; data open; text reason
	EventDeclined    = "roundtable.declined"     // text reason
	EventDeferred    = "roundtable.deferred"     // data until; text reason
	EventResumed     = "roundtable.resumed"      // text reason
	EventWithdrawn   = "roundtable.withdrawn"    // text reason
	EventBarrier     = "roundtable.barrier"      // data kind, owner, barrier; text what
	EventUnblocked   = "roundtable.unblocked"    // data kind, barrier, days; text how
	EventOwnerAsked  = "roundtable.owner_asked"  // data ministry
	EventOwnerIn     = "roundtable.owner_in"     // data ministry
	EventOwnerOut    = "roundtable.owner_out"    // data ministry
	EventAsked       = "roundtable.asked"        // data question, due; text question
	EventAnswered    = "roundtable.answered"     // data question; text answer
	EventQuestionHid = "roundtable.question_hid" // data question; text reason
	EventOpinion     = "roundtable.opinion"      // text opinion
	EventDiscussed   = "roundtable.discussed"    // inside; data outside
	EventAttached    = "roundtable.attached"     // data name, sha256
	EventDetached    = "roundtable.detached"     // data name, sha256
)
