package meetings

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ronda/city/meetings/recur"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/fault"
)

// refused lets an act be refused but not fail.
func refused(rt *rapid.T, err error) {
	if err != nil && fault.KindOf(err) == fault.Internal {
		rt.Fatalf("%v", err)
	}
}

// TestWhateverHappensInARoom plays at random in a room: every closed item has its
// outcome, changes have no gaps, one item is open and one speaks, nobody's
// paragraph is lost, minutes are approved with nothing open.
func TestWhateverHappensInARoom(t *testing.T) {
	w := newTown(t, dbtest.SQLite(t, tablesOf(db.SQLite)...))
	rapid.Check(t, func(rt *rapid.T) {
		x := w.free(Guest{Post: director}, Guest{Post: planner})
		p := &play{town: w, rt: rt, number: x.Number, id: x.ID, written: map[string][]string{}}
		for n, wanted := range Wants {
			p.items = append(p.items, w.addItem(x.Number, fmt.Sprint("Tema ", n), wanted).ID)
		}
		refused(rt, w.Begin(w.as(coordinator), x.Number))
		for n := range rapid.IntRange(5, 40).Draw(rt, "length") {
			w.now = w.now.Add(time.Minute)
			p.step(n)
		}
		p.check()
	})
}

// play is one round of a room.
type play struct {
	*town
	rt      *rapid.T
	number  string
	id      string
	items   []string
	written map[string][]string // paragraphs that were saved, by item
}

func (p *play) step(n int) {
	ctx := p.as(rapid.SampledFrom([]string{coordinator, team, director, planner}).Draw(p.rt, "who"))
	item := rapid.SampledFrom(p.items).Draw(p.rt, "item")
	switch rapid.SampledFrom([]string{"open", "pause", "close", "in", "out", "ask", "floor", "end turn", "leave", "note", "note", "decide", "commit", "drop", "end", "approve", "return"}).Draw(p.rt, "act") {
	case "open":
		refused(p.rt, p.OpenItem(ctx, p.number, item))
	case "pause":
		refused(p.rt, p.PauseItem(ctx, p.number, item))
	case "close":
		o := rapid.SampledFrom(Outcomes).Draw(p.rt, "outcome")
		refused(p.rt, p.CloseItem(ctx, p.number, item, Closing{Outcome: o, Text: rapid.SampledFrom([]string{"", "No alcanzó"}).Draw(p.rt, "text")}))
	case "in":
		refused(p.rt, p.CheckIn(ctx, p.number, Arrival{}))
	case "out":
		refused(p.rt, p.CheckOut(ctx, p.number, ""))
	case "ask":
		refused(p.rt, p.AskToSpeak(ctx, p.number, ""))
	case "floor", "leave":
		p.turn(ctx)
	case "end turn":
		refused(p.rt, p.EndTurn(ctx, p.number))
	case "note":
		p.note(n, item)
	case "decide":
		_, err := p.RecordDecision(ctx, p.number, item, Decision{Text: "Se decide"})
		refused(p.rt, err)
	case "commit":
		_, err := p.RecordCommitment(ctx, p.number, item, Commitment{What: "Algo", Who: directorOf})
		refused(p.rt, err)
	case "drop":
		p.drop(ctx)
	case "end":
		refused(p.rt, p.End(ctx, p.number))
	case "approve":
		p.approve()
	case "return":
		refused(p.rt, p.ReturnMinutes(ctx, p.number, "Falta algo"))
	}
}

