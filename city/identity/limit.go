package identity

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// limit is how often something may happen in a window of time. It counts in the
// database, so that it holds over all copies of the program and a restart.
type limit struct {
	name   string
	max    int
	window time.Duration
}

// A ministry may sit behind one address of the network, so the limits by
// network are wide; those by mail address bound what guessing can reach: at ten
// wrong codes a day, trying as many codes as there are takes 270 years.
var (
	codesByAddress    = limit{"codes by address", 5, time.Hour}
	codesByNetwork    = limit{"codes by network", 100, time.Hour}
	wrongByAddress    = limit{"wrong by address", 10, 24 * time.Hour}
	wrongByNetwork    = limit{"wrong by network", 50, time.Hour}
	passkeysByNetwork = limit{"passkeys by network", 300, time.Hour}
	linksByNetwork    = limit{"links by network", 20, time.Hour}
)

// count notes that it happened and says whether it was still within the limit,
// in the running transaction.
func (m *Module) count(ctx context.Context, l limit, key string) (within bool, err error) {
	now := clock.Now(ctx)
	n, err := db.One[int](ctx, m.db, `INSERT INTO identity_limit (bucket, n, expires) VALUES ($1, 1, $2)
		ON CONFLICT (bucket) DO UPDATE SET n = identity_limit.n + 1 RETURNING n`, m.bucket(l, key, now), now.Add(l.window))
	return n <= l.max, err
}

// open says whether it may happen once more.
func (m *Module) open(ctx context.Context, l limit, key string) (bool, error) {
	n, _, err := db.Find[int](ctx, m.db, `SELECT n FROM identity_limit WHERE bucket = $1`, m.bucket(l, key, clock.Now(ctx)))
	return n < l.max, err
}

// bucket names the counter of the window that now lies in, without telling the
// key.
func (m *Module) bucket(l limit, key string, now time.Time) string {
	window := now.UnixNano() / int64(l.window)
	return hex.EncodeToString(m.keyed(l.name, key, strconv.FormatInt(window, 10)))
}

// keyed hashes words with the pepper.
func (m *Module) keyed(words ...string) []byte {
	h := hmac.New(sha256.New, m.pepper)
	for _, w := range words {
		h.Write([]byte(strconv.Itoa(len(w)) + ":" + w))
	}
	return h.Sum(nil)
}

// tooMany is the answer beyond a limit, the same whatever was counted.
func tooMany() error { return refused{fault.New(fault.TooMany, "identity.too_many")} }

// refused is a fault on whose way something was counted.
type refused struct{ error }

// Unwrap gives the fault.
func (r refused) Unwrap() error { return r.error }

// settle runs fn in a transaction that is committed although fn refuses, so that
// what it counted stays. fn refuses before it changes anything else.
func (m *Module) settle(ctx context.Context, fn func(ctx context.Context) error) error {
	var refusal error
	err := m.db.Write(ctx, func(ctx context.Context) error {
		refusal = nil
		err := fn(ctx)
		if errors.As(err, &refused{}) {
			refusal = err
			return nil
		}
		return err
	})
	return either(err, refusal)
}
