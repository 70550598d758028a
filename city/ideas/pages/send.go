package pages

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"ronda/city/ideas"
	"ronda/city/people"
	"ronda/platform/clock"
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
	r = remembered(w, r)
	ctx := r.Context()
	if number := in.typed.Get("support"); number != "" {
		return p.supportInstead(w, r, number)
	}
	if sent, ok, err := p.sentJustNow(ctx, in.typed); ok || err != nil {
		if err != nil {
			return err
		}
		return p.arrived(w, r, sent, "")
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

// twice is how soon after the first time a form counts as sent twice.
const twice = time.Hour

// sentJustNow finds the idea that a form without a draft has made already: an
// impatient second click.
func (p *Pages) sentJustNow(ctx context.Context, typed ui.Values) (ideas.Idea, bool, error) {
	none := ideas.Idea{}
	if typed.Get("draft") != "" || typed.Get("save")+typed.Get("drop") != "" || !people.Me(ctx).SignedIn() {
		return none, false, nil
	}
	mine, _, err := p.ideas.Mine(ctx, "")
	if err != nil || len(mine) == 0 || mine[0].Title != strings.Join(strings.Fields(typed.Get("title")), " ") {
		return none, false, err
	}
	last, err := p.ideas.IdeaByID(ctx, mine[0].ID)
	same := err == nil && last.Text == strings.TrimSpace(typed.Get("text")) && clock.Now(ctx).Sub(last.Created) < twice
	return last, same, err
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
