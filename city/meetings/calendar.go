package meetings

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/mail"
)

// shownColumns are what a calendar shows of a meeting.
const shownColumns = `id, number, series, occurrence, apart, kind, title, purpose, place, link, starts, length, chair, private, state, why, uid,
	sequence, called_at, changed_at, version`

// For is a person's calendar: series that go on or ended after since, and single
// meetings that end after it. Only what was called is in it; what was cancelled
// is, too, in its state. Of the single meetings that known says are known by their
// mark, the mark alone is read, and Meeting is nil; a nil known knows none.
func (m *Module) For(ctx context.Context, person string, since time.Time, known func(Mark) bool) ([]Occasion, error) {
	who, err := m.me(ctx, person)
	if err != nil {
		return nil, err
	}
	c := calendar{keys: keysOf(who), from: since.Add(-MinutesMax * time.Minute), own: map[string][]Guest{}, series: map[string]int{}}
	if len(c.keys) == 0 {
		return nil, nil
	}
	if err := m.marks(ctx, &c); err != nil {
		return nil, err
	}
	if err := m.occasions(ctx, &c); err != nil {
		return nil, err
	}
	return c.list, m.singles(ctx, &c, known)
}

// calendar is a person's calendar while it is read.
type calendar struct {
	keys   []string
	from   time.Time          // before which no single meeting begins
	single []markRow          // single meetings, first to come first
	own    map[string][]Guest // the person's rows on other lists, by owner
	other  []string           // ids of series, and of meetings of series, on whose lists the person stands
	list   []Occasion
	series map[string]int // place in list by id
}

// markRow is where the person stands on a list, with the mark of the meeting when
// it is the list of one that is of no series.
type markRow struct {
	Owner    string    `db:"owner"`
	Key      string    `db:"key"`
	Role     GuestRole `db:"role"`
	Reply    Answer    `db:"reply"`
	Starts   time.Time `db:"starts"` // zero on any other list
	Revision int       `db:"revision"`
	Changed  time.Time `db:"changed_at"`
}

// marks reads on which lists the person stands.
func (m *Module) marks(ctx context.Context, c *calendar) error {
	var q query
	keys, from := q.in(c.keys), q.arg(c.from)
	rows, err := db.Query[markRow](ctx, m.db, `SELECT g.owner, g.key, g.role, g.reply, CASE WHEN x.series = '' THEN x.starts ELSE 0 END AS starts,
			COALESCE(x.version + x.sequence, 0) AS revision, COALESCE(x.changed_at, 0) AS changed_at
		FROM meetings_guest g LEFT JOIN meetings_meeting x ON x.id = g.owner
		WHERE g.key IN `+keys+` AND (x.id IS NULL OR x.series <> '' OR x.called_at > 0 AND x.starts >= `+from+`)`, q.args...)
	for _, r := range rows {
		if !r.Starts.IsZero() {
			c.single = append(c.single, r)
			continue
		}
		if len(c.own[r.Owner]) == 0 {
			c.other = append(c.other, r.Owner)
		}
		c.own[r.Owner] = append(c.own[r.Owner], Guest{Owner: r.Owner, Key: r.Key, Role: r.Role, Reply: r.Reply})
	}
	c.settle()
	return err
}

// settle puts single meetings in their order, each once, in the role that counts,
// without those that the person was taken off.
func (c *calendar) settle() {
	slices.SortFunc(c.single, func(a, b markRow) int {
		return cmp.Or(a.Starts.Compare(b.Starts), cmp.Compare(a.Owner, b.Owner), cmpGuests(Guest{Role: a.Role, Key: a.Key}, Guest{Role: b.Role, Key: b.Key}))
	})
	c.single = slices.DeleteFunc(c.single, func(r markRow) bool { return r.Role == RoleOut })
	c.single = slices.CompactFunc(c.single, func(a, b markRow) bool { return a.Owner == b.Owner })
}

