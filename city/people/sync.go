package people

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"

	"ronda/city/charter"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// SyncFrom is Sync with every version that the store holds. Inside the write that
// installs a version the store does not tell of it yet: hand it over as fresh.
func (m *Module) SyncFrom(ctx context.Context, store *charter.Store, fresh ...*charter.Charter) (err error) {
	defer fault.Wrap(&err, "SyncFrom")
	list, err := store.List(ctx)
	if err != nil {
		return err
	}
	versions := make([]*charter.Charter, len(list))
	for i, v := range list {
		if versions[i], err = store.ByID(ctx, v.ID); err != nil {
			return err
		}
	}
	return m.Sync(ctx, append(versions, fresh...)...)
}

// Sync makes the bodies and posts of the charter's versions the city's. It is
// told all versions each time, on start and after one is loaded, and does
// nothing when it holds them already. What was founded in the program stays;
// what was ended in the program stays ended unless a version names an earlier
// day.
func (m *Module) Sync(ctx context.Context, versions ...*charter.Charter) (err error) {
	defer fault.Wrap(&err, "Sync(%d versions)", len(versions))
	if versions = inOrder(versions); len(versions) == 0 {
		return nil
	}
	digest := digestOf(versions)
	return m.db.Write(ctx, func(ctx context.Context) error {
		if err := m.takeTurn(ctx, turnStructure); err != nil {
			return err
		}
		held, err := m.synced(ctx)
		if err != nil || held == digest {
			return err
		}
		changed, err := m.syncBodies(ctx, versions)
		if err != nil {
			return err
		}
		if err := m.syncPosts(ctx, versions); err != nil {
			return err
		}
		if err := m.settle(ctx); err != nil {
			return err
		}
		if err := m.setSynced(ctx, digest); err != nil {
			return err
		}
		return m.announceSync(ctx, versions[len(versions)-1], held == "", changed)
	})
}

// inOrder is the versions by their first day; of several with the same day the
// last one installed counts.
func inOrder(versions []*charter.Charter) []*charter.Charter {
	sorted := slices.Clone(versions)
	slices.SortStableFunc(sorted, func(a, b *charter.Charter) int {
		return cmp.Or(cmp.Compare(a.Version.ValidFrom, b.Version.ValidFrom), cmp.Compare(a.Version.Number, b.Version.Number))
	})
	var out []*charter.Charter
	for i, c := range sorted {
		if i+1 == len(sorted) || sorted[i+1].Version.ValidFrom != c.Version.ValidFrom {
			out = append(out, c)
		}
	}
	return out
}

