package meetings

import (
	"context"
	"slices"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/desk"
	"ronda/platform/event"
	"ronda/platform/i18n"
)

const (
	deskMax   = 50 // of each sort; whoever owes more begins with these
	deskSoon  = 14 // days ahead from which an invitation or a meeting is on the desk
	deskWrite = 3  // days after which minutes are late
)

// debts are one person's while they are gathered.
type debts struct {
	m     *Module
	ch    *charter.Charter
	who   people.Standing
	today clock.Day
	items []desk.Item
}

// Desk is what meetings expect of a person: answers and votes, minutes to close,
// approve and sign, decisions and commitments, and those who want to come.
func (m *Module) Desk(ctx context.Context, person string) ([]desk.Item, error) {
	who, err := m.me(ctx, person)
	if err != nil {
		return nil, err
	}
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	d := &debts{m: m, ch: ch, who: who, today: ch.Today(clock.Now(ctx))}
	for _, ask := range []func(context.Context) error{d.invitations, d.minutes, d.signatures, d.decisions, d.commitments, d.wishes} {
		if err := ask(ctx); err != nil {
			return nil, err
		}
	}
	return d.items, nil
}

// owe adds what is expected, with the words of its kind.
func (d *debts) owe(ctx context.Context, word, detail, href string, due clock.Day, s event.Subject) {
	d.items = append(d.items, desk.Item{Due: due, Title: i18n.T(ctx, "meetings.owe."+word), Detail: detail, Action: i18n.T(ctx, "meetings.owe."+word+"_do"),
		Href: href, Subject: s})
}

func (d *debts) day(x Meeting) clock.Day { return clock.DayOf(x.Starts, d.ch.City.Zone) }

// invitations are the meetings of the next days that wait for the person's
// answer, and the polls that wait for their votes.
func (d *debts) invitations(ctx context.Context) error {
	now := clock.Now(ctx)
	list, err := d.m.find(people.With(ctx, d.who), Filter{Mine: true, From: now, To: now.AddDate(0, 0, deskSoon)}, "", deskMax)
	if err != nil || len(list) == 0 {
		return err
	}
	own, err := d.m.ownLists(ctx, d.who, "")
	if err != nil {
		return err
	}
	for _, x := range list {
		rows := slices.Concat(own[x.ID], own[x.Series])
		mine := invitees(x, rows)
		if x.State != Called || !slices.ContainsFunc(mine, func(g Guest) bool { return g.Reply == "" && g.Role != RoleChair }) {
			continue
		}
		if slices.ContainsFunc(mine, func(g Guest) bool { return g.Reply != "" }) {
			continue
		}
		d.owe(ctx, "reply", x.Title, "/reuniones/"+x.Number, d.day(x), x.Subject())
	}
	return d.polls(ctx)
}

func (d *debts) polls(ctx context.Context) error {
	keys := keysOf(d.who)
	if len(keys) == 0 {
		return nil
	}
	var q query
	in := q.in(keys)
	list, err := db.Query[Meeting](ctx, d.m.db, `SELECT `+meetingColumns+` FROM meetings_meeting m WHERE polling = TRUE AND state = 'planned'
		AND id IN (SELECT owner FROM meetings_guest WHERE key IN `+in+` AND role <> 'out')
		AND NOT EXISTS (SELECT 1 FROM meetings_vote v JOIN meetings_slot s ON s.id = v.slot WHERE s.meeting = m.id AND v.key IN `+in+`)
		ORDER BY starts LIMIT 50`, q.args...)
	for _, x := range list {
		d.owe(ctx, "vote", x.Title, "/reuniones/"+x.Number+"/fechas", "", x.Subject())
	}
	return err
}

