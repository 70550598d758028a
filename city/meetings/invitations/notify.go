package invitations

import (
	"context"
	"encoding/json"
	"time"

	"ronda/city/charter"
	"ronda/city/meetings"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/i18n"
	"ronda/platform/ical"
	"ronda/platform/id"
	"ronda/platform/mail"
)

const deliverJob = "invitations.deliver"

// Notify writes the mails of a change, inside its transaction: one to each
// person.
func (m *Module) Notify(ctx context.Context, n meetings.Notice) error {
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return err
	}
	to, err := m.recipients(ctx, n.Guests, m.dayOf(ctx, n, ch.City.Zone))
	if err != nil {
		return err
	}
	s := subjectOf(n, ch, m.Origin)
	for _, r := range to {
		if err := m.put(ctx, ch, s, r); err != nil {
			return err
		}
	}
	if m.Mailer.Disabled() || len(to) == 0 {
		return nil
	}
	return m.Queue.Enqueue(ctx, deliverJob, nil)
}

// subject is what a notice tells of, a series or a meeting alike.
type subject struct {
	method        meetings.Method
	events        []ical.Event // as they stand in calendars; the first is what the words tell of
	number, title string
	place, link   string
	why, href     string
	open          bool      // anybody may see its page
	repeats       bool      // a series
	over          time.Time // when telling of it is pointless; zero: never
}

func subjectOf(n meetings.Notice, ch *charter.Charter, origin string) subject {
	s := subject{method: n.Method, why: n.Why}
	if n.Series != nil {
		x := *n.Series
		s.events = whole(x, n.Apart, ch.City.Zone, origin)
		s.number, s.title, s.place, s.link, s.repeats = x.Number, x.Title, x.Place, x.Link, true
		s.href = origin + "/series/" + x.Number
	} else {
		x := *n.Meeting
		s.events = []ical.Event{single(x, origin)}
		s.number, s.title, s.place, s.link, s.open = x.Number, x.Title, x.Place, x.Link, x.Public && x.Open
		s.href, s.over = origin+"/reuniones/"+x.Number, x.Ends()
	}
	return s
}

// outgoing is a row of the list of mails.
type outgoing struct {
	ID         string    `db:"id"`
	Person     string    `db:"person"`
	Address    string    `db:"address"`
	Name       string    `db:"name"`
	Guest      string    `db:"guest"`
	UID        string    `db:"uid"`
	Occurrence time.Time `db:"occurrence"`
	Sequence   int       `db:"sequence"`
	Method     string    `db:"method"`
	Number     string    `db:"number"`
	Title      string    `db:"title"`
	State      string    `db:"state"`
	Reason     string    `db:"reason"`
	Message    string    `db:"message"`
	Attempts   int       `db:"attempts"`
	NextAt     time.Time `db:"next_at"`
	Holder     string    `db:"holder"`
	Expires    time.Time `db:"expires"`
	Made       time.Time `db:"made"`
	Ended      time.Time `db:"ended"`
}

// put writes the mail to one person on the list.
func (m *Module) put(ctx context.Context, ch *charter.Charter, s subject, r recipient) error {
	now, first := clock.Now(ctx), s.events[0]
	row := outgoing{ID: id.New(), Person: r.person, Address: r.address, Name: r.name, Guest: r.guest.Key, UID: first.UID, Occurrence: first.Occurrence, Sequence: first.Sequence,
		Method: string(s.method), Number: s.number, Title: s.title, State: string(Waiting), NextAt: now, Expires: s.over, Made: now}
	if r.address == "" {
		row.State, row.Reason, row.Ended = string(Unreachable), r.reason, now
		return m.db.Insert(ctx, "invitations_mail", row)
	}
	told, err := m.toldBefore(ctx, r.address, first)
	if err != nil {
		return err
	}
	msg, err := m.compose(ctx, ch, s, r, told)
	if err != nil {
		return err
	}
	msg.ID = row.ID
	text, err := json.Marshal(msg)
	if err != nil {
		return err
	}
	row.Message = string(text)
	return m.db.Insert(ctx, "invitations_mail", row)
}

