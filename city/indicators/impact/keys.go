package impact

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/id"
)

const (
	keyPrefix  = "ronda_" // so that a key that leaked is recognised
	scopesMax  = 100
	keyDaysMax = 366
)

// Key lets another system of the city report measurements of the initiatives and
// indicators of its scope, until it expires or is ended. The key itself is shown
// once, when it is made; only its hash is kept.
type Key struct {
	ID       string    `db:"id"`
	Name     string    `db:"name"` // of the system
	Body     string    `db:"body"` // whose system it is
	Ministry string    `db:"ministry"`
	Expires  clock.Day `db:"expires"` // first day on which it no longer opens
	Made     time.Time `db:"made_at"`
	MadePost string    `db:"made_post"`
	Revoked  time.Time `db:"revoked_at"`
	UsedAt   time.Time `db:"used_at"`
	Used     int64     `db:"used"`
	Scope    []Scope   `db:"-"`
}

// Scope is an initiative, or one indicator, that a key may report of.
type Scope struct {
	Token  string `db:"token"`
	Kind   string `db:"kind"` // "initiative", "indicator"
	ID     string `db:"id"`
	Number string `db:"number"`
}

// keyRow is a key as its table holds it.
type keyRow struct {
	ID       string    `db:"id"`
	Name     string    `db:"name"`
	Hash     string    `db:"hash"`
	Body     string    `db:"body"`
	Ministry string    `db:"ministry"`
	Expires  clock.Day `db:"expires"`
	Made     time.Time `db:"made_at"`
	MadePost string    `db:"made_post"`
	Revoked  time.Time `db:"revoked_at"`
	UsedAt   time.Time `db:"used_at"`
	Used     int64     `db:"used"`
}

func (r keyRow) key() Key {
	return Key{ID: r.ID, Name: r.Name, Body: r.Body, Ministry: r.Ministry, Expires: r.Expires, Made: r.Made, MadePost: r.MadePost, Revoked: r.Revoked, UsedAt: r.UsedAt, Used: r.Used}
}

const keyColumns = `id, name, hash, body, ministry, expires, made_at, made_post, revoked_at, used_at, used`

// Opens says whether the key opens on the day.
func (k Key) Opens(today clock.Day) bool { return k.Revoked.IsZero() && today < k.Expires }

