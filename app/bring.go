package app

import (
	"context"
	"io"

	"ronda/city/ideas"
	"ronda/city/ideas/bring"
	"ronda/city/people"
	"ronda/platform/i18n"
)

// ImportIdeas reads the ideas of another program and takes them in, all of them
// or, when anything breaks off, none; or it tries them.
func (a *App) ImportIdeas(ctx context.Context, f bring.Format, in io.Reader, o bring.Options, opt ideas.ImportOptions, lang i18n.Lang) (*bring.Report, error) {
	ctx, err := a.operator(ctx, lang)
	if err != nil {
		return nil, err
	}
	return bring.Import(ctx, bring.AtOnce(a.db, a.ideas.Module), f, in, o, opt)
}

// ImportStatements reads a conversation of Polis and sows its statements into the
// map of opinion of a challenge, as a facilitator does, or tries it; votes may be
// nil.
func (a *App) ImportStatements(ctx context.Context, challenge string, comments, votes io.Reader, o bring.Options, trial bool, lang i18n.Lang) (*bring.Report, error) {
	ctx, err := a.operator(ctx, lang)
	if err != nil {
		return nil, err
	}
	who := people.Me(ctx)
	who.Roles = append(who.Roles, people.RoleFacilitator)
	return bring.ImportOpinions(people.With(ctx, who), bring.Sowing(a.db, a.ideas.opinions), challenge, comments, votes, o, trial)
}
