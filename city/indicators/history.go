package indicators

import (
	"context"
	"strconv"
	"time"

	"ronda/city/indicators/index"
	"ronda/platform/clock"
	"ronda/platform/db"
)

// Published is what the indices of a quarter were when it was over: it stays,
// whatever is computed of that quarter later.
type Published struct {
	Year, No             int
	Rule                 string // version by which it was computed
	Participation        index.Value
	ParticipationCounted int
	Levels               index.Value
	LevelsCounted        int
	At                   time.Time
}

// publishedRow is a Published as its table holds it.
type publishedRow struct {
	Year                 int       `db:"year"`
	No                   int       `db:"no"`
	Rule                 string    `db:"rule"`
	Participation        string    `db:"participation"`
	ParticipationCounted int       `db:"participation_counted"`
	Levels               string    `db:"levels"`
	LevelsCounted        int       `db:"levels_counted"`
	At                   time.Time `db:"at"`
}

func exact(v index.Value) string {
	if !v.Known {
		return ""
	}
	return strconv.FormatFloat(v.Exact, 'g', -1, 64)
}

func inexact(s string) index.Value {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return index.Value{}
	}
	return index.Of(f)
}

// Published lists the quarters that were published, newest first; of one that two
// versions of the rule computed, both.
func (m *Module) Published(ctx context.Context) ([]Published, error) {
	rows, err := db.Query[publishedRow](ctx, m.db, `SELECT year, no, rule, participation, participation_counted, levels, levels_counted, at
		FROM indicators_quarter ORDER BY year DESC, no DESC, at DESC`)
	out := make([]Published, len(rows))
	for n, r := range rows {
		out[n] = Published{r.Year, r.No, r.Rule, inexact(r.Participation), r.ParticipationCounted, inexact(r.Levels), r.LevelsCounted, r.At}
	}
	return out, err
}

// publish stores the quarters that are over and have not been by this rule.
func (m *Module) publish(ctx context.Context, list []Published) error {
	if len(list) == 0 {
		return nil
	}
	return m.db.Write(ctx, func(ctx context.Context) error {
		for _, q := range list {
			if _, err := m.db.Exec(ctx, `INSERT INTO indicators_quarter (year, no, rule, participation, participation_counted, levels, levels_counted, at)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (year, no, rule) DO NOTHING`, q.Year, q.No, index.Rule, exact(q.Participation),
				q.ParticipationCounted, exact(q.Levels), q.LevelsCounted, clock.Now(ctx)); err != nil {
				return err
			}
		}
		return nil
	})
}