// toldBefore says whether the person has an invitation to it already, so that
// this one changes it.
func (m *Module) toldBefore(ctx context.Context, address string, e ical.Event) (bool, error) {
	last, ok, err := db.Find[string](ctx, m.db, `SELECT method FROM invitations_mail WHERE address = $1 AND uid = $2 AND (occurrence = $3 OR occurrence = 0) ORDER BY id DESC LIMIT 1`,
		address, e.UID, e.Occurrence)
	return ok && last == string(meetings.Request), err
}

// compose writes the mail in the language of its reader.
func (m *Module) compose(ctx context.Context, ch *charter.Charter, s subject, r recipient, told bool) (mail.Message, error) {
	ctx = i18n.With(ctx, m.Words, r.lang)
	data, err := m.attached(ch, s, r)
	if err != nil {
		return mail.Message{}, err
	}
	kind := "new"
	switch {
	case s.method == meetings.Cancel:
		kind = "off"
	case told:
		kind = "changed"
	}
	when := i18n.DateTime(ctx, s.events[0].Start.In(ch.City.Zone))
	msg := mail.Message{To: r.address, Name: r.name, Lang: r.lang, ReplyTo: m.ReplyTo, Calendar: &mail.Calendar{Method: string(s.method), Data: data},
		Subject: clip(i18n.T(ctx, "meetings.invitations.mail."+kind, "title", s.title, "when", when), 200)}
	return m.words(ctx, msg, s, r, kind, when), nil
}

// words are what a person reads who has no calendar program.
func (m *Module) words(ctx context.Context, msg mail.Message, s subject, r recipient, kind, when string) mail.Message {
	add := func(p mail.Part) { msg.Parts = append(msg.Parts, p) }
	add(mail.Text(i18n.T(ctx, "meetings.invitations.mail."+kind+".text", "title", s.title)))
	if s.repeats {
		add(mail.Text(i18n.T(ctx, "meetings.invitations.mail.first", "when", when)))
	} else {
		add(mail.Text(i18n.T(ctx, "meetings.invitations.mail.when", "when", when)))
	}
	if where := place(s.place, s.link); where != "" && kind != "off" {
		add(mail.Text(i18n.T(ctx, "meetings.invitations.mail.where", "where", where)))
	}
	if s.why != "" {
		add(mail.Text(i18n.T(ctx, "meetings.invitations.mail.why", "why", s.why)))
	}
	if kind != "off" && m.ReplyTo != "" {
		add(mail.Text(i18n.T(ctx, "meetings.invitations.mail.answer")))
	}
	if r.person != "" || s.open { // nobody else can open the page
		add(mail.Link(i18n.T(ctx, "meetings.invitations.mail.see"), s.href))
	}
	return msg
}

// attached is the calendar part: the person is its only guest, as addresses are
// nobody else's business.
func (m *Module) attached(ch *charter.Charter, s subject, r recipient) ([]byte, error) {
	organizer := ical.Party{Name: ch.City.Roundtable.In(r.lang), Address: m.ReplyTo}
	if organizer.Address == "" {
		organizer.Address = m.Mailer.From().Address
	}
	list := make([]ical.Event, len(s.events))
	for i, e := range s.events {
		e.Organizer, e.Attendees = organizer, []ical.Attendee{attendee(r, m.ReplyTo != "")}
		e.Cancelled = s.method == meetings.Cancel
		list[i] = e
	}
	c := ical.Calendar{Zone: ch.City.Zone, Method: ical.Method(s.method), Events: list}
	if s.method == meetings.Cancel {
		c.Events = c.Events[:1] // of a series, all of it
	}
	return c.Bytes()
}

func attendee(r recipient, answers bool) ical.Attendee {
	role := r.guest.Role
	return ical.Attendee{Party: ical.Party{Name: r.name, Address: r.address}, Chair: role == meetings.RoleChair,
		Optional: role == meetings.RoleOptional, Answer: ical.Answer(upper(r.guest.Reply)), Ask: answers}
}
