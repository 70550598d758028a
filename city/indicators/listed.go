package indicators

import (
	"context"
	"slices"
	"time"

	"ronda/city/indicators/index"
	"ronda/city/roundtable"
	"ronda/platform/db"
)

// moment is a row of what was noted.
type moment struct {
	Initiative string    `db:"initiative"`
	Kind       string    `db:"kind"`
	Code       string    `db:"code"`
	At         time.Time `db:"at"`
}

// readMoments reads what was noted, oldest first.
func (g *gathering) readMoments(ctx context.Context) error {
	return db.Each(ctx, g.m.db, `SELECT initiative, kind, code, at FROM indicators_moment ORDER BY at, event`, nil, func(x moment) error {
		if i := g.of(x.Initiative); x.Kind == roundtable.EventReturned {
			i.Returns = append(i.Returns, index.Return{Step: x.Code, At: x.At})
		} else {
			i.Listed = list(i.Listed, x)
		}
		return nil
	})
}

// list takes a moment into the lists of an initiative: a ministry enters when it
// is asked, or comes in, and stays until it leaves or declines.
func list(all []index.Listed, x moment) []index.Listed {
	n := slices.IndexFunc(all, func(l index.Listed) bool { return l.Ministry == x.Code && l.To.IsZero() })
	switch {
	case x.Kind == roundtable.EventOwnerOut && n >= 0:
		all[n].To = x.At
	case x.Kind != roundtable.EventOwnerOut && n < 0:
		all = append(all, index.Listed{Ministry: x.Code, Span: index.Span{From: x.At}})
	}
	return all
}

// readOwners adds who was listed before anything was noted. Of one who had left by
// then no more is known than that they were there until that instant.
func (g *gathering) readOwners(ctx context.Context) error {
	return g.m.Roundtable.EachOwner(ctx, func(o roundtable.OwnerSince) error {
		i := g.of(o.Initiative)
		if slices.ContainsFunc(i.Listed, func(l index.Listed) bool { return l.Ministry == o.Ministry }) {
			return nil
		}
		l := index.Listed{Ministry: o.Ministry, Span: index.Span{From: o.At}}
		if o.State == roundtable.OwnerOut {
			l.Span = index.Span{From: o.At.Add(-time.Microsecond), To: o.At}
		}
		i.Listed = append(i.Listed, l)
		return nil
	})
}
