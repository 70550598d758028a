package meetings

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ronda/city/charter"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// showing are the events after which a meeting may show something of a step.
var showing = []string{EventCalled, EventItemClosed, EventEnded, EventApproved, EventReturned, EventAgreed, EventSpecialist}

// reaching are the events of an initiative after which its steps take what
// meetings showed before.
var reaching = []string{roundtable.EventFiled, roundtable.EventSigned, roundtable.EventResubmitted, roundtable.EventResumed}

// Listen tells the steps of initiatives what meetings show. It says all that a
// meeting shows each time, so that hearing of it twice or late does no harm.
func (m *Module) Listen(l *event.Log) {
	l.Listen("meetings.steps", func(ctx context.Context, e event.Event) error {
		switch {
		case e.Subject.Kind == SubjectMeeting && slices.Contains(showing, e.Kind):
			return m.show(ctx, e.Subject.ID, e.Actor)
		case e.Subject.Kind == subjectInitiative && slices.Contains(reaching, e.Kind):
			return m.showAll(ctx, e.Subject.ID, e.Actor)
		}
		return nil
	})
}

// showAll tells what all meetings show of an initiative.
func (m *Module) showAll(ctx context.Context, initiative string, by event.Actor) error {
	ids, err := db.Query[string](ctx, m.db, `SELECT id FROM meetings_meeting WHERE initiative = $1
		UNION SELECT meeting FROM meetings_item WHERE subject_kind = 'initiative' AND subject_id = $1 AND meeting <> ''`, initiative)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := m.show(ctx, id, by); err != nil {
			return err
		}
	}
	return nil
}

// teller tells what one meeting shows.
type teller struct {
	Case
	m    *Module
	base roundtable.Told
}

// show tells what a meeting shows. A private meeting shows nothing.
func (m *Module) show(ctx context.Context, meeting string, by event.Actor) error {
	x, err := m.byID(ctx, meeting)
	if err != nil || x.Private {
		return only(err, fault.NotFound)
	}
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return err
	}
	t := teller{m: m, Case: Case{Charter: ch, Meeting: x}, base: roundtable.Told{Person: by.Person, Post: by.Post, Body: by.Body,
		Day: clock.DayOf(x.Starts, ch.City.Zone)}}
	switch x.Kind {
	case Weekly:
		return t.weekly(ctx)
	case Collaborative:
		return t.collaborative(ctx)
	}
	return nil
}

// tell tells the item of a step something; part tells several things of one
// meeting apart.
func (t teller) tell(ctx context.Context, initiative, item, part string, told roundtable.Told) error {
	if item == "" {
		return nil
	}
	told.Source, told.Item = event.Subject{Kind: SubjectMeeting + part, ID: t.Meeting.ID}, item
	told.Day, told.Person, told.Post, told.Body = t.base.Day, t.base.Person, t.base.Post, t.base.Body
	return t.m.Steps.Tell(ctx, initiative, told)
}

// title names the meeting in a line of evidence.
func (t teller) title() string {
	return t.Meeting.Number + " · " + t.Meeting.Title + " · " + string(t.base.Day)
}

// weekly tells of each initiative that was taken up: the page that presented it,
// the meeting, and the minutes once they are approved (M41).
func (t teller) weekly(ctx context.Context) error {
	items, err := t.m.items(ctx, t.Meeting.ID)
	if err != nil {
		return err
	}
	for _, i := range items {
		if i.SubjectKind != subjectInitiative || i.Private || i.State != ItemClosed || i.Outcome.PutsOff() {
			continue
		}
		if err := t.taken(ctx, i); err != nil {
			return err
		}
	}
	return nil
}

