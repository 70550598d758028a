package ideas

import "ronda/platform/event"

// Kinds of subject that this module's events are about.
const (
	SubjectChallenge = "challenge"
	SubjectIdea      = "idea"
	SubjectFamily    = "family"
)

// LogSubject is the history of everything done to other people's words and to
// rules: the public log of moderation.
var LogSubject = event.Subject{Kind: "ideas", ID: "moderation"}

// The kinds of event this module tells. Data and Text of each are noted; those
// of a challenge carry data "challenge" (its number), those of an idea "number".
// Acts marked log stand in the public log of moderation as well.
const (
	EventChallengeDrafted = "ideas.challenge_drafted" // inside
	EventChallengeEdited  = "ideas.challenge_edited"  // inside
	EventChallengeOpened  = "ideas.challenge_opened"  // data hash, version, opens, closes; text title, question
	EventRulesChanged     = "ideas.rules_changed"     // log; data hash, before, version; text reason
	EventPhase            = "ideas.phase"             // data from, to, clock (yes when the clock did it); text reason
	EventCancelled        = "ideas.cancelled"         // text reason
	EventConcluded        = "ideas.concluded"         // data method, digest, chosen, override; text reason
	EventSent             = "ideas.sent"              // inside; data held_until
	EventPublished        = "ideas.published"         // data clock (yes: the deadline did it), body, due; text title
	EventEdited           = "ideas.edited"            // data version; text title
	EventWithdrawn        = "ideas.withdrawn"         // text reason
	EventHidden           = "ideas.hidden"            // log; text reason
	EventAppealed         = "ideas.appealed"          // log; text appeal
	EventUpheld           = "ideas.upheld"            // log; text reason
	EventRestored         = "ideas.restored"          // log; text reason, title
	EventCommented        = "ideas.commented"         // data comment; inside
	EventCommentHidden    = "ideas.comment_hidden"    // log; data comment; text reason
	EventCommentShown     = "ideas.comment_shown"     // log; data comment; text reason
	EventReported         = "ideas.reported"          // inside; data comment; text reason
	EventReportsClosed    = "ideas.reports_closed"    // inside; data comment; text reason
	EventBrigade          = "ideas.brigade"           // inside; data fresh, hours
	EventFamilyAsked      = "ideas.family_asked"      // inside; data other; text why
	EventFamilyRefused    = "ideas.family_refused"    // inside; data other
	EventFamilyJoined     = "ideas.family_joined"     // log; data other
	EventFamilyLeft       = "ideas.family_left"       // log
	EventAssigned         = "ideas.assigned"          // data body, due
	EventAnswered         = "ideas.answered"          // data outcome, again; text answer
	EventCost             = "ideas.cost"              // data cost, currency
	EventChosen           = "ideas.chosen"            // data outcome (chosen, not_chosen), method
	EventLabelled         = "ideas.labelled"          // data tags
	EventTakenUp          = "ideas.taken_up"          // data initiative, body
	EventImported         = "ideas.imported"          // data source, day; text title
)
