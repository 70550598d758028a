package meetings

import (
	"testing"
	"time"

	"ronda/platform/fault"
)

// calendarOf is a person's calendar as the holder of a post reads it.
func (w *town) calendarOf(post string) []Occasion {
	w.t.Helper()
	list, err := w.For(w.as(post), "person-"+post, w.now.AddDate(0, -1, 0), nil)
	w.must(err)
	return list
}

func (w *town) stampOf(post string) string {
	w.t.Helper()
	s, err := w.Stamp(w.as(post), "person-"+post)
	w.must(err)
	return s
}

// TestACalendarHoldsWhatOnesPostsAreInvitedTo: series with what differs, single
// meetings, and a stamp that moves only with them.
func TestACalendarHoldsWhatOnesPostsAreInvitedTo(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		s := w.weeklySeries()
		if n := len(w.calendarOf(director)); n != 0 {
			t.Fatalf("%d entries before any call", n)
		}
		w.must(w.CallSeries(w.as(coordinator), s.Number))
		other := w.stampOf(culture)
		x := w.view("REU-2026-0002").Meeting
		x.Starts = x.Starts.Add(26 * time.Hour)
		w.must(w.MoveMeeting(w.as(team), x.Number, x.Version, x, "Feriado"))
		w.must(w.CancelMeeting(w.as(team), "REU-2026-0003", "Nadie puede"))
		w.must(w.Uninvite(w.as(team), "REU-2026-0004", "post:"+director))
		single := w.free(Guest{Post: director})
		w.must(w.CallMeeting(w.as(coordinator), single.Number))
		list := w.calendarOf(director)
		if len(list) != 2 || list[0].Series == nil || list[1].Meeting == nil || list[1].Meeting.Number != single.Number {
			t.Fatalf("the calendar: %+v", list)
		}
		if a := list[0].Apart; len(a) != 3 || !a[0].MovedAway() && !a[1].MovedAway() {
			t.Errorf("what differs: %+v", a)
		}
		if a := w.calendarOf(planner)[0].Apart; len(a) != 2 {
			t.Errorf("what differs for who stays invited: %+v", a)
		}
		later, err := w.For(w.as(director), "person-"+director, x.Starts.AddDate(0, 1, 0), nil)
		w.must(err)
		if len(later) == 0 || len(later[0].Apart) != 3 {
			t.Errorf("a month later the rule puts back what was moved or cancelled: %+v", later)
		}
		before := w.stampOf(director)
		if w.stampOf(culture) != other || before != w.stampOf(director) {
			t.Error("the stamp moves by itself")
		}
		w.must(w.Invite(w.as(team), single.Number, Guest{Post: culture}))
		if w.stampOf(culture) == other {
			t.Error("an invitation does not move the stamp")
		}
		for name, act := range map[string]func() error{
			"cancel": func() error { return w.CancelMeeting(w.as(team), single.Number, "No hace falta") },
			"edit the series": func() error {
				now, err := w.Series(w.as(team), s.Number)
				w.must(err)
				now.Series.Place = "Otra sala"
				_, err = w.EditSeries(w.as(team), s.Number, now.Series.Version, now.Series)
				return err
			},
		} {
			before := w.stampOf(director)
			w.must(act())
			if w.stampOf(director) == before {
				t.Errorf("%s does not move the stamp", name)
			}
		}
		if w.calendarOf(director)[0].Series.Place != "Otra sala" || w.calendarOf(director)[1].Meeting.State != Cancelled {
			t.Errorf("afterwards: %+v", w.calendarOf(director))
		}
	})
}

