package room

import (
	"context"
	"slices"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/city/meetings"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// peopleView is who is in the room.
type peopleView struct {
	Present  int
	Invited  int
	Quorum   string // how many are there of those needed; empty without a quorum
	Reached  bool
	Capacity string
	Crowded  bool
	Ranks    ui.Bars
	Rows     []personView // only where people are checked in
}

// personView is somebody on the list of attendance.
type personView struct {
	Key, Mark, Name, Body, Rank, For string
	State                            ui.State
	In                               bool
	Stands                           bool // holds a post, in whose place a delegate may come
	Hours                            string
}

func (h hall) attendance(ctx context.Context) peopleView {
	v := peopleView{Invited: len(h.Attendees), Ranks: ui.Bars{Label: t(ctx, "people.ranks")}}
	counts := map[string]int{}
	for _, a := range h.Attendees {
		if a.Present() {
			v.Present++
			counts[a.Rank]++
		}
	}
	for _, rank := range h.rankOrder(counts) {
		v.Ranks.Items = append(v.Ranks.Items, ui.Bar{Name: h.rank(ctx, rank), Value: float64(counts[rank])})
	}
	if q := h.Meeting.Quorum; q > 0 && !h.Meeting.State.Coming() {
		v.Quorum, v.Reached = t(ctx, "people.quorum", "present", v.Present, "quorum", q), v.Present >= q
	}
	if c := h.Meeting.Capacity; c > 0 {
		v.Capacity, v.Crowded = t(ctx, "people.capacity", "present", v.Present, "capacity", c), v.Present > c
	}
	return v
}

// rankOrder is the ranks that are there, the highest first.
func (h hall) rankOrder(counts map[string]int) []string {
	var known []string
	for _, r := range charter.Ranks {
		known = append(known, string(r))
	}
	known = append(known, meetings.RankSpecialist, meetings.RankGuest, meetings.RankCitizen)
	return slices.DeleteFunc(known, func(r string) bool { return counts[r] == 0 })
}

// roll is the attendance with a row for everybody, those in the room first.
func (h hall) roll(ctx context.Context) peopleView {
	v := h.attendance(ctx)
	for _, a := range h.Attendees {
		v.Rows = append(v.Rows, h.person(ctx, a))
	}
	slices.SortStableFunc(v.Rows, func(a, b personView) int {
		if a.In != b.In {
			if a.In {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Name, b.Name)
	})
	return v
}

func (h hall) person(ctx context.Context, a meetings.Attendee) personView {
	p := personView{Key: a.Key, Mark: h.mark(a.Key), Name: h.names[a.Key], Rank: h.rank(ctx, a.Rank), In: a.Present(), Stands: a.Post != "" && a.Rank != string(charter.RankDelegate),
		Hours: h.stay(ctx, a), For: h.who(ctx, a.For)}
	if a.Body != "" && a.Post != "" {
		p.Body = h.words.Body(ctx, a.Body)
	}
	if a.For != "" && a.For == a.Post { // somebody whom nobody named, in the place of whoever was invited
		p.Name, p.For = t(ctx, "people.in_place", "who", p.For), ""
	}
	p.State = h.standing(ctx, a)
	return p
}

// standing says where somebody is, or before the meeting what they answered.
func (h hall) standing(ctx context.Context, a meetings.Attendee) ui.State {
	switch {
	case a.Present():
		return ui.State{Tone: ui.Good, Text: t(ctx, "people.in")}
	case a.Came():
		return ui.State{Tone: ui.Plain, Text: t(ctx, "people.gone")}
	case a.Reply == meetings.Declined:
		return ui.State{Tone: ui.Bad, Text: t(ctx, "people.declined")}
	case !h.Meeting.State.Coming():
		return ui.State{Tone: ui.Plain, Text: t(ctx, "people.awaited")}
	case a.Reply == meetings.Accepted:
		return ui.State{Tone: ui.Good, Text: t(ctx, "people.accepted")}
	case a.Reply == meetings.Tentative:
		return ui.State{Tone: ui.Now, Text: t(ctx, "people.tentative")}
	}
	return ui.State{Tone: ui.Plain, Text: t(ctx, "people.silent")}
}

// stay says since when somebody is in, or when they went.
func (h hall) stay(ctx context.Context, a meetings.Attendee) string {
	switch {
	case a.Present():
		return t(ctx, "people.since", "time", h.hour(a.In))
	case a.Came():
		return t(ctx, "people.until", "time", h.hour(a.Out), "minutes", int(a.Spent/time.Minute))
	}
	return ""
}

// ranks are what somebody may sit as: the ranks of posts, then those of guests.
func (h hall) ranks(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, r := range charter.Ranks {
		out = append(out, ui.Option{Value: string(r), Text: h.rank(ctx, string(r))})
	}
	for _, r := range []string{meetings.RankSpecialist, meetings.RankGuest, meetings.RankCitizen} {
		out = append(out, ui.Option{Value: r, Text: h.rank(ctx, r)})
	}
	return out
}

// owners are who a decision or a commitment can fall on: the posts and bodies of
// the room. Values are "post:CODE" and "body:CODE".
func (h hall) owners(ctx context.Context) []ui.Option {
	var posts, bodies []ui.Option
	seen := map[string]bool{"": true}
	for _, a := range h.Attendees {
		if !seen["p"+a.Post] && a.Post != "" {
			posts = append(posts, ui.Option{Value: "post:" + a.Post, Text: h.words.Post(ctx, a.Post), Group: t(ctx, "owner.posts")})
		}
		if !seen["b"+a.Body] && a.Body != "" {
			bodies = append(bodies, ui.Option{Value: "body:" + a.Body, Text: h.words.Body(ctx, a.Body), Group: t(ctx, "owner.bodies")})
		}
		seen["p"+a.Post], seen["b"+a.Body] = true, true
	}
	byText := func(a, b ui.Option) int { return strings.Compare(a.Text, b.Text) }
	slices.SortFunc(posts, byText)
	slices.SortFunc(bodies, byText)
	return append(posts, bodies...)
}

// i18nText says a warning.
func i18nText(ctx context.Context, w meetings.Warning) string { return i18n.T(ctx, w.Key, w.Args...) }
