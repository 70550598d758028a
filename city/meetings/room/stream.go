package room

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/live"
)

// sightOpen is the sight of those who may not see private items. The others look
// through the eyes of the chair, so theirs is the code of that post.
const sightOpen = "_"

// topicOf is "REU-2026-0042/ID/es/coordinador-mesa". What followers receive
// differs by language and by whether they may see private items; everybody of one
// sight shares one rendering.
func (h hall) topicOf(lang i18n.Lang) string {
	sight := sightOpen
	if _, all := h.Can(h.viewer, meetings.SeePrivate); all {
		sight = h.Meeting.Chair
	}
	return strings.Join([]string{h.Meeting.Number, h.Meeting.ID, string(lang), sight}, "/")
}

// liveHref is the stream of a page that was rendered just now; empty where
// nothing will happen any more.
func (h hall) liveHref() string {
	if h.Meeting.State == meetings.Cancelled || h.Meeting.State == meetings.Signed {
		return ""
	}
	return Href(h.Meeting.Number) + "/vivo?desde=" + strconv.FormatInt(h.Seq, 10)
}

// stream sends what happens in the room from the number of the page on.
func (r *Rooms) stream(w http.ResponseWriter, q *http.Request) error {
	h, err := r.enter(q)
	if err != nil {
		return err
	}
	after, err := strconv.ParseInt(q.URL.Query().Get("desde"), 10, 64)
	if err != nil || after < 0 {
		return fault.New(fault.NotFound, "fault.notfound")
	}
	return r.hub.Serve(w, q, live.Place{Topic: h.topicOf(i18n.Of(q.Context())), Seq: after})
}

// source gives the hub the changes of rooms, rendered.
type source struct {
	rooms *Rooms
	words *i18n.Catalogue
}

// view is what a topic's name says.
type view struct{ number, meeting, lang, sight string }

func viewOf(topic string) view {
	p := strings.Split(topic, "/")
	if len(p) != 4 {
		return view{}
	}
	return view{p[0], p[1], p[2], p[3]}
}

// Last is the number of the newest change.
func (s *source) Last(ctx context.Context, topic string) (int64, error) {
	h, err := s.hall(ctx, viewOf(topic))
	return h.Seq, err
}

