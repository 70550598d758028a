package impact

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// Criteria are what scope and impact are scored by, each from 0 to CriterionMax.
var Criteria = []string{"reach", "depth", "equity", "measurable", "lasting"}

// CriterionMax is the most that one criterion gives; all together give 100.
const CriterionMax = 20

// Score is how the office of planning values the scope and impact of an initiative.
type Score struct {
	Points map[string]int // by criterion
	Total  int            // 0 to 100
	Why    string
	Post   string
	Body   string
}

// Figure is the score on the scale of the city's threshold.
func (s Score) Figure(ch *charter.Charter) int64 {
	item, _, _ := ch.Flow.Item(ch.Flow.ShownBy(charter.ProofThreshold))
	if item.Threshold == nil || item.Threshold.Of == 0 {
		return int64(s.Total)
	}
	return int64(s.Total * item.Threshold.Of / 100)
}

// Rate scores an initiative, by its number, with points for each criterion and
// why. A later score takes the place of the one before, which is kept. Faults:
// Invalid by criterion and "why", Forbidden for whoever is not of the office of
// planning or is on the side that is scored, NotFound, Conflict out of the round.
func (m *Module) Rate(ctx context.Context, number string, points map[string]string, why string) (err error) {
	defer fault.Wrap(&err, "Rate(%s)", number)
	return m.DB.Write(ctx, func(ctx context.Context) error {
		a, err := m.see(ctx, number)
		if err != nil {
			return err
		}
		if a.As, err = a.scorer(ctx); err != nil {
			return err
		}
		if a.Initiative.State != roundtable.Filed {
			return fault.New(fault.Conflict, "indicators.impact.fault.not_filed")
		}
		s, err := readScore(points, why)
		if err != nil {
			return err
		}
		if err := m.keepScore(ctx, a, s); err != nil {
			return err
		}
		if err := m.tell(ctx, a, EventScored, Indicator{}, map[string]string{"score": strconv.Itoa(s.Total)}, map[string]string{"why": s.Why}); err != nil {
			return err
		}
		return m.proveScore(ctx, a.View)
	})
}

func readScore(points map[string]string, why string) (Score, error) {
	s := Score{Points: map[string]int{}, Why: strings.TrimSpace(why)}
	var c fault.Check
	for _, name := range Criteria {
		n, err := strconv.Atoi(strings.TrimSpace(points[name]))
		c.Require(err == nil && n >= 0 && n <= CriterionMax, name, "indicators.impact.fault.points", "max", CriterionMax)
		s.Points[name] = n
		s.Total += n
	}
	c.Text("why", s.Why, true, textMax)
	return s, c.Err()
}

// Scored is the score of an initiative, by its number; ok is false without one.
func (m *Module) Scored(ctx context.Context, number string) (s Score, ok bool, err error) {
	a, err := m.see(ctx, number)
	if err != nil {
		return s, false, err
	}
	return m.score(ctx, a.Initiative.ID)
}

// MayRate says whether the person of the context scores the initiative now.
func (m *Module) MayRate(ctx context.Context, c delivery.Case) bool {
	_, err := acting{Case: c}.scorer(ctx)
	return err == nil && c.Initiative.State == roundtable.Filed
}

// score reads the latest score.
func (m *Module) score(ctx context.Context, initiative string) (s Score, ok bool, err error) {
	r, ok, err := db.Find[scoreRow](ctx, m.DB, `SELECT initiative, version, points, total, why, post, body, at FROM impact_score
		WHERE initiative = $1 ORDER BY version DESC LIMIT 1`, initiative)
	if err != nil || !ok {
		return s, ok, err
	}
	return r.score(), true, nil
}

// scoreRow is a score as its table holds it.
type scoreRow struct {
	Initiative string    `db:"initiative"`
	Version    int64     `db:"version"`
	Points     string    `db:"points"`
	Total      int       `db:"total"`
	Why        string    `db:"why"`
	Post       string    `db:"post"`
	Body       string    `db:"body"`
	At         time.Time `db:"at"`
}

func (r scoreRow) score() Score {
	s := Score{Points: map[string]int{}, Total: r.Total, Why: r.Why, Post: r.Post, Body: r.Body}
	_ = json.Unmarshal([]byte(r.Points), &s.Points) // written by keepScore alone
	return s
}

// keepScore stores a score as the next version.
func (m *Module) keepScore(ctx context.Context, a acting, s Score) error {
	n, err := db.One[int64](ctx, m.DB, `SELECT count(*) FROM impact_score WHERE initiative = $1`, a.Initiative.ID)
	if err != nil {
		return err
	}
	points, err := json.Marshal(s.Points)
	if err != nil {
		return err
	}
	err = m.DB.Insert(ctx, "impact_score", scoreRow{a.Initiative.ID, n + 1, string(points), s.Total, s.Why, a.As.Post, a.As.Body, clock.Now(ctx)})
	if db.IsUnique(err) {
		return fault.New(fault.Conflict, "indicators.impact.fault.stale")
	}
	return err
}