func hashed(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// Wanted is a key that is asked for.
type Wanted struct {
	Name, Body string
	Expires    string   // day
	Scope      []string // numbers of initiatives and indicators
}

// MayMakeKeys says whether the person of the context makes keys, sees them and ends
// them.
func (m *Module) MayMakeKeys(ctx context.Context) bool {
	_, _, err := m.givesKeys(ctx)
	return err == nil
}

// MakeKey makes a key and gives its secret, which nobody can see again. Faults:
// Invalid by field, Forbidden for whoever is not of the office of planning.
func (m *Module) MakeKey(ctx context.Context, w Wanted) (k Key, secret string, err error) {
	defer fault.Wrap(&err, "MakeKey(%s)", w.Name)
	err = m.DB.Write(ctx, func(ctx context.Context) error {
		h, ch, err := m.givesKeys(ctx)
		if err != nil {
			return err
		}
		if k, err = m.wanted(ctx, ch, w); err != nil {
			return err
		}
		secret = keyPrefix + id.Secret()
		k.ID, k.Made, k.MadePost = id.New(), clock.Now(ctx), h.Post
		if err := m.DB.Insert(ctx, "impact_token", keyRow{k.ID, k.Name, hashed(secret), k.Body, k.Ministry, k.Expires, k.Made, k.MadePost, time.Time{}, time.Time{}, 0}); err != nil {
			return err
		}
		for n := range k.Scope {
			k.Scope[n].Token = k.ID
			if err := m.DB.Insert(ctx, "impact_scope", k.Scope[n]); err != nil {
				return err
			}
		}
		return m.tellKey(ctx, EventKeyMade, k, h)
	})
	return k, secret, err
}

// givesKeys is the post in whose name the person of the context makes keys.
func (m *Module) givesKeys(ctx context.Context) (people.Holding, *charter.Charter, error) {
	c, err := m.Delivery.City(ctx)
	if err != nil {
		return people.Holding{}, nil, err
	}
	h, err := c.Require(ctx, delivery.GiveToken)
	return h, c.Charter, err
}

// wanted makes a key of what was asked for, or says field by field why not.
func (m *Module) wanted(ctx context.Context, ch *charter.Charter, w Wanted) (Key, error) {
	k := Key{Name: strings.Join(strings.Fields(w.Name), " "), Body: w.Body}
	var c fault.Check
	c.Text("name", k.Name, true, 80)
	c.Require(ch.Bodies.Has(w.Body), "body", "indicators.impact.fault.body")
	if ministry, ok := ch.Ministry(w.Body); ok {
		k.Ministry = ministry.Code
	}
	today := ch.Today(clock.Now(ctx))
	day, err := clock.ParseDay(w.Expires)
	c.Require(err == nil && day > today && day <= plusDays(today, keyDaysMax), "expires", "indicators.impact.fault.expires", "days", keyDaysMax)
	k.Expires = day
	k.Scope = m.scopeOf(ctx, &c, w.Scope)
	return k, c.Err()
}

// scopeOf finds what a key is to report of.
func (m *Module) scopeOf(ctx context.Context, c *fault.Check, numbers []string) []Scope {
	var out []Scope
	seen := map[string]bool{}
	for _, number := range numbers {
		number = strings.ToUpper(strings.TrimSpace(number))
		if number == "" || seen[number] {
			continue
		}
		seen[number] = true
		if i, err := m.byNumber(ctx, number); err == nil {
			out = append(out, Scope{Kind: SubjectKind, ID: i.ID, Number: number})
		} else if x, err := m.Roundtable.Look(ctx, number); err == nil {
			out = append(out, Scope{Kind: "initiative", ID: x.Initiative.ID, Number: number})
		} else if !c.Failed("scope") {
			c.Fail("scope", "indicators.impact.fault.scope", "number", number)
		}
	}
	c.Require(len(out) > 0 || c.Failed("scope"), "scope", "fault.required")
	c.Require(len(out) <= scopesMax, "scope", "fault.too_many", "max", scopesMax)
	return out
}

// EndKey ends a key at once. Faults: Forbidden, NotFound, Conflict when it has ended.
func (m *Module) EndKey(ctx context.Context, key string) (err error) {
	defer fault.Wrap(&err, "EndKey(%s)", key)
	return m.DB.Write(ctx, func(ctx context.Context) error {
		h, _, err := m.givesKeys(ctx)
		if err != nil {
			return err
		}
		r, err := db.One[keyRow](ctx, m.DB, `SELECT `+keyColumns+` FROM impact_token WHERE id = $1`, key)
		if err != nil {
			return err
		}
		n, err := m.DB.Exec(ctx, `UPDATE impact_token SET revoked_at = $2 WHERE id = $1 AND revoked_at = 0`, key, clock.Now(ctx))
		if err == nil && n == 0 {
			err = fault.New(fault.Conflict, "indicators.impact.fault.ended")
		}
		if err != nil {
			return err
		}
		return m.tellKey(ctx, EventKeyEnded, r.key(), h)
	})
}

// Keys are all keys, newest first, with what they may report of.
func (m *Module) Keys(ctx context.Context) ([]Key, error) {
	if _, _, err := m.givesKeys(ctx); err != nil {
		return nil, err
	}
	rows, err := db.Query[keyRow](ctx, m.DB, `SELECT `+keyColumns+` FROM impact_token ORDER BY id DESC`)
	if err != nil {
		return nil, err
	}
	out := make([]Key, len(rows))
	for n, r := range rows {
		out[n] = r.key()
		if out[n].Scope, err = m.scope(ctx, r.ID); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (m *Module) scope(ctx context.Context, key string) ([]Scope, error) {
	return db.Query[Scope](ctx, m.DB, `SELECT token, kind, id, number FROM impact_scope WHERE token = $1 ORDER BY number`, key)
}

func (m *Module) tellKey(ctx context.Context, kind string, k Key, h people.Holding) error {
	_, err := m.Log.Append(ctx, event.Event{Kind: kind, Subject: event.Subject{Kind: SubjectKey, ID: k.ID}, Related: []event.Subject{{Kind: "body", ID: k.Body}},
		Data: map[string]string{"key": k.Name}, Actor: event.Actor{Person: person(ctx), Post: h.Post, Body: h.Body}})
	return err
}
