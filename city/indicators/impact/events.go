package impact

// The kinds of event this package tells, all about an initiative and related to
// the indicator; public when the initiative is. Each carries data "number" (of
// the indicator, where there is one) and "initiative".
const (
	EventDefined   = "impact.defined"   // data kind; text name
	EventEdited    = "impact.edited"    // data version; text name, reason
	EventRetired   = "impact.retired"   // text name, reason
	EventMeasured  = "impact.measured"  // data period, value, unit, territory, group, late, system; text name
	EventCorrected = "impact.corrected" // the same, and data was, version; text name, reason
	EventReached   = "impact.reached"   // data people, territory, group, version; text reason
	EventScored    = "impact.scored"    // data score; text why
	EventKeyMade   = "impact.key_made"  // inside; data key; about the key
	EventKeyEnded  = "impact.key_ended" // inside; data key
)

// The kinds of subject of this package.
const (
	SubjectKind = "indicator"
	SubjectKey  = "integration"
)
