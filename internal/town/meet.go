package town

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"ronda/city/charter"
	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/platform/clock"
)

const (
	heldMax  = 50                      // meetings with minutes, one a week
	guestsOf = 20                      // of each meeting
	pointsOf = 6                       // on the agenda of a meeting that was held
	feedKey  = "secretoparalamedicion" // opens the feed of the first direction
	feedMail = "direccion@ciudad.test"
)

// host is who holds the meetings of a town.
type host struct {
	*meetings.Module
	t      *Town
	r      *rand.Rand
	head   people.Standing // of the coordination
	guests []meetings.Guest
}

// Meet has the coordination hold so many meetings: a weekly series with minutes,
// attendance, decisions and commitments, and the others, one by one, in the
// months to come. Whoever heads the first direction is invited to all and has
// the feed of FeedPath.
func (t *Town) Meet(ctx context.Context, c *Cast, n int) error {
	h := &host{t: t, r: rand.New(rand.NewPCG(8, 8)), head: t.Head(c, t.Charter.Office(charter.OfficeCoordination)),
		Module: meetings.New(meetings.Deps{DB: t.DB, Log: t.Log, Charters: t.charters, People: t.People, Steps: t.Roundtable})}
	for _, who := range c.Directions[:min(guestsOf, len(c.Directions))] {
		h.guests = append(h.guests, meetings.Guest{Post: who.Posts[0].Post})
	}
	held := min(heldMax, n/2)
	if err := h.series(ctx, held); err != nil {
		return fmt.Errorf("series: %w", err)
	}
	for first := 0; first < n-held; first += actsAtOnce {
		err := t.DB.Write(ctx, func(ctx context.Context) error {
			for i := first; i < min(first+actsAtOnce, n-held); i++ {
				if err := h.coming(ctx, i); err != nil {
					return fmt.Errorf("meeting %d: %w", i, err)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return t.openFeed(ctx, c.Directions[0].Person)
}

// MinutesYear is the year of the minutes of a town with meetings.
func MinutesYear() int { return time.Now().Year() - 1 }

// as is the context of the coordination's head at a time.
func (h *host) as(ctx context.Context, at time.Time) context.Context {
	return people.With(clock.At(ctx, at), h.head)
}

// series is a weekly meeting that took place so many times within the last year
// that is over, at most 50.
func (h *host) series(ctx context.Context, n int) error {
	first := time.Date(MinutesYear(), time.January, 8, 13, 0, 0, 0, time.UTC)
	at := h.as(ctx, first.Add(-24*time.Hour))
	s, err := h.CreateSeries(at, meetings.Series{Kind: meetings.Weekly, Title: "Reunión semanal de la mesa", Place: "Sala de la mesa", Chair: h.head.Posts[0].Post,
		First: first, Clock: "10:00", Length: 90, Rule: meetings.Rule{Every: 1, Unit: meetings.EveryWeek, Weekday: first.Weekday(), Count: n}, Guests: h.guests})
	if err != nil {
		return err
	}
	if err := h.CallSeries(at, s.Number); err != nil {
		return err
	}
	list, err := h.List(at, meetings.Filter{Series: s.ID}, "", n)
	if err != nil {
		return err
	}
	for _, x := range list.Meetings {
		if err := h.t.DB.Write(ctx, func(ctx context.Context) error { return h.hold(ctx, x) }); err != nil {
			return fmt.Errorf("%s: %w", x.Number, err)
		}
	}
	return nil
}

// hold is a meeting from its agenda to the signature of its minutes.
func (h *host) hold(ctx context.Context, x meetings.Meeting) error {
	var items []meetings.Item
	before, during, after := h.as(ctx, x.Starts.Add(-time.Hour)), h.as(ctx, x.Starts), h.as(ctx, x.Ends())
	for range pointsOf {
		i, err := h.AddItem(before, x.Number, meetings.Item{Title: title(h.r, "la Ciudad"), Text: pick(h.r, openings), Wanted: meetings.Decide, Minutes: 15})
		if err != nil {
			return err
		}
		items = append(items, i)
	}
	if err := h.Begin(during, x.Number); err != nil {
		return err
	}
	for _, g := range h.guests[:len(h.guests)*3/4] {
		if err := h.CheckIn(during, x.Number, meetings.Arrival{Key: "post:" + g.Post}); err != nil {
			return err
		}
	}
	for _, i := range items {
		if err := h.treat(during, x.Number, i); err != nil {
			return err
		}
	}
	for _, end := range []func(context.Context, string) error{h.End, h.Approve, h.Sign} {
		if err := end(after, x.Number); err != nil {
			return err
		}
	}
	return nil
}

// treat is what is said and decided of an item.
func (h *host) treat(ctx context.Context, number string, i meetings.Item) error {
	if _, err := h.Note(ctx, number, i.ID, 0, text(h.r, 3)); err != nil {
		return err
	}
	owner := pick(h.r, h.guests).Post
	if _, err := h.RecordCommitment(ctx, number, i.ID, meetings.Commitment{What: pick(h.r, middles), Who: owner}); err != nil {
		return err
	}
	return h.CloseItem(ctx, number, i.ID, meetings.Closing{Outcome: meetings.Decided, Decisions: []meetings.Decision{{Text: pick(h.r, middles), Owner: owner}}})
}

// coming is a meeting of its own, planned and called, some hours after the one
// before.
func (h *host) coming(ctx context.Context, n int) error {
	now := time.Now()
	at := h.as(ctx, now)
	x, err := h.CreateMeeting(at, meetings.Meeting{Kind: meetings.Free, Title: title(h.r, "la Ciudad"), Purpose: text(h.r, 1), Place: "Sala de la mesa",
		Starts: now.Add(24*time.Hour + time.Duration(n)*9*time.Hour), Length: 60, Chair: h.head.Posts[0].Post}, h.guests)
	if err != nil {
		return err
	}
	for range 3 {
		i := meetings.Item{Title: title(h.r, "la Ciudad"), Text: pick(h.r, openings), Wanted: meetings.Discuss, Minutes: 15}
		if _, err := h.AddItem(at, x.Number, i); err != nil {
			return err
		}
	}
	return h.CallMeeting(at, x.Number)
}

// FeedPath is where the feed of the first direction of a town with meetings is.
const FeedPath = "/calendario/" + feedKey + ".ics"

// openFeed gives a person an account, and a feed under the known secret.
func (t *Town) openFeed(ctx context.Context, person string) error {
	if err := t.Register(ctx, map[string]string{person: feedMail}); err != nil {
		return err
	}
	return t.DB.Write(ctx, func(ctx context.Context) error {
		_, err := t.DB.Exec(ctx, `INSERT INTO invitations_secret (person, secret, made) VALUES ($1, $2, $3)`, person, feedKey, time.Now())
		return err
	})
}
