package ideas

import (
	"context"

	"ronda/platform/db"
)

// repeats makes families of the foreign ideas of one list that repeat another
// one, as the program of origin says. Ideas without an author have nobody to ask;
// where somebody here has a say in the original's family, they are asked.
type repeats struct {
	root    map[string]string            // of a row by key: the key of the idea it repeats in the end
	waiting map[string]map[string]string // by root that is not here yet: keys and numbers of its repeats
	family  map[string]bool              // keys of rows that are family of their root
	fit     map[string]bool              // in a trial: keys of rows that everybody would see
}

// repeatsOf follows each row to the end of what it repeats, as far as the list
// knows; rows that repeat one another in a circle end where it closes.
func repeatsOf(rows []Foreign) repeats {
	next := map[string]string{}
	for _, f := range rows {
		f.tidy()
		original := Foreign{Source: f.Source, ID: f.Original}
		if f.Original != "" && original.key() != f.key() {
			next[f.key()] = original.key()
		}
	}
	r := repeats{root: map[string]string{}, waiting: map[string]map[string]string{}, family: map[string]bool{}, fit: map[string]bool{}}
	for key, at := range next {
		passed := map[string]bool{key: true}
		for next[at] != "" && !passed[next[at]] {
			passed[at] = true
			at = next[at]
		}
		r.root[key] = at
	}
	return r
}

// relate makes a row that is here now family of the idea it repeats, or of those
// that repeat it, whichever came last. It runs in the transaction of the row.
func (x *importer) relate(ctx context.Context, key string, row ReportRow) error {
	if root := x.root[key]; root != "" {
		number, here, err := x.m.imported(ctx, root)
		if err != nil {
			return err
		}
		if !here {
			if x.waiting[root] == nil {
				x.waiting[root] = map[string]string{}
			}
			x.waiting[root][key] = row.Number
		} else if row.Result == RowTaken {
			if x.family[key], err = x.unite(ctx, row.Number, number); err != nil {
				return err
			}
		}
	}
	if row.Result != RowTaken {
		return nil
	}
	for repeat, number := range x.waiting[key] {
		var err error
		if x.family[repeat], err = x.unite(ctx, number, row.Number); err != nil {
			return err
		}
	}
	return nil
}

// imported finds the number of an idea by its key elsewhere.
func (m *Module) imported(ctx context.Context, key string) (number string, ok bool, err error) {
	return db.Find[string](ctx, m.db, `SELECT number FROM ideas_idea WHERE imported = $1 AND imported <> ''`, key)
}

// unite makes a family of two ideas unless one is out of sight, or each has a
// family of its own already.
func (x *importer) unite(ctx context.Context, number, original string) (bool, error) {
	w, o, err := x.m.pair(ctx, number, original)
	if err != nil || w.mayJoin(o) != nil {
		return false, err
	}
	w.As = x.as
	a, err := w.wish(ctx, o, "", true)
	return a.IdeaYes && a.OtherYes, err
}

// would says of a row of a trial whether it would be family of what it repeats.
func (x *importer) would(ctx context.Context, key string) (bool, error) {
	root := x.root[key]
	if root == "" || !x.fit[key] {
		return false, nil
	}
	if x.fit[root] {
		return true, nil
	}
	_, here, err := db.Find[string](ctx, x.m.db, `SELECT number FROM ideas_idea WHERE imported = $1 AND imported <> '' AND state = 'published'`, root)
	return here, err
}

// families says in the report which rows are family of what they repeat.
func (x *importer) families(ctx context.Context, rows []Foreign, r *Report) error {
	for n, f := range rows {
		f.tidy()
		key := f.key()
		is := x.family[key] && r.Rows[n].Result != RowQuarantined
		if x.trial && r.Rows[n].Result == RowTaken {
			var err error
			if is, err = x.would(ctx, key); err != nil {
				return err
			}
		}
		if is && !x.told[key] {
			x.told[key], r.Rows[n].Family = true, true
			r.Families++
		}
	}
	return nil
}
