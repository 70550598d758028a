package ideas

import (
	"context"
	"fmt"
	"time"

	"ronda/platform/clock"
	"ronda/platform/fault"
)

// Voice is the support of one person at a time.
type Voice struct {
	Person string
	At     time.Time
}

// Chorus gives an invented idea (number) the voices of invented people, all at
// once. It is for stories: it asks no policy, knows no limits and looks for no
// brigades, because nobody real is behind it. Everything else is as if each of
// them had supported the idea: each is counted once, in its family too. Conflict
// for an idea that is not invented.
func (m *Module) Chorus(ctx context.Context, number string, voices []Voice) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		i, err := m.lock(ctx, number)
		if err != nil {
			return err
		}
		if !i.Invented {
			return fault.New(fault.Conflict, "ideas.fault.state")
		}
		v := voiced{ID: i.ID, Challenge: i.Challenge, State: i.State, Author: i.Author, Family: i.Family, Supports: i.Supports, Published: i.Published}
		if err := m.takesVoices(ctx, v); err != nil {
			return err
		}
		by, err := m.sing(ctx, v, voices)
		if err != nil || by == 0 {
			return err
		}
		v.Family = "" // counted voice by voice
		return m.moveVoice(ctx, v, "", by)
	})
}

// sing writes the voices and counts those that are new.
func (m *Module) sing(ctx context.Context, v voiced, voices []Voice) (by int, err error) {
	for _, x := range voices {
		if x.At.After(clock.Now(ctx)) || x.At.Before(v.Published) {
			return by, fmt.Errorf("a voice of %v on an idea of %v", x.At, v.Published)
		}
		n, err := m.db.Exec(ctx, `INSERT INTO ideas_support (idea, person, at, fresh) VALUES ($1, $2, $3, FALSE) ON CONFLICT (idea, person) DO NOTHING`,
			v.ID, x.Person, x.At)
		if err != nil {
			return by, err
		}
		if n == 0 {
			continue
		}
		by++
		if v.Family == "" {
			continue
		}
		if err := m.familyVoice(ctx, v.Family, x.Person, 1); err != nil {
			return by, err
		}
	}
	return by, nil
}
