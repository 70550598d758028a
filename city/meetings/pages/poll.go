package pages

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"ronda/city/meetings"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// pollDates is how many dates the form has room for.
const pollDates = 5

// votesField is the name of a fault of all votes together.
const votesField = "votes"

// poll asks when people can come.
func (p *Pages) poll(w http.ResponseWriter, r *http.Request) error {
	page, err := p.pollView(r, nil, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) pollView(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	v, err := p.meetings.Meeting(ctx, r.PathValue("number"))
	if err != nil {
		return web.Page{}, err
	}
	edits := v.May[meetings.EditMeeting]
	if !v.Inside || len(v.Slots) == 0 && !edits {
		return web.Page{}, notFound()
	}
	say := p.wordsOf(ctx, v.Charter)
	href := Href(v.Meeting.Number)
	view := pollPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: href, Text: v.Meeting.Title}}, Title: t(ctx, "poll"), Lead: t(ctx, "poll.lead")}, Action: r.URL.Path,
		Slots: say.slots(ctx, v.Slots), Vote: v.Meeting.Polling && v.Me != "", Close: ui.Form{ID: "elegir", Action: r.URL.Path, Values: typed, Errors: wrong}}
	if refused := refusedVotes(wrong); refused != "" {
		view.Notices, view.Close.Errors, wrong = []ui.Notice{{Tone: ui.Bad, Text: refused}}, ui.Errors{}, ui.Errors{}
	}
	for _, x := range []string{meetings.VoteYes, meetings.VoteMaybe, meetings.VoteNo} {
		view.Answers = append(view.Answers, ui.Option{Value: x, Text: t(ctx, "vote."+x)})
	}
	if edits && v.Meeting.Polling {
		for _, s := range v.Slots {
			view.Choose = append(view.Choose, ui.Option{Value: s.ID, Text: slotText(ctx, say, s)})
		}
	}
	if edits && v.Meeting.State == meetings.Planned && v.Meeting.Series == "" && !v.Meeting.Polling {
		view.OpenTitle, view.Open, view.Fields = t(ctx, "poll.new"), ui.Form{ID: "fechas", Action: r.URL.Path, Values: typed, Errors: wrong}, pollFields(ctx)
	}
	page := working(t(ctx, "poll")+": "+v.Meeting.Title, pollBody(view))
	return page, nil
}

// refusedVotes says why votes were not taken: they stand in no form of the house.
func refusedVotes(wrong ui.Errors) string {
	if text := wrong.For(votesField); text != "" {
		return text
	}
	if len(wrong.Fields) == 0 {
		return wrong.Title
	}
	return ""
}

func pollFields(ctx context.Context) []ui.Field {
	var out []ui.Field
	for i := range pollDates {
		out = append(out, ui.Field{Name: "date-" + itoa(i), Label: t(ctx, "field.date", "number", i+1), Kind: ui.DateTime, Required: i < 2, Short: true})
	}
	return out
}

func slotText(ctx context.Context, say words, s meetings.Slot) string {
	return capital(say.long(ctx, s.Starts)) + ", " + say.in(s.Starts).Format("15:04")
}

// slots are the dates with how many can; the one that most can is marked.
func (w words) slots(ctx context.Context, list []meetings.Slot) []slotRow {
	best := 0
	for _, s := range list {
		best = max(best, 2*s.Yes+s.Maybe)
	}
	var out []slotRow
	for _, s := range list {
		row := slotRow{ID: s.ID, Text: slotText(ctx, w, s), Mine: s.Mine, Leaf: leafOf(ctx, w.in(s.Starts), w.now, false), Best: best > 0 && 2*s.Yes+s.Maybe == best}
		row.Votes = splitOf(t(ctx, "poll.votes"), splitPart{Name: "good", Count: s.Yes, Text: t(ctx, "vote.many.yes", "count", s.Yes)},
			splitPart{Name: "maybe", Count: s.Maybe, Text: t(ctx, "vote.many.maybe", "count", s.Maybe)}, splitPart{Name: "late", Count: s.No, Text: t(ctx, "vote.many.no", "count", s.No)})
		out = append(out, row)
	}
	return out
}

// pollAct opens a poll, takes votes, or takes one of the dates.
func (p *Pages) pollAct(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx, number := r.Context(), r.PathValue("number")
	to, flash := Href(number)+"/fechas", "meetings.pages.flash.voted"
	switch typed.Get("do") {
	case "open":
		err, flash = p.openPoll(ctx, number, typed), "meetings.pages.flash.poll_opened"
	case "close":
		err, to, flash = named(p.closePoll(ctx, number, typed.Get("slot")), "starts", "slot"), Href(number), "meetings.pages.flash.poll_closed"
	default:
		err = p.vote(ctx, number, typed)
	}
	if err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.pollView(r, ui.Values(typed), wrong) })
	}
	return web.Redirect(w, r, to, flash)
}

// openPoll reads the dates as they stand in their boxes.
func (p *Pages) openPoll(ctx context.Context, number string, typed url.Values) error {
	var c fault.Check
	var dates []time.Time
	for i := range pollDates {
		name := "date-" + itoa(i)
		if typed.Get(name) == "" {
			continue
		}
		at, err := time.ParseInLocation("2006-01-02T15:04", typed.Get(name), web.Zone(ctx))
		c.Require(err == nil, name, "fault.date")
		dates = append(dates, at)
	}
	if err := c.Err(); err != nil {
		return err
	}
	return named(p.meetings.OpenPoll(ctx, number, dates), "starts", "date-0", "slots", "date-0")
}

func (p *Pages) closePoll(ctx context.Context, number, slot string) error {
	if slot == "" {
		var c fault.Check
		c.Fail("slot", "fault.choice")
		return c.Err()
	}
	return p.meetings.ClosePoll(ctx, number, slot)
}

// vote takes the answers to all dates that have one: one at least, while people
// are asked.
func (p *Pages) vote(ctx context.Context, number string, typed url.Values) error {
	v, err := p.meetings.Meeting(ctx, number)
	if err != nil {
		return err
	}
	if !v.Meeting.Polling {
		return fault.New(fault.Conflict, "meetings.fault.poll")
	}
	given := 0
	for _, s := range v.Slots {
		x := typed.Get("slot-" + s.ID)
		if x == "" {
			continue
		}
		given++
		if x != s.Mine {
			if err := p.meetings.Vote(ctx, number, s.ID, x); err != nil {
				return err
			}
		}
	}
	var c fault.Check
	c.Require(given > 0, votesField, "meetings.pages.poll.none")
	return c.Err()
}