func (t teller) taken(ctx context.Context, i Item) error {
	ini, err := t.m.Steps.ByID(ctx, i.SubjectID)
	if err != nil {
		return only(err, fault.NotFound)
	}
	p := t.m.Proofs
	if err := t.tell(ctx, ini.ID, p.Presented, "", roundtable.Told{Kind: charter.EvidenceLink, URL: "/iniciativas/" + ini.Number + "/presentacion", Text: t.title()}); err != nil {
		return err
	}
	if err := t.tell(ctx, ini.ID, p.Discussed, "", roundtable.Told{Kind: charter.EvidenceNote, Text: t.title()}); err != nil {
		return err
	}
	if t.Meeting.Approved.IsZero() {
		return t.tell(ctx, ini.ID, p.Minuted, "", roundtable.Told{Withdrawn: true})
	}
	text, err := t.minuted(ctx, i)
	if err != nil {
		return err
	}
	return t.tell(ctx, ini.ID, p.Minuted, "", roundtable.Told{Kind: charter.EvidenceNote, Text: text})
}

// minuted is what approved minutes say of an item, in the words of the meeting.
func (t teller) minuted(ctx context.Context, i Item) (string, error) {
	lines := []string{t.title(), i.Title}
	if i.OutcomeText != "" {
		lines = append(lines, i.OutcomeText)
	}
	decisions, err := db.Query[string](ctx, t.m.db, `SELECT number || ': ' || text FROM meetings_decision WHERE item = $1 AND state <> 'dropped' ORDER BY id`, i.ID)
	if err != nil {
		return "", err
	}
	tasks, err := db.Query[string](ctx, t.m.db, `SELECT number || ': ' || what FROM meetings_commitment WHERE item = $1 AND state <> 'dropped' ORDER BY id`, i.ID)
	if err != nil {
		return "", err
	}
	last, _, err := t.m.lastMinutes(ctx, t.Meeting.ID)
	lines = append(append(append(lines, decisions...), tasks...), "sha256 "+last.SHA256)
	return strings.Join(lines, "\n"), err
}