// digestOf tells one sequence of versions from another.
func digestOf(versions []*charter.Charter) string {
	h := sha256.New()
	for _, v := range versions {
		fmt.Fprintf(h, "%s %s\n", v.Version.ValidFrom, v.Version.SHA256)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// announceSync says which bodies changed; the very first load names none.
func (m *Module) announceSync(ctx context.Context, c *charter.Charter, first bool, changed []string) error {
	var about []event.Subject
	if !first {
		for _, code := range changed {
			about = append(about, event.Subject{Kind: SubjectBody, ID: code})
		}
	}
	return m.announce(ctx, event.Event{Kind: EventSynced, Subject: event.Subject{Kind: SubjectCity, ID: c.City.Code}, Related: about, Public: true,
		Data: map[string]string{"charter": c.Version.SHA256, "bodies": strconv.Itoa(c.Bodies.Len()), "posts": strconv.Itoa(c.Posts.Len()), "changed": strconv.Itoa(len(changed))}})
}

// syncBodies writes the bodies of the versions and lists the codes of those
// that are not what they were.
func (m *Module) syncBodies(ctx context.Context, versions []*charter.Charter) ([]string, error) {
	before, err := m.bodyTerms(ctx)
	if err != nil {
		return nil, err
	}
	codes := codesOf(versions, func(c *charter.Charter) []charter.Body { return c.Bodies.All() })
	ended, err := m.endedBodies(ctx)
	if err != nil {
		return nil, err
	}
	var changed []string
	var terms []bodyTerm
	for place, code := range codes {
		since, until, spans := history(bodySightings(versions, code))
		if day, ok := ended[code]; ok {
			until = earlier(until, day)
		}
		if err := m.putBody(ctx, code, since, until, place, true); err != nil {
			return nil, err
		}
		mine := termsOf(code, clip(spans, since, until))
		if !slices.Equal(mine, before[code]) {
			changed = append(changed, code)
		}
		terms = append(terms, mine...)
	}
	if err := m.replaceBodyTerms(ctx, codes, terms); err != nil {
		return nil, err
	}
	return changed, m.putHeirs(ctx, versions[len(versions)-1])
}

// codesOf are the codes that any version has, in the order of the latest, those
// it dropped at the end.
func codesOf[T charter.Coded](versions []*charter.Charter, all func(*charter.Charter) []T) []string {
	var codes []string
	seen := map[string]bool{}
	for _, c := range slices.Backward(versions) {
		for _, x := range all(c) {
			if !seen[x.Key()] {
				seen[x.Key()] = true
				codes = append(codes, x.Key())
			}
		}
	}
	return codes
}

func bodySightings(versions []*charter.Charter, code string) []sighting[bodyFacts] {
	list := make([]sighting[bodyFacts], len(versions))
	for i, c := range versions {
		b, ok := c.Bodies.Get(code)
		list[i] = sighting[bodyFacts]{day: c.Version.ValidFrom, seen: ok, from: b.From, to: b.To,
			facts: bodyFacts{b.Kind, stored(b.Name), b.Short, stored(b.About), b.Parent, b.Territory}}
	}
	return list
}

func termsOf(code string, spans []span[bodyFacts]) []bodyTerm {
	out := make([]bodyTerm, len(spans))
	for i, s := range spans {
		out[i] = bodyTerm{code, s.since, s.until, s.facts}
	}
	return out
}

// syncPosts writes the posts of the versions; a post lives no longer than its
// body.
func (m *Module) syncPosts(ctx context.Context, versions []*charter.Charter) error {
	codes := codesOf(versions, func(c *charter.Charter) []charter.Post { return c.Posts.All() })
	ended, err := m.endedPosts(ctx)
	if err != nil {
		return err
	}
	lives, err := m.bodyLives(ctx)
	if err != nil {
		return err
	}
	var terms []postTerm
	for place, code := range codes {
		since, until, spans := history(postSightings(versions, code))
		if day, ok := ended[code]; ok {
			until = earlier(until, day)
		}
		if n := len(spans); n > 0 {
			life := lives[spans[n-1].facts.Body]
			since, until = max(since, life.Since), earlier(until, life.Until)
		}
		if err := m.putPost(ctx, code, since, until, place, true); err != nil {
			return err
		}
		for _, s := range clip(spans, since, until) {
			terms = append(terms, postTerm{code, s.since, s.until, s.facts})
		}
	}
	return m.replacePostTerms(ctx, codes, terms)
}

func postSightings(versions []*charter.Charter, code string) []sighting[postFacts] {
	list := make([]sighting[postFacts], len(versions))
	for i, c := range versions {
		p, ok := c.Posts.Get(code)
		list[i] = sighting[postFacts]{day: c.Version.ValidFrom, seen: ok, from: p.From, to: p.To,
			facts: postFacts{p.Body, stored(p.Name), stored(p.About), p.Rank, p.Signs, p.Seats, p.Years, p.Renewals}}
	}
	return list
}

// settle brings what hangs on the structure up to date: what is above each body,
// and the terms of posts that end.
func (m *Module) settle(ctx context.Context) error {
	if err := m.rebuildLines(ctx); err != nil {
		return err
	}
	return m.cutTerms(ctx)
}
