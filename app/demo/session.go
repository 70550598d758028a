package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"ronda/city/meetings"
	"ronda/platform/clock"
)

// tell tells one meeting from its agenda to its release.
func (x *session) tell() {
	x.before()
	switch {
	case x.Cancelled:
		x.do(x.warned(3), x.plans.By, x.place, func(ctx context.Context) error { return x.Meetings.CancelMeeting(ctx, x.number(), x.Why) })
		return
	case x.Moved != 0:
		x.move()
	}
	if x.starts.Before(x.days.today) || x.Running > 0 {
		x.during()
		x.after()
	}
}

// ready is when an agenda stands: four days before, or the last working day, once
// the meeting is planned.
func (x *session) ready() time.Time {
	days := int(x.starts.Sub(x.days.today).Hours()/24) - 4
	if x.Nth == 0 {
		days = max(days, x.Made)
	}
	return x.on(min(days, -1), "15:30")
}

// before is the agenda, and who wants to come.
func (x *session) before() {
	x.do(x.ready(), x.plans.By, x.place, func(ctx context.Context) error {
		for _, p := range x.Items {
			if err := x.add(ctx, p); err != nil {
				return fmt.Errorf("%s: %w", p.Title, err)
			}
		}
		return x.split(ctx)
	})
	for _, a := range x.Answers {
		x.do(x.on(a.Day, "16:10"), a.By, x.place, func(ctx context.Context) error { return x.answer(ctx, a) })
	}
	for _, w := range x.Wishes {
		x.wish(w)
	}
}

// add puts a point on the agenda. What comes back is there already, or in the
// backlog of the series.
func (x *session) add(ctx context.Context, p point) error {
	if !p.Back {
		_, err := x.Meetings.AddItem(ctx, x.number(), p.item(x.teller))
		return err
	}
	v, err := x.Meetings.Meeting(ctx, x.number())
	if err != nil || idOf(v, p.Title) != "" {
		return err
	}
	waiting, err := x.Meetings.Backlog(ctx, v.Series.Number)
	for _, i := range waiting {
		if i.Title == p.Title {
			return x.Meetings.TakeFromBacklog(ctx, x.number(), i.ID)
		}
	}
	return err
}

// split makes the working group of a meeting and calls it.
func (x *session) split(ctx context.Context) error {
	if x.Group == nil {
		return nil
	}
	v, err := x.Meetings.Meeting(ctx, x.number())
	if err != nil {
		return err
	}
	g := meetings.Group{Title: x.Group.Title, Place: x.Group.Place, Chair: x.Group.Chair}
	for _, title := range x.Group.Items {
		g.Items = append(g.Items, idOf(v, title))
	}
	for _, post := range x.Group.Guests {
		g.Guests = append(g.Guests, "post:"+post)
	}
	made, err := x.Meetings.SplitGroups(ctx, x.number(), []meetings.Group{g})
	if err != nil {
		return err
	}
	return x.Meetings.CallMeeting(ctx, made[0].Number)
}

// idOf is the id of an item by its title, empty when there is none.
func idOf(v meetings.View, title string) string {
	for _, i := range v.Items {
		if i.Title == title {
			return i.ID
		}
	}
	return ""
}

// answer answers the invitation, or votes on the dates of the poll.
func (x *session) answer(ctx context.Context, a answer) error {
	if len(a.Votes) == 0 {
		return x.Meetings.Respond(ctx, x.number(), a.Says, false)
	}
	v, err := x.Meetings.Meeting(ctx, x.number())
	if err != nil {
		return err
	}
	for n, vote := range a.Votes {
		if err := x.Meetings.Vote(ctx, x.number(), v.Slots[n].ID, vote); err != nil {
			return err
		}
	}
	return nil
}

// wish lets somebody ask to come, and be invited the working day after.
func (x *session) wish(w wish) {
	at := x.on(w.Day, "17:40")
	x.do(at, w.By, x.place, func(ctx context.Context) error {
		return x.Meetings.Interest(ctx, x.number(), meetings.Wish{Organisation: w.Organisation, Text: w.Text})
	})
	if !w.Invited {
		return
	}
	x.do(x.office(at, 1, 10*time.Hour+25*time.Minute), x.plans.By, x.place, func(ctx context.Context) error {
		v, err := x.Meetings.Meeting(ctx, x.number())
		if err != nil {
			return err
		}
		n := slices.IndexFunc(v.Wishes, func(o meetings.Wish) bool { return o.Person == x.persons[w.By] })
		return x.Meetings.AnswerWish(ctx, x.number(), v.Wishes[n].ID, true)
	})
}

// warned is when people hear that a meeting will not be then: so many days before,
// or the last working day.
func (x *session) warned(days int) time.Time {
	return x.on(min(int(x.starts.Sub(x.days.today).Hours()/24)-days, -1), "17:20")
}

