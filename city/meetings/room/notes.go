package room

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"ronda/city/meetings"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// notesPage is the notes that the secretaries share: one sheet for each item and
// one for the meeting.
type notesPage struct {
	Action string
	Now    nowView
	Sheets []sheet
}

// sheet is the notes of one item.
type sheet struct {
	ID      string // of the item; "" is the meeting's
	No      int
	Title   string
	State   ui.State
	Version int
	Text    string
	By      string
	Errors  ui.Errors
	Clash   *clash
}

// clash is what two people wrote over the same paragraphs.
type clash struct{ Theirs, Yours string }

// notes shows what was noted.
func (r *Rooms) notes(w http.ResponseWriter, q *http.Request) error {
	h, err := r.enter(q)
	if err != nil {
		return err
	}
	p, err := r.notesPage(q.Context(), h, nil)
	if err != nil {
		return err
	}
	return web.Render(w, q, p)
}

// notesPage is the page with one sheet, or none, in place of what is stored.
func (r *Rooms) notesPage(ctx context.Context, h hall, instead *sheet) (web.Page, error) {
	if _, err := h.Require(h.viewer, meetings.TakeNotes); err != nil {
		return web.Page{}, err
	}
	p := notesPage{Action: Href(h.Meeting.Number) + viewNotes, Now: h.now(ctx)}
	p.Sheets = append(p.Sheets, h.sheet(ctx, "", 0, t(ctx, "notes.meeting")))
	for n, it := range h.Items {
		s := h.sheet(ctx, it.ID, n+1, it.Title)
		s.State = h.item(ctx, n, it).State
		p.Sheets = append(p.Sheets, s)
	}
	for i := range p.Sheets {
		if instead != nil && p.Sheets[i].ID == instead.ID {
			p.Sheets[i].Text, p.Sheets[i].Version = instead.Text, instead.Version
			p.Sheets[i].Errors, p.Sheets[i].Clash = instead.Errors, instead.Clash
		}
	}
	return r.page(ctx, h, viewNotes, t(ctx, "title.notes"), notesBody(p)), nil
}

func (h hall) sheet(ctx context.Context, item string, no int, title string) sheet {
	s := sheet{ID: item, No: no, Title: title}
	for _, n := range h.Notes {
		if n.Item == item {
			s.Version, s.Text = n.Version, n.Text
			s.By = t(ctx, "notes.by", "who", h.who(ctx, n.Post), "time", h.hour(n.At))
		}
	}
	return s
}

// saved is what the script of the page is answered.
type saved struct {
	Version int    `json:"version"`
	Text    string `json:"text"`
	Said    string `json:"said"`
	Clash   bool   `json:"clash,omitempty"`
	Failed  bool   `json:"failed,omitempty"`
}

// notesAct keeps what was typed. A script is answered in JSON, a form by the page.
func (r *Rooms) notesAct(w http.ResponseWriter, q *http.Request) error {
	form, err := web.Form(w, q)
	if err != nil {
		return err
	}
	number, item, text := q.PathValue("number"), form.Get("item"), form.Get("text")
	version, _ := strconv.Atoi(form.Get("version")) // nonsense is a version that nobody has: merged or refused
	n, err := r.meetings.Note(q.Context(), number, item, version, text)
	if err == nil {
		r.woken(number)
	}
	if strings.Contains(q.Header.Get("Accept"), "application/json") {
		return answer(q.Context(), w, n, err, text)
	}
	if err == nil {
		return web.Redirect(w, q, Href(number)+viewNotes+"#nota-"+item, flashOf(n))
	}
	return web.Again(w, q, err, func(wrong ui.Errors) (web.Page, error) {
		h, failed := r.enter(q)
		if failed != nil {
			return web.Page{}, failed
		}
		return r.notesPage(q.Context(), h, clashed(q.Context(), err, sheet{ID: item, Version: version, Text: text, Errors: wrong}))
	})
}

func flashOf(n meetings.Note) string {
	if n.Merged {
		return "meetings.room.flash.merged"
	}
	return "meetings.room.flash.noted"
}

// clashed puts both texts into one sheet, so that nothing is lost while somebody
// decides what stays.
func clashed(ctx context.Context, err error, s sheet) *sheet {
	if theirs, ok := theirs(err); ok {
		s.Clash = &clash{Theirs: theirs.Text, Yours: s.Text}
		s.Text, s.Version = both(ctx, theirs.Text, s.Text), theirs.Version
	}
	return &s
}

// theirs is the stored note that a text could not be merged with.
func theirs(err error) (meetings.Note, bool) {
	var f *fault.Error
	if !errors.As(err, &f) {
		return meetings.Note{}, false
	}
	n, ok := f.Theirs.(meetings.Note)
	return n, ok
}

// both is what is stored, then what could not be merged with it.
func both(ctx context.Context, theirs, yours string) string {
	return theirs + "\n\n" + t(ctx, "notes.both") + "\n" + yours
}

// answer tells the script what is stored now.
func answer(ctx context.Context, w http.ResponseWriter, n meetings.Note, err error, text string) error {
	s := saved{Version: n.Version, Text: n.Text, Said: t(ctx, "notes.saved")}
	if n.Merged {
		s.Said = t(ctx, "notes.merged")
	}
	status := http.StatusOK
	if stored, clash := theirs(err); clash {
		s = saved{Version: stored.Version, Text: both(ctx, stored.Text, text), Said: t(ctx, "notes.clash"), Clash: true}
		status = http.StatusConflict
	} else if err != nil {
		kind := fault.KindOf(err)
		if kind == fault.Internal {
			return err
		}
		s, status = saved{Said: sentence(ctx, err), Failed: true}, web.Status(err)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	return json.NewEncoder(w).Encode(s)
}

// sentence is what a fault says.
func sentence(ctx context.Context, err error) string {
	var f *fault.Error
	switch {
	case !errors.As(err, &f):
		return ""
	case len(f.Fields) > 0:
		return i18n.T(ctx, f.Fields[0].Key, f.Fields[0].Args...)
	case f.Key == "":
		return i18n.T(ctx, "fault."+string(f.Kind))
	}
	return i18n.T(ctx, f.Key, f.Args...)
}
