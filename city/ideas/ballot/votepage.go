package ballot

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/method/choice/rank"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// pageSize is how many options a page of the vote shows.
const pageSize = 24

// votePage is the vote as it is drawn.
type votePage struct {
	Vote
	Heading ui.Heading
	Head    string     // address of the stylesheet
	Action  string     // where taps are posted: the page as it is filtered
	Notice  *ui.Notice // why there is nothing to tap
	Problem string     // why the last tap did not count
	Filters ui.Filters
	Pager   ui.Pager
	Cards   []voteCard
	Mine    minePanel
	Barred  []barredRow
	Rules   rulesPanel
	SignIn  string // address; empty for who is signed in
	Status  string // what counts, for screen readers
}

// voteCard is one option with what can be done to it.
type voteCard struct {
	Option
	Kind    Kind
	Excerpt string
	Where   string
	Price   string
	Part    string // of the budget, in words
	In      bool
	Value   int
	Last    int // Ranking: how many places there are
	Most    int // Points, Dotted: the most on one
	Scale   []scaleStep
	Open    bool // taps count
}

// scaleStep is one answer of a scale.
type scaleStep struct {
	Value int
	Text  string
	On    bool
}

// minePanel is what counts of the person's ballot, always in view.
type minePanel struct {
	Short string // one line, for the bar of a phone
	Left  string
	Cost  string
	Share float64 // of the budget that the choice costs, 1 is all
	Money bool
	Rows  []mineRow
}

// mineRow is one voice on the ballot.
type mineRow struct {
	Number, Other, Title, Text string
	Up                         int // Ranking: the place above, 0 at the top
}

type barredRow struct{ Number, Title, Why string }

// rulesPanel says how the vote works.
type rulesPanel struct{ Terms, Method, Hash string }

func (m *Module) votePage(w http.ResponseWriter, r *http.Request) error {
	return m.showVote(w, r, "", nil)
}

// showVote draws the vote, or for htmx the part of it that a tap changes. failed
// is why the last tap did not count.
func (m *Module) showVote(w http.ResponseWriter, r *http.Request, _ string, failed error) error {
	ctx := r.Context()
	v, err := m.Vote(ctx, r.PathValue("number"))
	if err != nil {
		return err
	}
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return err
	}
	p := m.draw(ctx, ch, v, r.URL.Query())
	p.Action = r.URL.RequestURI()
	page := web.Page{Title: p.Heading.Title, Description: v.Question, Section: "ideas"}
	if failed != nil {
		p.Problem, page.Status = ui.ErrorsOf(ctx, failed).Title, web.Status(failed)
	}
	if web.IsPartial(r) {
		return web.RenderPart(w, r, votePart(p))
	}
	page.Body = voteBody(p)
	return web.Render(w, r, page)
}

// draw fills the page.
func (m *Module) draw(ctx context.Context, ch *charter.Charter, v Vote, q url.Values) votePage {
	p := votePage{Vote: v, Head: m.style.Path, Notice: v.notice(ctx, ch), Mine: v.mine(ctx)}
	p.Heading = ui.Heading{Crumbs: crumbs(ctx, v.Contest), Over: v.over(ctx, ch), Title: v.Question, Lead: i18n.T(ctx, v.how(), v.figures(ctx)...)}
	p.Rules = rulesPanel{Terms: v.Terms, Method: i18n.T(ctx, "ideas.ballot.method."+string(v.Method)), Hash: v.RulesHash}
	p.Status = p.Mine.Short
	if !people.Me(ctx).SignedIn() && m.Deps.SignIn != nil {
		p.SignIn = m.Deps.SignIn(voteHref(v.Number))
	}
	for _, o := range v.Barred {
		p.Barred = append(p.Barred, barredRow{o.Number, o.Title, i18n.T(ctx, "ideas.ballot.bar."+string(v.Bar(o)), "cost", Money(ctx, o.Cost, v.Currency))})
	}
	if v.Kind() == Pairs {
		for _, o := range v.Pair {
			p.Cards = append(p.Cards, v.card(ctx, ch, o))
		}
		return p
	}
	place := q.Get("lugar")
	p.Filters = v.filters(ctx, ch, place)
	shown := slices.DeleteFunc(slices.Clone(v.Options), func(o Option) bool { return place != "" && district(ch, o.Place) != place })
	p.page(ctx, &shown, place, q.Get("pagina"))
	for _, o := range shown {
		p.Cards = append(p.Cards, v.card(ctx, ch, o))
	}
	return p
}

