package opendata

import (
	"context"
	"net/url"

	"ronda/city/ideas/bring"
	"ronda/city/roundtable"
	"ronda/city/roundtable/exchange"
	"ronda/platform/table"
)

// round are the lists of the roundtable: those it defines itself, with the
// decisions and signatures on the way to them.
func (s *sources) round() []Dataset {
	d := exchange.New(s.Roundtable, s.Charters).Datasets()
	return []Dataset{
		take(partRound, "initiatives", d[0], nil, "number", "title", "line", "state", "created"),
		take(partRound, "steps", d[1], map[string]string{"hours": "hours"}, "number", "title", "state", "due", "post"),
		define(partRound, "adopciones", "adoptions", s.adoptions, "number text", "title text", "decision text", "decided time", "until day",
			"sponsor text", "signed number steps", "override text", "reason text", "url link"),
		define(partRound, "firmas", "signatures", s.signatures, "number text", "title text", "step text", "body text", "signed_at time", "reopened time"),
		define(partRound, "clasificacion", "choices", s.choices, "!number text", "!title text", "sorted_by text", "code text"),
		define(partRound, "destinatarios", "planned", s.planned, "!number text", "!title text", "group text", "!territory text", "people number people"),
		take(partRound, "questions", d[2], nil, "number", "title", "due", "answered", "question"),
		take(partRound, "barriers", d[3], nil, "number", "title", "kind", "what", "owner"),
	}
}

// decided says how the round of an initiative ended, and until when it waits.
var decided = map[roundtable.State]bool{roundtable.Adopted: true, roundtable.Declined: true, roundtable.Deferred: true, roundtable.Withdrawn: true}

func (s *sources) adoptions(ctx context.Context, _ url.Values) table.Rows {
	each := func(fn func(roundtable.Initiative) error) error {
		return s.Roundtable.Each(ctx, roundtable.Filter{}, fn)
	}
	return streamSome(each, func(i roundtable.Initiative) ([]any, bool) {
		return []any{i.Number, i.Title, string(i.State), i.DecidedAt, i.Until, i.Sponsor, i.Signed, yesNo(i.Override), i.Exception, "/iniciativas/" + i.Number}, decided[i.State]
	})
}

func (s *sources) signatures(ctx context.Context, _ url.Values) table.Rows {
	each := func(fn func(roundtable.PublicSignature) error) error { return s.Roundtable.EachSignature(ctx, fn) }
	return stream(each, func(x roundtable.PublicSignature) []any {
		return []any{x.Number, x.Title, x.Step, x.Body, x.At, x.Reopened}
	})
}

func (s *sources) choices(ctx context.Context, _ url.Values) table.Rows {
	each := func(fn func(roundtable.PublicChoice) error) error { return s.Roundtable.EachChoice(ctx, fn) }
	return stream(each, func(c roundtable.PublicChoice) []any { return []any{c.Number, c.Title, c.Kind, c.Code} })
}

func (s *sources) planned(ctx context.Context, _ url.Values) table.Rows {
	each := func(fn func(roundtable.PublicPlanned) error) error { return s.Roundtable.EachPlanned(ctx, fn) }
	return stream(each, func(p roundtable.PublicPlanned) []any {
		return []any{p.Number, p.Title, p.Group, p.Territory, p.People}
	})
}

// ofIdeas are the lists of the City of Ideas, as it defines them.
func (s *sources) ofIdeas() []Dataset {
	d := bring.Datasets(s.Ideas)
	money := map[string]string{"cost": "money", "budget": "money", "lat": "degrees", "lon": "degrees"}
	return []Dataset{
		take(partIdeas, "ideas", d[0], money, "number", "body", "due", "created", "published", "source"),
		take(partIdeas, "challenges", d[1], money, "number", "body", "question"),
		take(partIdeas, "answers", d[2], money, "number", "due", "body", "title", "post"),
		take(partIdeas, "results", d[3], money, "number", "title", "override", "reason"),
	}
}
