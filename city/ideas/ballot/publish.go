package ballot

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/desk"
	"ronda/platform/fault"
	"ronda/platform/i18n"
)

// Lengths of the reason for another list, in characters.
const (
	ReasonMin = 20
	ReasonMax = 4000
)

// Outcome is where the result of a contest stands for one person.
type Outcome struct {
	Contest
	Voters    int
	Counted   time.Time // zero while the ballots are not sealed
	Published time.Time // zero until everybody may see the result
	Digest    string    // of the sealed file; public from the close on
	File      string    // its name
	Result    *Result   // nil for who may not see it yet
	Chosen    []string  // what was published
	Override  bool
	Reason    string
	MayShow   bool // the person may publish
}

// Outcome reads the result of a contest. Before it is published only those who
// may see it find it in there.
func (m *Module) Outcome(ctx context.Context, number string) (o Outcome, err error) {
	defer fault.Wrap(&err, "Outcome(%s)", number)
	c, err := m.contest(ctx, number)
	if err != nil {
		return o, err
	}
	o.Contest = c.Contest
	p, _, err := m.poll(ctx, o.ID)
	if err != nil {
		return o, err
	}
	o.Voters, o.Counted, o.Published, o.Digest = p.Voters, p.Counted, p.Published, p.Digest
	if o.Counted.IsZero() {
		return o, nil
	}
	s, _, done, err := m.sealed(ctx, o.ID)
	if err != nil {
		return o, err
	}
	o.File = s.FileName()
	_, previews := c.Can(people.Me(ctx), Preview)
	if !done || o.Published.IsZero() && !previews {
		return o, nil
	}
	_, o.MayShow = c.Can(people.Me(ctx), Publish)
	return o, m.readResult(ctx, &o, p)
}

// readResult adds the stored count, and what was published.
func (m *Module) readResult(ctx context.Context, o *Outcome, p poll) error {
	text, err := db.One[string](ctx, m.DB, `SELECT result FROM ballot_poll WHERE challenge = $1`, o.ID)
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(text), &o.Result); err != nil || p.Published.IsZero() {
		return err
	}
	o.Override, o.Reason = p.Override, p.Reason
	return json.Unmarshal([]byte(p.Chosen), &o.Chosen)
}

// Choice is what the head of the body publishes.
type Choice struct {
	Chosen []string // numbers; nil publishes what the method chose
	Reason string   // needed when the list is another one
}

// Publish makes the result known, as the method found it or, with a reason, with
// another list, and gives the challenge its outcome. Faults: Forbidden, Conflict
// when it is published already or not counted yet, Invalid on "chosen" or
// "reason".
func (m *Module) Publish(ctx context.Context, number string, ch Choice) (err error) {
	defer fault.Wrap(&err, "Publish(%s)", number)
	c, err := m.contest(ctx, number)
	if err != nil {
		return err
	}
	if _, err := c.Require(people.Me(ctx), Publish); err != nil {
		return err
	}
	o, err := m.Outcome(ctx, number)
	if err != nil {
		return err
	}
	if o.Result == nil || !o.Published.IsZero() {
		return fault.New(fault.Conflict, "ideas.ballot.not_ready")
	}
	if ch.Chosen == nil {
		ch.Chosen = o.Result.Chosen
	}
	how := Conclusion{Method: o.Method, Digest: o.Digest, Override: o.Result.departs(ch.Chosen)}
	if err := o.Result.check(ch, how.Override); err != nil {
		return err
	}
	if how.Override {
		how.Reason = ch.Reason
	}
	return m.DB.Write(ctx, func(ctx context.Context) error { return m.publish(ctx, o, ch.Chosen, how) })
}

// departs says whether a list is another one than the method's.
func (r *Result) departs(chosen []string) bool {
	a, b := slices.Sorted(slices.Values(chosen)), slices.Sorted(slices.Values(r.Chosen))
	return !slices.Equal(a, b)
}

// check says what is wrong with a list that is to be published.
func (r *Result) check(ch Choice, override bool) error {
	var c fault.Check
	seen, cost := map[string]bool{}, int64(0)
	for _, n := range ch.Chosen {
		i := slices.IndexFunc(r.Places, func(p Placed) bool { return p.Number == n })
		if i < 0 || seen[n] {
			return fault.New(fault.Invalid, "ideas.ballot.out_of_range")
		}
		seen[n], cost = true, cost+r.Places[i].Cost
	}
	c.Require(r.Budget == 0 || cost <= r.Budget, "chosen", "ideas.ballot.over_budget")
	c.Text("reason", ch.Reason, override, ReasonMax)
	if override && !c.Failed("reason") {
		c.Require(len([]rune(ch.Reason)) >= ReasonMin, "reason", "ideas.ballot.reason_short", "min", ReasonMin)
	}
	return c.Err()
}

// publish writes the result and concludes the challenge in one transaction.
func (m *Module) publish(ctx context.Context, o Outcome, chosen []string, how Conclusion) error {
	if chosen == nil {
		chosen = []string{}
	}
	text, err := json.Marshal(chosen)
	if err != nil {
		return err
	}
	n, err := m.DB.Exec(ctx, `UPDATE ballot_poll SET published_at = $2, chosen = $3, override = $4, reason = $5 WHERE challenge = $1 AND published_at = $6`,
		o.ID, clock.Now(ctx), string(text), how.Override, how.Reason, time.Time{})
	if err := db.Changed(n, err, "ideas.ballot.not_ready"); err != nil {
		return err
	}
	return m.Conclude(ctx, o.Number, chosen, how)
}

// File is the sealed file of ballots with its name, once the result is published;
// NotFound before.
func (m *Module) File(ctx context.Context, number string) (name, text string, err error) {
	o, err := m.Outcome(ctx, number)
	if err != nil {
		return "", "", err
	}
	if o.Published.IsZero() {
		return "", "", fault.New(fault.NotFound, "fault.notfound")
	}
	_, text, _, err = m.sealed(ctx, o.ID)
	return o.File, text, err
}

// Desk lists the results that wait for the person to publish them.
func (m *Module) Desk(ctx context.Context, person string) ([]desk.Item, error) {
	waiting, err := db.Query[string](ctx, m.DB, `SELECT number FROM ballot_poll WHERE counted_at > $1 AND published_at = $1 AND result <> '' ORDER BY counted_at`, time.Time{})
	if err != nil || len(waiting) == 0 {
		return nil, err
	}
	who, err := m.People.Asking(ctx, person)
	if err != nil {
		return nil, err
	}
	var items []desk.Item
	for _, number := range waiting {
		c, err := m.contest(ctx, number)
		if err != nil {
			return nil, err
		}
		if _, may := c.Can(who, Publish); !may || c.Contest.Stage != Over {
			continue
		}
		items = append(items, desk.Item{Title: i18n.T(ctx, "ideas.ballot.desk.title"), Detail: c.Contest.Title, Action: i18n.T(ctx, "ideas.ballot.desk.action"),
			Href: resultHref(number), Subject: c.Contest.Subject()})
	}
	return items, nil
}
