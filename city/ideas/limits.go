package ideas

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"time"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// limit is how often something may be done in an hour by one account and from
// one network, behind which there may be a school or a library.
type limit struct {
	name             string
	account, network int
}

// The limits.
var (
	limitDraft   = limit{"draft", 60, 120}
	limitSend    = limit{"send", 10, 60}
	limitSupport = limit{"support", 200, 2000}
	limitComment = limit{"comment", 30, 200}
	limitReport  = limit{"report", 20, 100}
	limitAsk     = limit{"ask", 20, 100}
	limitImage   = limit{"image", 40, 200}
)

// spend counts one act against the limits, in the running transaction, and
// refuses it when they are reached. Counters are rows, so all copies of the
// program count together.
func (m *Module) spend(ctx context.Context, l limit, person string) error {
	if person != "" {
		if err := m.spendOf(ctx, l.name+":p:"+person, l.account); err != nil {
			return err
		}
	}
	network := visitor(ctx).Network
	if network == "" {
		return nil // the program itself, or a command
	}
	return m.spendOf(ctx, l.name+":n:"+m.hashed(network), l.network)
}

func (m *Module) spendOf(ctx context.Context, name string, most int) error {
	n, err := m.counted(ctx, name, hourOf(clock.Now(ctx)))
	if err == nil && n > most {
		err = fault.New(fault.TooMany, "ideas.fault.limit")
	}
	return err
}

// counted counts one more of something in an hour, and gives how many those are.
func (m *Module) counted(ctx context.Context, name string, hour int64) (int, error) {
	return db.One[int](ctx, m.db, `INSERT INTO ideas_limit (name, hour, n) VALUES ($1, $2, 1)
		ON CONFLICT (name, hour) DO UPDATE SET n = ideas_limit.n + 1 RETURNING n`, name, hour)
}

// hashed stands for an address of the network, or the secret of a visitor, which
// are never kept.
func (m *Module) hashed(what string) string {
	h := hmac.New(sha256.New, m.pepper)
	h.Write([]byte("ideas:" + what))
	return hex.EncodeToString(h.Sum(nil)[:12])
}

func hourOf(t time.Time) int64 { return t.Unix() / 3600 }

// freshFor is how long an account is new.
const freshFor = 7 * 24 * time.Hour

// young says whether the person's account is less than freshFor old.
func (m *Module) young(ctx context.Context, person string) (bool, error) {
	p, err := m.people.Person(ctx, person)
	if fault.Is(err, fault.NotFound) {
		return true, nil
	}
	return clock.Now(ctx).Sub(p.Created) < freshFor, err
}

// first says whether the person has no published idea yet.
func (m *Module) first(ctx context.Context, person string) (bool, error) {
	_, had, err := db.Find[string](ctx, m.db, `SELECT id FROM ideas_idea WHERE author = $1 AND author <> '' AND state = 'published' LIMIT 1`, person)
	return !had, err
}

// untried says whether the person is new here: a young account, or one without a
// published idea. Those who act for the city are not.
func (m *Module) untried(ctx context.Context, who people.Standing) (bool, error) {
	if who.Official() {
		return false, nil
	}
	if young, err := m.young(ctx, who.Person); err != nil || young {
		return young, err
	}
	return m.first(ctx, who.Person)
}

// What new accounts may not write.
var (
	linkLike = regexp.MustCompile(`(?i)(https?:|www\.|[a-z0-9-]+\.(com|net|org|info|biz|xyz|online|ru|io|ly|gl|link|click|gob\.ar|edu\.ar)\b)`)
	tagLike  = regexp.MustCompile(`(?i)</?[a-z!][^<>]*>`)
)

// noLinks refuses links and markup in what somebody new here writes.
func (m *Module) noLinks(ctx context.Context, c *fault.Check, who people.Standing, texts map[string]string) error {
	found := map[string]string{}
	for name, text := range texts {
		if linkLike.MatchString(text) {
			found[name] = "ideas.fault.link"
		} else if tagLike.MatchString(text) {
			found[name] = "ideas.fault.markup"
		}
	}
	if len(found) == 0 {
		return nil
	}
	untried, err := m.untried(ctx, who)
	if err != nil || !untried {
		return err
	}
	for name, key := range found {
		if !c.Failed(name) {
			c.Fail(name, key)
		}
	}
	return nil
}
