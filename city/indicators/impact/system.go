package impact

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// ErrKey is that a key opens nothing: it is unknown, has expired or was ended.
// Which of these is not said.
var ErrKey = errors.New("the key does not open")

// limit is how often something may happen in a minute.
type limit struct {
	name string
	max  int
}

var (
	reportsByKey   = limit{"reports by key", 120}
	wrongByNetwork = limit{"wrong keys by network", 30}
)

// ReportWith takes a reading of another system, with its key. network is where it
// comes from, which limits guessing and is never kept. The same value told twice
// gives what stands. Faults: ErrKey, TooMany, Forbidden outside of the key's scope,
// and as Report; a system corrects no closed period.
func (m *Module) ReportWith(ctx context.Context, secret, network string, r Reading) (x Measurement, err error) {
	k, err := m.open(ctx, secret, network)
	if err != nil {
		return x, err
	}
	err = m.DB.Write(ctx, func(ctx context.Context) error {
		x, err = m.take(ctx, r, reporter{&k})
		return err
	})
	return x, err
}

// open finds the key of a secret and counts its use. The count stays whatever
// comes of the reading.
func (m *Module) open(ctx context.Context, secret, network string) (k Key, err error) {
	var refused error
	err = m.DB.Write(ctx, func(ctx context.Context) error {
		refused = nil
		ch, err := m.Charters.Current(ctx)
		if err != nil {
			return err
		}
		r, ok, err := db.Find[keyRow](ctx, m.DB, `SELECT `+keyColumns+` FROM impact_token WHERE hash = $1`, hashed(strings.TrimSpace(secret)))
		if err != nil {
			return err
		}
		k = r.key()
		within, counted := true, limit{}
		if counted = reportsByKey; !ok || !k.Opens(ch.Today(clock.Now(ctx))) {
			counted, refused = wrongByNetwork, ErrKey
			within, err = m.count(ctx, counted, network)
		} else {
			within, err = m.count(ctx, counted, k.ID)
		}
		if !within {
			refused = fault.New(fault.TooMany, "indicators.impact.fault.many")
		}
		if err != nil || refused != nil {
			return err
		}
		_, err = m.DB.Exec(ctx, `UPDATE impact_token SET used = used + 1, used_at = $2 WHERE id = $1`, k.ID, clock.Now(ctx))
		if err == nil {
			k.Scope, err = m.scope(ctx, k.ID)
		}
		return err
	})
	if err == nil {
		err = refused
	}
	return k, err
}

// withKey is the initiative of an indicator for a system with that key: one that
// is public, in the key's scope.
func (m *Module) withKey(ctx context.Context, i Indicator, k Key) (acting, error) {
	in := slices.ContainsFunc(k.Scope, func(s Scope) bool { return s.ID == i.ID || s.ID == i.Initiative })
	if !in {
		return acting{}, fault.New(fault.Forbidden, "indicators.impact.fault.foreign")
	}
	x, err := m.Roundtable.ByID(ctx, i.Initiative)
	if err != nil {
		return acting{}, err
	}
	a, err := m.see(ctx, x.Number)
	if err == nil && a.Initiative.State != roundtable.Adopted {
		err = fault.New(fault.Conflict, "indicators.impact.fault.not_adopted")
	}
	a.As = people.Holding{Body: k.Body, Ministry: k.Ministry}
	return a, err
}

// count notes that it happened and says whether it was within the limit. Counters
// are rows, so all copies of the program count together.
func (m *Module) count(ctx context.Context, l limit, key string) (within bool, err error) {
	now := clock.Now(ctx)
	minute := now.Unix() / 60
	mac := hmac.New(sha256.New, m.Pepper)
	mac.Write([]byte(l.name + "\x00" + key + "\x00" + strconv.FormatInt(minute, 10)))
	n, err := db.One[int](ctx, m.DB, `INSERT INTO impact_limit (bucket, n, expires) VALUES ($1, 1, $2)
		ON CONFLICT (bucket) DO UPDATE SET n = impact_limit.n + 1 RETURNING n`, hex.EncodeToString(mac.Sum(nil)), now.Add(time.Minute))
	return n <= l.max, err
}

// Sweep drops counters whose minute is over. Once an hour is often enough.
func (m *Module) Sweep(ctx context.Context) error {
	return m.DB.Write(ctx, func(ctx context.Context) error {
		_, err := m.DB.Exec(ctx, `DELETE FROM impact_limit WHERE expires < $1`, clock.Now(ctx))
		return err
	})
}
