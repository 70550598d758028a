package ideas

import (
	"context"
	"slices"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/city/places"
	"ronda/platform/clock"
	"ronda/platform/id"
)

const (
	importBatch   = 100   // rows of one transaction
	importTextMax = 40000 // characters: other programs allow more than ours
)

// importer takes in ideas of one list.
type importer struct {
	m         *Module
	ch        *charter.Charter
	tree      *places.Tree
	challenge Challenge
	who       people.Standing
	as        people.Holding
	trial     bool
	seen      map[string]bool // of this list, in a trial
	told      map[string]bool // keys that the report has called family
	repeats
}

// Import takes ideas of another program in. What is there already, by source and
// id, stays as it is; what is wrong is left out and listed. A list that breaks off
// can be given again: what was taken in is known then.
func (m *Module) Import(ctx context.Context, rows []Foreign, o ImportOptions) (Report, error) {
	ch, err := m.charters.Current(ctx)
	if err != nil {
		return Report{}, err
	}
	x := importer{m: m, ch: ch, tree: places.NewTree(ch), who: people.Me(ctx), trial: o.Trial, seen: map[string]bool{}, told: map[string]bool{}, repeats: repeatsOf(rows)}
	if x.as, err = (Case{Charter: ch}).Require(x.who, MayImport); err != nil {
		return Report{}, err
	}
	if o.Challenge != "" {
		if x.challenge, err = m.Challenge(ctx, o.Challenge); err != nil {
			return Report{}, err
		}
	}
	report := Report{Rows: make([]ReportRow, 0, len(rows))}
	for batch := range slices.Chunk(rows, importBatch) {
		done, err := x.batch(ctx, batch)
		if err != nil {
			return report, err
		}
		report.add(done)
	}
	return report, x.families(ctx, rows, &report)
}

func (r *Report) add(rows []ReportRow) {
	r.Rows = append(r.Rows, rows...)
	for _, row := range rows {
		switch row.Result {
		case RowTaken:
			r.Taken++
		case RowKnown:
			r.Known++
		default:
			r.Quarantined++
		}
	}
}

func (x *importer) batch(ctx context.Context, rows []Foreign) (out []ReportRow, err error) {
	take := func(ctx context.Context) error {
		out = out[:0]
		for _, f := range rows {
			row, err := x.row(ctx, f)
			if err != nil {
				return err
			}
			out = append(out, row)
		}
		return nil
	}
	if x.trial {
		err = take(ctx)
	} else {
		err = x.m.db.Write(ctx, take)
	}
	return out, err
}

// row takes one idea in, or says why not.
func (x *importer) row(ctx context.Context, f Foreign) (ReportRow, error) {
	f.tidy()
	row := ReportRow{Line: f.Line, ID: f.ID, Title: f.Title, Result: RowTaken}
	known, ok, err := x.m.imported(ctx, f.key())
	if err != nil {
		return row, err
	}
	if x.trial {
		ok = ok || x.seen[f.key()]
		x.seen[f.key()] = true
	}
	switch {
	case ok:
		row.Result, row.Number = RowKnown, known
	case f.wrong() != "":
		row.Result, row.Why = RowQuarantined, f.wrong()
		return row, nil
	case x.trial:
		x.fit[f.key()] = !f.Withdrawn
	default:
		row.Number, err = x.take(ctx, f)
	}
	if err != nil || x.trial {
		return row, err
	}
	return row, x.relate(ctx, f.key(), row)
}

// take writes one row that was checked.
func (x *importer) take(ctx context.Context, f Foreign) (string, error) {
	now := clock.Now(ctx)
	at := f.Created.UTC().Truncate(time.Microsecond)
	if f.Created.IsZero() || at.After(now) || at.Unix() <= 0 {
		at = now
	}
	i := Idea{ID: id.New(), Challenge: x.challenge.ID, State: Published, Title: f.Title, Text: f.Text, Place: x.place(f.Place), Lat: f.Lat, Lon: f.Lon,
		Signature: f.Signature, Elsewhere: f.Supports, Axis: f.Axis, Imported: f.Source + ":" + f.ID, Source: f.URL, Invented: x.who.Invented,
		Created: at, Published: at, Moved: now, Version: 1}
	if !x.ch.Frame.Axes.Has(i.Axis) {
		i.Axis = x.challenge.Axis
	}
	tags := labels(f.Tags)
	i.Tags = strings.Join(tags[:min(len(tags), TagsMax)], " ")
	if f.Withdrawn {
		i.State = Withdrawn
	}
	if f.Answer != "" {
		i.Outcome, i.AnsweredAt = Answered, f.AnsweredAt
		if i.AnsweredAt.Before(at) || i.AnsweredAt.After(now) {
			i.AnsweredAt = at
		}
	}
	var err error
	if i.Number, err = x.m.nextNumber(clock.At(ctx, at), x.ch, ideaPrefix, 5); err != nil {
		return "", err
	}
	return i.Number, x.write(ctx, i, f)
}

func (x *importer) write(ctx context.Context, i Idea, f Foreign) error {
	if err := x.m.db.Insert(ctx, "ideas_idea", ideaRow{Idea: i, Line: lineOf(i.Text)}); err != nil {
		return err
	}
	if f.Answer != "" {
		if err := x.m.db.Insert(ctx, "ideas_reply", Reply{ID: id.New(), Idea: i.ID, Text: f.Answer, Outcome: Answered, At: i.AnsweredAt}); err != nil {
			return err
		}
	}
	w := &work{Case: Case{Charter: x.ch, Challenge: x.challenge, Idea: i}, m: x.m, Who: x.who, As: x.as, was: Idea{AnsweredAt: i.AnsweredAt}}
	if err := w.enter(ctx); err != nil {
		return err
	}
	return w.tell(ctx, tale{kind: EventImported, public: true, data: map[string]string{"source": f.Source, "day": string(clock.DayOf(i.Created, x.ch.City.Zone))},
		text: map[string]string{"title": i.Title}})
}

// place is the code of a part of the city by its code or name, empty for what is
// unknown here.
func (x *importer) place(name string) string {
	if name == "" || x.ch.Territories.Has(name) {
		return name
	}
	for _, level := range charter.Levels {
		if t, ok := x.tree.Find(level, name); ok {
			return t.Code
		}
	}
	return ""
}
