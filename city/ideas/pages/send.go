package pages

import (
	"context"
	"net/http"
	"net/url"

	"ronda/city/ideas"
	"ronda/city/people"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// send does what the pressed button says: keep the draft, take a picture off,
// support another idea instead, or send the idea.
func (p *Pages) send(w http.ResponseWriter, r *http.Request) error {
	in, err := readForm(w, r)
	if err != nil {
		return err
	}
	r = remembered(w, r, in.typed)
	ctx := r.Context()
	if number := in.typed.Get("support"); number != "" {
		return p.supportInstead(w, r, number)
	}
	if pointed(in.typed) {
		if err := p.setPoint(ctx, in.typed); err != nil {
			return p.writeAgain(w, r, err, in.typed)
		}
	}
	if in.atOnce(ctx) {
		return p.sendAtOnce(w, r, in)
	}
	d, err := p.keep(r, in)
	if fault.Is(err, fault.NotFound) && in.typed.Get("draft") != "" {
		return p.sentBefore(w, r, in.typed.Get("draft"))
	}
	in.typed = merged(in.typed, d)
	if err != nil {
		return p.writeAgain(w, r, err, in.typed)
	}
	here := r.URL.Path + "?" + url.Values{"borrador": {d.ID}}.Encode()
	if kin := in.typed.Get("kin"); kin != "" {
		here += "&" + url.Values{"familia": {kin}}.Encode()
	}
	if pointed(in.typed) {
		return web.Redirect(w, r, here+"#idea-place", "ideas.pages.flash.pointed")
	}
	if in.typed.Get("save") != "" || in.typed.Get("drop") != "" {
		return web.Redirect(w, r, here, "ideas.pages.flash.saved")
	}
	if away, err := p.signIn(w, r, here+"&enviar=1", "ideas.pages.flash.enter_to_send"); away {
		return err
	}
	sent, err := p.ideas.Send(ctx, d.ID)
	if err != nil {
		return p.writeAgain(w, r, err, in.typed)
	}
	return p.arrived(w, r, sent, in.typed.Get("kin"))
}

// arrived asks for the family that the writer wanted, and shows the idea.
func (p *Pages) arrived(w http.ResponseWriter, r *http.Request, sent ideas.Idea, kin string) error {
	flash := "ideas.pages.flash.published"
	if sent.State == ideas.Held {
		flash = "ideas.pages.flash.held"
	}
	if kin != "" {
		_, err := p.ideas.AskFamily(r.Context(), sent.Number, kin, "")
		switch {
		case err == nil:
			flash = "ideas.pages.flash.sent_family"
		case fault.KindOf(err) == fault.Internal:
			return err
		case sent.State == ideas.Held:
			flash = "ideas.pages.flash.held_family" // nobody is asked about what nobody sees
		}
	}
	return web.Redirect(w, r, "/ideas/"+sent.Number, flash)
}

// sentBefore answers a form that was sent twice: the draft is an idea by now.
func (p *Pages) sentBefore(w http.ResponseWriter, r *http.Request, draft string) error {
	if people.Me(r.Context()).SignedIn() {
		sent, err := p.ideas.Send(r.Context(), draft)
		if err == nil {
			return p.arrived(w, r, sent, "")
		}
		if !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	return web.Redirect(w, r, "/mis-ideas", "ideas.pages.flash.draft_gone")
}

// atOnce says whether the words of a form can be sent as they come: nothing of them
// is kept yet, and nothing beside them has to be.
func (in sending) atOnce(ctx context.Context) bool {
	return people.Me(ctx).SignedIn() && in.typed.Get("draft")+in.typed.Get("save")+in.typed.Get("drop") == "" && !pointed(in.typed) && len(in.files) == 0 && !in.tooBig
}

// sendAtOnce sends what was typed in one go. What cannot be sent is kept, so that
// nothing is lost while it is mended.
func (p *Pages) sendAtOnce(w http.ResponseWriter, r *http.Request, in sending) error {
	ctx := r.Context()
	d, err := p.typedDraft(ctx, in.typed)
	if err != nil {
		return err
	}
	sent, err := p.ideas.SendNew(ctx, d)
	if err == nil {
		return p.arrived(w, r, sent, in.typed.Get("kin"))
	}
	if kept, failed := p.keep(r, in); failed == nil {
		in.typed = merged(in.typed, kept)
	}
	return p.writeAgain(w, r, err, in.typed)
}

// supportInstead gives the voice to an idea that is the same; what was typed
// stays a draft if it was saved.
func (p *Pages) supportInstead(w http.ResponseWriter, r *http.Request, number string) error {
	if away, err := p.signIn(w, r, "/ideas/"+url.PathEscape(number), "ideas.pages.flash.support_sign_in"); away {
		return err
	}
	if err := p.ideas.Support(r.Context(), number); err != nil {
		return err
	}
	return web.Redirect(w, r, "/ideas/"+number, "ideas.pages.flash.supported")
}

// writeAgain shows the form with what is wrong and everything that was typed.
func (p *Pages) writeAgain(w http.ResponseWriter, r *http.Request, err error, typed ui.Values) error {
	ctx := r.Context()
	say, failed := p.words(ctx)
	if failed != nil {
		return failed
	}
	both := p.conflict(ctx, say, err, typed)
	return again(w, r, err, func(wrong ui.Errors) (web.Page, error) {
		page, err := p.writePage(r, typed, wrong)
		page.Conflict = both
		return page.page(), err
	})
}