// how is the sentence that says how to vote.
func (v Vote) how() string {
	key := "ideas.ballot.how." + string(v.Kind())
	if (v.Kind() == Approval || v.Kind() == Ranking) && v.Limit(len(v.Options)) > 0 {
		key += "_limit"
	}
	return key
}

// figures fill the sentence that says how to vote.
func (v Vote) figures(ctx context.Context) []any {
	limit := v.Limit(len(v.Options))
	return []any{"count", limit, "limit", limit, "most", rank.MaxDotsOnOne, "budget", Money(ctx, v.Budget, v.Currency)}
}

// over is the line above the title: until when, and how many vote.
func (v Vote) over(ctx context.Context, ch *charter.Charter) string {
	until := i18n.T(ctx, "ideas.ballot.stage."+string(v.Stage), "opens", i18n.DateTime(ctx, v.Opens.In(ch.City.Zone)), "closes", i18n.DateTime(ctx, v.Closes.In(ch.City.Zone)))
	if v.Stage == Waiting {
		return until
	}
	return until + " · " + i18n.T(ctx, "ideas.ballot.voters", "count", v.Voters, "n", i18n.Number(ctx, int64(v.Voters)))
}

// notice says why there is nothing to tap, nil when there is.
func (v Vote) notice(ctx context.Context, ch *charter.Charter) *ui.Notice {
	switch {
	case v.Stage == Over:
		return &ui.Notice{Tone: ui.Info, Title: i18n.T(ctx, "ideas.ballot.over.title"), Text: i18n.T(ctx, "ideas.ballot.over.text"),
			Link: ui.Link{Href: resultHref(v.Number), Text: i18n.T(ctx, "ideas.ballot.over.link")}}
	case v.Stage == Waiting:
		return &ui.Notice{Tone: ui.Info, Title: i18n.T(ctx, "ideas.ballot.waiting.title"),
			Text: i18n.T(ctx, "ideas.ballot.waiting.text", "opens", i18n.DateTime(ctx, v.Opens.In(ch.City.Zone)))}
	case v.Stage == Void:
		return &ui.Notice{Tone: ui.Warn, Title: i18n.T(ctx, "ideas.ballot.void.title"), Text: i18n.T(ctx, "ideas.ballot.void.text")}
	case len(v.Options) == 0:
		return &ui.Notice{Tone: ui.Warn, Title: i18n.T(ctx, "ideas.ballot.none.title"), Text: i18n.T(ctx, "ideas.ballot.none.text")}
	}
	return nil
}

// card is one option as it is drawn.
func (v Vote) card(ctx context.Context, ch *charter.Charter, o Option) voteCard {
	value, in := v.Mine[Key{Idea: o.Number}]
	c := voteCard{Option: o, Kind: v.Kind(), Excerpt: excerpt(o.Text), Where: placeName(ctx, ch, o.Place), In: in, Value: value, Last: len(v.Mine),
		Open: v.Stage == Voting && people.Me(ctx).SignedIn()}
	if o.Cost > 0 {
		c.Price = Money(ctx, o.Cost, v.Currency)
	}
	if v.Method.Spends() && v.Budget > 0 {
		const hundred = 100
		c.Part = i18n.T(ctx, "ideas.ballot.part", "share", ui.Decimal(ctx, hundred*float64(o.Cost)/float64(v.Budget)))
	}
	if c.Where == "" {
		c.Where = i18n.T(ctx, "ideas.ballot.whole_city")
	}
	_, c.Most = v.Contest.Range()
	if c.Kind == Scores || c.Kind == Grades {
		for n := MaxScore; n >= 0; n-- {
			text := strconv.Itoa(n)
			if c.Kind == Grades {
				text = gradeWord(ctx, n)
			}
			c.Scale = append(c.Scale, scaleStep{n, text, in && n == value})
		}
	}
	return c
}

// gradeWord is the word of a grade.
func gradeWord(ctx context.Context, n int) string {
	return i18n.T(ctx, "ideas.ballot.grade."+strconv.Itoa(n))
}

// excerptMax is how many characters of an idea's text a card shows.
const excerptMax = 240

func excerpt(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= excerptMax {
		return string(runes)
	}
	cut := string(runes[:excerptMax])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, ",;:. ") + "…"
}