// occasions reads the series and what differs from them.
func (m *Module) occasions(ctx context.Context, c *calendar) error {
	if len(c.other) == 0 {
		return nil
	}
	var q query
	in := c.lists(&q, c.other)
	from := q.arg(c.from)
	rows, err := db.Query[seriesRow](ctx, m.db, `SELECT `+seriesColumns+` FROM meetings_series WHERE called_at > 0 AND id IN `+in+`
		AND id IN (SELECT series FROM meetings_meeting WHERE starts >= `+from+`) ORDER BY first_at, id`, q.args...)
	if err != nil {
		return err
	}
	for _, s := range seriesOf(rows) {
		g := best(c.own[s.ID])
		c.series[s.ID] = len(c.list)
		c.list = append(c.list, Occasion{Series: &s, Role: g.Role, Reply: g.Reply, Changed: s.Changed})
	}
	q = query{}
	in = c.lists(&q, c.other)
	meetings, err := db.Query[Meeting](ctx, m.db, `SELECT `+shownColumns+` FROM meetings_meeting WHERE called_at > 0 AND series <> ''
		AND (id IN `+in+` OR apart = TRUE AND series IN `+in+`) ORDER BY starts, id`, q.args...)
	if err != nil {
		return err
	}
	for _, x := range meetings {
		// What differs from a series that is shown is shown however old: without it
		// the rule would put a cancelled meeting back.
		if _, shown := c.series[x.Series]; shown || x.Starts.After(c.from) {
			c.add(x)
		}
	}
	return nil
}

// listsFew is how many ids a question names; of more it asks by the person's keys.
const listsFew = 16

// lists are some of the lists on which the person stands, or all when there are
// many, for IN.
func (c *calendar) lists(q *query, ids []string) string {
	if len(ids) <= listsFew {
		return q.in(ids)
	}
	return `(SELECT owner FROM meetings_guest WHERE key IN ` + q.in(c.keys) + `)`
}

// singles puts the single meetings into the calendar, those that are not known
// read whole. One that is gone between the two
// questions is left out.
func (m *Module) singles(ctx context.Context, c *calendar, known func(Mark) bool) error {
	var wanted []string
	told := make([]bool, len(c.single))
	for n, r := range c.single {
		if told[n] = known != nil && known(r.mark()); !told[n] {
			wanted = append(wanted, r.Owner)
		}
	}
	whole, err := m.shown(ctx, c, wanted)
	c.list = slices.Grow(c.list, len(c.single))
	for n, r := range c.single {
		o := Occasion{Mark: r.mark(), Role: r.Role, Reply: r.Reply, Changed: r.Changed}
		if x := whole[r.Owner]; x != nil {
			o.Meeting, o.Mark, o.Changed = x, x.Mark(), x.Changed
		} else if !told[n] {
			continue
		}
		c.list = append(c.list, o)
	}
	return err
}

func (r markRow) mark() Mark { return Mark{r.Owner, r.Revision, r.Changed.UnixMicro()} }

// shown reads what calendars show of single meetings, by id.
func (m *Module) shown(ctx context.Context, c *calendar, ids []string) (map[string]*Meeting, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var q query
	in, from := c.lists(&q, ids), q.arg(c.from)
	rows, err := db.Query[Meeting](ctx, m.db, `SELECT `+shownColumns+` FROM meetings_meeting WHERE id IN `+in+`
		AND series = '' AND called_at > 0 AND starts >= `+from, q.args...)
	out := make(map[string]*Meeting, len(rows))
	for _, x := range rows {
		out[x.ID] = &x
	}
	return out, err
}

// best is the row that counts of several of one person on one list.
func best(rows []Guest) Guest {
	if len(rows) == 0 {
		return Guest{}
	}
	return slices.MinFunc(rows, cmpGuests)
}

// add puts a meeting under its series, or alone. Whoever was taken off one
// meeting of a series sees it cancelled.
func (c *calendar) add(x Meeting) {
	rows := c.own[x.ID]
	out := len(rows) > 0 && !slices.ContainsFunc(rows, func(g Guest) bool { return g.Role != RoleOut })
	if out {
		x.State = Cancelled
	}
	if n, ok := c.series[x.Series]; ok {
		if x.Apart || out {
			c.list[n].Apart = append(c.list[n].Apart, x)
			if x.Changed.After(c.list[n].Changed) {
				c.list[n].Changed = x.Changed
			}
		}
		return
	}
	if len(rows) == 0 || out {
		return
	}
	g := best(rows)
	c.list = append(c.list, Occasion{Mark: x.Mark(), Meeting: &x, Role: g.Role, Reply: g.Reply, Changed: x.Changed})
}

