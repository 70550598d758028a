package impact

import (
	"context"
	"slices"

	"ronda/city/roundtable"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// By is by what indicators are found and summed up.
type By string

// The ways to sum up, and others to find by.
const (
	ByAxis     By = "axis"
	ByGoal     By = "goal"
	ByPurpose  By = "purpose"
	BySDG      By = "sdg" // a target counts for its goal too
	ByMinistry By = "ministry"
	ByKind     By = "kind"
	ByStanding By = "standing"
	byAll      By = "all"
)

// Ways lists the ways to sum up.
var Ways = []By{ByAxis, ByGoal, ByPurpose, BySDG, ByMinistry}

// tagged is one thing an indicator is found by.
type tagged struct {
	Kind By     `db:"kind"`
	Code string `db:"code"`
}

// tagsOf are the things an indicator is found by.
func tagsOf(i Indicator, v roundtable.View) []tagged {
	d := v.Dossier
	out := []tagged{{byAll, ""}, {ByAxis, d.Axis}, {ByMinistry, v.Initiative.Ministry}, {ByKind, string(i.Kind)}, {ByStanding, string(i.Standing())}}
	for _, list := range []struct {
		by    By
		codes []string
	}{{ByAxis, d.Axes}, {ByGoal, d.Goals}, {ByPurpose, d.Purposes}, {BySDG, append([]string{d.SDG}, d.Targets...)}} {
		for _, code := range list.codes {
			out = append(out, tagged{list.by, code})
		}
	}
	for _, t := range out {
		if target, ok := v.Charter.SDG.Targets.Get(t.Code); ok && t.Kind == BySDG {
			out = append(out, tagged{BySDG, target.Goal})
		}
	}
	out = slices.DeleteFunc(out, func(t tagged) bool { return t.Code == "" && t.Kind != byAll })
	slices.SortFunc(out, func(a, b tagged) int {
		if a.Kind+"\x00"+By(a.Code) < b.Kind+"\x00"+By(b.Code) {
			return -1
		}
		return 1
	})
	return slices.Compact(out)
}

// retag writes what an indicator is found by; what is not public, or retired, is
// found by nothing.
func (m *Module) retag(ctx context.Context, i Indicator, v roundtable.View) error {
	var want []tagged
	if i.Public && i.Retired.IsZero() {
		want = tagsOf(i, v)
	}
	have, err := db.Query[tagged](ctx, m.DB, `SELECT kind, code FROM impact_tag WHERE indicator = $1 ORDER BY kind, code`, i.ID)
	if err != nil {
		return err
	}
	for _, t := range have {
		if !slices.Contains(want, t) {
			if _, err := m.DB.Exec(ctx, `DELETE FROM impact_tag WHERE kind = $1 AND code = $2 AND indicator = $3`, t.Kind, t.Code, i.ID); err != nil {
				return err
			}
		}
	}
	for _, t := range want {
		if !slices.Contains(have, t) {
			if _, err := m.DB.Exec(ctx, `INSERT INTO impact_tag (kind, code, indicator) VALUES ($1, $2, $3)`, t.Kind, t.Code, i.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// Listen keeps with the indicators what happens to their initiatives: filing makes
// them public, adoption begins their calendar.
func (m *Module) Listen(l *event.Log) {
	moves := []string{roundtable.EventFiled, roundtable.EventEdited, roundtable.EventAdopted, roundtable.EventOverridden, roundtable.EventDeclined,
		roundtable.EventWithdrawn, roundtable.EventReopened, roundtable.EventResumed}
	l.Listen("impact.initiatives", func(ctx context.Context, e event.Event) error {
		if e.Subject.Kind != roundtable.SubjectKind || !slices.Contains(moves, e.Kind) {
			return nil
		}
		return m.follow(ctx, e.Subject.ID)
	})
}

// follow computes anew what is kept with the indicators of an initiative.
func (m *Module) follow(ctx context.Context, initiative string) error {
	return m.DB.Write(ctx, func(ctx context.Context) error {
		list, err := m.find(ctx, `WHERE initiative = $1 ORDER BY id`, initiative)
		if err != nil || len(list) == 0 {
			return err
		}
		x, err := m.Roundtable.ByID(ctx, initiative)
		if fault.Is(err, fault.NotFound) {
			return nil // in preparation: whoever edits it there keeps it
		}
		if err != nil {
			return err
		}
		v, err := m.Roundtable.View(ctx, x.Number)
		if err != nil {
			return err
		}
		for _, i := range list {
			if _, err := m.refresh(ctx, i, v); err != nil {
				return err
			}
		}
		return nil
	})
}
