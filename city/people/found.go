package people

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
)

// BodyForm is what a form says of a new body. Names are by language, in fields
// "name_es", "name_en" and so on.
type BodyForm struct {
	Name   charter.Name
	Kind   string
	Short  string
	Parent string // code of the body above, empty at the top
	From   string // first day, as typed; it may be past
}

// PostForm is what a form says of a new post.
type PostForm struct {
	Title charter.Name // fields "name_es" and so on
	Body  string
	Rank  string
	Signs bool
	Seats string // as typed, 1 when empty
	From  string // first day, as typed
}

const (
	shortMax   = 20      // runes of an abbreviation
	codeMax    = 48      // letters of a code made of a name
	seatsMax   = 100     // of one post
	placeAtEnd = 1 << 20 // order of what is founded here: after all of the charter
)

// FoundBody makes a body that the charter does not have and gives its code.
// Faults: Forbidden, Invalid on the form's fields.
func (m *Module) FoundBody(ctx context.Context, f BodyForm) (code string, err error) {
	defer fault.Wrap(&err, "FoundBody")
	if err := allow(ctx, ActStructure); err != nil {
		return "", err
	}
	t, err := m.readBody(ctx, f)
	if err != nil {
		return "", err
	}
	err = m.db.Write(ctx, func(ctx context.Context) error {
		if err := m.takeTurn(ctx, turnStructure); err != nil {
			return err
		}
		if code, err = m.freeCode(ctx, f.Name, m.hasBody); err != nil {
			return err
		}
		t.Body = code
		return m.storeBody(ctx, t)
	})
	return code, err
}

// readBody checks the form and makes the first term of the body of it.
func (m *Module) readBody(ctx context.Context, f BodyForm) (bodyTerm, error) {
	var c fault.Check
	m.checkName(ctx, &c, f.Name)
	c.Require(slices.Contains(charter.Kinds, charter.Kind(f.Kind)), "kind", "fault.choice")
	c.Text("short", f.Short, false, shortMax)
	from := checkDay(&c, "from", f.From, true)
	if f.Parent != "" {
		above, err := m.BodyOn(ctx, f.Parent, from)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return bodyTerm{}, err
		}
		c.Require(err == nil && (c.Failed("from") || above.ActiveOn(from)), "parent", "people.fault.body")
	}
	return bodyTerm{Since: from, bodyFacts: bodyFacts{Kind: charter.Kind(f.Kind), Name: stored(tidyName(f.Name)), Short: strings.TrimSpace(f.Short),
		About: "{}", Parent: f.Parent}}, c.Err()
}

func (m *Module) storeBody(ctx context.Context, t bodyTerm) error {
	if err := m.putBody(ctx, t.Body, t.Since, t.Until, placeAtEnd, false); err != nil {
		return err
	}
	if err := m.db.Insert(ctx, "people_body_term", t); err != nil {
		return err
	}
	if err := m.rebuildLines(ctx); err != nil {
		return err
	}
	return m.announce(ctx, event.Event{Kind: EventBodyFounded, Subject: event.Subject{Kind: SubjectBody, ID: t.Body}, Public: true,
		Related: []event.Subject{{Kind: SubjectBody, ID: t.Parent}},
		Data:    map[string]string{"body": t.Body, "kind": string(t.Kind), "from": string(t.Since)}})
}

// FoundPost makes a post that the charter does not have and gives its code.
// Faults: Forbidden, Invalid on the form's fields.
func (m *Module) FoundPost(ctx context.Context, f PostForm) (code string, err error) {
	defer fault.Wrap(&err, "FoundPost(%s)", f.Body)
	if err := allow(ctx, ActStructure); err != nil {
		return "", err
	}
	t, err := m.readPost(ctx, f)
	if err != nil {
		return "", err
	}
	err = m.db.Write(ctx, func(ctx context.Context) error {
		if err := m.takeTurn(ctx, turnStructure); err != nil {
			return err
		}
		if code, err = m.freeCode(ctx, f.Title, m.hasPost); err != nil {
			return err
		}
		t.Post = code
		return m.storePost(ctx, t)
	})
	return code, err
}

