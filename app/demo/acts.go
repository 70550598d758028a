package demo

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
)

// verbs is what can be done in a story, by what the files call it.
var verbs = map[string]func(context.Context, scene) error{
	"propose":    propose,
	"from_ideas": fromIdeas,
	"take_up":    func(ctx context.Context, s scene) error { return s.Roundtable.TakeUp(ctx, s.number, s.Body) },
	"join":       join,
	"write":      write,
	"file":       func(ctx context.Context, s scene) error { return s.Roundtable.File(ctx, s.number) },
	"prove":      prove,
	"sign":       func(ctx context.Context, s scene) error { return s.Roundtable.SignStep(ctx, s.number, s.Step, s.Text) },
	"return": func(ctx context.Context, s scene) error {
		return s.Roundtable.ReturnStep(ctx, s.number, s.Step, s.Text)
	},
	"resubmit": func(ctx context.Context, s scene) error { return s.Roundtable.Resubmit(ctx, s.number, s.Step, s.Text) },
	"reopen": func(ctx context.Context, s scene) error {
		return s.Roundtable.ReopenStep(ctx, s.number, s.Step, s.Text)
	},
	"attend": func(ctx context.Context, s scene) error {
		return s.Roundtable.RecordAttendance(ctx, s.number, s.Step, s.Text)
	},
	"specialist": specialise,
	"adopt":      func(ctx context.Context, s scene) error { return s.Roundtable.Adopt(ctx, s.number, s.Text) },
	"overrule":   func(ctx context.Context, s scene) error { return s.Roundtable.Overrule(ctx, s.number, s.Text) },
	"decline":    func(ctx context.Context, s scene) error { return s.Roundtable.Decline(ctx, s.number, s.Text) },
	"defer": func(ctx context.Context, s scene) error {
		return s.Roundtable.Defer(ctx, s.number, s.days.day(s.Until), s.Text)
	},
	"resume":   func(ctx context.Context, s scene) error { return s.Roundtable.Resume(ctx, s.number, s.Text) },
	"withdraw": func(ctx context.Context, s scene) error { return s.Roundtable.Withdraw(ctx, s.number, s.Text) },
	"hinder":   hinder,
	"resolve": func(ctx context.Context, s scene) error {
		return s.Roundtable.ResolveBarrier(ctx, s.number, s.refs[s.Ref], s.Text)
	},
	"invite": func(ctx context.Context, s scene) error { return s.Roundtable.InviteOwner(ctx, s.number, s.Body) },
	"accept": func(ctx context.Context, s scene) error {
		return s.Roundtable.AnswerInvitation(ctx, s.number, s.Body, true)
	},
	"refuse": func(ctx context.Context, s scene) error {
		return s.Roundtable.AnswerInvitation(ctx, s.number, s.Body, false)
	},
	"ask": ask,
	"answer": func(ctx context.Context, s scene) error {
		return s.Roundtable.Answer(ctx, s.number, s.refs[s.Ref], s.Text)
	},
	"discuss":  func(ctx context.Context, s scene) error { return s.Roundtable.Discuss(ctx, s.number, s.Text) },
	"opine":    func(ctx context.Context, s scene) error { return s.Roundtable.Opine(ctx, s.number, s.Text) },
	"attach":   attach,
	"follow":   func(ctx context.Context, s scene) error { return s.Notices.Follow(ctx, s.subject) },
	"delegate": delegate,
	"grant":    grant,
}

// propose files the thought of the chapter; with a body, taken up at once.
func propose(ctx context.Context, s scene) error {
	i, err := s.Roundtable.Propose(ctx, roundtable.Thought{Title: s.Title, Line: s.Line, WhyNew: s.WhyNew, Sponsor: s.Body})
	s.number, s.subject = i.Number, i.Subject()
	return err
}

// write replaces the dossier: by that of the chapter, or by what the act changes.
func write(ctx context.Context, s scene) error {
	v, err := s.Roundtable.View(ctx, s.number)
	if err != nil {
		return err
	}
	changes := s.chapter.Dossier
	if s.act.Dossier != nil {
		changes = *s.act.Dossier
	}
	return s.Roundtable.Edit(ctx, s.number, changes.over(v.Dossier))
}

