package pages

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"ronda/city/charter"
	"ronda/city/ideas"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// writePage is the one page on which an idea is written.
type writePage struct {
	Heading  ui.Heading
	Asked    askedView
	Form     ui.Form
	Places   []ui.Option
	Picker   picker
	Images   []draftImage
	Like     likeList
	Waiting  []draftView // other drafts of the person
	Conflict *ui.Conflict
	Entered  bool // is signed in
	Back     bool // has come back from signing in: one button is left to press
	Sent     bool // edits an idea that was sent
	Cancel   string
}

// askedView is the challenge that the idea answers.
type askedView struct {
	Title, Href, Closes string
	Dial                dial
	On                  bool
}

type draftImage struct{ ID, Href, Alt string }

type draftView struct{ Href, Title, Meta string }

// likeList is what may be the same idea.
type likeList struct {
	Items []likeView
	Kin   string // the one that the writer wants to be a family with
}

type likeView struct{ Number, Href, Title, Line, Supports string }

func (p *Pages) write(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), r.URL.Query()
	if strings.HasSuffix(r.URL.Path, "/idea") {
		c, err := p.ideas.Challenge(ctx, r.PathValue("number"))
		if err != nil {
			return err
		}
		if !c.TakesIdeas(clock.Now(ctx)) {
			return web.Redirect(w, r, "/desafios/"+c.Number, "ideas.pages.flash.closed")
		}
	}
	typed := ui.Values{"title": {q.Get("titulo")}, "place": {q.Get("lugar")}, "kin": {q.Get("familia")}}
	if draft := q.Get("borrador"); draft != "" {
		d, err := p.ideas.Draft(ctx, draft)
		if fault.Is(err, fault.NotFound) {
			return web.Redirect(w, r, "/mis-ideas", "ideas.pages.flash.draft_gone")
		}
		if err != nil {
			return err
		}
		typed = valuesOf(d)
		typed["kin"] = []string{q.Get("familia")}
	}
	page, err := p.writePage(r, typed, ui.Errors{})
	if err != nil {
		return err
	}
	page.Back = q.Get("enviar") != "" && page.Entered
	return web.Render(w, r, page.page())
}

func valuesOf(d ideas.Draft) ui.Values {
	v := ui.Values{"draft": {d.ID}, "version": {strconv.Itoa(d.Version)}, "title": {d.Title}, "text": {d.Text}, "place": {d.Place}, "signature": {d.Signature}, "images": d.Images}
	if d.Lat != 0 || d.Lon != 0 {
		v["lat"], v["lon"] = []string{coordinate(d.Lat)}, []string{coordinate(d.Lon)}
	}
	return v
}