func (m *Module) readPost(ctx context.Context, f PostForm) (postTerm, error) {
	var c fault.Check
	m.checkName(ctx, &c, f.Title)
	c.Require(slices.Contains(charter.Ranks, charter.Rank(f.Rank)), "rank", "fault.choice")
	from := checkDay(&c, "from", f.From, true)
	b, err := m.BodyOn(ctx, f.Body, from)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return postTerm{}, err
	}
	c.Require(err == nil, "body", "people.fault.body")
	if err == nil && !c.Failed("from") {
		c.Require(b.ActiveOn(from), "from", "people.fault.no_body")
	}
	seats := 1
	if typed := strings.TrimSpace(f.Seats); typed != "" {
		seats, err = strconv.Atoi(typed)
		c.Require(err == nil && seats >= 1 && seats <= seatsMax, "seats", "people.fault.seats", "max", seatsMax)
	}
	return postTerm{Since: from, Until: b.To, postFacts: postFacts{Body: f.Body, Title: stored(tidyName(f.Title)), About: "{}",
		Rank: charter.Rank(f.Rank), Signs: f.Signs, Seats: seats, Renewals: -1}}, c.Err()
}

func (m *Module) storePost(ctx context.Context, t postTerm) error {
	if err := m.putPost(ctx, t.Post, t.Since, t.Until, placeAtEnd, false); err != nil {
		return err
	}
	if err := m.db.Insert(ctx, "people_post_term", t); err != nil {
		return err
	}
	return m.announce(ctx, ofPost(EventPostFounded, t.Post, t.Body, map[string]string{"from": string(t.Since)}))
}

// EndPost ends a post after its last day, typed as "2006-01-02", with the terms
// in it. Faults: Forbidden, NotFound, Conflict when it ends by then already,
// Invalid on "last".
func (m *Module) EndPost(ctx context.Context, post, last string) (err error) {
	defer fault.Wrap(&err, "EndPost(%s)", post)
	if err := allow(ctx, ActStructure); err != nil {
		return err
	}
	today, err := m.Today(ctx)
	if err != nil {
		return err
	}
	var c fault.Check
	day := checkDay(&c, "last", last, true)
	forbidPast(ctx, &c, "last", day, today)
	if err := c.Err(); err != nil {
		return err
	}
	return m.db.Write(ctx, func(ctx context.Context) error { return m.endPost(ctx, post, after(day, 1)) })
}

func (m *Module) endPost(ctx context.Context, post string, until clock.Day) error {
	if err := m.lockPost(ctx, post); err != nil {
		return err
	}
	p, err := m.Post(ctx, post)
	if err != nil {
		return err
	}
	if ends(p.To, until) {
		return fault.New(fault.Conflict, "people.post.ended")
	}
	if err := m.setPostEnd(ctx, post, max(until, p.From)); err != nil {
		return err
	}
	if err := m.cutTerms(ctx); err != nil {
		return err
	}
	return m.announce(ctx, ofPost(EventPostEnded, post, p.Body, map[string]string{"to": string(until)}))
}

// checkName asks for a name in each language of the city; others are welcome.
func (m *Module) checkName(ctx context.Context, c *fault.Check, n charter.Name) {
	city := m.languages(ctx)
	for _, lang := range i18n.Langs {
		c.Text("name_"+string(lang), n[lang], slices.Contains(city, lang), nameMax)
	}
}

// languages are those in which the city gives names.
func (m *Module) languages(ctx context.Context) []i18n.Lang {
	if c, err := m.charters(ctx); err == nil && len(c.City.Languages) > 0 {
		return c.City.Languages
	}
	return i18n.Langs[:1]
}

func tidyName(n charter.Name) charter.Name {
	out := charter.Name{}
	for lang, s := range n {
		if s = strings.Join(strings.Fields(s), " "); s != "" {
			out[lang] = s
		}
	}
	return out
}

// freeCode makes a code of a name that nothing has yet.
func (m *Module) freeCode(ctx context.Context, n charter.Name, taken func(context.Context, string) (bool, error)) (string, error) {
	base := slug(n.In(m.languages(ctx)[0]))
	code := base
	for i := 2; ; i++ {
		used, err := taken(ctx, code)
		if err != nil || !used {
			return code, err
		}
		code = base + "-" + strconv.Itoa(i)
	}
}

// slug is a text as a code: lower case letters, digits and hyphens.
func slug(text string) string {
	ascii := keepASCII(fold(text))
	parts := strings.FieldsFunc(ascii, func(r rune) bool { return r == ' ' })
	code := strings.Join(parts, "-")
	if len(code) > codeMax {
		code = strings.Trim(code[:codeMax], "-")
	}
	if code == "" {
		return "x"
	}
	return code
}

func keepASCII(folded string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return ' '
	}, folded)
}
