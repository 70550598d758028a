package meetings

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/mail"
)

// KeyOf names a guest on any list, the same for the same guest.
func KeyOf(g Guest) string {
	switch {
	case g.Post != "":
		return "post:" + g.Post
	case g.Person != "":
		return "person:" + g.Person
	case g.Address != "":
		return "mail:" + g.Address
	case g.Body != "":
		return "body:" + g.Body
	}
	sum := sha256.Sum256([]byte(g.Name))
	return "name:" + hex.EncodeToString(sum[:12])
}

// keysOf are the keys under which a person is invited: by name, by each post, by
// each body they sign for.
func keysOf(who people.Standing) []string {
	if !who.SignedIn() {
		return nil
	}
	keys := []string{"person:" + who.Person}
	for _, h := range who.Posts {
		keys = append(keys, "post:"+h.Post)
		if h.Signs {
			keys = append(keys, "body:"+h.Body)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

const guestColumns = `owner, key, post, person, body, address, name, role, reply, replied_at, reply_seq`

// ownGuests are the rows of the person on the lists of a meeting and its series.
func (m *Module) ownGuests(ctx context.Context, who people.Standing, owners ...string) ([]Guest, error) {
	keys := keysOf(who)
	if len(keys) == 0 {
		return nil, nil
	}
	var q query
	return db.Query[Guest](ctx, m.db, `SELECT `+guestColumns+` FROM meetings_guest WHERE owner IN `+q.in(owners)+` AND key IN `+q.in(keys), q.args...)
}

// guestRows are all rows of some lists.
func (m *Module) guestRows(ctx context.Context, owners ...string) ([]Guest, error) {
	var q query
	return db.Query[Guest](ctx, m.db, `SELECT `+guestColumns+` FROM meetings_guest WHERE owner IN `+q.in(owners)+` ORDER BY key`, q.args...)
}

// lists are the owners of the lists that count for a meeting.
func (x Meeting) lists() []string {
	if x.Series == "" {
		return []string{x.ID}
	}
	return []string{x.ID, x.Series}
}

// invitees are the guests of a meeting out of the rows of its lists. An answer to
// a series says nothing of an occurrence that was moved since.
func invitees(x Meeting, rows []Guest) []Guest {
	by := map[string]Guest{}
	for _, g := range rows {
		if g.Owner != x.ID && x.MovedAway() {
			g.Reply = ""
		}
		if old, ok := by[g.Key]; !ok || old.Owner != x.ID {
			by[g.Key] = g
		}
	}
	out := make([]Guest, 0, len(by))
	for _, g := range rows {
		if best := by[g.Key]; best.Owner == g.Owner && best.Role != RoleOut {
			out = append(out, best)
		}
	}
	slices.SortFunc(out, func(a, b Guest) int { return cmpGuests(a, b) })
	return out
}

// cmpGuests puts the chair first, then those required, optional, guests.
func cmpGuests(a, b Guest) int {
	order := []GuestRole{RoleChair, RoleRequired, RoleOptional, RoleGuest}
	if n := slices.Index(order, a.Role) - slices.Index(order, b.Role); n != 0 {
		return n
	}
	return strings.Compare(a.Key, b.Key)
}

// allGuests are the guests of a meeting as they stand.
func (m *Module) allGuests(ctx context.Context, x Meeting) ([]Guest, error) {
	rows, err := m.guestRows(ctx, x.lists()...)
	return invitees(x, rows), err
}

// putGuest writes a guest, or the role of one who stands there.
func (m *Module) putGuest(ctx context.Context, g Guest) error {
	_, err := m.db.Exec(ctx, `INSERT INTO meetings_guest (`+guestColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (owner, key) DO UPDATE SET role = excluded.role, name = excluded.name, reply = excluded.reply,
			replied_at = excluded.replied_at, reply_seq = excluded.reply_seq`,
		g.Owner, g.Key, g.Post, g.Person, g.Body, g.Address, g.Name, g.Role, g.Reply, g.RepliedAt, g.ReplySeq)
	return err
}

// officers adds the chair and the secretaries to a list and fits their roles.
func officers(ch *charter.Charter, guests []Guest, chair string, secretaries Codes) []Guest {
	out := slices.Clone(guests)
	add := func(post string, role GuestRole) {
		n := slices.IndexFunc(out, func(g Guest) bool { return g.Post == post })
		if n < 0 {
			p, _ := ch.Posts.Get(post)
			out = append(out, Guest{Key: "post:" + post, Post: post, Body: p.Body, Role: role})
			return
		}
		if out[n].Role != RoleChair {
			out[n].Role = role
		}
	}
	for n := range out {
		if out[n].Role == RoleChair {
			out[n].Role = RoleRequired
		}
	}
	if chair != "" {
		add(chair, RoleChair)
	}
	for _, s := range secretaries {
		add(s, RoleRequired)
	}
	return out
}

// checkGuests brings guests into the form in which they are kept.
func (m *Module) checkGuests(ctx context.Context, ch *charter.Charter, c *fault.Check, guests []Guest) ([]Guest, error) {
	if len(guests) > GuestsMax {
		c.Fail("guests", "fault.too_many", "max", GuestsMax)
		return nil, nil
	}
	out := make([]Guest, 0, len(guests))
	for _, g := range guests {
		key, err := m.checkGuest(ctx, ch, &g)
		if err != nil {
			return nil, err
		}
		if key != "" {
			c.Require(c.Failed("guests"), "guests", key, "guest", g.Post+g.Body+g.Person+g.Address+g.Name)
			continue
		}
		g.Key = KeyOf(g)
		if n := slices.IndexFunc(out, func(o Guest) bool { return o.Key == g.Key }); n >= 0 {
			out[n] = g
			continue
		}
		out = append(out, g)
	}
	return out, nil
}

// checkGuest is the key of what is wrong with a guest, empty when nothing is.
func (m *Module) checkGuest(ctx context.Context, ch *charter.Charter, g *Guest) (string, error) {
	*g = Guest{Post: g.Post, Person: g.Person, Body: g.Body, Address: strings.TrimSpace(g.Address), Name: strings.TrimSpace(g.Name), Role: g.Role}
	if g.Role == "" || g.Role == RoleChair {
		g.Role = RoleRequired
	}
	if !slices.Contains([]GuestRole{RoleRequired, RoleOptional, RoleGuest}, g.Role) {
		return "meetings.fault.role", nil
	}
	today := ch.Today(clock.Now(ctx))
	switch {
	case g.Post != "":
		p, ok := ch.Posts.Get(g.Post)
		if !ok || !p.ActiveOn(today) {
			return "meetings.fault.guest", nil
		}
		*g = Guest{Post: p.Code, Body: p.Body, Role: g.Role}
	case g.Person != "":
		p, err := m.People.Person(ctx, g.Person)
		if err != nil {
			return "meetings.fault.guest", only(err, fault.NotFound)
		}
		*g = Guest{Person: p.ID, Role: g.Role}
	case g.Body != "":
		b, ok := ch.Bodies.Get(g.Body)
		if !ok || !b.ActiveOn(today) {
			return "meetings.fault.guest", nil
		}
		*g = Guest{Body: b.Code, Role: g.Role}
	default:
		return outsider(g), nil
	}
	return "", nil
}

// outsider checks somebody from outside.
func outsider(g *Guest) string {
	var c fault.Check
	c.Text("name", g.Name, true, LineMax)
	if c.Err() != nil {
		return "meetings.fault.guest"
	}
	if g.Address != "" {
		a, ok := mail.Address(g.Address)
		if !ok {
			return "fault.email"
		}
		g.Address = a
	}
	return ""
}

// only is nil for a fault of that kind, else the error.
func only(err error, kind fault.Kind) error {
	if fault.Is(err, kind) {
		return nil
	}
	return err
}

// query collects the arguments of a statement that is put together.
type query struct{ args []any }

// arg adds an argument and gives its mark.
func (q *query) arg(v any) string {
	q.args = append(q.args, v)
	return "$" + strconv.Itoa(len(q.args))
}

// in is a list of values for IN.
func (q *query) in(values []string) string {
	marks := make([]string, len(values))
	for n, v := range values {
		marks[n] = q.arg(v)
	}
	return "(" + strings.Join(marks, ", ") + ")"
}
