package room

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"ronda/city/meetings"
	"ronda/platform/ui"
)

// The parts of a page that changes alter, by the id of their element.
const (
	partNow    = "room-now"
	partAgenda = "room-agenda"
	partBudget = "room-budget"
	partItem   = "room-item-" // with the id of an item: its row
	partQueue  = "room-queue"
	partRecord = "room-record"
	partPeople = "room-people"
)

// ticking is a time that runs in the browser: since a moment, or standing still.
type ticking struct {
	Spent   time.Duration
	Since   int64 // unix milliseconds at which it would have been 0; 0 while it stands still
	Limit   int   // seconds; 0 for none
	Running bool
}

func running(spent time.Duration, now time.Time, limit int) ticking {
	return ticking{Spent: spent, Since: now.Add(-spent).UnixMilli(), Limit: limit, Running: true}
}

// Text is the time as a clock shows it: "4:05", "1:04:05".
func (k ticking) Text() string {
	s := int(k.Spent.Seconds())
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// Over says whether the limit has passed.
func (k ticking) Over() bool { return k.Limit > 0 && k.Spent >= time.Duration(k.Limit)*time.Second }

// Dash draws the part of the ring that has gone by, of a path of length 100.
func (k ticking) Dash() string {
	if k.Limit == 0 {
		return "0 100"
	}
	return strconv.Itoa(min(100, int(k.Spent.Seconds())*100/k.Limit)) + " 100"
}

// nowView is what happens in the room now.
type nowView struct {
	State   meetings.State
	Begins  string
	Item    *itemView
	Clock   ticking // of the item; of the meeting between two items
	Planned string  // how long that was to take
	Speaker string
	Turn    ticking
	Next    string // title of the item that comes
}

func (h hall) now(ctx context.Context) nowView {
	v := nowView{State: h.Meeting.State, Begins: h.hour(h.Meeting.Starts), Planned: t(ctx, "minutes", "count", h.Meeting.Length)}
	if v.State == meetings.Running {
		v.Clock = running(h.Room.Now.Sub(h.Meeting.Began), h.Room.Now, h.Meeting.Length*60)
	}
	for n, it := range h.Items {
		switch {
		case it.State == meetings.ItemOpen:
			row := h.item(ctx, n, it)
			v.Item, v.Planned, v.Clock = &row, row.Planned, running(it.Elapsed(h.Room.Now), h.Room.Now, it.Minutes*60)
		case it.State == meetings.ItemWaiting && v.Next == "":
			v.Next = it.Title
		}
	}
	if turn := h.speaking(); turn != nil {
		v.Speaker, v.Turn = h.names[turn.Key], running(h.Room.Now.Sub(turn.Began), h.Room.Now, turn.Seconds)
	}
	return v
}

// itemView is an item of the agenda.
type itemView struct {
	meetings.Item
	No        int
	Planned   string
	Minutes   string // planned, and taken so far
	Late      bool   // took, or takes, longer than planned
	Presenter string
	State     ui.State
	Results   []result
}

// agendaView is the agenda with the time it takes, drawn.
type agendaView struct {
	Items    []itemView
	Bars     []bar
	Length   string // where the meeting's length ends in the drawing
	Text     string // the drawing in words
	Warnings []string
}

// bar is one item in the drawing of the time: a thousandth is a part of its width.
type bar struct {
	X, Width int
	Class    string
	Title    string
}

func (h hall) agenda(ctx context.Context) agendaView {
	v := agendaView{Text: t(ctx, "budget.text", "planned", h.Budget.Planned, "length", h.Budget.Length, "spent", h.spent())}
	for _, w := range h.Warnings {
		v.Warnings = append(v.Warnings, i18nText(ctx, w))
	}
	whole := max(1, h.Budget.Length, h.Budget.Planned)
	at := 0
	for n, it := range h.Items {
		row := h.item(ctx, n, it)
		v.Items = append(v.Items, row)
		width := it.Minutes * 1000 / whole
		v.Bars = append(v.Bars, bar{at, max(2, width-3), "b-" + string(it.State), it.Title})
		at += width
	}
	if h.Budget.Length > 0 && h.Budget.Length < whole {
		v.Length = strconv.Itoa(h.Budget.Length * 1000 / whole)
	}
	return v
}

// spent is how many minutes the items took so far.
func (h hall) spent() int {
	var sum time.Duration
	for _, it := range h.Items {
		sum += it.Elapsed(h.Room.Now)
	}
	return int(sum.Minutes())
}

func (h hall) item(ctx context.Context, n int, it meetings.Item) itemView {
	spent := it.Elapsed(h.Room.Now)
	v := itemView{Item: it, No: n + 1, Minutes: t(ctx, "minutes", "count", it.Minutes), Planned: t(ctx, "minutes", "count", it.Minutes), Presenter: h.who(ctx, it.Presenter),
		Late: it.Minutes > 0 && spent > time.Duration(it.Minutes)*time.Minute, Results: h.results(ctx, it.ID)}
	if spent >= time.Minute {
		v.Minutes = t(ctx, "took", "spent", int(spent.Minutes()), "planned", it.Minutes)
	}
	switch {
	case it.State == meetings.ItemOpen:
		v.State = ui.State{Tone: ui.Now, Text: t(ctx, "item.open")}
	case it.State == meetings.ItemClosed && it.Outcome.PutsOff():
		v.State = ui.State{Tone: ui.Warn, Text: t(ctx, "outcome."+string(it.Outcome)), Icon: "back"}
	case it.State == meetings.ItemClosed:
		v.State = ui.State{Tone: ui.Good, Text: t(ctx, "outcome."+string(it.Outcome))}
	case spent > 0:
		v.State = ui.State{Tone: ui.Plain, Text: t(ctx, "item.paused")}
	default:
		v.State = ui.State{Tone: ui.Plain, Text: t(ctx, "item.waiting")}
	}
	return v
}

// result is a decision or a commitment as it fell.
type result struct {
	Number, Href, Text, Who, Due string
	Task                         bool
}

// results are the decisions and commitments of an item, or of all when item is
// "*", the newest first.
func (h hall) results(ctx context.Context, item string) []result {
	var out []result
	for _, d := range slices.Backward(h.Decisions) {
		if (item == "*" || d.Item == item) && d.State != meetings.Dropped {
			out = append(out, result{d.Number, "/decisiones/" + d.Number, d.Text, h.who(ctx, d.Owner), h.words.Day(ctx, d.Due), false})
		}
	}
	for _, c := range slices.Backward(h.Commitments) {
		if (item == "*" || c.Item == item) && c.State != meetings.Dropped {
			out = append(out, result{c.Number, "/compromisos/" + c.Number, c.What, h.owes(ctx, c), h.words.Day(ctx, c.Due), true})
		}
	}
	return out
}

func (h hall) owes(ctx context.Context, c meetings.Commitment) string {
	if c.WhoKind != meetings.WhoPerson {
		return h.who(ctx, c.Who)
	}
	for _, a := range h.Attendees {
		if a.Person == c.Who {
			return h.names[a.Key]
		}
	}
	return t(ctx, "someone")
}

// queueView is who speaks and who waits to.
type queueView struct {
	Turns []turnView
	More  int    // who wait beyond those shown
	Order string // marks of all who wait, in order
}

type turnView struct {
	ID, Name, Rank string
	Speaking       bool
	Clock          ticking
	Since          string
}

// queueShown is how many of the queue are drawn.
const queueShown = 10

func (h hall) queue(ctx context.Context) queueView {
	var v queueView
	var order []string
	for _, turn := range h.Queue {
		row := turnView{ID: turn.ID, Name: h.names[turn.Key], Rank: h.rank(ctx, h.people[turn.Key].Rank), Since: h.hour(turn.Asked)}
		if turn.State == meetings.TurnSpeaking {
			row.Speaking, row.Clock = true, running(h.Room.Now.Sub(turn.Began), h.Room.Now, turn.Seconds)
		} else {
			order = append(order, h.mark(turn.Key))
		}
		if len(v.Turns) < queueShown {
			v.Turns = append(v.Turns, row)
		} else {
			v.More++
		}
	}
	v.Order = strings.Join(order, " ")
	return v
}

// place is the person's own turn, nil without one, and its place among those
// who wait, from 1; 0 while they speak.
func (h hall) place() (turn *meetings.Turn, place int) {
	n := 0
	for i := range h.Queue {
		waits := h.Queue[i].State == meetings.TurnWaiting
		if waits {
			n++
		}
		if h.Me == "" || h.Queue[i].Key != h.Me {
			continue
		}
		if !waits {
			return &h.Queue[i], 0
		}
		return &h.Queue[i], n
	}
	return nil, 0
}
