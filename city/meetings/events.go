package meetings

// The kinds of event this module tells. Only those marked public ever are, and
// no event of a private meeting is before something of it was released. Each
// carries data "number" and "kind".
const (
	EventSeriesPlanned = "meetings.series_planned"
	EventSeriesEdited  = "meetings.series_edited" // data fields
	EventSeriesCalled  = "meetings.series_called"
	EventSeriesSplit   = "meetings.series_split" // data next, from; text why
	EventSeriesEnded   = "meetings.series_ended" // data last; text why
	EventPlanned       = "meetings.planned"
	EventEdited        = "meetings.edited"    // data fields
	EventMoved         = "meetings.moved"     // public of an open one; data from, to; text why
	EventCancelled     = "meetings.cancelled" // public of an open one; text why
	EventCalled        = "meetings.called"    // public of an open one; data guests, bodies
	EventGrouped       = "meetings.grouped"   // data group (number)
	EventBegan         = "meetings.began"
	EventEnded         = "meetings.ended" // data present, bodies
	EventItemAdded     = "meetings.item_added"
	EventItemClosed    = "meetings.item_closed"         // data item, outcome
	EventDecided       = "meetings.decided"             // data decision
	EventCommitted     = "meetings.committed"           // data commitment
	EventAgreed        = "meetings.agreed"              // the common agenda; data version, lines
	EventSpecialist    = "meetings.specialist"          // data stance
	EventApproved      = "meetings.approved"            // data sha256
	EventReturned      = "meetings.returned"            // text why
	EventSigned        = "meetings.signed"              // data sha256
	EventReleased      = "meetings.released"            // public; data items, decisions, commitments, sha256
	EventDecisionOut   = "meetings.decision_released"   // public; data decision, owner, due; text decision
	EventCommitmentOut = "meetings.commitment_released" // public; data commitment, who (posts and bodies), due; text commitment
	EventKept          = "meetings.kept"                // a decision or commitment is done; public when it is; text how
	EventDropped       = "meetings.dropped"             // it is given up; public when it is; text why
)
