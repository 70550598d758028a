package bring

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"ronda/city/ideas"
	"ronda/city/roundtable/exchange"
	"ronda/platform/table"
)

// Public reads what everybody may know; *ideas.Module is one.
type Public interface {
	Each(ctx context.Context, f ideas.Filter, fn func(ideas.Idea) error) error
	EachChallenge(ctx context.Context, fn func(ideas.Challenge) error) error
	Idea(ctx context.Context, number string) (ideas.View, error)
}

// columns makes columns of pairs of key and kind; what each means is a message of
// this package.
func columns(pairs ...any) []table.Column {
	var out []table.Column
	for i := 0; i+1 < len(pairs); i += 2 {
		key, kind := pairs[i].(string), pairs[i+1].(table.Kind)
		out = append(out, table.Column{Key: key, Label: "ideas.bring.column." + key, Kind: kind})
	}
	return out
}

// Datasets are the public lists of the City of Ideas: ideas, challenges, official
// answers and results. Nothing in them names a citizen but the name that an
// author chose to show.
func Datasets(city Public) []exchange.Dataset {
	d := data{city}
	return []exchange.Dataset{
		{Name: "ideas", Title: "ideas.bring.data.ideas", About: "ideas.bring.data.ideas.about", Rows: d.ideas,
			Columns: columns("number", table.Text, "challenge", table.Text, "title", table.Text, "text", table.Text, "outcome", table.Text, "place", table.Text,
				"lat", table.Number, "lon", table.Number, "axis", table.Text, "tags", table.Text, "signature", table.Text, "supports", table.Number,
				"elsewhere", table.Number, "comments", table.Number, "family", table.Text, "cost", table.Number, "body", table.Text, "due", table.Day,
				"answered", table.Time, "initiative", table.Text, "imported", table.Text, "source", table.Link, "invented", table.Text,
				"created", table.Time, "published", table.Time, "url", table.Link)},
		{Name: "desafios", Title: "ideas.bring.data.challenges", About: "ideas.bring.data.challenges.about", Rows: d.challenges,
			Columns: columns("number", table.Text, "title", table.Text, "question", table.Text, "terms", table.Text, "phase", table.Text, "body", table.Text,
				"axis", table.Text, "place", table.Text, "prize", table.Text, "opens", table.Time, "closes", table.Time, "vote_opens", table.Time,
				"vote_closes", table.Time, "budget", table.Number, "currency", table.Text, "method", table.Text, "criteria", table.Text,
				"ideas", table.Number, "ideas_answered", table.Number, "rules_version", table.Number, "rules_hash", table.Text, "invented", table.Text, "url", table.Link)},
		{Name: "respuestas", Title: "ideas.bring.data.answers", About: "ideas.bring.data.answers.about", Rows: d.answers,
			Columns: columns("number", table.Text, "title", table.Text, "answer", table.Text, "outcome", table.Text, "body", table.Text, "post", table.Text,
				"published", table.Time, "due", table.Day, "answered", table.Time)},
		{Name: "resultados", Title: "ideas.bring.data.results", About: "ideas.bring.data.results.about", Rows: d.results,
			Columns: columns("challenge", table.Text, "number", table.Text, "title", table.Text, "outcome", table.Text, "supports", table.Number, "cost", table.Number,
				"initiative", table.Text, "method", table.Text, "digest", table.Text, "override", table.Text, "reason", table.Text, "result_at", table.Time)},
	}
}

// data streams the lists.
type data struct{ city Public }

// errEnough ends a reading whose reader has enough.
var errEnough = errors.New("bring: the reader has enough")