// TestAReplyByMailChangesAttendance, when it is of an invited address, to a known
// invitation, and not older than what stands.
func TestAReplyByMailChangesAttendance(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		s := w.weekly()
		s.Guests = append(s.Guests, Guest{Name: "Ana", Address: "Ana@Example.org"})
		s, err := w.CreateSeries(w.as(team), s)
		w.must(err)
		w.must(w.CallSeries(w.as(coordinator), s.Number))
		first := w.view("REU-2026-0001").Meeting
		w.real(director)
		w.real(culture)
		reply := func(address, partstat string, at time.Time, change func(*MailReply)) error {
			r := MailReply{UID: s.UID, Address: address, Partstat: partstat, Stamp: at}
			if change != nil {
				change(&r)
			}
			return w.Reply(w.as(), r)
		}
		stands := func(what, key string, want Answer) {
			t.Helper()
			for _, a := range w.view(first.Number).Attendees {
				if a.Key == key && a.Reply != want {
					t.Errorf("%s: %q, want %q", what, a.Reply, want)
				}
			}
		}
		w.now = w.now.Add(time.Hour)
		w.must(reply("ana@example.org", "accepted", w.now, nil))
		stands("from outside", "mail:ana@example.org", Accepted)
		w.must(reply(director+"@ronda.test", "DECLINED", w.now, nil))
		stands("by account", "post:"+director, Declined)
		w.must(reply(director+"@ronda.test", "ACCEPTED", w.now.Add(-time.Minute), nil))
		stands("an older answer", "post:"+director, Declined)
		one := func(r *MailReply) { r.Recurrence = first.Occurrence }
		w.must(reply(director+"@ronda.test", "TENTATIVE", w.now.Add(time.Second), one))
		stands("to one of them", "post:"+director, Tentative)
		w.now = w.now.Add(time.Hour)
		for what, c := range map[string]struct {
			address, partstat string
			change            func(*MailReply)
			kind              fault.Kind
		}{
			"not invited":       {culture + "@ronda.test", "ACCEPTED", nil, fault.Forbidden},
			"unknown address":   {"eva@example.org", "ACCEPTED", nil, fault.Forbidden},
			"no address":        {"<script>", "ACCEPTED", nil, fault.Forbidden},
			"another UID":       {"ana@example.org", "ACCEPTED", func(r *MailReply) { r.UID = "x" }, fault.NotFound},
			"another day of it": {"ana@example.org", "ACCEPTED", func(r *MailReply) { r.Recurrence = w.now }, fault.NotFound},
			"no answer":         {"ana@example.org", "DELEGATED", nil, fault.Invalid},
		} {
			w.wantKind(what, reply(c.address, c.partstat, w.now, c.change), c.kind)
		}
		to := first
		to.Starts = first.Starts.Add(2 * time.Hour)
		w.must(w.MoveMeeting(w.as(team), first.Number, first.Version, to, "Otra hora"))
		stands("after a move it is asked again", "post:"+director, "")
		w.must(reply(director+"@ronda.test", "ACCEPTED", w.now.Add(time.Minute), one))
		stands("an answer to the old time", "post:"+director, "")
		w.must(reply(director+"@ronda.test", "ACCEPTED", w.now.Add(time.Minute), func(r *MailReply) { one(r); r.Sequence = 1 }))
		stands("an answer to the new time", "post:"+director, Accepted)
		w.must(w.Respond(w.as(director), first.Number, Declined, false))
		stands("on the page", "post:"+director, Declined)
		w.wantKind("who is not invited answers", w.Respond(w.as(culture), first.Number, Accepted, false), fault.Forbidden)
	})
}

// TestGuestsAreToldOnceOfEachChange, and only those whom it concerns.
func TestGuestsAreToldOnceOfEachChange(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		x := w.free(Guest{Post: director})
		told := func(what string, method Method, guests int) {
			t.Helper()
			if guests == 0 {
				if len(w.notices) != 0 {
					t.Errorf("%s: told %+v", what, w.notices)
				}
			} else if len(w.notices) != 1 || w.notices[0].Method != method || len(w.notices[0].Guests) != guests || w.notices[0].Meeting == nil {
				t.Errorf("%s: told %+v", what, w.notices)
			}
			w.notices = nil
		}
		w.must(w.Invite(w.as(team), x.Number, Guest{Post: planner}))
		told("before the call", "", 0)
		w.must(w.CallMeeting(w.as(team), x.Number))
		told("the call", Request, 4)
		w.must(w.Invite(w.as(team), x.Number, Guest{Post: culture}, Guest{Post: planner}))
		told("one more", Request, 1)
		w.must(w.Uninvite(w.as(team), x.Number, "post:"+culture))
		told("one less", Cancel, 1)
		w.wantKind("the chair is taken off", w.Uninvite(w.as(team), x.Number, "post:"+coordinator), fault.Conflict)
		told("nothing", "", 0)
		v := w.view(x.Number)
		to := v.Meeting
		to.Place = "Otra sala"
		w.must(w.MoveMeeting(w.as(team), x.Number, v.Meeting.Version, to, "Más lugar"))
		told("another place", Request, 4)
		w.must(w.CancelMeeting(w.as(team), x.Number, "No hace falta"))
		told("the end", Cancel, 4)
	})
}
