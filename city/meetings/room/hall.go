package room

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"time"

	"ronda/city/charter"
	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/city/roundtable/wording"
)

// hall is a room as one page, or one rendering for all followers, shows it.
type hall struct {
	meetings.Room
	words  wording.Words
	viewer people.Standing
	names  map[string]string // of attendees, by key
	people map[string]meetings.Attendee
}

// enter opens the room of the request's meeting.
func (r *Rooms) enter(q *http.Request) (hall, error) {
	return r.hall(q.Context(), q.PathValue("number"))
}

func (r *Rooms) hall(ctx context.Context, number string) (hall, error) {
	room, err := r.meetings.Room(ctx, number)
	if err != nil {
		return hall{}, err
	}
	h := hall{Room: room, words: wording.Of(ctx, room.Charter, r.people), names: map[string]string{}, people: map[string]meetings.Attendee{}, viewer: people.Me(ctx)}
	persons, err := r.people.Names(ctx, personsOf(room.Attendees)...)
	if err != nil {
		return hall{}, err
	}
	for _, a := range room.Attendees {
		h.people[a.Key], h.names[a.Key] = a, h.nameOf(ctx, a, persons)
	}
	return h, nil
}

// personsOf are those attendees who are known by their person alone.
func personsOf(list []meetings.Attendee) []string {
	var ids []string
	for _, a := range list {
		if a.Post == "" && a.Name == "" && a.Person != "" {
			ids = append(ids, a.Person)
		}
	}
	return ids
}

// nameOf is how an attendee is called in the room: officials by their post.
func (h hall) nameOf(ctx context.Context, a meetings.Attendee, persons map[string]string) string {
	switch {
	case a.Post != "":
		return h.words.Post(ctx, a.Post)
	case a.Name != "":
		return a.Name
	case persons[a.Person] != "":
		return persons[a.Person]
	case a.Body != "":
		return h.words.Body(ctx, a.Body)
	}
	return t(ctx, "someone")
}

// who names the code of a post or a body, or gives back a name as it was typed.
func (h hall) who(ctx context.Context, code string) string {
	if name := h.words.Post(ctx, code); name != code {
		return name
	}
	return h.words.Body(ctx, code)
}

// rank names the rank of an attendee.
func (h hall) rank(ctx context.Context, rank string) string {
	switch rank {
	case "":
		return ""
	case meetings.RankGuest, meetings.RankSpecialist, meetings.RankCitizen:
		return t(ctx, "rank."+rank)
	}
	if name := h.Charter.RankName(charter.Rank(rank)).In(h.words.Lang); name != "" {
		return name
	}
	return rank
}

// hour is a moment on the wall of the city: "10:42".
func (h hall) hour(at time.Time) string { return at.In(h.Charter.City.Zone).Format("15:04") }

// unclosed is the first item without its outcome, nil without one.
func (h hall) unclosed() *meetings.Item {
	for i := range h.Items {
		if h.Items[i].State != meetings.ItemClosed {
			return &h.Items[i]
		}
	}
	return nil
}

// open is the item that is open, nil for none.
func (h hall) open() *meetings.Item {
	for i := range h.Items {
		if h.Items[i].State == meetings.ItemOpen {
			return &h.Items[i]
		}
	}
	return nil
}

// speaking is the turn that runs, nil for none.
func (h hall) speaking() *meetings.Turn {
	for i := range h.Queue {
		if h.Queue[i].State == meetings.TurnSpeaking {
			return &h.Queue[i]
		}
	}
	return nil
}

// mark stands for an attendee in pages: their key may hold a person's id or a
// mail address, which pages of others do not show.
func (h hall) mark(key string) string {
	if key == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(h.Meeting.ID + " " + key))
	return hex.EncodeToString(sum[:6])
}
