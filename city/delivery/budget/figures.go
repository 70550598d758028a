package budget

// Figures are the sums that a law, a line, a draw and every share of them have,
// in centavos.
type Figures struct {
	Original  int64 `db:"original"` // as the law gave it
	Credit    int64 `db:"credit"`   // with the amendments
	Drawn     int64 `db:"drawn"`    // promised to initiatives
	Own       int64 `db:"own"`      // committed to other things than initiatives
	Committed int64 `db:"committed"`
	Accrued   int64 `db:"accrued"`
	Paid      int64 `db:"paid"`
	Short     int64 `db:"short"` // drawn, and without credit since an amendment
}

// Free is what may still be promised, never below zero.
func (f Figures) Free() int64 { return max(0, f.Credit-f.Drawn-f.Own) }

// Amended is what the amendments changed, below zero when they took away.
func (f Figures) Amended() int64 { return f.Credit - f.Original }

// plus adds figures, field by field.
func (f Figures) plus(g Figures) Figures {
	return Figures{f.Original + g.Original, f.Credit + g.Credit, f.Drawn + g.Drawn, f.Own + g.Own,
		f.Committed + g.Committed, f.Accrued + g.Accrued, f.Paid + g.Paid, f.Short + g.Short}
}

// minus is what has to be added to g to have f.
func (f Figures) minus(g Figures) Figures {
	return Figures{f.Original - g.Original, f.Credit - g.Credit, f.Drawn - g.Drawn, f.Own - g.Own,
		f.Committed - g.Committed, f.Accrued - g.Accrued, f.Paid - g.Paid, f.Short - g.Short}
}