// Stamp changes when For may give something else; it costs next to nothing.
func (m *Module) Stamp(ctx context.Context, person string) (string, error) {
	who, err := m.me(ctx, person)
	if err != nil {
		return "", err
	}
	keys := keysOf(who)
	if len(keys) == 0 {
		return "0", nil
	}
	var q query
	n, err := db.One[int64](ctx, m.db, `SELECT CAST(COALESCE(sum(n), 0) AS BIGINT) FROM meetings_stamp WHERE key IN `+q.in(keys), q.args...)
	sum := sha256.Sum256([]byte(strings.Join(keys, " ")))
	return strconv.FormatInt(n, 36) + "-" + hex.EncodeToString(sum[:6]), err
}

// MailReply is an answer that came by mail.
type MailReply struct {
	UID        string
	Recurrence time.Time // zero: the whole series, or a single meeting
	Address    string
	Partstat   string // ACCEPTED, DECLINED, TENTATIVE
	Sequence   int
	Stamp      time.Time // DTSTAMP
}

// Reply takes an answer by mail. NotFound for an unknown UID, Forbidden for an
// address that is not invited, Invalid on "partstat"; an answer to an older
// invitation, or older than the one that stands, changes nothing.
func (m *Module) Reply(ctx context.Context, r MailReply) error {
	answer, ok := map[string]Answer{"ACCEPTED": Accepted, "DECLINED": Declined, "TENTATIVE": Tentative}[strings.ToUpper(strings.TrimSpace(r.Partstat))]
	if !ok {
		var c fault.Check
		c.Fail("partstat", "fault.choice")
		return c.Err()
	}
	return m.db.Write(ctx, func(ctx context.Context) error {
		owner, sequence, lists, err := m.invitation(ctx, r)
		if err != nil {
			return err
		}
		g, err := m.addressee(ctx, r.Address, lists)
		if err != nil {
			return err
		}
		now := clock.Now(ctx)
		if r.Stamp.IsZero() || r.Stamp.After(now) {
			r.Stamp = now
		}
		if owner == "" || r.Sequence < sequence || r.Stamp.Before(g.RepliedAt) {
			return nil
		}
		return m.answer(clock.At(ctx, r.Stamp), owner, g, answer, r.Sequence)
	})
}

// invitation is what was answered: the list it is written on (empty when it is
// too late), its sequence, and the lists on which the guest may stand.
func (m *Module) invitation(ctx context.Context, r MailReply) (owner string, sequence int, lists []string, err error) {
	if r.Recurrence.IsZero() {
		s, ok, err := db.Find[seriesRow](ctx, m.db, `UPDATE meetings_series SET version = version WHERE uid = $1 AND called_at > 0 RETURNING `+seriesColumns, r.UID)
		if err != nil {
			return "", 0, nil, err
		}
		if ok {
			return s.ID, s.Sequence, []string{s.ID}, nil
		}
	}
	x, err := db.One[Meeting](ctx, m.db, `UPDATE meetings_meeting SET version = version WHERE uid = $1 AND occurrence = $2 AND called_at > 0
		RETURNING `+meetingColumns, r.UID, r.Recurrence)
	if err != nil {
		return "", 0, nil, err
	}
	if x.State != Called {
		return "", 0, x.lists(), nil
	}
	return x.ID, x.Sequence, x.lists(), nil
}

// addressee is the guest of an address: from outside by the address itself, an
// official by the account it belongs to.
func (m *Module) addressee(ctx context.Context, address string, lists []string) (Guest, error) {
	normal, ok := mail.Address(address)
	if !ok {
		return Guest{}, fault.New(fault.Forbidden, "meetings.fault.address")
	}
	keys := []string{"mail:" + normal}
	if m.PersonOf != nil {
		person, known, err := m.PersonOf(ctx, normal)
		if err != nil {
			return Guest{}, err
		}
		if known {
			who, err := m.me(ctx, person)
			if err != nil && !fault.Is(err, fault.NotFound) {
				return Guest{}, err
			}
			keys = append(keys, keysOf(who)...)
		}
	}
	var q query
	rows, err := db.Query[Guest](ctx, m.db, `SELECT `+guestColumns+` FROM meetings_guest WHERE owner IN `+q.in(lists)+` AND key IN `+q.in(keys), q.args...)
	if err != nil {
		return Guest{}, err
	}
	c := Case{Meeting: Meeting{ID: lists[0]}, Guests: rows}
	for _, k := range keys {
		if g, ok := c.guest(k); ok && g.Role != RoleOut {
			return g, nil
		}
	}
	return Guest{}, fault.New(fault.Forbidden, "meetings.fault.address")
}
