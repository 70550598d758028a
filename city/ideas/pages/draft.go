package pages

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"ronda/city/ideas"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

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

// typedDraft reads a draft out of a form.
func (p *Pages) typedDraft(ctx context.Context, typed ui.Values) (ideas.Draft, error) {
	version, _ := strconv.Atoi(typed.Get("version"))
	lat, lon := degrees(typed)
	d := ideas.Draft{ID: typed.Get("draft"), Version: version, Title: typed.Get("title"), Text: typed.Get("text"), Place: typed.Get("place"),
		Lat: lat, Lon: lon, Signature: typed.Get("signature")}
	if number := typed.Get("challenge"); number != "" {
		c, err := p.ideas.Challenge(ctx, number)
		if err != nil {
			return d, err
		}
		d.Challenge = c.ID
	}
	ch, err := p.charters.Current(ctx)
	if err == nil {
		p.fitPoint(ctx, ch, &d)
	}
	return d, err
}

// draftOf is typedDraft, but a form that was never stored and comes a second time,
// as after an impatient click, is the draft of the first.
func (p *Pages) draftOf(ctx context.Context, typed ui.Values) (ideas.Draft, error) {
	d, err := p.typedDraft(ctx, typed)
	if err != nil || d.ID != "" {
		return d, err
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

// autosave keeps what is typed so far and answers with the line under the form.
func (p *Pages) autosave(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	r = remembered(w, r, ui.Values(typed))
	ctx := r.Context()
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	d, err := p.draftOf(ctx, ui.Values(typed))
	if err == nil {
		d, err = p.ideas.SaveDraft(ctx, d)
	}
	c := ideas.Challenge{Number: typed.Get("challenge")}
	if err == nil {
		at := clock.Now(ctx).In(say.ch.City.Zone).Format("15:04")
		return web.RenderPart(w, r, ui.Saved{Text: t(ctx, "saved", "time", at), Hidden: hiddenOf(merged(ui.Values(typed), d), c)})
	}
	why := whyNotSaved(ctx, err)
	if why == "" {
		return err
	}
	return web.RenderPart(w, r, notSaved(why, hiddenOf(ui.Values(typed), c)))
}

// whyNotSaved says why what is typed cannot be kept as it is; empty for what is
// not the writer's to mend.
func whyNotSaved(ctx context.Context, err error) string {
	var f *fault.Error
	switch {
	case !errors.As(err, &f):
		return ""
	case f.Theirs != nil:
		return t(ctx, "saved.other_tab")
	case f.Kind == fault.Invalid && len(f.Fields) > 0:
		return i18n.T(ctx, f.Fields[0].Key, f.Fields[0].Args...)
	case f.Kind == fault.Conflict, f.Kind == fault.TooMany:
		return i18n.T(ctx, f.Key, f.Args...)
	}
	return ""
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
