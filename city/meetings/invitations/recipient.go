package invitations

import (
	"context"
	"time"

	"ronda/city/meetings"
	"ronda/platform/clock"
	"ronda/platform/i18n"
)

// recipient is who gets the mail of a guest.
type recipient struct {
	guest   meetings.Guest
	person  string // empty for somebody from outside
	name    string
	address string // empty when they cannot be reached
	lang    i18n.Lang
	reason  string // why they cannot
}

// Why somebody cannot be reached: codes for messages.
const (
	reasonVacant  = "vacant"  // nobody holds the post
	reasonAccount = "account" // no account that may sign in
	reasonAddress = "address" // from outside, without an address
)

// recipients are those to tell, each once: who is invited by two posts, or by
// name and by post, is one person. day decides who holds a post.
func (m *Module) recipients(ctx context.Context, guests []meetings.Guest, day clock.Day) ([]recipient, error) {
	var out []recipient
	seen := map[string]bool{}
	for _, g := range guests {
		list, err := m.resolve(ctx, g, day)
		if err != nil {
			return nil, err
		}
		for _, r := range list {
			if r.address == "" || !seen[r.address] {
				out = append(out, r)
			}
			seen[r.address] = true
		}
	}
	return out, nil
}

// resolve finds who a guest is on a day.
func (m *Module) resolve(ctx context.Context, g meetings.Guest, day clock.Day) ([]recipient, error) {
	switch {
	case g.Person != "":
		return m.persons(ctx, g, g.Person)
	case g.Post != "":
		return m.holdersOf(ctx, g, day, g.Post)
	case g.Body != "":
		return m.signers(ctx, g, day)
	case g.Address != "":
		return []recipient{{guest: g, name: g.Name, address: g.Address, lang: i18n.Spanish}}, nil
	}
	return []recipient{{guest: g, name: g.Name, lang: i18n.Spanish, reason: reasonAddress}}, nil
}

// holdersOf are whoever holds a post on a day: one, or several where it has seats.
func (m *Module) holdersOf(ctx context.Context, g meetings.Guest, day clock.Day, post string) ([]recipient, error) {
	holders, err := m.People.HoldersOn(ctx, post, day)
	if err != nil {
		return nil, err
	}
	if len(holders) == 0 {
		return []recipient{{guest: g, lang: i18n.Spanish, reason: reasonVacant}}, nil
	}
	var out []recipient
	for _, person := range holders {
		some, err := m.persons(ctx, g, person)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// signers are whoever signs for a body.
func (m *Module) signers(ctx context.Context, g meetings.Guest, day clock.Day) ([]recipient, error) {
	posts, err := m.People.PostsOf(ctx, g.Body)
	if err != nil {
		return nil, err
	}
	for _, p := range posts {
		if p.Signs && p.ActiveOn(day) {
			return m.holdersOf(ctx, g, day, p.Code)
		}
	}
	return []recipient{{guest: g, lang: i18n.Spanish, reason: reasonVacant}}, nil
}

// persons is one person with where they get mails.
func (m *Module) persons(ctx context.Context, g meetings.Guest, person string) ([]recipient, error) {
	r := recipient{guest: g, person: person, lang: i18n.Spanish, reason: reasonAccount}
	names, err := m.People.Names(ctx, person)
	if err != nil {
		return nil, err
	}
	r.name = names[person]
	a, ok, err := m.Accounts(ctx, person)
	if err != nil || !ok {
		return []recipient{r}, err
	}
	r.address, r.lang, r.reason = a.Mail, a.Lang, ""
	return []recipient{r}, nil
}

// dayOf is the day on which holders of posts are asked for: that of the meeting,
// or today for a series.
func (m *Module) dayOf(ctx context.Context, n meetings.Notice, zone *time.Location) clock.Day {
	if n.Meeting != nil && n.Meeting.Starts.After(clock.Now(ctx)) {
		return clock.DayOf(n.Meeting.Starts, zone)
	}
	return clock.DayOf(clock.Now(ctx), zone)
}
