package budget

import (
	"context"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"ronda/platform/db"
	"ronda/platform/fault"
)

// check compares every stored sum of a year with what its parts add up to, and
// every line with what must hold of it.
func (w *world) check(year int) error {
	ctx := w.As()
	law, err := w.budget.Law(ctx, year)
	if err != nil {
		return err
	}
	var all Figures
	shares, lines := map[shareKey]Figures{}, map[string]Line{}
	if err := w.budget.EachLine(ctx, Filter{Year: year}, func(l Line) error {
		lines[l.ID] = l
		all = all.plus(l.Figures)
		for _, k := range l.shares() {
			shares[k] = shares[k].plus(l.Figures)
		}
		return sound(l)
	}); err != nil {
		return err
	}
	if all != law.Figures || law.Lines != len(lines) {
		return fmt.Errorf("the law of %d says %+v of %d lines, its lines %+v of %d", year, law.Figures, law.Lines, all, len(lines))
	}
	if err := w.checkDraws(year, lines, shares); err != nil {
		return err
	}
	for _, kind := range Kinds {
		stored, err := w.budget.Shares(ctx, year, kind)
		if err != nil {
			return err
		}
		for _, s := range stored {
			if got := shares[shareKey{kind, s.Code}]; got != s.Figures {
				return fmt.Errorf("%s %q says %+v, its parts %+v", kind, s.Code, s.Figures, got)
			}
		}
	}
	return nil
}

// sound says what is wrong with a line, if anything.
func sound(l Line) error {
	if l.Credit < 0 || l.Drawn < 0 || l.Own < 0 || l.Paid < 0 || l.Paid > l.Accrued || l.Accrued > l.Committed || l.Committed > l.Credit {
		return fmt.Errorf("line %s is out of order: %+v", l.Code, l.Figures)
	}
	if want := max(0, l.Drawn+l.Own-l.Credit); l.Short != want {
		return fmt.Errorf("line %s is short of %d and says %d", l.Code, want, l.Short)
	}
	return nil
}

// checkDraws adds up draws, months and initiatives, and fills in the shares by axis.
func (w *world) checkDraws(year int, lines map[string]Line, shares map[shareKey]Figures) error {
	ctx, d := w.As(), w.DB
	sums := map[string]Figures{}
	draws, err := db.Query[Draw](ctx, d, `SELECT `+drawColumns+` FROM budget_draw WHERE year = $1`, year)
	if err != nil {
		return err
	}
	for _, x := range draws {
		months, err := w.budget.stages(ctx, x.Line, x.Initiative)
		if err != nil {
			return err
		}
		spent, err := summed(months)
		if err != nil {
			return err
		}
		if spent.Committed != x.Committed || spent.Accrued != x.Accrued || spent.Paid != x.Paid || x.Committed > x.Covered() || x.Amount <= 0 {
			return fmt.Errorf("the draw %+v has spent %+v", x, spent)
		}
		sums[x.Line] = sums[x.Line].plus(x.figures())
		c, err := w.budget.column(ctx, x.Initiative)
		if err != nil {
			return err
		}
		shares[shareKey{ByAxis, c.Axis}] = shares[shareKey{ByAxis, c.Axis}].plus(x.figures())
	}
	for id, l := range lines {
		own, err := w.budget.ownOf(ctx, id)
		if err != nil {
			return err
		}
		got := sums[id].plus(Figures{Original: l.Original, Credit: l.Credit, Own: own.Committed, Committed: own.Committed, Accrued: own.Accrued, Paid: own.Paid})
		if got != l.Figures {
			return fmt.Errorf("line %s says %+v, its parts %+v", l.Code, l.Figures, got)
		}
	}
	return w.checkColumns()
}

// checkColumns compares the sums of each initiative with its draws of all years.
func (w *world) checkColumns() error {
	wrong, err := db.Query[string](w.As(), w.DB, `SELECT c.initiative FROM budget_column c WHERE
		c.drawn <> (SELECT coalesce(sum(amount), 0) FROM budget_draw d WHERE d.initiative = c.initiative) OR c.paid <> (SELECT coalesce(sum(paid), 0) FROM budget_draw d WHERE d.initiative = c.initiative)
		OR c.committed <> (SELECT coalesce(sum(committed), 0) FROM budget_draw d WHERE d.initiative = c.initiative) OR c.accrued <> (SELECT coalesce(sum(accrued), 0) FROM budget_draw d WHERE d.initiative = c.initiative)
		OR c.short <> (SELECT coalesce(sum(short), 0) FROM budget_draw d WHERE d.initiative = c.initiative)`)
	if err == nil && len(wrong) > 0 {
		err = fmt.Errorf("the sums of the initiatives %v are not those of their draws", wrong)
	}
	return err
}

// TestNoSequenceOfActsBreaksTheSums does any acts in any order, most of them on
// the edge of what is allowed, and checks every sum after each.
func TestNoSequenceOfActsBreaksTheSums(t *testing.T) {
	w := lone(t)
	numbers := []string{w.Adopted("Uno"), w.Adopted("Dos"), w.Adopted("Tres")}
	const year = 2026
	rapid.Check(t, func(t *rapid.T) {
		w.empty()
		w.law(year, "1;1000", "2;400")
		money := rapid.Int64Range(-20, pesos(700))
		code := rapid.SampledFrom([]string{"1", "1", "2"})
		number := rapid.SampledFrom(numbers)
		month := rapid.SampledFrom([]string{"-01", "-02", "-03"})
		part := rapid.Int64Range(0, 5) // of four: one too many now and then
		stage := func() Stage {
			s := Stage{Period: yearText(year) + month.Draw(t, "month"), Committed: money.Draw(t, "committed") / 2}
			s.Accrued = s.Committed * part.Draw(t, "accrued") / 4
			s.Paid = s.Accrued * part.Draw(t, "paid") / 4
			return s
		}
		kept := 0
		for range rapid.IntRange(1, 14).Draw(t, "acts") {
			var err error
			switch rapid.IntRange(0, 3).Draw(t, "act") {
			case 0:
				err = w.budget.Draw(w.As(planner), number.Draw(t, "initiative"), year, code.Draw(t, "line"), money.Draw(t, "amount"))
			case 1:
				err = w.budget.Amend(w.As(planner), year, code.Draw(t, "line"), Amendment{Amount: money.Draw(t, "amount") - pesos(350), Day: "2026-03-01", Act: "Decreto 1/26", Why: "Porque sí."})
			case 2:
				err = w.budget.ReportMoney(w.As(proposer), number.Draw(t, "initiative"), year, code.Draw(t, "line"), stage())
			case 3:
				err = w.budget.OwnUse(w.As(planner), year, code.Draw(t, "line"), stage())
			}
			if err != nil && !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			if err == nil {
				kept++
			}
			if err := w.check(year); err != nil {
				t.Fatal(err)
			}
		}
		t.Logf("%d acts were taken", kept)
	})
}

// empty takes everything out of the budget.
func (w *world) empty() {
	w.Must(w.DB.Write(w.As(), func(ctx context.Context) error {
		for _, table := range []string{"law", "line", "amendment", "draw", "stage", "share", "column"} {
			if _, err := w.DB.Exec(ctx, `DELETE FROM budget_`+table); err != nil {
				return err
			}
		}
		return nil
	}))
}