func coordinate(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func (p writePage) page() web.Page {
	page := pageOf(p.Heading.Title, "", writeBody(p))
	page.Private = true
	return page
}

// writePage fills the page with what is typed so far.
func (p *Pages) writePage(r *http.Request, typed ui.Values, wrong ui.Errors) (writePage, error) {
	ctx := r.Context()
	say, err := p.words(ctx)
	if err != nil {
		return writePage{}, err
	}
	c, err := p.asked(r)
	if err != nil {
		return writePage{}, err
	}
	page := writePage{Entered: people.Me(ctx).SignedIn(), Places: say.placeOptions(ctx), Picker: say.picker(), Heading: writeHeading(ctx, c),
		Form: ui.Form{ID: "idea", Action: r.URL.Path, Values: typed, Errors: wrong, Files: true, Hidden: hiddenOf(typed, c), Autosave: "/ideas/borrador"}}
	if c.ID != "" {
		page.Asked = askedView{On: true, Title: c.Question, Href: "/desafios/" + c.Number, Closes: t(ctx, "write.closes", "when", say.exact(ctx, c.Closes)), Dial: say.left(ctx, c.Opens, c.Closes)}
	}
	for n, img := range typed["images"] {
		page.Images = append(page.Images, draftImage{img, "/imagenes/" + img, t(ctx, "write.image", "n", strconv.Itoa(n+1))})
	}
	if page.Like, err = p.alike(ctx, typed.Get("title"), c.ID, typed.Get("kin")); err != nil {
		return page, err
	}
	page.Waiting, err = p.waiting(ctx, say, typed.Get("draft"))
	return page, err
}

func writeHeading(ctx context.Context, c ideas.Challenge) ui.Heading {
	if c.ID == "" {
		return ui.Heading{Crumbs: []ui.Link{{Href: "/ideas", Text: t(ctx, "list.title")}}, Title: t(ctx, "write.title"), Lead: t(ctx, "write.lead")}
	}
	return ui.Heading{Crumbs: []ui.Link{{Href: "/desafios", Text: t(ctx, "challenges.title")}, {Href: "/desafios/" + c.Number, Text: c.Title}},
		Title: t(ctx, "write.answer"), Lead: t(ctx, "write.lead")}
}

// asked is the challenge of the address, empty at the standing door.
func (p *Pages) asked(r *http.Request) (ideas.Challenge, error) {
	if number := r.PathValue("number"); number != "" {
		return p.ideas.Challenge(r.Context(), number)
	}
	return ideas.Challenge{}, nil
}

// hiddenOf are the values that travel with the form.
func hiddenOf(typed ui.Values, c ideas.Challenge) []ui.Pair {
	out := []ui.Pair{{Name: "draft", Value: typed.Get("draft")}, {Name: "version", Value: typed.Get("version")}, {Name: "challenge", Value: c.Number}}
	for _, name := range []string{"lat", "lon"} {
		if v := typed.Get(name); v != "" {
			out = append(out, ui.Pair{Name: name, Value: v})
		}
	}
	return out
}

// placeOptions are the parts of the city: first the whole of it, then each
// district with its neighbourhoods.
func (w words) placeOptions(ctx context.Context) []ui.Option {
	whole := w.ch.Whole()
	out := []ui.Option{{Value: whole.Code, Text: t(ctx, "write.whole", "city", w.ch.City.Name.In(w.lang))}}
	for _, d := range w.ch.AtLevel(charter.LevelDistrict) {
		name := d.Name.In(w.lang)
		out = append(out, ui.Option{Value: d.Code, Text: t(ctx, "write.district", "district", name), Group: name})
		for _, n := range w.ch.AtLevel(charter.LevelNeighbourhood) {
			if n.Parent == d.Code {
				out = append(out, ui.Option{Value: n.Code, Text: n.Name.In(w.lang), Group: name})
			}
		}
	}
	return out
}

// picker is the map on which a place can be tapped instead of chosen from the
// list. It stands beside the list and says nothing that the list does not.
type picker struct {
	Box   string
	Tiles []pickerTile
}

type pickerTile struct{ Code, Label, Name, X, Y string }

const pickerSide = 44

func (w words) picker() picker {
	level := charter.LevelNeighbourhood
	if len(w.ch.AtLevel(level)) == 0 {
		level = charter.LevelDistrict
	}
	var out picker
	cols, rows := 0, 0
	for _, x := range w.ch.AtLevel(level) {
		if x.Tile != nil {
			out.Tiles = append(out.Tiles, pickerTile{x.Code, short(x, w.lang), x.Name.In(w.lang), strconv.Itoa(x.Tile.Col*pickerSide + 1), strconv.Itoa(x.Tile.Row*pickerSide + 1)})
			cols, rows = max(cols, x.Tile.Col+1), max(rows, x.Tile.Row+1)
		}
	}
	out.Box = "0 0 " + strconv.Itoa(cols*pickerSide) + " " + strconv.Itoa(rows*pickerSide)
	return out
}

// likeShown is how many ideas that may be the same are shown: more would stand
// between the writer and the page.
const likeShown = 3

// alike are the ideas that the title is like.
func (p *Pages) alike(ctx context.Context, title, challenge, kin string) (likeList, error) {
	out := likeList{Kin: kin}
	if len([]rune(strings.TrimSpace(title))) < 4 {
		return out, nil
	}
	found, err := p.ideas.Typing(ctx, cut(title, ideas.TitleMax), challenge)
	for _, f := range found[:min(len(found), likeShown)] {
		out.Items = append(out.Items, likeView{f.Number, "/ideas/" + f.Number, f.Title, f.Line, t(ctx, "supports.n", "count", f.Supports)})
	}
	return out, err
}

// typing answers while a title is typed.
func (p *Pages) typing(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), r.URL.Query()
	challenge := ""
	if number := q.Get("desafio"); number != "" {
		c, err := p.ideas.Challenge(ctx, number)
		if err != nil {
			return err
		}
		challenge = c.ID
	}
	list, err := p.alike(ctx, q.Get("title"), challenge, "")
	if err != nil {
		return err
	}
	return web.RenderPart(w, r, likeBox(list))
}

