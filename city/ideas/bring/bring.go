package bring

import (
	"cmp"
	"context"
	"fmt"
	"io"

	"ronda/city/ideas"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// City takes ideas in; *ideas.Module is one.
type City interface {
	Import(ctx context.Context, rows []ideas.Foreign, o ideas.ImportOptions) (ideas.Report, error)
}

// AtOnce is a city that takes a list in one transaction: all of it or, when
// anything breaks off, nothing.
func AtOnce(d *db.DB, to City) City { return atOnce{d, to} }

type atOnce struct {
	db *db.DB
	to City
}

// Import implements City.
func (c atOnce) Import(ctx context.Context, rows []ideas.Foreign, o ideas.ImportOptions) (r ideas.Report, err error) {
	if o.Trial {
		return c.to.Import(ctx, rows, o)
	}
	err = c.db.Write(ctx, func(ctx context.Context) error {
		r, err = c.to.Import(ctx, rows, o)
		return err
	})
	return r, err
}

// Opinions takes the statements and votes of a conversation into the map of
// opinion of a challenge: all or nothing, and each statement once however often
// it is brought. It answers with a row for each statement, known by its ID.
type Opinions interface {
	TakeConversation(ctx context.Context, challenge string, c Conversation, trial bool) ([]ideas.ReportRow, error)
}

// Import reads a file and gives its ideas to the city, in a trial to see what
// would become of them. Nothing is kept before the whole file was read. Without a
// city it is a trial that does not know what is there already.
func Import(ctx context.Context, to City, f Format, in io.Reader, o Options, opt ideas.ImportOptions) (*Report, error) {
	r := &Report{Format: f, Trial: opt.Trial || to == nil}
	var fit []ideas.Foreign
	s := newSession(f, o, func(row Row) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		r.Rows = append(r.Rows, resultOf(row))
		if row.Why == "" {
			fit = append(fit, row.Foreign)
		}
		return nil
	})
	if err := s.read(in); err != nil {
		return nil, err
	}
	r.Source, r.Left = cmp.Or(s.source, string(f)), s.left
	if to != nil {
		for i := range fit {
			fit[i].Source = cmp.Or(fit[i].Source, r.Source)
		}
		got, err := to.Import(ctx, fit, opt)
		if err != nil {
			return nil, err
		}
		if err := r.take(got.Rows, len(fit)); err != nil {
			return nil, err
		}
	}
	r.settle()
	return r, nil
}

func resultOf(row Row) Result {
	out := Result{Line: row.Line, Last: row.Last, File: row.File, ID: row.ID, Title: row.Title, Result: ideas.RowTaken, Original: row.Original, Why: row.Why, Mended: row.Mended}
	if row.Why != "" {
		out.Result = ideas.RowQuarantined
	}
	return out
}

// take puts what the city says of fit rows into the report. Every one of them
// must have its answer.
func (r *Report) take(got []ideas.ReportRow, fit int) error {
	said := make(map[string]ideas.ReportRow, len(got))
	for _, row := range got {
		said[row.ID] = row
	}
	if len(said) != fit {
		return fmt.Errorf("bring: the city answered for %d rows of %d", len(said), fit)
	}
	for i := range r.Rows {
		row := &r.Rows[i]
		if row.Result != ideas.RowTaken {
			continue
		}
		answer, ok := said[row.ID]
		if !ok {
			return fmt.Errorf("bring: the city did not say what became of %s", row.ID)
		}
		row.Result, row.Number, row.Why, row.Family = answer.Result, answer.Number, answer.Why, answer.Family
	}
	return nil
}

// ImportOpinions reads a conversation of Polis, comments.csv and, unless nil,
// votes.csv, and gives it to the map of opinion of a challenge as Import gives
// ideas to the city. Statements that its moderators rejected come as rejected;
// votes on statements that are not fit are left out.
func ImportOpinions(ctx context.Context, to Opinions, challenge string, comments, votes io.Reader, o Options, trial bool) (*Report, error) {
	if challenge == "" {
		return nil, fault.New(fault.Invalid, "ideas.bring.challenge")
	}
	r := &Report{Format: Polis, Trial: trial || to == nil, Source: cmp.Or(o.Source, string(Polis))}
	c := Conversation{Source: r.Source}
	err := ReadStatements(comments, o, func(st Statement) error {
		r.Rows = append(r.Rows, resultOf(st.row()))
		if st.Why == "" {
			c.Statements = append(c.Statements, st)
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	if votes != nil {
		if err := r.votes(&c, votes, o); err != nil {
			return nil, err
		}
	}
	if to != nil {
		got, err := to.TakeConversation(ctx, challenge, c, trial)
		if err != nil {
			return nil, err
		}
		if err := r.take(got, len(c.Statements)); err != nil {
			return nil, err
		}
	}
	r.settle()
	return r, nil
}

// row is a statement as a row of the report.
func (st Statement) row() Row {
	return Row{Foreign: ideas.Foreign{Line: st.Line, ID: st.ID, Title: beginning(st.Text, ideas.TitleMax)}, Last: st.Last, Why: st.Why, Mended: st.Mended}
}

// votes reads the votes on the statements that are fit.
func (r *Report) votes(c *Conversation, in io.Reader, o Options) error {
	all, wrong, err := ReadVotes(in, o)
	if err != nil {
		return err
	}
	fit := map[string]bool{}
	for _, st := range c.Statements {
		fit[st.ID] = true
	}
	for _, v := range all {
		if fit[v.Statement] {
			c.Votes = append(c.Votes, v)
		}
	}
	r.Votes, r.VotesWrong = len(c.Votes), wrong
	return nil
}