// note lets one of two secretaries add a paragraph somewhere over a version that
// may be old.
func (p *play) note(n int, item string) {
	now, err := db.Query[Note](p.as(), p.db, `SELECT item, version, text FROM meetings_note_version WHERE meeting = $1 AND item = $2 ORDER BY version`, p.id, item)
	p.must(err)
	base := Note{}
	if len(now) > 0 {
		base = now[rapid.IntRange(0, len(now)-1).Draw(p.rt, "base")]
	}
	line := fmt.Sprint("Párrafo ", n)
	var lines []string
	if base.Text != "" {
		lines = strings.Split(base.Text, "\n")
	}
	lines = slices.Insert(lines, rapid.IntRange(0, len(lines)).Draw(p.rt, "place"), line)
	_, err = p.Note(p.as(rapid.SampledFrom([]string{coordinator, team}).Draw(p.rt, "secretary")), p.number, item, base.Version, strings.Join(lines, "\n"))
	refused(p.rt, err)
	if err == nil {
		p.written[item] = append(p.written[item], line)
	}
}

func (p *play) turn(ctx context.Context) {
	r, err := p.Room(ctx, p.number)
	refused(p.rt, err)
	if len(r.Queue) == 0 {
		return
	}
	t := rapid.SampledFrom(r.Queue).Draw(p.rt, "turn")
	if rapid.Bool().Draw(p.rt, "give") {
		refused(p.rt, p.GiveFloor(ctx, p.number, t.ID, 60))
	} else {
		refused(p.rt, p.LeaveQueue(ctx, p.number, t.ID))
	}
}

func (p *play) drop(ctx context.Context) {
	v, err := p.Meeting(ctx, p.number)
	refused(p.rt, err)
	if len(v.Decisions) > 0 {
		refused(p.rt, p.DropDecision(ctx, rapid.SampledFrom(v.Decisions).Draw(p.rt, "decision").Number, "Ya no"))
	}
	if len(v.Commitments) > 0 {
		refused(p.rt, p.DropCommitment(ctx, rapid.SampledFrom(v.Commitments).Draw(p.rt, "commitment").Number, "Ya no"))
	}
}

// approve must be refused while something is open.
func (p *play) approve() {
	v := p.view(p.number)
	err := p.Approve(p.as(coordinator), p.number)
	refused(p.rt, err)
	if err == nil && slices.ContainsFunc(v.Items, func(i Item) bool { return i.State != ItemClosed }) {
		p.rt.Fatalf("approved with an open item: %+v", v.Items)
	}
}

func (p *play) check() {
	v := p.view(p.number)
	open := 0
	for _, i := range v.Items {
		p.closed(v, i)
		if i.State == ItemOpen {
			open++
		}
	}
	r, err := p.Room(p.as(coordinator), p.number)
	p.must(err)
	speaking := 0
	for _, t := range r.Queue {
		if t.State == TurnSpeaking {
			speaking++
		}
	}
	if open > 1 || speaking > 1 || open+len(r.Queue) > 0 && v.Meeting.State != Running {
		p.rt.Fatalf("%s with %d open items, %d speakers", v.Meeting.State, open, speaking)
	}
	for item, lines := range p.written {
		n := slices.IndexFunc(r.Notes, func(x Note) bool { return x.Item == item })
		for _, line := range lines {
			if n < 0 || !slices.Contains(strings.Split(r.Notes[n].Text, "\n"), line) {
				p.rt.Fatalf("%q is lost", line)
			}
		}
	}
	p.gapless(rtErrors{p.rt}, p.id)
}

// rtErrors makes an error of a check end the round.
type rtErrors struct{ rt *rapid.T }

func (e rtErrors) Errorf(format string, args ...any) { e.rt.Fatalf(format, args...) }

// closed checks that a closed item has its outcome, and what stands behind it.
func (p *play) closed(v View, i Item) {
	if i.State != ItemClosed {
		return
	}
	decided := slices.ContainsFunc(v.Decisions, func(d Decision) bool { return d.Item == i.ID && d.State != Dropped })
	tasked := slices.ContainsFunc(v.Commitments, func(c Commitment) bool { return c.Item == i.ID && c.State != Dropped })
	on, err := db.One[int](p.as(), p.db, `SELECT count(*) FROM meetings_item WHERE from_item = $1`, i.ID)
	p.must(err)
	switch {
	case i.Outcome == "", i.Outcome == Informed && i.Wanted != Inform, i.Outcome == Decided && !decided, i.Outcome == Tasked && !tasked,
		i.Outcome.PutsOff() && (i.OutcomeText == "" || on != 1), !i.Outcome.PutsOff() && on != 0:
		p.rt.Fatalf("closed without its outcome: %+v", i)
	}
}

