package roundtable

import (
	"context"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
)

// View is an initiative as its page shows it to one person.
type View struct {
	Case
	Dossier     Dossier
	Round       *Round // nil before filing
	Attachments []Attachment
	Barriers    []Barrier
	Questions   []Question
	Comments    []Comment // opinions only, for whom does not read inside
	Inside      bool      // the person reads inside
	Today       clock.Day
}

// View reads an initiative for the person of the context: NotFound for what the
// person must not know of.
func (m *Module) View(ctx context.Context, number string) (v View, err error) {
	i, err := m.byNumber(ctx, number)
	if err != nil {
		return v, err
	}
	l, err := m.lists(ctx, i.ID)
	if err != nil {
		return v, err
	}
	if v.Charter, err = m.charters.ByID(ctx, i.Charter); err != nil {
		return v, err
	}
	v.Initiative, v.Owners, v.Dossier = i, l.owners(), textsOf(i)
	if err := v.sight(ctx); err != nil {
		return v, err
	}
	l.into(&v.Dossier)
	_, v.Inside = v.Can(people.Me(ctx), ReadInside)
	v.Today = clock.DayOf(clock.Now(ctx), v.Charter.City.Zone)
	return v, m.fill(ctx, &v, l)
}

// fill reads the longer lists of which there is something.
func (m *Module) fill(ctx context.Context, v *View, l lists) (err error) {
	id := v.Initiative.ID
	if !v.Initiative.FiledAt.IsZero() {
		if v.Round, err = m.round(ctx, v.Charter, id); err != nil {
			return err
		}
	}
	if l.has[hasAttachments] {
		if v.Attachments, err = m.attachments(ctx, id); err != nil {
			return err
		}
	}
	if l.has[hasBarriers] {
		if v.Barriers, err = m.barriers(ctx, id); err != nil {
			return err
		}
	}
	if l.has[hasQuestions] {
		if v.Questions, err = m.questions(ctx, id); err != nil {
			return err
		}
	}
	if l.has[hasComments] {
		v.Comments, err = m.comments(ctx, id, v.Inside)
	}
	return err
}

// Look finds an initiative that the person may know of, with what the policy looks
// at; NotFound for all others. Inside a Write it is as the transaction sees it.
func (m *Module) Look(ctx context.Context, number string) (Case, error) { return m.look(ctx, number) }

// look is Look for this package.
func (m *Module) look(ctx context.Context, number string) (Case, error) {
	i, err := m.byNumber(ctx, number)
	if err != nil {
		return Case{}, err
	}
	c, err := m.caseOf(ctx, i)
	if err != nil {
		return c, err
	}
	return c, c.sight(ctx)
}

// sight is NotFound unless the person of the context may know of the initiative.
func (c Case) sight(ctx context.Context) error {
	if _, inside := c.Can(people.Me(ctx), ReadInside); !inside && !c.Initiative.State.Public() {
		return notFound()
	}
	return nil
}

// StepView is one step of an initiative as its page shows it.
type StepView struct {
	Case
	Rules       charter.Step
	Round       *Round
	Evidence    []Evidence
	Missing     []Missing
	Signatures  []Signature // of this step, oldest first
	Specialists []Specialist
	Attachments []Attachment
	Inside      bool
	Today       clock.Day
}

// StepView reads a step for the person of the context.
func (m *Module) StepView(ctx context.Context, number, stepCode string) (v StepView, err error) {
	if v.Case, err = m.look(ctx, number); err != nil {
		return v, err
	}
	var ok bool
	if v.Rules, ok = v.Charter.Flow.Steps.Get(stepCode); !ok || v.Initiative.FiledAt.IsZero() {
		return v, notFound()
	}
	_, v.Inside = v.Can(people.Me(ctx), ReadInside)
	v.Today = clock.DayOf(clock.Now(ctx), v.Charter.City.Zone)
	id := v.Initiative.ID
	if v.Round, err = m.round(ctx, v.Charter, id); err != nil {
		return v, err
	}
	v.Step = v.Round.Step(stepCode)
	if v.Evidence, err = m.evidence(ctx, id, stepCode); err != nil {
		return v, err
	}
	v.Missing = missing(v.Rules, *v.Step, v.Evidence)
	if v.Signatures, err = m.signaturesOf(ctx, id, stepCode); err != nil {
		return v, err
	}
	if v.Attachments, err = m.attachments(ctx, id); err != nil {
		return v, err
	}
	if v.Rules.Attendance != "" {
		v.Specialists, err = m.specialists(ctx, id)
	}
	return v, err
}

// Signatures are all that were ever given on an initiative, oldest first.
func (m *Module) Signatures(ctx context.Context, initiative string) ([]Signature, error) {
	return db.Query[Signature](ctx, m.db, signatureSQL+` WHERE initiative = $1 ORDER BY id`, initiative)
}

func (m *Module) signaturesOf(ctx context.Context, initiative, stepCode string) ([]Signature, error) {
	return db.Query[Signature](ctx, m.db, signatureSQL+` WHERE initiative = $1 AND step = $2 ORDER BY id`, initiative, stepCode)
}

// ByID finds an initiative by its id, e.g. for the subject of an event; NotFound
// for what the person must not know of.
func (m *Module) ByID(ctx context.Context, id string) (Initiative, error) {
	i, err := m.byID(ctx, id)
	if err == nil && !i.State.Public() && !people.Me(ctx).Official() {
		err = notFound()
	}
	return i, err
}