// collaborative tells of a meeting of step 3 and of what specialists said at it.
func (t teller) collaborative(ctx context.Context) error {
	for _, part := range []func(context.Context) error{t.called, t.met, t.agreed, t.specialists} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

// called tells whom the call went to, by the names of bodies (M42).
func (t teller) called(ctx context.Context) error {
	if t.Meeting.Called.IsZero() {
		return nil
	}
	guests, err := t.m.allGuests(ctx, t.Meeting)
	if err != nil {
		return err
	}
	lines := []string{t.title()}
	for _, b := range bodiesOf(guests) {
		lines = append(lines, t.bodyName(b))
	}
	return t.tell(ctx, t.Meeting.Initiative, t.m.Proofs.Called, "", roundtable.Told{Kind: charter.EvidenceList, Text: strings.Join(lines, "\n")})
}

// bodyName is what the city calls a body, in its own language.
func (t teller) bodyName(code string) string {
	b, ok := t.Charter.Bodies.Get(code)
	if !ok {
		return code
	}
	return b.Name.In(t.Charter.City.Languages[0])
}

// met tells which bodies from outside the convener's were there, and how many.
func (t teller) met(ctx context.Context) error {
	if t.Meeting.Ended.IsZero() {
		return nil
	}
	all, err := t.m.attendees(ctx, t.Meeting.ID)
	if err != nil {
		return err
	}
	outside := t.outside(all)
	if len(outside) == 0 {
		return nil
	}
	item := t.m.Proofs.Met
	if err := t.tell(ctx, t.Meeting.Initiative, item, "", roundtable.Told{Kind: charter.EvidenceFigure, Figure: int64(len(outside))}); err != nil {
		return err
	}
	return t.tell(ctx, t.Meeting.Initiative, item, "_bodies", roundtable.Told{Kind: charter.EvidenceList,
		Text: t.title() + "\n" + strings.Join(outside, "\n")})
}

// outside are the names of the bodies that came and are neither the convener's
// side nor the coordination, and how many came from outside the government.
func (t teller) outside(all []Attendee) []string {
	var out []string
	for _, a := range all {
		name := a.Name
		if a.Body != "" {
			name = t.bodyName(a.Body)
			if t.Charter.Within(a.Body, t.Meeting.Convener) || a.Body == t.Charter.Office(charter.OfficeCoordination) {
				continue
			}
		}
		if a.Came() && name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// agreed tells the common agenda as it was agreed at the meeting (M43). What a
// person undertook stands without their name.
func (t teller) agreed(ctx context.Context) error {
	list, err := t.m.CommonAgendas(ctx, t.Meeting.Initiative)
	if err != nil {
		return err
	}
	for _, a := range list {
		if a.Meeting != t.Meeting.ID {
			continue
		}
		lines := make([]string, len(a.Lines))
		for n, l := range a.Lines {
			lines[n] = fmt.Sprintf("%s; %s; %s", l.What, t.owerName(l), l.Due)
		}
		return t.tell(ctx, t.Meeting.Initiative, t.m.Proofs.Agreed, "", roundtable.Told{Kind: charter.EvidenceList, Text: strings.Join(lines, "\n")})
	}
	return nil
}

func (t teller) owerName(l AgreedLine) string {
	switch l.WhoKind {
	case WhoBody:
		return t.bodyName(l.Who)
	case WhoPost:
		if p, ok := t.Charter.Posts.Get(l.Who); ok {
			return p.Name.In(t.Charter.City.Languages[0])
		}
	case WhoPerson:
		return "—"
	}
	return l.Who
}

// specialists tells what specialists said, how many they are, and that the
// coordination was there (M44).
func (t teller) specialists(ctx context.Context) error {
	list, err := t.m.said(ctx, t.Meeting.ID)
	if err != nil || len(list) == 0 || t.m.Proofs.Specialists == "" {
		return err
	}
	var confirmed, procedures []string
	names := map[string]bool{}
	for _, s := range list {
		names[s.Name+"\n"+s.Organisation] = true
		line := strings.TrimSpace(s.Organisation + ", " + s.Area + ": " + s.Text)
		if s.Procedure == "" {
			confirmed = append(confirmed, line)
		} else {
			procedures = append(procedures, s.Procedure+" · "+line)
		}
		told := s
		if err := t.tell(ctx, t.Meeting.Initiative, t.m.Proofs.Specialists, "_specialist_"+s.ID, roundtable.Told{Specialist: &told}); err != nil {
			return err
		}
	}
	if err := t.tell(ctx, t.Meeting.Initiative, t.m.Proofs.Specialists, "", roundtable.Told{Kind: charter.EvidenceFigure, Figure: int64(len(names))}); err != nil {
		return err
	}
	if err := t.tellLines(ctx, t.m.Proofs.Confirmed, confirmed); err != nil {
		return err
	}
	if err := t.tellLines(ctx, t.m.Proofs.Procedures, procedures); err != nil {
		return err
	}
	return t.presence(ctx)
}

func (t teller) tellLines(ctx context.Context, item string, lines []string) error {
	if len(lines) == 0 {
		return nil
	}
	return t.tell(ctx, t.Meeting.Initiative, item, "", roundtable.Told{Kind: charter.EvidenceNote, Text: t.title() + "\n" + strings.Join(lines, "\n")})
}

// presence tells that somebody of the coordination was in the room.
func (t teller) presence(ctx context.Context) error {
	all, err := t.m.attendees(ctx, t.Meeting.ID)
	if err != nil {
		return err
	}
	office := t.Charter.Office(charter.OfficeCoordination)
	n := slices.IndexFunc(all, func(a Attendee) bool { return a.Came() && a.Body == office && office != "" })
	if n < 0 {
		return nil
	}
	t.base.Person, t.base.Post, t.base.Body = all[n].Person, all[n].Post, all[n].Body
	return t.tell(ctx, t.Meeting.Initiative, t.m.Proofs.Present, "", roundtable.Told{Kind: charter.EvidencePresence, Text: t.title()})
}