// model is a series as a list of days, without any rule.
type model struct {
	days      []clock.Day // of occurrences
	clock     string
	moved     map[clock.Day]time.Time
	cancelled map[clock.Day]bool
	old       []time.Time // of series that it goes on from
	rule      Rule
}

// instants are when the model says that meetings begin.
func (m model) instants(zone *time.Location) []time.Time {
	out := slices.Clone(m.old)
	for _, d := range m.days {
		if m.cancelled[d] {
			continue
		}
		t, ok := m.moved[d]
		if !ok {
			t, _ = recur.Wall(d, m.clock, zone)
		}
		out = append(out, t)
	}
	slices.SortFunc(out, time.Time.Compare)
	return out
}

// TestASeriesIsWhatAListOfDaysSays: whatever is moved, cancelled and split, the
// meetings are at the instants of a naive model, and none is there twice.
func TestASeriesIsWhatAListOfDaysSays(t *testing.T) {
	w := newTown(t, dbtest.SQLite(t, tablesOf(db.SQLite)...))
	zone := w.moveTo("Europe/Madrid") // its clocks change on 29 March and 25 October
	rapid.Check(t, func(rt *rapid.T) {
		err := w.db.Write(w.as(), func(ctx context.Context) error {
			for _, table := range []string{"meetings_item", "meetings_guest", "meetings_meeting", "meetings_series"} {
				if _, err := w.db.Exec(ctx, `DELETE FROM `+table); err != nil {
					return err
				}
			}
			return nil
		})
		w.must(err)
		rule := drawRule(rt, "rule")
		s := w.weekly()
		s.First, s.Rule = w.now.AddDate(0, 0, rapid.IntRange(1, 20).Draw(rt, "first")), rule
		s, err = w.CreateSeries(w.as(team), s)
		w.must(err)
		m := model{rule: rule, days: w.daysOf(rule, s), clock: s.Clock, moved: map[clock.Day]time.Time{}, cancelled: map[clock.Day]bool{}}
		for range rapid.IntRange(0, 6).Draw(rt, "length") {
			if len(m.days) == 0 { // it was moved beyond the year: nothing of it is made yet
				break
			}
			switch rapid.SampledFrom([]string{"move", "cancel", "split", "edit"}).Draw(rt, "act") {
			case "move":
				w.moveOne(rt, s, &m)
			case "cancel":
				w.cancelOne(rt, s, &m)
			case "split":
				s = w.splitOff(rt, s, &m)
			case "edit":
				s.Place = rapid.SampledFrom([]string{"Otra sala", "La de siempre"}).Draw(rt, "place")
				if s, err = w.EditSeries(w.as(team), s.Number, s.Version, s); err != nil {
					rt.Fatal(err)
				}
			}
			if got, want := w.instants(), m.instants(zone); !slices.EqualFunc(got, want, time.Time.Equal) {
				rt.Fatalf("\n got %v\nwant %v", got, want)
			}
		}
	})
}

// daysOf are the days of a rule within the year for which meetings are made.
func (w *town) daysOf(r Rule, s Series) []clock.Day {
	last := clock.DayOf(w.now.Add(yearAhead), w.ch.City.Zone)
	return slices.DeleteFunc(slices.Collect(r.Days(clock.DayOf(s.First, w.ch.City.Zone))), func(d clock.Day) bool { return d >= last })
}

