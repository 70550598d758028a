package meetings

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// AgreeAgenda makes the open commitments of collaborative meetings of an
// initiative the next version of its common agenda, agreed by those present. When
// nothing changed since the last version, that one stands.
func (m *Module) AgreeAgenda(ctx context.Context, number string) (CommonAgenda, error) {
	var out CommonAgenda
	err := m.act(ctx, number, Record, func(ctx context.Context, w *work) error {
		if w.Meeting.Kind != Collaborative {
			return fault.New(fault.Conflict, "meetings.fault.state")
		}
		lines, err := w.undertaken(ctx)
		if err != nil {
			return err
		}
		if len(lines) == 0 {
			return fault.New(fault.Conflict, "meetings.fault.nobody")
		}
		before, err := m.CommonAgendas(ctx, w.Meeting.Initiative)
		if err != nil {
			return err
		}
		out = CommonAgenda{Initiative: w.Meeting.Initiative, Version: 1, Meeting: w.Meeting.ID, Number: w.Meeting.Number, At: clock.Now(ctx), Lines: lines}
		if len(before) > 0 {
			if slices.Equal(before[0].Lines, lines) {
				out = before[0]
				return nil
			}
			out.Version = before[0].Version + 1
		}
		return w.agree(ctx, out)
	})
	return out, err
}

// undertaken are the lines of the common agenda as it stands.
func (w *work) undertaken(ctx context.Context) ([]AgreedLine, error) {
	list, err := db.Query[Commitment](ctx, w.m.db, `SELECT `+columnsOf("c", taskColumns)+` FROM meetings_commitment c
		JOIN meetings_meeting m ON m.id = c.meeting WHERE c.initiative = $1 AND m.kind = 'collaborative' AND c.state <> 'dropped' AND c.private = FALSE
		ORDER BY c.id`, w.Meeting.Initiative)
	lines := make([]AgreedLine, len(list))
	for n, c := range list {
		lines[n] = AgreedLine{Commitment: c.Number, What: c.What, Who: c.Who, WhoKind: c.WhoKind, Due: c.Due}
	}
	return lines, err
}

func (w *work) agree(ctx context.Context, a CommonAgenda) error {
	b, err := json.Marshal(a.Lines)
	if err != nil {
		return err
	}
	if _, err := w.m.db.Exec(ctx, `INSERT INTO meetings_agreed (initiative, version, meeting, at, lines) VALUES ($1, $2, $3, $4, $5)`,
		a.Initiative, a.Version, a.Meeting, a.At, string(b)); err != nil {
		return err
	}
	for _, l := range a.Lines {
		if _, err := w.m.db.Exec(ctx, `UPDATE meetings_commitment SET agenda = $2 WHERE number = $1 AND agenda = 0`, l.Commitment, a.Version); err != nil {
			return err
		}
	}
	if err := w.change(ctx, ChangeAgreed, false, "initiative", a.Initiative, "version", itoa(a.Version)); err != nil {
		return err
	}
	return w.tell(ctx, EventAgreed, false, map[string]string{"version": itoa(a.Version), "lines": itoa(len(a.Lines))}, nil)
}

// CommonAgendas are the versions of an initiative's common agenda, newest first.
// Whether the person may know of the initiative its owner says.
func (m *Module) CommonAgendas(ctx context.Context, initiative string) ([]CommonAgenda, error) {
	type row struct {
		Version int       `db:"version"`
		Meeting string    `db:"meeting"`
		Number  string    `db:"number"`
		At      time.Time `db:"at"`
		Lines   string    `db:"lines"`
	}
	rows, err := db.Query[row](ctx, m.db, `SELECT a.version, a.meeting, m.number, a.at, a.lines FROM meetings_agreed a
		JOIN meetings_meeting m ON m.id = a.meeting WHERE a.initiative = $1 ORDER BY a.version DESC`, initiative)
	if err != nil {
		return nil, err
	}
	out := make([]CommonAgenda, len(rows))
	for n, r := range rows {
		out[n] = CommonAgenda{Initiative: initiative, Version: r.Version, Meeting: r.Meeting, Number: r.Number, At: r.At}
		if err := json.Unmarshal([]byte(r.Lines), &out[n].Lines); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// RecordSpecialist records what a specialist confirms or objects to at a
// collaborative meeting; it is told to the initiative's step. Faults on name,
// organisation, area, procedure, stance, text.
func (m *Module) RecordSpecialist(ctx context.Context, number, item string, s roundtable.Specialist) error {
	return m.act(ctx, number, Record, func(ctx context.Context, w *work) error {
		if w.Meeting.Kind != Collaborative {
			return fault.New(fault.Conflict, "meetings.fault.state")
		}
		i, err := w.about(ctx, item)
		if err != nil {
			return err
		}
		if err := checkSpecialist(&s); err != nil {
			return err
		}
		if _, err := m.db.Exec(ctx, `INSERT INTO meetings_specialist (`+saidColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			id.New(), w.Meeting.ID, i.ID, s.Name, s.Organisation, s.Area, s.Procedure, s.Stance, s.Text,
			clock.DayOf(w.Meeting.Began, w.Charter.City.Zone), clock.Now(ctx)); err != nil {
			return err
		}
		if err := w.change(ctx, ChangeSpecialist, i.Private, "item", i.ID, "stance", string(s.Stance)); err != nil {
			return err
		}
		return w.tell(ctx, EventSpecialist, false, map[string]string{"stance": string(s.Stance)}, nil)
	})
}

const saidColumns = `id, meeting, item, name, organisation, area, procedure, stance, text, day, at`

func checkSpecialist(s *roundtable.Specialist) error {
	for _, f := range []*string{&s.Name, &s.Organisation, &s.Area, &s.Procedure, &s.Text} {
		*f = strings.TrimSpace(*f)
	}
	var c fault.Check
	c.Text("name", s.Name, true, TitleMax)
	c.Text("organisation", s.Organisation, true, TitleMax)
	c.Text("area", s.Area, true, TitleMax)
	c.Text("procedure", s.Procedure, false, TitleMax)
	c.Text("text", s.Text, s.Stance != roundtable.StanceConfirms, TextMax)
	c.Require(slices.Contains(roundtable.Stances, s.Stance), "stance", "fault.choice")
	return c.Err()
}

// said is what specialists said at a meeting.
func (m *Module) said(ctx context.Context, meeting string) ([]roundtable.Specialist, error) {
	return db.Query[roundtable.Specialist](ctx, m.db, `SELECT id, '' AS initiative, name, organisation, area, procedure, stance, text, day, at
		FROM meetings_specialist WHERE meeting = $1 ORDER BY id`, meeting)
}

// Specialists are what specialists said at a meeting, for those of it.
func (m *Module) Specialists(ctx context.Context, number string) ([]roundtable.Specialist, error) {
	x, err := m.byNumber(ctx, number)
	if err != nil {
		return nil, err
	}
	if _, err := m.look(ctx, x, SeeInside); err != nil {
		return nil, err
	}
	return m.said(ctx, x.ID)
}

// me is what a person is today; whoever acts in the context is known already.
func (m *Module) me(ctx context.Context, person string) (people.Standing, error) {
	if who := people.Me(ctx); who.Person == person && who.SignedIn() {
		return who, nil
	}
	return m.People.Standing(ctx, person)
}
