package pages

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"ronda/city/ideas"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// sending is the form of an idea as it came.
type sending struct {
	typed  ui.Values
	files  [][]byte
	tooBig bool // a file was left out
}

// readForm reads the form with its pictures. A picture that is too large is left
// out and told: it does not cost what was typed.
func readForm(w http.ResponseWriter, r *http.Request) (sending, error) {
	media, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if media != "multipart/form-data" {
		typed, err := web.Form(w, r)
		return sending{typed: ui.Values(typed)}, err
	}
	body := http.MaxBytesReader(w, r.Body, 6*web.FileMax)
	in := multipart.NewReader(body, params["boundary"])
	out := sending{typed: ui.Values{}}
	text, room := int64(web.FormMax), int64(web.FileMax)
	for {
		part, err := in.NextPart()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, fault.New(fault.Invalid, "fault.cut_off")
		}
		if part.FileName() == "" && part.FormName() != "image" {
			if text, err = out.take(part, text); err != nil {
				return out, err
			}
			continue
		}
		if room, err = out.picture(part, room); err != nil {
			return out, err
		}
	}
}

// take reads one typed value.
func (s *sending) take(part *multipart.Part, room int64) (int64, error) {
	data, err := io.ReadAll(io.LimitReader(part, room+1))
	if err != nil {
		return 0, fault.New(fault.Invalid, "fault.cut_off")
	}
	if int64(len(data)) > room {
		return 0, fault.New(fault.Invalid, "fault.too_big", "max", web.FormMax>>20)
	}
	value := strings.NewReplacer("\r\n", "\n", "\x00", "\uFFFD").Replace(strings.ToValidUTF8(string(data), "\uFFFD"))
	s.typed[part.FormName()] = append(s.typed[part.FormName()], value)
	return room - int64(len(data)), nil
}

// picture reads one file, unless there is no room for it.
func (s *sending) picture(part *multipart.Part, room int64) (int64, error) {
	var b bytes.Buffer
	n, err := io.Copy(&b, io.LimitReader(part, room+1))
	if err != nil {
		return 0, fault.New(fault.Invalid, "fault.cut_off")
	}
	switch {
	case n > room:
		s.tooBig = true
		return room, nil
	case n > 0:
		s.files = append(s.files, b.Bytes())
	}
	return room - n, nil
}

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

// keep stores what was typed, with its pictures.
func (p *Pages) keep(r *http.Request, in sending) (ideas.Draft, error) {
	ctx := r.Context()
	d, err := p.draftOf(ctx, in.typed)
	if err != nil {
		return d, err
	}
	if d, err = p.ideas.SaveDraft(ctx, d); err != nil {
		return d, err
	}
	if img := in.typed.Get("drop"); img != "" {
		if err := p.ideas.DropImage(ctx, d.ID, img); err != nil && !fault.Is(err, fault.NotFound) {
			return d, err
		}
	}
	var wrong error
	for _, file := range in.files {
		if _, err := p.ideas.AddImage(ctx, d.ID, file); err != nil {
			wrong = err
		}
	}
	if in.tooBig && wrong == nil {
		var c fault.Check
		c.Fail("image", "fault.file.size", "max", ui.Bytes(ctx, web.FileMax))
		wrong = c.Err()
	}
	kept, err := p.ideas.Draft(ctx, d.ID)
	if err != nil {
		return d, err
	}
	return kept, wrong
}

// draftOf reads a draft out of a form. A form that was never stored and comes a
// second time, as after an impatient click, is the draft of the first.
func (p *Pages) draftOf(ctx context.Context, typed ui.Values) (ideas.Draft, error) {
	version, _ := strconv.Atoi(typed.Get("version"))
	lat, _ := strconv.ParseFloat(typed.Get("lat"), 64)
	lon, _ := strconv.ParseFloat(typed.Get("lon"), 64)
	d := ideas.Draft{ID: typed.Get("draft"), Version: version, Title: typed.Get("title"), Text: typed.Get("text"), Place: typed.Get("place"),
		Lat: lat, Lon: lon, Signature: typed.Get("signature")}
	if number := typed.Get("challenge"); number != "" {
		c, err := p.ideas.Challenge(ctx, number)
		if err != nil {
			return d, err
		}
		d.Challenge = c.ID
	}
	if d.ID != "" {
		return d, nil
	}
	drafts, err := p.ideas.Drafts(ctx)
	for _, old := range drafts {
		if old.Challenge == d.Challenge && old.Title == strings.TrimSpace(d.Title) && old.Text == strings.TrimSpace(d.Text) && d.Title != "" {
			d.ID, d.Version = old.ID, old.Version
		}
	}
	return d, err
}

// merged are the typed values with what the stored draft added to them.
func merged(typed ui.Values, d ideas.Draft) ui.Values {
	if d.ID != "" {
		typed["draft"], typed["version"] = []string{d.ID}, []string{strconv.Itoa(d.Version)}
	}
	typed["images"] = d.Images
	return typed
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

// autosave keeps what is typed so far and answers with the line under the form.
func (p *Pages) autosave(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	r = remembered(w, r)
	ctx := r.Context()
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	d, err := p.draftOf(ctx, ui.Values(typed))
	if err == nil {
		d, err = p.ideas.SaveDraft(ctx, d)
	}
	out := merged(ui.Values(typed), d)
	c := ideas.Challenge{Number: typed.Get("challenge")}
	var f *fault.Error
	switch {
	case err == nil:
		at := clock.Now(ctx).In(say.ch.City.Zone).Format("15:04")
		return web.RenderPart(w, r, ui.Saved{Text: t(ctx, "saved", "time", at), Hidden: hiddenOf(out, c)})
	case errors.As(err, &f) && f.Kind == fault.Conflict:
		w.WriteHeader(http.StatusConflict)
		return web.RenderPart(w, r, ui.Saved{Text: t(ctx, "saved.other_tab"), Hidden: hiddenOf(out, c)})
	case errors.As(err, &f) && f.Kind == fault.Invalid && len(f.Fields) > 0:
		return web.RenderPart(w, r, notSaved(i18n.T(ctx, f.Fields[0].Key, f.Fields[0].Args...), hiddenOf(ui.Values(typed), c)))
	}
	return err
}

// imageKept is how long a browser shows a picture without asking again.
const imageKept = 10 * time.Minute

// image sends a picture so that no browser runs it.
func (p *Pages) image(w http.ResponseWriter, r *http.Request) error {
	img, data, err := p.ideas.Image(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "image/jpeg")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "private, max-age="+strconv.Itoa(int(imageKept.Seconds())))
	h.Set("ETag", `"`+img.SHA256+`"`)
	http.ServeContent(w, r, "", img.At, bytes.NewReader(data))
	return nil
}