// mine is the panel of what counts.
func (v Vote) mine(ctx context.Context) minePanel {
	kind := string(v.Kind())
	p := minePanel{Money: v.Method.Spends(), Cost: i18n.T(ctx, "ideas.ballot.mine.cost", "cost", Money(ctx, v.Cost, v.Currency), "budget", Money(ctx, v.Budget, v.Currency))}
	p.Short = i18n.T(ctx, "ideas.ballot.mine."+kind, "count", v.Used, "n", v.Used)
	if left, ok := v.Left(); ok {
		p.Left = i18n.T(ctx, "ideas.ballot.left."+kind, "count", left, "n", left)
	}
	if v.Kind() == Pairs {
		p.Left = i18n.T(ctx, "ideas.ballot.left.pairs", "count", v.Pairs-v.Used, "n", v.Pairs-v.Used)
	}
	if v.Budget > 0 {
		p.Share = float64(v.Cost) / float64(v.Budget)
	}
	p.Rows = v.rows(ctx)
	return p
}

// rows lists what the ballot says, best first.
func (v Vote) rows(ctx context.Context) []mineRow {
	titles := map[string]string{}
	for _, o := range v.Options {
		titles[o.Number] = o.Title
	}
	keys := v.Mine.keys(v.Kind())
	rows := make([]mineRow, 0, len(keys))
	for _, k := range keys {
		n := v.Mine[k]
		row := mineRow{Number: k.Idea, Other: k.Other, Title: titles[k.Idea], Text: v.says(ctx, n)}
		if v.Kind() == Ranking {
			row.Up = n - 1
		}
		if k.Other != "" {
			row.Title, row.Text = titles[k.Idea]+" / "+titles[k.Other], i18n.T(ctx, "ideas.ballot.duel.undecided")
			if n != CannotSay {
				row.Text = i18n.T(ctx, "ideas.ballot.duel.won", "title", titles[map[int]string{FirstWins: k.Idea, SecondWins: k.Other}[n]])
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// says is a voice in words; an approval says nothing more.
func (v Vote) says(ctx context.Context, n int) string {
	switch v.Kind() {
	case Ranking:
		return i18n.T(ctx, "ideas.ballot.says.place", "n", n)
	case Points:
		return i18n.T(ctx, "ideas.ballot.says.points", "count", n)
	case Dotted:
		return i18n.T(ctx, "ideas.ballot.says.dots", "count", n)
	case Scores:
		return i18n.T(ctx, "ideas.ballot.says.score", "n", n)
	case Grades:
		return gradeWord(ctx, n)
	}
	return ""
}

// filters choose a part of the city.
func (v Vote) filters(ctx context.Context, ch *charter.Charter, chosen string) ui.Filters {
	counts := map[string]int{}
	for _, o := range v.Options {
		counts[district(ch, o.Place)]++
	}
	group := ui.FilterGroup{Name: i18n.T(ctx, "ideas.ballot.filter.place")}
	for _, t := range ch.Territories.All() { // in the order of the city
		code, name := t.Code, t.Name.In(i18n.Of(ctx))
		if counts[code] == 0 {
			continue
		}
		c := ui.Choice{Text: name, Href: listHref(v.Number, code, 1), On: code == chosen, Count: counts[code]}
		if c.On {
			c.Href = listHref(v.Number, "", 1)
		}
		group.Choices = append(group.Choices, c)
	}
	if len(group.Choices) < 2 && chosen == "" {
		return ui.Filters{}
	}
	return ui.Filters{Groups: []ui.FilterGroup{group}}
}

func listHref(number, place string, page int) string {
	q := url.Values{}
	if place != "" {
		q.Set("lugar", place)
	}
	if page > 1 {
		q.Set("pagina", strconv.Itoa(page))
	}
	if len(q) == 0 {
		return voteHref(number)
	}
	return voteHref(number) + "?" + q.Encode()
}

// page cuts the options to one page.
func (p *votePage) page(ctx context.Context, shown *[]Option, place, asked string) {
	all := *shown
	at, _ := strconv.Atoi(asked)
	last := max((len(all)+pageSize-1)/pageSize, 1)
	at = min(max(at, 1), last)
	*shown = all[(at-1)*pageSize : min(at*pageSize, len(all))]
	if last == 1 {
		return
	}
	p.Pager.Note = i18n.T(ctx, "ideas.ballot.page", "page", at, "pages", last)
	if at > 1 {
		p.Pager.Earlier = listHref(p.Number, place, at-1)
	}
	if at < last {
		p.Pager.Later = listHref(p.Number, place, at+1)
	}
}

// closesIn says in words how long is left, for the panel.
func (v Vote) closesIn(ctx context.Context) string {
	left := v.Closes.Sub(clock.Now(ctx))
	const day = 24
	if days := int(left.Hours()) / day; days > 0 {
		return i18n.T(ctx, "ideas.ballot.closes.days", "count", days)
	}
	return i18n.T(ctx, "ideas.ballot.closes.hours", "count", max(int(left.Hours()), 1))
}