// move moves the meeting to another day at the same time.
func (x *session) move() {
	to := x.office(x.starts, x.Moved, 0).Add(x.starts.Sub(clock.DayOf(x.starts, x.days.today.Location()).Time(x.days.today.Location())))
	x.do(x.warned(6), x.plans.By, x.place, func(ctx context.Context) error {
		v, err := x.Meetings.Meeting(ctx, x.number())
		if err != nil {
			return err
		}
		return x.Meetings.MoveMeeting(ctx, x.number(), v.Meeting.Version,
			meetings.Meeting{Starts: to, Length: v.Meeting.Length, Place: v.Meeting.Place, Link: v.Meeting.Link}, x.Why)
	})
	x.starts = to
}

// during is what happens in the room.
func (x *session) during() {
	at := x.starts.Add(2 * time.Minute)
	if x.Running > 0 {
		at = x.starts.Add(time.Duration(x.Running) * time.Minute / 25).Truncate(time.Second)
	}
	x.do(at, x.holders[x.Chair], x.place, func(ctx context.Context) error { return x.Meetings.Begin(ctx, x.number()) })
	x.do(at, x.plans.Writes, x.place, x.checkIn)
	for _, p := range x.Items {
		x.do(at, x.plans.Writes, x.place, func(ctx context.Context) error { return x.openItem(ctx, p) })
		if p.Outcome == "" { // it goes on
			x.goesOn(at, p)
			return
		}
		at = at.Add(time.Duration(p.spent()) * time.Minute)
		x.do(at, x.plans.Writes, x.place, func(ctx context.Context) error { return x.closeItem(ctx, p) })
	}
	at = at.Add(2 * time.Minute)
	if x.Agreed {
		x.do(at, x.plans.Writes, x.place, func(ctx context.Context) error {
			_, err := x.Meetings.AgreeAgenda(ctx, x.number())
			return err
		})
	}
	x.do(at, x.holders[x.Chair], x.place, func(ctx context.Context) error { return x.Meetings.End(ctx, x.number()) })
}

// spent is the minutes that a point took.
func (p point) spent() int {
	if p.Took > 0 {
		return p.Took
	}
	return p.Minutes
}

// checkIn lets everybody in who came.
func (x *session) checkIn(ctx context.Context) error {
	for _, who := range x.Present {
		a := meetings.Arrival{Post: who}
		if ministry, sent := strings.CutPrefix(who, "delegado-"); sent {
			a.For = "ministro-" + ministry
		} else if strings.Contains(who, " ") {
			a = meetings.Arrival{Name: who}
		}
		if err := x.Meetings.CheckIn(ctx, x.number(), a); err != nil {
			return fmt.Errorf("%s: %w", who, err)
		}
	}
	return nil
}

func (x *session) openItem(ctx context.Context, p point) error {
	item, err := x.itemOf(ctx, p)
	if err != nil {
		return err
	}
	return x.Meetings.OpenItem(ctx, x.number(), item)
}

func (x *session) itemOf(ctx context.Context, p point) (string, error) {
	v, err := x.Meetings.Meeting(ctx, x.number())
	if err != nil {
		return "", err
	}
	item := idOf(v, p.Title)
	if item == "" {
		return "", fmt.Errorf("%q is not on the agenda", p.Title)
	}
	return item, nil
}

// closeItem writes the notes of a point, records what fell and closes it.
func (x *session) closeItem(ctx context.Context, p point) error {
	item, err := x.itemOf(ctx, p)
	if err != nil {
		return err
	}
	if p.Notes != "" {
		if _, err := x.Meetings.Note(ctx, x.number(), item, 0, strings.TrimSpace(p.Notes)); err != nil {
			return err
		}
	}
	if err := x.record(ctx, item, p); err != nil {
		return err
	}
	return x.Meetings.CloseItem(ctx, x.number(), item, meetings.Closing{Outcome: p.Outcome, Text: strings.TrimSpace(p.Said)})
}

// goesOn is an item that is open while the story is told: what is written of it
// and who speaks.
func (x *session) goesOn(at time.Time, p point) {
	left := x.days.now.Sub(at)
	x.do(at.Add(left/2), x.plans.Writes, x.place, func(ctx context.Context) error {
		item, err := x.itemOf(ctx, p)
		if err != nil {
			return err
		}
		if _, err := x.Meetings.Note(ctx, x.number(), item, 0, strings.TrimSpace(p.Notes)); err != nil {
			return err
		}
		return x.record(ctx, item, p)
	})
	for n, post := range p.Speakers {
		x.do(at.Add(left*3/4+time.Duration(n)*time.Second), x.plans.Writes, x.place, func(ctx context.Context) error {
			return x.Meetings.AskToSpeak(ctx, x.number(), "post:"+post)
		})
	}
	x.do(at.Add(left*9/10), x.plans.Writes, x.place, func(ctx context.Context) error {
		r, err := x.Meetings.Room(ctx, x.number())
		if err != nil || len(r.Queue) == 0 {
			return err
		}
		return x.Meetings.GiveFloor(ctx, x.number(), r.Queue[0].ID, speech)
	})
}

// speech is how long somebody may speak, in seconds.
const speech = 180