// After renders the changes after a number. The room is read once for all of
// them: what a part shows may be newer than its change, never older.
func (s *source) After(ctx context.Context, topic string, seq int64, limit int) ([]live.Change, error) {
	v := viewOf(topic)
	changes, err := s.rooms.meetings.Changes(ctx, v.meeting, seq, limit)
	if err != nil || len(changes) == 0 {
		return nil, err
	}
	ctx = s.with(ctx, v)
	h, err := s.hall(ctx, v)
	if err != nil {
		return nil, err
	}
	_, all := h.Can(h.viewer, meetings.SeePrivate) // a chair who was replaced does not
	parts, out := rendered{h: h, all: all, done: map[string]string{}}, make([]live.Change, len(changes))
	for i, c := range changes {
		later := map[string]bool{}
		for _, next := range changes[i+1:] {
			for _, part := range parts.altered(next) {
				later[part] = true
			}
		}
		if out[i], err = parts.change(ctx, c, later); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// with is a context in which the room is read for a topic: in its language, by
// nobody in particular. An official who is not of the meeting sees what every
// official may.
func (s *source) with(ctx context.Context, v view) context.Context {
	eyes := people.Standing{Posts: []people.Holding{{Post: v.sight}}}
	return people.With(i18n.With(ctx, s.words, i18n.Lang(v.lang)), eyes)
}

func (s *source) hall(ctx context.Context, v view) (hall, error) {
	return s.rooms.hall(s.with(ctx, v), v.number)
}

// touches says which parts of the page a change alters. What every follower is
// sent many times a minute is small: a row of the agenda, not the agenda.
var touches = map[string][]string{
	meetings.ChangeBegan:      {partNow, partAgenda, partPeople},
	meetings.ChangeItemOpened: {partNow, partBudget, partItem},
	meetings.ChangeItemPaused: {partNow, partBudget, partItem},
	meetings.ChangeItemClosed: {partNow, partBudget, partItem, partRecord},
	meetings.ChangeItems:      {partNow, partAgenda},
	meetings.ChangeIn:         {partPeople},
	meetings.ChangeOut:        {partPeople, partQueue},
	meetings.ChangeAsked:      {partQueue},
	meetings.ChangeFloor:      {partNow, partQueue},
	meetings.ChangeTurnEnded:  {partNow, partQueue},
	meetings.ChangeTurnLeft:   {partQueue},
	meetings.ChangeDecided:    {partItem, partRecord},
	meetings.ChangeCommitted:  {partItem, partRecord},
	meetings.ChangeDropped:    {partAgenda, partRecord},
	meetings.ChangeGuests:     {partPeople},
	meetings.ChangeEnded:      {partNow, partAgenda, partQueue, partPeople},
}

// altered is the ids of the parts that a change alters: none for those from whom
// it is hidden.
func (r *rendered) altered(c meetings.Change) []string {
	if c.Hidden && !r.all {
		return nil
	}
	out := slices.Clone(touches[c.Kind])
	for i, part := range out {
		if part == partItem {
			out[i] += c.Data["item"]
		}
	}
	return out
}

// rendered is the parts of a page as they stand, each rendered when it is first
// asked for.
type rendered struct {
	h    hall
	all  bool // for those who may see private items
	done map[string]string
}

// message is what the page's script reads.
type message struct {
	Seq   int64             `json:"seq"`
	At    int64             `json:"at,omitempty"` // unix microseconds
	Kind  string            `json:"kind,omitempty"`
	Parts map[string]string `json:"parts,omitempty"`
	Say   string            `json:"say,omitempty"` // read aloud to those who cannot see the page
}

// change is one change with the parts that no later one alters again. Of what
// alters nothing on the page, those who may not see private items are sent the
// number alone: a note and a private item look the same.
func (r *rendered) change(ctx context.Context, c meetings.Change, later map[string]bool) (live.Change, error) {
	m, touched := message{Seq: c.Seq, Parts: map[string]string{}}, r.altered(c)
	if r.all || len(touched) > 0 {
		m.At, m.Kind, m.Say = c.At.UnixMicro(), c.Kind, r.h.say(ctx, c)
	}
	for _, part := range touched {
		if later[part] {
			continue
		}
		html, err := r.part(ctx, part)
		if err != nil {
			return live.Change{}, err
		}
		if html != "" {
			m.Parts[part] = html
		}
	}
	var data bytes.Buffer
	out := json.NewEncoder(&data)
	out.SetEscapeHTML(false) // half as many bytes; nobody embeds it in a page
	err := out.Encode(m)
	return live.Change{Seq: c.Seq, Name: "change", Data: data.Bytes(), Ends: c.Kind == meetings.ChangeGuests}, err
}

func (r *rendered) part(ctx context.Context, name string) (string, error) {
	if html, ok := r.done[name]; ok {
		return html, nil
	}
	var b bytes.Buffer
	if part := r.h.part(ctx, name); part != nil {
		if err := part.Render(ctx, &b); err != nil {
			return "", err
		}
	}
	r.done[name] = b.String()
	return r.done[name], nil
}

// part is a part of the page as followers see it, nil for an item that is not
// for them.
func (h hall) part(ctx context.Context, name string) templ.Component {
	switch name {
	case partNow:
		return nowPart(h.now(ctx))
	case partAgenda:
		return agendaPart(h.agenda(ctx))
	case partBudget:
		return budgetBar(h.agenda(ctx))
	case partQueue:
		return queuePart(h.queue(ctx))
	case partRecord:
		return recordPart(h.results(ctx, "*"))
	case partPeople:
		return peoplePart(h.attendance(ctx))
	}
	for n, it := range h.Items {
		if partItem+it.ID == name {
			return itemRow(h.item(ctx, n, it), nil)
		}
	}
	return nil
}

// say is a change in words, empty for what is not worth interrupting for.
func (h hall) say(ctx context.Context, c meetings.Change) string {
	switch c.Kind {
	case meetings.ChangeBegan, meetings.ChangeEnded:
		return t(ctx, "say."+c.Kind)
	case meetings.ChangeItemOpened, meetings.ChangeItemClosed:
		for _, it := range h.Items {
			if it.ID == c.Data["item"] {
				return t(ctx, "say."+c.Kind, "title", it.Title)
			}
		}
	case meetings.ChangeFloor:
		if name := h.names[c.Data["key"]]; name != "" {
			return t(ctx, "say.floor", "name", name)
		}
	case meetings.ChangeDecided, meetings.ChangeCommitted:
		for _, x := range h.results(ctx, "*") {
			if x.Number == c.Data["decision"]+c.Data["commitment"] {
				return t(ctx, "say."+c.Kind, "text", x.Text)
			}
		}
	}
	return ""
}