// waiting are the other drafts of whoever writes.
func (p *Pages) waiting(ctx context.Context, say words, except string) ([]draftView, error) {
	drafts, err := p.ideas.Drafts(ctx)
	if err != nil {
		return nil, err
	}
	var out []draftView
	for _, d := range drafts {
		if d.ID == except {
			continue
		}
		v, err := p.draftView(ctx, say, d)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

func (p *Pages) draftView(ctx context.Context, say words, d ideas.Draft) (draftView, error) {
	href := "/ideas/nueva"
	if d.Challenge != "" {
		c, err := p.ideas.ChallengeByID(ctx, d.Challenge)
		if err != nil {
			return draftView{}, err
		}
		href = "/desafios/" + c.Number + "/idea"
	}
	return draftView{Href: href + "?" + url.Values{"borrador": {d.ID}}.Encode(), Title: cmp.Or(d.Title, t(ctx, "draft.untitled")), Meta: t(ctx, "draft.saved", "when", say.when(ctx, d.At))}, nil
}

// conflict puts what is stored beside what was typed, and lets the next save win
// knowingly.
func (p *Pages) conflict(ctx context.Context, say words, err error, typed ui.Values) *ui.Conflict {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Conflict {
		return nil
	}
	theirs, ok := f.Theirs.(ideas.Draft)
	if !ok {
		return nil
	}
	typed["version"] = []string{strconv.Itoa(theirs.Version)}
	return say.bothTexts(ctx, ideas.Words{Title: theirs.Title, Text: theirs.Text, Place: theirs.Place, Signature: theirs.Signature, At: theirs.At}, typed)
}

func (w words) bothTexts(ctx context.Context, theirs ideas.Words, typed ui.Values) *ui.Conflict {
	return &ui.Conflict{Title: t(ctx, "conflict"), Text: t(ctx, "conflict.text"), Who: w.when(ctx, theirs.At), Rows: []ui.ConflictRow{
		{Label: t(ctx, "write.name"), Theirs: theirs.Title, Yours: typed.Get("title")},
		{Label: t(ctx, "write.text"), Theirs: theirs.Text, Yours: typed.Get("text")},
		{Label: t(ctx, "write.place"), Theirs: w.place(theirs.Place), Yours: w.place(typed.Get("place"))},
	}}
}

// liveAddress is what is asked while a title is typed.
func liveAddress(p writePage) string {
	switch {
	case p.Sent:
		return ""
	case p.Asked.On:
		return "/ideas/parecidas?" + url.Values{"desafio": {strings.TrimPrefix(p.Asked.Href, "/desafios/")}}.Encode()
	}
	return "/ideas/parecidas"
}

// more says whether the folded fields hold something to be seen.
func (p writePage) more() bool {
	v, e := p.Form.Values, p.Form.Errors
	return v.Get("signature") != "" || len(p.Images) > 0 || e.For("signature") != "" || e.For("image") != ""
}