// over is the dossier with what is written here in place of what stood there.
func (d dossier) over(old roundtable.Dossier) roundtable.Dossier {
	out := old
	out.Line, out.Change = cmp.Or(d.Line, old.Line), cmp.Or(d.Change, old.Change)
	out.Problem, out.Type = cmp.Or(strings.TrimSpace(d.Problem), old.Problem), cmp.Or(d.Type, old.Type)
	out.Axis, out.SDG = cmp.Or(d.Axis, old.Axis), cmp.Or(d.SDG, old.SDG)
	out.Axes, out.Goals, out.Purposes = or(d.Axes, old.Axes), or(d.Goals, old.Goals), or(d.Purposes, old.Purposes)
	out.Targets, out.Territories = or(d.Targets, old.Targets), or(d.Territories, old.Territories)
	var plan []roundtable.Planned
	for _, p := range d.Planned {
		plan = append(plan, roundtable.Planned(p))
	}
	var links []roundtable.Link
	for _, l := range d.Links {
		links = append(links, roundtable.Link(l))
	}
	out.Planned, out.Links = or(plan, old.Planned), or(links, old.Links)
	return out
}

// or is the list, or the old one when it is empty.
func or[T any](list, old []T) []T {
	if len(list) == 0 {
		return old
	}
	return list
}

// told is the day that evidence or a barrier tells of: that of the act unless the
// act names another.
func (s scene) told() clock.Day {
	n := s.Day
	if s.On != nil {
		n = *s.On
	}
	return clock.DayOf(s.days.work(n), s.days.today.Location())
}

func specialise(ctx context.Context, s scene) error {
	if s.Specialist == nil {
		return fmt.Errorf("which specialist?")
	}
	x := *s.Specialist
	return s.Roundtable.AddSpecialist(ctx, s.number, s.Step, roundtable.Specialist{Name: x.Name, Organisation: x.Organisation, Area: x.Area,
		Procedure: x.Procedure, Stance: roundtable.Stance(x.Stance), Text: strings.TrimSpace(x.Text), Day: s.told()})
}

// hinder records a barrier and keeps its id under its ref.
func hinder(ctx context.Context, s scene) error {
	what := strings.TrimSpace(s.Text)
	if err := s.Roundtable.AddBarrier(ctx, s.number, roundtable.Barrier{Kind: s.Kind, What: what, Owner: s.Body, Opened: s.told()}); err != nil {
		return err
	}
	v, err := s.Roundtable.View(ctx, s.number)
	for _, b := range v.Barriers {
		if b.What == what {
			s.refs[s.Ref] = b.ID
		}
	}
	return err
}

// ask puts a question and keeps its id under its ref.
func ask(ctx context.Context, s scene) error {
	text := strings.TrimSpace(s.Text)
	if err := s.Roundtable.Ask(ctx, s.number, text); err != nil {
		return err
	}
	v, err := s.Roundtable.View(ctx, s.number)
	for _, q := range v.Questions {
		if q.Text == text {
			s.refs[s.Ref] = q.ID
		}
	}
	return err
}

// attach adds a file whose content is the text of the act.
func attach(ctx context.Context, s scene) error {
	_, err := s.Roundtable.Attach(ctx, s.number, s.File, []byte(s.Text), !s.Inside)
	return err
}

func join(ctx context.Context, s scene) error {
	other, ok := s.threads[s.Into]
	if !ok {
		return fmt.Errorf("no file is called %q", s.Into)
	}
	return s.Roundtable.JoinInto(ctx, s.number, other.number)
}

func delegate(ctx context.Context, s scene) error {
	_, err := s.People.Delegate(ctx, people.DelegationForm{Post: s.Post, Delegate: s.persons[s.To], From: string(s.days.day(s.From)),
		Last: string(s.days.day(s.Until)), Reason: s.Text})
	return err
}

func grant(ctx context.Context, s scene) error {
	_, err := s.People.Grant(ctx, s.persons[s.To], s.Role)
	return err
}
