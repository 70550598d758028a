package desk

import (
	"context"

	"github.com/a-h/templ"

	"ronda/city/ideas"
	"ronda/city/people"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// ChallengePanel leads from the public page of a challenge to what the person does
// to it; nil for whoever does nothing.
func (d *Desk) ChallengePanel(ctx context.Context, c ideas.Challenge) templ.Component {
	ch, err := d.Charters.Current(ctx)
	if err != nil {
		return nil
	}
	if _, works := (ideas.Case{Charter: ch, Challenge: c}).Can(people.Me(ctx), ideas.MayDraftChallenge); !works {
		return nil
	}
	return lead(ctx, "ideas.desk.panel.challenge", root+"/desafios/"+c.Number)
}

// IdeaPanel leads from the public page of an idea to what the person does to it as
// an official; nil for whoever does nothing.
func (d *Desk) IdeaPanel(ctx context.Context, v ideas.View) templ.Component {
	if !works(v) {
		return nil
	}
	return lead(ctx, "ideas.desk.panel.idea", root+"/"+v.Idea.Number)
}

func lead(ctx context.Context, key, href string) templ.Component {
	return ui.Button{Text: i18n.T(ctx, key), Href: href, Weight: ui.Quiet}
}