// moveTo gives the city another zone.
func (w *town) moveTo(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	w.must(err)
	ch, err := w.Charters.Current(w.as())
	w.must(err)
	ch.City.Zone, w.ch.City.Zone = zone, zone
	if now, err := w.Charters.Current(w.as()); err != nil || now.City.Zone != zone {
		w.t.Fatal("the city did not move")
	}
	return zone
}

func drawRule(rt *rapid.T, name string) Rule {
	r := Rule{Every: rapid.IntRange(1, 2).Draw(rt, name+" every"), Unit: rapid.SampledFrom([]string{EveryWeek, EveryMonth}).Draw(rt, name+" unit"),
		Weekday: time.Weekday(rapid.IntRange(0, 6).Draw(rt, name+" weekday")), Count: rapid.IntRange(1, 5).Draw(rt, name+" count")}
	if r.Unit == EveryMonth {
		r.Nth = rapid.SampledFrom([]int{1, 3, -1}).Draw(rt, name+" nth")
	}
	return r
}

// occurrenceOf is one of the series' meetings by a day of the model.
func (w *town) occurrenceOf(rt *rapid.T, s Series, m *model) (clock.Day, Meeting) {
	d := rapid.SampledFrom(m.days).Draw(rt, "day")
	at, _ := recur.Wall(d, m.clock, w.ch.City.Zone)
	x, err := db.One[Meeting](w.as(), w.db, `SELECT `+meetingColumns+` FROM meetings_meeting WHERE series = $1 AND occurrence = $2`, s.ID, at)
	w.must(err)
	return d, x
}

func (w *town) moveOne(rt *rapid.T, s Series, m *model) {
	d, x := w.occurrenceOf(rt, s, m)
	to := x
	to.Starts = x.Occurrence.Add(time.Duration(rapid.IntRange(1, 90).Draw(rt, "hours")) * time.Hour)
	err := w.MoveMeeting(w.as(team), x.Number, x.Version, to, "Otro día")
	if m.cancelled[d] {
		if !fault.Is(err, fault.Conflict) {
			rt.Fatalf("a cancelled meeting moves: %v", err)
		}
		return
	}
	w.must(err)
	m.moved[d] = to.Starts
}

func (w *town) cancelOne(rt *rapid.T, s Series, m *model) {
	d, x := w.occurrenceOf(rt, s, m)
	refused(rt, w.CancelMeeting(w.as(team), x.Number, "Nadie puede"))
	m.cancelled[d] = true
}

// splitOff moves the rest to another rule, in the series and in the model.
func (w *town) splitOff(rt *rapid.T, s Series, m *model) Series {
	d, x := w.occurrenceOf(rt, s, m)
	next := w.weekly()
	next.Clock, next.Rule = rapid.SampledFrom([]string{"10:00", "11:30"}).Draw(rt, "clock"), drawRule(rt, "next")
	next.First = x.Occurrence.AddDate(0, 0, rapid.IntRange(-2, 9).Draw(rt, "later"))
	if rapid.Bool().Draw(rt, "same days") {
		next.First, next.Rule = x.Occurrence, m.rule
	}
	n, err := w.SplitSeries(w.as(team), s.Number, x.Occurrence, "Otro horario", next)
	refused(rt, err)
	if err != nil {
		return s
	}
	at := slices.Index(m.days, d)
	kept := model{days: m.days[:at], clock: m.clock, moved: m.moved, cancelled: m.cancelled, old: m.old}
	days := w.daysOf(next.Rule, n)
	fresh := model{rule: next.Rule, days: days, clock: next.Clock, old: kept.instants(w.ch.City.Zone), moved: map[clock.Day]time.Time{}, cancelled: map[clock.Day]bool{}}
	for _, d := range m.days[at:] {
		if !slices.Contains(days, d) {
			continue
		}
		if t, ok := m.moved[d]; ok {
			fresh.moved[d] = t
		}
		fresh.cancelled[d] = m.cancelled[d]
	}
	*m = fresh
	return n
}
