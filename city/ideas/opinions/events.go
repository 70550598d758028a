package opinions

import (
	"context"

	"ronda/platform/event"
)

// The kinds of event of this package: acts on statements, all with the challenge
// as their subject and the statement and the log of the challenge's statements
// related. Data and Text of each are noted; every one carries data "number" (of
// the challenge) and "no" (of the statement). Answers are no events.
const (
	EventSeeded   = "opinions.seeded"   // data body; text statement
	EventHeld     = "opinions.held"     // inside
	EventProposed = "opinions.proposed" // is shown from now on; text statement
	EventApproved = "opinions.approved" // let through by a moderator; text statement
	EventEdited   = "opinions.edited"   // text statement, before
	EventRejected = "opinions.rejected" // data cause; text why
	EventRestored = "opinions.restored" // text why, statement
)

// Log names the log of moderation of a challenge: the subject under which all
// acts on its statements are found.
func Log(challenge string) event.Subject {
	return event.Subject{Kind: SubjectStatements, ID: challenge}
}

// tell writes the event of an act on a statement.
func (a *act) tell(ctx context.Context, kind string, data, text map[string]string) error {
	if data == nil {
		data = map[string]string{}
	}
	data["number"], data["no"] = a.Challenge.Number, a.Statement.Code()
	related := []event.Subject{Log(a.Challenge.ID), a.Statement.Subject()}
	if a.as.Body != "" {
		related = append(related, event.Subject{Kind: "body", ID: a.as.Body})
	}
	_, err := a.m.log.Append(ctx, event.Event{
		Kind: kind, Subject: a.Challenge.Subject(), Related: related, Public: kind != EventHeld && !a.Challenge.Draft, Data: data, Text: text,
		Actor: event.Actor{Person: a.who.Person, Post: a.as.Post, Body: a.as.Body},
	})
	return err
}

// actsKept is how far back the acts on one statement are looked for.
const actsKept = 1000

// erase takes the words of a statement out of the history; that it was there
// stays.
func (a *act) erase(ctx context.Context, cause string) error {
	events, err := a.m.log.Timeline(ctx, a.Statement.Subject(), event.Page{Limit: actsKept})
	if err != nil {
		return err
	}
	by := event.Actor{Person: a.who.Person, Post: a.as.Post, Body: a.as.Body}
	for _, e := range events {
		for _, name := range []string{"statement", "before"} {
			if e.Text[name] == "" {
				continue
			}
			if err := a.m.log.Erase(ctx, e.ID, name, cause, by); err != nil {
				return err
			}
		}
	}
	return nil
}
