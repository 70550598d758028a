package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"ronda/city/charter"
	"ronda/city/ideas"
	"ronda/city/meetings"
	"ronda/city/meetings/invitations"
	meetingpages "ronda/city/meetings/pages"
	"ronda/city/meetings/room"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/mail"
	"ronda/platform/mail/inbound"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// theMeetings are the meetings with their rooms, pages and mails.
type theMeetings struct {
	*meetings.Module
	invitations *invitations.Module
	inbox       *inbound.Box // nil: answers are not read
	rooms       *room.Rooms
	pages       *meetingpages.Pages
}

// buildMeetings makes the meetings over the roundtable. An account's address is
// looked up later, when identity is there.
func (a *App) buildMeetings(ch *charter.Charter) {
	m := meetings.New(meetings.Deps{DB: a.db, Log: a.log, Charters: a.charters, People: a.people, Steps: a.roundtable, Proofs: proofsOf(ch),
		Contributors: []meetings.Contributor{a.execution.Lines},
		PersonOf:     func(ctx context.Context, email string) (string, bool, error) { return a.identity.PersonOf(ctx, email) }})
	m.Listen(a.log)
	a.meetings = &theMeetings{Module: m}
}

// proofsOf names the items of the city's steps that meetings show.
func proofsOf(ch *charter.Charter) meetings.Proofs {
	by := ch.Flow.ShownBy
	return meetings.Proofs{
		Presented: by(charter.ProofPresentation), Discussed: by(charter.ProofDiscussion), Minuted: by(charter.ProofMinutes),
		Called: by(charter.ProofCall), Met: by(charter.ProofAttendance), Agreed: by(charter.ProofAgreement),
		Specialists: by(charter.ProofSpecialists), Confirmed: by(charter.ProofConfirmation), Procedures: by(charter.ProofProcedures), Present: by(charter.ProofPresence),
	}
}

// buildInvitations makes what tells people of meetings, once there is mail.
func (a *App) buildInvitations() {
	t := a.meetings
	replyTo, _ := mail.Address(a.cfg.ReplyTo)
	t.invitations = invitations.New(invitations.Deps{DB: a.db, Charters: a.charters, People: a.people, Meetings: t.Module, Accounts: a.invitee,
		Mailer: a.mailer, Queue: a.queue, Words: a.words, Origin: a.cfg.Origin, ReplyTo: replyTo})
	t.InviteBy(t.invitations.Notify)
	if replyTo != "" {
		t.inbox = inbound.New(a.db, a.queue, a.mailer.From().Address, t.invitations.Read)
		t.invitations.ReadFrom(t.inbox)
	}
}

// invitee is where a person with an account gets mails.
func (a *App) invitee(ctx context.Context, person string) (invitations.Account, bool, error) {
	x, err := a.identity.AccountOf(ctx, person)
	if fault.Is(err, fault.NotFound) || x.Disabled {
		return invitations.Account{}, false, nil
	}
	return invitations.Account{Mail: x.Email, Lang: x.Lang}, err == nil, err
}

// serveMeetings makes the pages of the meetings.
func (a *App) serveMeetings(m *web.Mux) {
	t := a.meetings
	t.rooms = room.New(room.Deps{Meetings: t.Module, People: a.people, Words: a.words, SignIn: signInTo})
	t.rooms.Routes(m)
	t.pages = meetingpages.New(meetingpages.Deps{Meetings: t.Module, Roundtable: a.roundtable, Log: a.log, Charters: a.charters, People: a.people},
		meetingpages.Slots{Follow: a.noticesWeb.Button, Proof: a.proofHref, SignIn: signInTo, About: a.aboutItem, Room: room.Href, Calendar: "/mi-calendario", Invitations: "/invitaciones"})
	t.pages.Routes(m)
	t.invitations.Routes(m)
}

// scheduleMeetings registers what happens at meetings by the clock.
func (a *App) scheduleMeetings() { a.queue.Every("meetings.tick", time.Minute, a.meetings.Tick) }

// recoverInvitations lists what a killed program had on its way, before anything
// is sent: what is on its way later is this program's own.
func (a *App) recoverInvitations(ctx context.Context) {
	if err := a.meetings.invitations.Recover(ctx); err != nil && ctx.Err() == nil {
		a.cfg.Log.ErrorContext(ctx, "invitations that were on their way", "error", err)
	}
}

// readAnswers takes answers by mail until ctx ends, where the settings say.
func (a *App) readAnswers(ctx context.Context) {
	t := a.meetings
	var wg sync.WaitGroup
	keep := func(what string, err error) {
		if err != nil && ctx.Err() == nil {
			a.cfg.Log.ErrorContext(ctx, "answers to invitations are not read", "way", what, "error", err)
		}
	}
	if t.inbox != nil && a.cfg.InboundSMTP != "" {
		wg.Go(func() {
			l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", a.cfg.InboundSMTP)
			if err == nil {
				err = t.inbox.Listen(ctx, l, t.invitations.ReplyTo)
			}
			keep("smtp", err)
		})
	}
	if t.inbox != nil && a.cfg.InboundIMAP != "" {
		wg.Go(func() {
			box, err := inbound.ParseMailbox(a.cfg.InboundIMAP)
			if err == nil {
				err = t.inbox.Watch(ctx, box)
			}
			keep("imap", err)
		})
	}
	wg.Wait()
}

// checkInbound reads the settings of answers by mail.
func (c Config) checkInbound() error {
	if _, ok := mail.Address(c.ReplyTo); c.ReplyTo != "" && !ok {
		return fmt.Errorf("--reply-to: %q is no mail address", c.ReplyTo)
	}
	if c.ReplyTo == "" && (c.InboundSMTP != "" || c.InboundIMAP != "") {
		return errors.New("--reply-to: say the address at which answers are read")
	}
	if c.InboundIMAP != "" {
		if _, err := inbound.ParseMailbox(c.InboundIMAP); err != nil {
			return fmt.Errorf("--inbound-imap: %w", err)
		}
	}
	if c.InboundSMTP != "" {
		if _, _, err := net.SplitHostPort(c.InboundSMTP); err != nil {
			return fmt.Errorf("--inbound-smtp: %w", err)
		}
	}
	return nil
}

// forget erases a person from the meetings.
func (t *theMeetings) forget(ctx context.Context, person string) error {
	return errors.Join(t.Module.Forget(ctx, person), t.invitations.Forget(ctx, person))
}

// ofMeetings says whether a subject belongs to the meetings.
func ofMeetings(s event.Subject) bool {
	switch s.Kind {
	case meetings.SubjectMeeting, meetings.SubjectSeries, meetings.SubjectDecision, meetings.SubjectCommitment:
		return true
	}
	return false
}

// aboutItem names what an agenda item is about and leads there; ok is false for
// what the person may not know of.
func (a *App) aboutItem(ctx context.Context, s event.Subject) (ui.Link, bool) {
	switch s.Kind {
	case roundtable.SubjectKind:
		i, err := a.roundtable.ByID(ctx, s.ID)
		if err != nil || !i.State.Public() && !people.Me(ctx).Official() {
			return ui.Link{}, false
		}
		return ui.Link{Href: "/iniciativas/" + i.Number, Text: i.Number + " · " + i.Title}, true
	case ideas.SubjectIdea:
		return a.originOf(ctx, s)
	}
	return ui.Link{}, false
}
