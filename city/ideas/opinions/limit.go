package opinions

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// limit is how often something may happen in a window of time. It counts in the
// database, so that it holds over all copies of the program.
type limit struct {
	name   string
	max    int
	window time.Duration
}

// Nobody reads a statement in under a second; a school may sit behind one
// address of the network.
var (
	votesByPerson     = limit{"votes by person", 60, time.Minute}
	votesByNetwork    = limit{"votes by network", 1500, time.Minute}
	proposalsByPerson = limit{"proposals by person", 5, 24 * time.Hour}
	proposalsByNet    = limit{"proposals by network", 100, 24 * time.Hour}
)

// within counts once more for the key, in the running transaction, and refuses
// beyond the limit. What is refused is rolled back with the rest, which leaves
// the count where it was: at the limit.
func (m *Module) within(ctx context.Context, l limit, key string) error {
	now := clock.Now(ctx)
	window := now.UnixNano() / int64(l.window)
	mac := hmac.New(sha256.New, m.Pepper)
	mac.Write([]byte(l.name + "\x00" + key + "\x00" + strconv.FormatInt(window, 10)))
	n, err := db.One[int](ctx, m.db, `INSERT INTO opinions_limit (bucket, n, expires) VALUES ($1, 1, $2)
		ON CONFLICT (bucket) DO UPDATE SET n = opinions_limit.n + 1 RETURNING n`, hex.EncodeToString(mac.Sum(nil)), now.Add(l.window))
	if err == nil && n > l.max {
		err = fault.New(fault.TooMany, "ideas.opinions.fault.many")
	}
	return err
}

// Sweep drops counters whose window is over. Once a day is often enough.
func (m *Module) Sweep(ctx context.Context) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		_, err := m.db.Exec(ctx, `DELETE FROM opinions_limit WHERE expires < $1`, clock.Now(ctx))
		return err
	})
}
