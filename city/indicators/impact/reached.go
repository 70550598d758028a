package impact

import (
	"context"
	"strconv"
	"strings"
	"time"

	"ronda/city/delivery"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Reached is one version of how many people of a group an initiative reached in a
// territory, counted from its beginning up to a day.
type Reached struct {
	ID         string    `db:"id"`
	Initiative string    `db:"initiative"`
	Territory  string    `db:"territory"`
	Group      string    `db:"grp"`
	Version    int64     `db:"version"`
	Stands     bool      `db:"stands"`
	People     int64     `db:"people"`
	Day        clock.Day `db:"day"`
	Evidence   string    `db:"evidence"`
	Note       string    `db:"note"`
	Reason     string    `db:"reason"` // of fewer people than before
	Post       string    `db:"post"`
	Body       string    `db:"body"`
	At         time.Time `db:"at"`
}

const reachedColumns = `id, initiative, territory, grp, version, stands, people, day, evidence, note, reason, post, body, at`

// Beneficiaries are the people of a group in a territory: planned by the dossier,
// and reached.
type Beneficiaries struct {
	Group, Territory string
	Planned          int64     // 0 when the dossier has no such row
	History          []Reached // latest version first; empty while nobody counted
}

// Reached is how many were reached, ok false while nobody counted.
func (b Beneficiaries) Reached() (people int64, ok bool) {
	if len(b.History) == 0 {
		return 0, false
	}
	return b.History[0].People, true
}

// Beneficiaries are those of an initiative, by its number: what the dossier plans
// in its order, then what else was reached.
func (m *Module) Beneficiaries(ctx context.Context, number string) ([]Beneficiaries, error) {
	v, err := m.Roundtable.View(ctx, number)
	if err != nil {
		return nil, err
	}
	rows, err := db.Query[Reached](ctx, m.DB, `SELECT `+reachedColumns+` FROM impact_reached WHERE initiative = $1 ORDER BY territory, grp, version DESC`, v.Initiative.ID)
	if err != nil {
		return nil, err
	}
	var out []Beneficiaries
	at := map[[2]string]int{}
	for _, p := range v.Dossier.Planned {
		at[[2]string{p.Group, p.Territory}] = len(out)
		out = append(out, Beneficiaries{Group: p.Group, Territory: p.Territory, Planned: p.People})
	}
	for _, r := range rows {
		n, ok := at[[2]string{r.Group, r.Territory}]
		if !ok {
			n = len(out)
			at[[2]string{r.Group, r.Territory}] = n
			out = append(out, Beneficiaries{Group: r.Group, Territory: r.Territory})
		}
		out[n].History = append(out[n].History, r)
	}
	return out, nil
}

// Count is how many people were reached, as it is typed.
type Count struct {
	Group, Territory       string
	People                 string
	Day                    string // up to which they are counted; empty: today
	Evidence, Note, Reason string
}

// Reach records how many people of a group an initiative reached in a territory so
// far. Fewer than before is a correction and needs a reason. Faults: Invalid by
// field, Forbidden, NotFound, Conflict before it is adopted.
func (m *Module) Reach(ctx context.Context, number string, n Count) (err error) {
	defer fault.Wrap(&err, "Reach(%s)", number)
	return m.DB.Write(ctx, func(ctx context.Context) error {
		a, err := m.may(ctx, number, delivery.Measure)
		if err != nil {
			return err
		}
		if a.Initiative.State != roundtable.Adopted {
			return fault.New(fault.Conflict, "indicators.impact.fault.not_adopted")
		}
		was, again, err := db.Find[Reached](ctx, m.DB, `SELECT `+reachedColumns+` FROM impact_reached
			WHERE initiative = $1 AND territory = $2 AND grp = $3 AND stands = TRUE`, a.Initiative.ID, n.Territory, n.Group)
		if err != nil {
			return err
		}
		x, err := n.reached(a, was, again)
		if err != nil {
			return err
		}
		x.At = clock.Now(ctx)
		return m.keepReached(ctx, a, x, was)
	})
}

// reached makes a row of what was typed, or says field by field why not.
func (n Count) reached(a acting, was Reached, again bool) (Reached, error) {
	x := Reached{ID: id.New(), Initiative: a.Initiative.ID, Territory: n.Territory, Group: n.Group, Version: was.Version + 1, Stands: true, Day: clock.Day(n.Day),
		Evidence: strings.TrimSpace(n.Evidence), Note: strings.TrimSpace(n.Note), Reason: strings.TrimSpace(n.Reason), Post: a.As.Post, Body: a.As.Body}
	var c fault.Check
	c.Require(a.Charter.Frame.Groups.Has(n.Group), "group", "indicators.impact.fault.group")
	c.Require(a.Charter.Territories.Has(n.Territory), "territory", "indicators.impact.fault.territory")
	v := read(&c, "people", n.People, 0, false)
	c.Require(v.Known || c.Failed("people"), "people", "fault.required")
	c.Require(v.Units >= 0 && v.Units <= 1_000_000_000, "people", "indicators.impact.fault.people")
	x.People = v.Units
	if x.Day == "" {
		x.Day = a.Today
	}
	day, err := clock.ParseDay(string(x.Day))
	c.Require(err == nil && day <= a.Today && day >= "1990-01-01", "day", "indicators.impact.fault.past_day")
	c.Require(!again || err != nil || day >= was.Day, "day", "indicators.impact.fault.earlier", "day", string(was.Day))
	c.Require(x.Evidence == "" || address(x.Evidence), "evidence", "indicators.impact.fault.link")
	c.Text("note", x.Note, x.Evidence == "", textMax)
	if again && x.People < was.People {
		reasoned(&c, x.Reason)
	}
	return x, c.Err()
}

// keepReached writes a version and takes the place of the one before.
func (m *Module) keepReached(ctx context.Context, a acting, x, was Reached) error {
	if _, err := m.DB.Exec(ctx, `UPDATE impact_reached SET stands = FALSE WHERE id = $1`, was.ID); err != nil {
		return err
	}
	if err := m.DB.Insert(ctx, "impact_reached", x); db.IsUnique(err) {
		return fault.New(fault.Conflict, "indicators.impact.fault.stale")
	} else if err != nil {
		return err
	}
	m.DB.AfterCommit(ctx, m.sums.drop)
	data := merged(nil, "people", strconv.FormatInt(x.People, 10), "territory", x.Territory, "group", x.Group, "version", strconv.FormatInt(x.Version, 10))
	return m.tell(ctx, a, EventReached, Indicator{}, data, merged(nil, "reason", x.Reason))
}

// oneByOne is up to how many initiatives are asked for each by itself; of more, all
// are read at once.
const oneByOne = 30

// PeopleReached are the people that initiatives reached, by the id of each; those
// of which nobody counted are left out.
func (m *Module) PeopleReached(ctx context.Context, ids ...string) (map[string]int64, error) {
	out := map[string]int64{}
	if len(ids) > oneByOne {
		all, err := m.peopleOfAll(ctx)
		for _, one := range ids {
			if n, ok := all[one]; ok {
				out[one] = n
			}
		}
		return out, err
	}
	for _, one := range ids {
		n, ok, err := db.Find[int64](ctx, m.DB, `SELECT CAST(sum(people) AS BIGINT) FROM impact_reached WHERE initiative = $1 AND stands = TRUE GROUP BY initiative`, one)
		if err != nil {
			return nil, err
		}
		if ok {
			out[one] = n
		}
	}
	return out, nil
}

// peopleOfAll are the people that every initiative reached, by its id.
func (m *Module) peopleOfAll(ctx context.Context) (map[string]int64, error) {
	type row struct {
		Initiative string `db:"initiative"`
		People     int64  `db:"people"`
	}
	all := map[string]int64{}
	err := db.Each(ctx, m.DB, `SELECT initiative, CAST(sum(people) AS BIGINT) AS people FROM impact_reached WHERE stands = TRUE GROUP BY initiative`, nil,
		func(r row) error {
			all[r.Initiative] = r.People
			return nil
		})
	return all, err
}