// rows turns a reading by callback into rows.
func rows(read func(row func(...any) error) error) table.Rows {
	return func(yield func([]any, error) bool) {
		err := read(func(cells ...any) error {
			if !yield(cells, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
}

// numbers are the numbers of the public challenges by their ids.
func (d data) numbers(ctx context.Context) (map[string]string, error) {
	out := map[string]string{}
	err := d.city.EachChallenge(ctx, func(c ideas.Challenge) error {
		out[c.ID] = c.Number
		return nil
	})
	return out, err
}

func (d data) ideas(ctx context.Context, _ url.Values) table.Rows {
	return rows(func(row func(...any) error) error {
		challenges, err := d.numbers(ctx)
		if err != nil {
			return err
		}
		return d.city.Each(ctx, ideas.Filter{}, func(i ideas.Idea) error {
			lat, lon := point(i)
			return row(i.Number, challenges[i.Challenge], i.Title, i.Text, outcome(i), i.Place, lat, lon, i.Axis, i.Tags, i.Signature, i.Supports,
				i.Elsewhere, i.Comments, i.Family, some(i.Cost), i.Body, i.AnswerDue, i.AnsweredAt, i.Initiative, i.Imported, i.Source, yesNo(i.Invented),
				i.Created, i.Published, "/ideas/"+i.Number)
		})
	})
}

func (d data) challenges(ctx context.Context, _ url.Values) table.Rows {
	return rows(func(row func(...any) error) error {
		return d.city.EachChallenge(ctx, func(c ideas.Challenge) error {
			return row(c.Number, c.Title, c.Question, c.Terms, string(c.Phase), c.Body, c.Axis, c.Territory, c.Prize, c.Opens, c.Closes, c.VoteOpens, c.VoteCloses,
				some(c.Budget), c.Currency, string(c.Method), criteria(c), c.Ideas, c.Answered, c.RulesVersion, c.RulesHash, yesNo(c.Invented), "/desafios/"+c.Number)
		})
	})
}

// answers are the official answers, those of one idea newest first.
func (d data) answers(ctx context.Context, _ url.Values) table.Rows {
	return rows(func(row func(...any) error) error {
		return d.city.Each(ctx, ideas.Filter{By: map[string]string{ideas.FilterAnswer: "yes"}}, func(i ideas.Idea) error {
			v, err := d.city.Idea(ctx, i.Number)
			if err != nil {
				return err
			}
			for _, a := range v.Replies {
				if err := row(i.Number, i.Title, a.Text, string(a.Outcome), a.Body, a.Post, i.Published, i.AnswerDue, a.At); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// results are the ideas of every challenge whose result is published. What is
// sealed does not come here.
func (d data) results(ctx context.Context, _ url.Values) table.Rows {
	return rows(func(row func(...any) error) error {
		var open []ideas.Challenge
		err := d.city.EachChallenge(ctx, func(c ideas.Challenge) error {
			if !c.Sealed() && !c.Published.IsZero() {
				open = append(open, c)
			}
			return nil
		})
		for _, c := range open {
			if err == nil {
				err = d.city.Each(ctx, ideas.Filter{By: map[string]string{ideas.FilterChallenge: c.ID}}, func(i ideas.Idea) error {
					return row(c.Number, i.Number, i.Title, outcome(i), i.Supports, some(i.Cost), i.Initiative, string(c.Conclusion.Method), c.Conclusion.Digest,
						yesNo(c.Conclusion.Override), c.Conclusion.Reason, c.Published)
				})
			}
		}
		return err
	})
}

// outcome is what became of an idea, in a word.
func outcome(i ideas.Idea) string {
	if i.Outcome == ideas.Waiting {
		return "waiting"
	}
	return string(i.Outcome)
}

// point is where an idea is, nil for nowhere.
func point(i ideas.Idea) (lat, lon any) {
	if i.Lat == 0 && i.Lon == 0 {
		return nil, nil
	}
	return i.Lat, i.Lon
}

// some is an amount of money in centavos as the currency's units, nil for none.
func some(centavos int64) any {
	if centavos == 0 {
		return nil
	}
	return float64(centavos) / 100
}

func yesNo(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

// criteria are the names of what is graded.
func criteria(c ideas.Challenge) string {
	names := make([]string, len(c.Criteria))
	for i, x := range c.Criteria {
		names[i] = x.Name
	}
	return strings.Join(names, "; ")
}
