package roundtable

import (
	"context"

	"ronda/platform/db"
)

// lists are the short lists of one initiative. They are read together, because
// a query costs more than the few rows that most of them have.
type lists struct {
	rows []listRow
	has  map[string]bool // of the longer lists: which are not empty
}

// listRow is one row of a list; what a, b and n are depends on the list.
type listRow struct {
	List string `db:"list"`
	A    string `db:"a"`
	B    string `db:"b"`
	N    int64  `db:"n"`
}

// The lists that are read whole, and those of which only is read that there is
// something in them.
const (
	listChoice  = "choice"  // kind, code
	listLink    = "link"    // label, url; n falls with the position
	listOwner   = "owner"   // ministry, state
	listPlanned = "planned" // group, territory, people

	hasAttachments = "has_attachments"
	hasBarriers    = "has_barriers"
	hasComments    = "has_comments"
	hasQuestions   = "has_questions"
)

const listsSQL = `SELECT 'choice' AS list, kind AS a, code AS b, 0 AS n FROM roundtable_choice WHERE initiative = $1
	UNION ALL SELECT 'planned', grp, territory, people FROM roundtable_planned WHERE initiative = $1
	UNION ALL SELECT 'link', label, url, -position FROM roundtable_link WHERE initiative = $1
	UNION ALL SELECT 'owner', ministry, state, 0 FROM roundtable_owner WHERE initiative = $1
	UNION ALL SELECT 'has_attachments', '', '', 0 WHERE EXISTS (SELECT 1 FROM roundtable_attachment WHERE initiative = $1)
	UNION ALL SELECT 'has_barriers', '', '', 0 WHERE EXISTS (SELECT 1 FROM roundtable_barrier WHERE initiative = $1)
	UNION ALL SELECT 'has_comments', '', '', 0 WHERE EXISTS (SELECT 1 FROM roundtable_comment WHERE initiative = $1)
	UNION ALL SELECT 'has_questions', '', '', 0 WHERE EXISTS (SELECT 1 FROM roundtable_question WHERE initiative = $1)
	ORDER BY list, n DESC, a, b`

func (m *Module) lists(ctx context.Context, initiative string) (lists, error) {
	l := lists{has: map[string]bool{}}
	err := db.Each(ctx, m.db, listsSQL, []any{initiative}, func(r listRow) error {
		switch r.List {
		case listChoice, listLink, listOwner, listPlanned:
			l.rows = append(l.rows, r)
		default:
			l.has[r.List] = true
		}
		return nil
	})
	return l, err
}

// into fills the lists of a dossier.
func (l lists) into(d *Dossier) {
	kinds := map[string]*[]string{"axis": &d.Axes, "goal": &d.Goals, "purpose": &d.Purposes, "sdg": &d.Targets, "territory": &d.Territories}
	for _, r := range l.rows {
		switch r.List {
		case listChoice:
			*kinds[r.A] = append(*kinds[r.A], r.B)
		case listLink:
			d.Links = append(d.Links, Link{Label: r.A, URL: r.B})
		case listPlanned:
			d.Planned = append(d.Planned, Planned{Group: r.A, Territory: r.B, People: r.N})
		}
	}
}

// owners are the co-owners, by ministry.
func (l lists) owners() []Owner {
	var out []Owner
	for _, r := range l.rows {
		if r.List == listOwner {
			out = append(out, Owner{r.A, OwnerState(r.B)})
		}
	}
	return out
}