// minutes are the meetings held that the person chaired or keeps the minutes of.
func (d *debts) minutes(ctx context.Context) error {
	if !d.who.Official() && len(d.who.Roles) == 0 {
		return nil
	}
	list, err := d.m.inState(ctx, Held)
	for _, x := range list {
		c := Case{Charter: d.ch, Meeting: x}
		due := clock.DayOf(x.Ended.AddDate(0, 0, deskWrite), d.ch.City.Zone)
		if _, chairs := c.Is(d.who, Presider); chairs {
			d.owe(ctx, "approve", x.Title, "/reuniones/"+x.Number+"/minuta", due, x.Subject())
		} else if _, writes := c.Is(d.who, Secretary); writes {
			d.owe(ctx, "write", x.Title, "/reuniones/"+x.Number+"/minuta", due, x.Subject())
		}
	}
	return err
}

// inState are the meetings that stand in a state, oldest first.
func (m *Module) inState(ctx context.Context, s State) ([]Meeting, error) {
	return db.Query[Meeting](ctx, m.db, `SELECT `+meetingColumns+` FROM meetings_meeting WHERE state = $1 ORDER BY starts, id LIMIT $2`, s, 4*deskMax)
}

// signatures are the minutes that wait for the person's office to sign.
func (d *debts) signatures(ctx context.Context) error {
	if !slices.ContainsFunc(d.who.Posts, func(h people.Holding) bool { return h.Signs }) {
		return nil
	}
	list, err := d.m.inState(ctx, Minuted)
	for _, x := range list {
		if _, signs := (Case{Charter: d.ch, Meeting: x}).Is(d.who, Signatory); signs {
			d.owe(ctx, "sign", x.Title, "/reuniones/"+x.Number+"/minuta", clock.DayOf(x.Approved.AddDate(0, 0, deskWrite), d.ch.City.Zone), x.Subject())
		}
	}
	return err
}

// decisions are those that a post or a body of the person owes.
func (d *debts) decisions(ctx context.Context) error {
	owers := debtors(d.who)
	if len(owers) == 0 {
		return nil
	}
	var q query
	list, err := db.Query[Decision](ctx, d.m.db, `SELECT `+decisionColumns+` FROM meetings_decision WHERE state = 'open' AND owner IN `+q.in(owers)+`
		ORDER BY CASE WHEN due = '' THEN 1 ELSE 0 END, due, id LIMIT 50`, q.args...)
	for _, x := range list {
		d.owe(ctx, "decision", x.Number+" · "+x.Text, "/decisiones#"+x.Number, x.Due, event.Subject{Kind: SubjectDecision, ID: x.ID})
	}
	return err
}

// commitments are those that the person, a post or a body of theirs owes.
func (d *debts) commitments(ctx context.Context) error {
	var q query
	list, err := db.Query[Commitment](ctx, d.m.db, `SELECT `+taskColumns+` FROM meetings_commitment WHERE state = 'open' AND who_kind <> 'outside'
		AND who IN `+q.in(append(debtors(d.who), d.who.Person))+` ORDER BY CASE WHEN due = '' THEN 1 ELSE 0 END, due, id LIMIT 50`, q.args...)
	for _, x := range list {
		d.owe(ctx, "commitment", x.Number+" · "+x.What, "/compromisos#"+x.Number, x.Due, event.Subject{Kind: SubjectCommitment, ID: x.ID})
	}
	return err
}

// wishes are those who want to come to a meeting that the person organises.
func (d *debts) wishes(ctx context.Context) error {
	if !d.who.Official() {
		return nil
	}
	list, err := db.Query[Meeting](ctx, d.m.db, `SELECT `+meetingColumns+` FROM meetings_meeting WHERE open = TRUE AND state = 'called'
		AND id IN (SELECT meeting FROM meetings_wish WHERE state = 'open') ORDER BY starts, id LIMIT 50`)
	for _, x := range list {
		if _, organises := (Case{Charter: d.ch, Meeting: x}).Is(d.who, Organiser); organises {
			d.owe(ctx, "wish", x.Title, "/reuniones/"+x.Number+"/invitados", d.day(x), x.Subject())
		}
	}
	return err
}
