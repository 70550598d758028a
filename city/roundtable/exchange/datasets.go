// Package exchange brings initiatives in and takes the roundtable's lists out:
// spreadsheets in, CSV, JSON and XLSX out.
package exchange

import (
	"context"
	"errors"
	"iter"
	"net/url"
	"time"

	"ronda/city/charter"
	"ronda/city/roundtable"
	"ronda/city/roundtable/pages"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/table"
)

// Dataset is a public list that can be taken away.
type Dataset struct {
	Name    string // in the address: "iniciativas"
	Title   string // message key
	About   string // message key
	Columns []table.Column
	Rows    func(ctx context.Context, asked url.Values) table.Rows // asked narrows it as it narrows the list on the page
}

// Exchange moves lists in and out.
type Exchange struct {
	rt       *roundtable.Module
	charters *charter.Store
}

// New makes the exchange over the roundtable.
func New(rt *roundtable.Module, charters *charter.Store) *Exchange { return &Exchange{rt, charters} }

// errStop ends a reading whose reader has enough.
var errStop = errors.New("stop")

// stream turns a reading by callback into rows; what the callback gives is one
// row.
func stream[T any](each func(fn func(T) error) error, row func(T) []any) table.Rows {
	return func(yield func([]any, error) bool) {
		err := each(func(v T) error {
			if !yield(row(v), nil) {
				return errStop
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(nil, err)
		}
	}
}

func columns(kinds ...string) []table.Column {
	var out []table.Column
	for i := 0; i+1 < len(kinds); i += 2 {
		out = append(out, table.Column{Key: kinds[i], Label: "roundtable.column." + kinds[i], Kind: table.Kind(kinds[i+1])})
	}
	return out
}

// Datasets are the public lists of the roundtable.
func (x *Exchange) Datasets() []Dataset {
	return []Dataset{
		{"iniciativas", "roundtable.data.initiatives", "roundtable.data.initiatives.about",
			columns("number", "text", "title", "text", "line", "text", "change", "text", "state", "text", "axis", "text", "axis_name", "text", "type", "text", "sdg", "text",
				"sponsor", "text", "sponsor_name", "text", "ministry", "text", "ministry_name", "text", "signed", "number", "current", "number", "returns", "number",
				"override", "text", "invented", "text", "created", "time", "filed", "time", "decided", "time", "url", "link"), x.initiatives},
		{"pasos", "roundtable.data.steps", "roundtable.data.steps.about",
			columns("number", "text", "title", "text", "step", "text", "position", "number", "office", "text", "state", "text", "flagged", "text", "due", "day",
				"signed_at", "time", "post", "text", "returns", "number", "hours", "number"), x.steps},
		{"preguntas", "roundtable.data.questions", "roundtable.data.questions.about",
			columns("number", "text", "title", "text", "question", "text", "asked", "time", "answerer", "text", "due", "day", "answer", "text", "answered", "time"), x.questions},
		{"trabas", "roundtable.data.barriers", "roundtable.data.barriers.about",
			columns("number", "text", "title", "text", "kind", "text", "what", "text", "owner", "text", "opened", "day", "resolved", "day", "how", "text"), x.barriers},
	}
}

// initiatives are those that the list with the same address shows.
func (x *Exchange) initiatives(ctx context.Context, asked url.Values) table.Rows {
	lang := i18n.Of(ctx)
	ch, err := x.charters.Current(ctx)
	if err != nil {
		return failed(err)
	}
	each := func(fn func(roundtable.Initiative) error) error {
		if query := pages.QueryOf(asked); query != "" {
			return x.rt.EachFound(ctx, query, pages.FilterOf(asked), fn)
		}
		return x.rt.Each(ctx, pages.FilterOf(asked), fn)
	}
	return stream(each, func(i roundtable.Initiative) []any {
		axis, _ := ch.Frame.Axes.Get(i.Axis)
		sponsor, _ := ch.Bodies.Get(i.Sponsor)
		ministry, _ := ch.Bodies.Get(i.Ministry)
		return []any{i.Number, i.Title, i.Line, i.Change, string(i.State), i.Axis, axis.Name.In(lang), i.Type, i.SDG, i.Sponsor, sponsor.Name.In(lang),
			i.Ministry, ministry.Name.In(lang), i.Signed, i.Current, i.Returns, yes(i.Override), yes(i.Invented), i.Created, i.FiledAt, i.DecidedAt, "/iniciativas/" + i.Number}
	})
}

func (x *Exchange) steps(ctx context.Context, _ url.Values) table.Rows {
	now := clock.Now(ctx)
	return stream(func(fn func(roundtable.PublicStep) error) error { return x.rt.EachStep(ctx, fn) }, func(s roundtable.PublicStep) []any {
		return []any{s.Public.Number, s.Title, s.Code, s.Step.Number, s.Office, string(s.State), yes(s.Flagged), s.Due, s.SignedAt, s.SignerPost, s.Returns,
			float64(s.TimeWith(now)/time.Minute) / 60}
	})
}

func (x *Exchange) questions(ctx context.Context, _ url.Values) table.Rows {
	return stream(func(fn func(roundtable.PublicQuestion) error) error { return x.rt.EachQuestion(ctx, fn) }, func(q roundtable.PublicQuestion) []any {
		return []any{q.Number, q.Title, q.Text, q.At, q.Answerer, clock.Day(q.Due), q.Answer, q.AnsweredAt}
	})
}

func (x *Exchange) barriers(ctx context.Context, _ url.Values) table.Rows {
	return stream(func(fn func(roundtable.PublicBarrier) error) error { return x.rt.EachBarrier(ctx, fn) }, func(b roundtable.PublicBarrier) []any {
		return []any{b.Number, b.Title, b.Kind, b.What, b.Owner, clock.Day(b.Opened), clock.Day(b.Resolved), b.How}
	})
}

func failed(err error) table.Rows {
	var rows iter.Seq2[[]any, error] = func(yield func([]any, error) bool) { yield(nil, err) }
	return rows
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
