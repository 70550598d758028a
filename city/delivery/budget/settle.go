package budget

import (
	"context"

	"ronda/platform/db"
)

// Every figure stands in several sums. The functions here are the only ones that
// write figures: they take what a line or a draw was and is, and add the
// difference to each sum that it stands in.

// settle writes the figures of a line and what they change in the sums of its
// law, function, source and ministry.
func (m *Module) settle(ctx context.Context, was, now Line) error {
	if was == now {
		return nil
	}
	f := now.Figures
	_, err := m.db.Exec(ctx, `UPDATE budget_line SET original = $2, credit = $3, drawn = $4, own = $5, committed = $6, accrued = $7, paid = $8, short = $9, uses = $10
		WHERE id = $1`, now.ID, f.Original, f.Credit, f.Drawn, f.Own, f.Committed, f.Accrued, f.Paid, f.Short, now.Uses)
	if err != nil {
		return err
	}
	d := now.minus(was.Figures)
	if err := m.addToLaw(ctx, now.Year, 0, d); err != nil {
		return err
	}
	for _, s := range now.shares() {
		if err := m.addToShare(ctx, now.Year, s, 0, d); err != nil {
			return err
		}
	}
	return nil
}

func (m *Module) addToLaw(ctx context.Context, year, lines int, d Figures) error {
	_, err := m.db.Exec(ctx, `UPDATE budget_law SET lines = lines + $2, original = original + $3, credit = credit + $4, drawn = drawn + $5, own = own + $6,
		committed = committed + $7, accrued = accrued + $8, paid = paid + $9, short = short + $10 WHERE year = $1`,
		year, lines, d.Original, d.Credit, d.Drawn, d.Own, d.Committed, d.Accrued, d.Paid, d.Short)
	return err
}

func (m *Module) addToShare(ctx context.Context, year int, s shareKey, lines int, d Figures) error {
	_, err := m.db.Exec(ctx, `INSERT INTO budget_share (year, kind, code, lines, original, credit, drawn, own, committed, accrued, paid, short)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (year, kind, code) DO UPDATE SET
		lines = budget_share.lines + excluded.lines, original = budget_share.original + excluded.original, credit = budget_share.credit + excluded.credit,
		drawn = budget_share.drawn + excluded.drawn, own = budget_share.own + excluded.own, committed = budget_share.committed + excluded.committed,
		accrued = budget_share.accrued + excluded.accrued, paid = budget_share.paid + excluded.paid, short = budget_share.short + excluded.short`,
		year, s.Kind, s.Code, lines, d.Original, d.Credit, d.Drawn, d.Own, d.Committed, d.Accrued, d.Paid, d.Short)
	return err
}

// settleDraw writes a draw and what it changes in the sums of its initiative and
// of the axis of that. A draw of nothing goes.
func (m *Module) settleDraw(ctx context.Context, was, now Draw) error {
	var err error
	switch {
	case was == now:
		return nil
	case was.ID == "":
		err = m.db.Insert(ctx, "budget_draw", now)
	case now.Amount == 0:
		_, err = m.db.Exec(ctx, `DELETE FROM budget_draw WHERE id = $1`, now.ID)
	default:
		_, err = m.db.Exec(ctx, `UPDATE budget_draw SET amount = $2, committed = $3, accrued = $4, paid = $5, short = $6 WHERE id = $1`,
			now.ID, now.Amount, now.Committed, now.Accrued, now.Paid, now.Short)
	}
	if err != nil {
		return err
	}
	d := now.figures().minus(was.figures())
	axis, err := m.addToColumn(ctx, now.Initiative, d)
	if err != nil {
		return err
	}
	return m.addToShare(ctx, now.Year, shareKey{ByAxis, axis}, 0, d)
}

// addToColumn adds to the sums of an initiative, which has its row since its
// first draw, and gives its axis.
func (m *Module) addToColumn(ctx context.Context, initiative string, d Figures) (axis string, err error) {
	return db.One[string](ctx, m.db, `UPDATE budget_column SET drawn = drawn + $2, committed = committed + $3, accrued = accrued + $4, paid = paid + $5, short = short + $6
		WHERE initiative = $1 RETURNING axis`, initiative, d.Drawn, d.Committed, d.Accrued, d.Paid, d.Short)
}

// figures are the sums of a draw as those of a line.
func (d Draw) figures() Figures {
	return Figures{Drawn: d.Amount, Committed: d.Committed, Accrued: d.Accrued, Paid: d.Paid, Short: d.Short}
}

// ration says which draws of a line the credit does not reach, after the line's
// figures changed: what is committed keeps its credit, the rest goes to the
// draws in the order in which they were made. It settles those that changed,
// gives the line its sum and tells every change.
func (m *Module) ration(ctx context.Context, w *work, l *Line) error {
	if l.Short == 0 && l.Drawn+l.Own <= l.Credit {
		return nil
	}
	draws, err := m.drawsOf(ctx, l.ID)
	if err != nil {
		return err
	}
	left := l.Credit - l.Committed
	l.Short = 0
	for _, was := range draws {
		now := was
		open := now.Amount - now.Committed
		reached := min(open, left)
		left -= reached
		now.Short = open - reached
		l.Short += now.Short
		if now.Short == was.Short {
			continue
		}
		if err := m.settleDraw(ctx, was, now); err != nil {
			return err
		}
		if err := w.tellShort(ctx, *l, was, now); err != nil {
			return err
		}
	}
	return nil
}
