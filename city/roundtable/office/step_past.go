package office

import (
	"context"
	"slices"
	"time"

	"ronda/city/roundtable"
	"ronda/platform/event"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// pastMost is how many acts on the initiative are looked through for those of
// the step.
const pastMost = 300

// pastKinds are the acts on a step that its page tells beside the signatures,
// and the text of each that people wrote.
var pastKinds = map[string]struct {
	text string
	tone ui.Tone
}{
	roundtable.EventReturned: {"remarks", ui.Bad}, roundtable.EventResubmitted: {"answer", ui.Now},
	roundtable.EventReopened: {"reason", ui.Warn}, roundtable.EventAttended: {"note", ui.Good},
}

// dated is a moment with its time, to put several sorts in one order.
type dated struct {
	at time.Time
	ui.Moment
}

// past tells the signatures and the ways back and forth of a step, newest first,
// and what has to be said on top: the remarks of a step that was returned.
func (o *Office) past(ctx context.Context, v roundtable.StepView) (ui.Timeline, []stepNote, error) {
	if len(v.Signatures) == 0 && v.Step.Returns == 0 && v.Step.PresentAt.IsZero() {
		return ui.Timeline{}, stepNotices(ctx, v, ""), nil // nothing has happened to it yet
	}
	events, err := o.rt.History(ctx, v.Initiative, "", pastMost)
	if err != nil {
		return ui.Timeline{}, nil, err
	}
	say := o.words(ctx, v.Charter)
	var all []dated
	remarks := ""
	for _, e := range events {
		kind, told := pastKinds[e.Kind]
		if !told || e.Data["step"] != v.Rules.Code {
			continue
		}
		if e.Kind == roundtable.EventReturned && remarks == "" {
			remarks = e.Text[kind.text]
		}
		all = append(all, dated{e.At, say.acted(ctx, e, kind.text, kind.tone)})
	}
	for _, s := range v.Signatures {
		all = append(all, dated{s.At, say.signature(ctx, s)})
	}
	slices.SortStableFunc(all, func(a, b dated) int { return b.at.Compare(a.at) })
	line := ui.Timeline{}
	for _, d := range all {
		line.Items = append(line.Items, d.Moment)
	}
	return line, stepNotices(ctx, v, remarks), nil
}

// acted tells an act on a step.
func (w words) acted(ctx context.Context, e event.Event, text string, tone ui.Tone) ui.Moment {
	return ui.Moment{Tone: tone, Title: i18n.T(ctx, e.Kind, "step", w.Step(e.Data["step"])), Stamp: e.At.Format(time.RFC3339),
		When: w.when(ctx, e.At), Meta: w.Who(ctx, e.Actor.Post, e.Actor.Body), Text: e.Text[text]}
}

// signature tells one that was given; one that was taken back is struck out.
func (w words) signature(ctx context.Context, s roundtable.Signature) ui.Moment {
	who := w.Who(ctx, s.Post, s.Body)
	if s.Delegated {
		who += " " + i18n.T(ctx, "roundtable.delegated")
	}
	m := ui.Moment{Tone: ui.Good, Title: i18n.T(ctx, "roundtable.office.signature"), Stamp: s.At.Format(time.RFC3339), When: w.when(ctx, s.At), Meta: who, Text: s.Note}
	if !s.Reopened.IsZero() {
		m.Tone, m.Icon = ui.Plain, ""
		m.Title = i18n.T(ctx, "roundtable.office.signature.back", "day", w.when(ctx, s.Reopened))
		m.Meta, m.Body, m.Text = "", struck(who, s.Note), ""
	}
	return m
}

// stepNotices says what a reader has to know before the rest.
func stepNotices(ctx context.Context, v roundtable.StepView, remarks string) []stepNote {
	say := func(tone ui.Tone, key, said string, args ...any) []stepNote {
		return []stepNote{{ui.Notice{Tone: tone, Title: i18n.T(ctx, key, args...)}, said}}
	}
	switch {
	case v.Initiative.State != roundtable.Filed:
		return say(ui.Info, "roundtable.office.step.closed", "", "state", i18n.T(ctx, "roundtable.state."+string(v.Initiative.State)))
	case v.Step.State == roundtable.Returned:
		return say(ui.Bad, "roundtable.office.step.returned", remarks)
	case v.Step.State == roundtable.Signed && v.Step.Flagged:
		return say(ui.Warn, "roundtable.office.step.flagged", i18n.T(ctx, "roundtable.office.step.flagged.text"))
	case v.Step.State == roundtable.Open:
		return say(ui.Info, "roundtable.office.step.waits", "")
	}
	return nil
}
