package ballot

import (
	"context"
	"errors"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ronda/city/charter"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// resultPage is the result as it is drawn.
type resultPage struct {
	Outcome
	Heading  ui.Heading
	Head     string // address of the stylesheet
	Waiting  *ui.Notice
	Preview  bool // seen before it is published
	Figures  ui.Figures
	Money    []segment
	MoneyTab ui.Table
	Chosen   []resultRow
	Rest     []resultRow
	Barred   []barredRow
	Departed []departedRow // an override: what was changed
	Greedy   *greedyPart
	Votes    ui.Bars
	Sizes    ui.Bars
	Pairs    ui.Table
	Ties     []string
	Form     ui.Form
}

// segment is one piece of the money that was given out. Shares are of 1.
type segment struct {
	From, Share float64
	Axis        int
	No          string // its place on the list
	Title       string
}

// middle is where the number of the segment stands, empty when it has no room.
func (s segment) middle() string {
	const least = 0.035
	if s.Share < least {
		return ""
	}
	return percent(s.From + s.Share/2)
}

// resultRow is one option with its reason.
type resultRow struct {
	Placed
	Axis   int
	No     string
	Price  string
	Reason string
	Tie    string
	Where  string
	Tally  string
	Legend string // what the spread shows, in words
	Added  bool   // chosen by the body, not by the method
}

type departedRow struct{ Number, Title, Text string }

// greedyPart sets greedy by votes beside the result.
type greedyPart struct {
	Lead         string
	Here, There  []departedRow // only in the result; only by votes
	Bars         ui.Bars
	SameChoice   bool
	Cost, Chosen string
}

func (m *Module) resultPage(w http.ResponseWriter, r *http.Request) error {
	p, err := m.drawResult(r)
	var other elsewhere
	if errors.As(err, &other) {
		return web.Redirect(w, r, other.href, "")
	}
	if err != nil {
		return err
	}
	return web.Render(w, r, p.page())
}

func (p resultPage) page() web.Page {
	return web.Page{Title: p.Heading.Title, Description: p.Question, Section: "ideas", Body: resultBody(p), Private: p.Preview}
}

// drawResult fills the page for the person of the request.
func (m *Module) drawResult(r *http.Request) (p resultPage, err error) {
	ctx := r.Context()
	o, err := m.Outcome(ctx, r.PathValue("number"))
	if err != nil {
		return p, err
	}
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return p, err
	}
	p = resultPage{Outcome: o, Head: m.style.Path, Waiting: o.waiting(ctx, ch), Preview: o.Published.IsZero(), Form: ui.Form{ID: "publicar", Action: resultHref(o.Number)}}
	p.Heading = ui.Heading{Crumbs: crumbs(ctx, o.Contest), Over: o.over(ctx, ch), Title: i18n.T(ctx, "ideas.ballot.result.title", "title", o.Title), Lead: o.Question}
	if o.Result != nil {
		p.fill(ctx, ch)
	}
	return p, nil
}

// over is the line above the title.
func (o Outcome) over(ctx context.Context, ch *charter.Charter) string {
	if o.Published.IsZero() {
		return i18n.T(ctx, "ideas.ballot.result.sealed")
	}
	return i18n.T(ctx, "ideas.ballot.result.published", "day", i18n.Date(ctx, o.Published.In(ch.City.Zone)))
}

// waiting says what a visitor waits for, nil when the result is there.
func (o Outcome) waiting(ctx context.Context, ch *charter.Charter) *ui.Notice {
	closes := i18n.DateTime(ctx, o.Closes.In(ch.City.Zone))
	switch {
	case o.Result != nil:
		return nil
	case o.Stage == Void:
		return &ui.Notice{Tone: ui.Warn, Title: i18n.T(ctx, "ideas.ballot.void.title"), Text: i18n.T(ctx, "ideas.ballot.void.text")}
	case o.Stage != Over:
		return &ui.Notice{Tone: ui.Info, Title: i18n.T(ctx, "ideas.ballot.result.running"), Text: i18n.T(ctx, "ideas.ballot.result.running.text", "closes", closes),
			Link: ui.Link{Href: voteHref(o.Number), Text: i18n.T(ctx, "ideas.ballot.result.vote")}}
	case o.Counted.IsZero():
		return &ui.Notice{Tone: ui.Now, Title: i18n.T(ctx, "ideas.ballot.result.counting"), Text: i18n.T(ctx, "ideas.ballot.result.counting.text", "closes", closes)}
	}
	return &ui.Notice{Tone: ui.Now, Title: i18n.T(ctx, "ideas.ballot.result.waiting"), Text: i18n.T(ctx, "ideas.ballot.result.waiting.text")}
}

// list is what the page shows as chosen: what was published, or proposed.
func (p *resultPage) list() []string {
	if p.Published.IsZero() {
		return p.Result.Chosen
	}
	return p.Outcome.Chosen
}

// fill draws everything that is about the result.
func (p *resultPage) fill(ctx context.Context, ch *charter.Charter) {
	chosen := p.list()
	axis := 0
	for _, one := range p.Result.Places {
		row := p.row(ctx, ch, one)
		if i := slices.Index(chosen, one.Number); i < 0 {
			p.Rest = append(p.Rest, row)
			continue
		}
		axis = axis%8 + 1
		row.Axis, row.No, row.Added = axis, strconv.Itoa(len(p.Chosen)+1), !slices.Contains(p.Result.Chosen, one.Number)
		p.Chosen = append(p.Chosen, row)
	}
	for _, o := range p.Result.Barred {
		p.Barred = append(p.Barred, barredRow{o.Number, o.Title, i18n.T(ctx, "ideas.ballot.bar."+string(p.Contest.Bar(o)), "cost", Money(ctx, o.Cost, p.Currency))})
	}
	p.figures(ctx)
	p.money(ctx)
	p.departed(ctx)
	p.beside(ctx)
	p.distribution(ctx)
	p.pairs(ctx)
	for _, d := range p.Result.Draws {
		p.Ties = append(p.Ties, p.titles(strings.Fields(d)))
	}
}

// row is one option with its reason in words.
func (p *resultPage) row(ctx context.Context, ch *charter.Charter, one Placed) resultRow {
	row := resultRow{Placed: one, Where: placeName(ctx, ch, one.Place), Reason: i18n.T(ctx, one.Why, one.facts(ctx, p.Currency)...), Tally: p.tally(ctx, one)}
	if one.Cost > 0 {
		row.Price = Money(ctx, one.Cost, p.Currency)
	}
	if len(one.Tied) > 0 {
		row.Tie = i18n.T(ctx, "ideas.ballot.tied", "others", p.titles(one.Tied))
	}
	if one.Rank > 0 {
		row.No = strconv.Itoa(one.Rank)
	}
	row.Legend = p.legend(ctx, one)
	return row
}

// facts fill the sentence of a reason.
func (one Placed) facts(ctx context.Context, currency string) []any {
	const hundred = 100
	money := func(units float64) string { // centavos say nothing beside hundreds
		if units >= hundred {
			units = math.Round(units)
		}
		return Money(ctx, int64(math.Round(units*hundred)), currency)
	}
	return []any{"round", one.Facts.Round, "votes", i18n.Number(ctx, one.Votes), "cost", Money(ctx, one.Cost, currency), "price", money(one.Facts.Price),
		"effective", ui.Decimal(ctx, one.Facts.Effective), "behind", money(one.Facts.Behind), "place", one.Rank}
}

// tally is how much support the option had, in words.
func (p *resultPage) tally(ctx context.Context, one Placed) string {
	if p.Result.Kind == Grades {
		return i18n.T(ctx, "ideas.ballot.tally.grades", "grade", gradeWord(ctx, one.Median()))
	}
	return i18n.T(ctx, "ideas.ballot.tally."+string(p.Result.Kind), "count", int(one.Votes), "n", i18n.Number(ctx, one.Votes))
}

// legend says a spread of grades, or the interval of a duel, in words.
func (p *resultPage) legend(ctx context.Context, one Placed) string {
	if one.High > 0 {
		const hundred = 100
		return i18n.T(ctx, "ideas.ballot.chance", "chance", ui.Decimal(ctx, hundred*one.Chance), "low", ui.Decimal(ctx, hundred*one.Low), "high", ui.Decimal(ctx, hundred*one.High))
	}
	var parts []string
	for n := len(one.Spread) - 1; n >= 0; n-- {
		word := strconv.Itoa(n)
		if p.Result.Kind == Grades {
			word = gradeWord(ctx, n)
		}
		parts = append(parts, word+": "+i18n.Number(ctx, one.Spread[n]))
	}
	return strings.Join(parts, " · ")
}

// title finds the title of an option.
func (p *resultPage) title(number string) string {
	for _, one := range p.Result.Places {
		if one.Number == number {
			return one.Title
		}
	}
	return number
}

func (p *resultPage) titles(numbers []string) string {
	list := make([]string, len(numbers))
	for i, n := range numbers {
		list[i] = "«" + p.title(n) + "»"
	}
	return strings.Join(list, ", ")
}

// spent is what the list that the page shows costs.
func (p *resultPage) spent() int64 {
	sum := int64(0)
	for _, row := range p.Chosen {
		sum += row.Cost
	}
	return sum
}

// publishPost makes the proposed result known.
func (m *Module) publishPost(w http.ResponseWriter, r *http.Request) error {
	if _, err := web.Form(w, r); err != nil {
		return err
	}
	number := r.PathValue("number")
	err := m.Publish(r.Context(), number, Choice{})
	if fault.Is(err, fault.Invalid) { // e.g. a chosen idea was hidden since the count
		o, failed := m.Outcome(r.Context(), number)
		if failed != nil {
			return failed
		}
		return m.again(w, r, o, ui.Values{"chosen": o.Result.Chosen}, err)
	}
	if err != nil {
		return err
	}
	return web.Redirect(w, r, resultHref(number), "ideas.ballot.flash.published")
}

// otherPage is the form for publishing another list.
func (m *Module) otherPage(w http.ResponseWriter, r *http.Request) error {
	o, err := m.Outcome(r.Context(), r.PathValue("number"))
	if err != nil {
		return err
	}
	if !o.MayShow || !o.Published.IsZero() {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return web.Render(w, r, o.otherForm(r, ui.Values{"chosen": o.Result.Chosen}, ui.Errors{}))
}

func (o Outcome) otherForm(r *http.Request, v ui.Values, e ui.Errors) web.Page {
	ctx := r.Context()
	form := ui.Form{Action: resultHref(o.Number) + "/otra-lista", Values: v, Errors: e}
	field := ui.Field{Name: "chosen", Label: i18n.T(ctx, "ideas.ballot.other.chosen"), Kind: ui.Checks, Required: true}
	if o.Result.Budget > 0 {
		field.Hint = i18n.T(ctx, "ideas.ballot.other.hint", "budget", Money(ctx, o.Result.Budget, o.Currency))
	}
	for _, one := range o.Result.Places {
		hint := (&resultPage{Outcome: o}).tally(ctx, one)
		if one.Cost > 0 {
			hint = Money(ctx, one.Cost, o.Currency) + " · " + hint
		}
		field.Options = append(field.Options, ui.Option{Value: one.Number, Text: one.Title, Hint: hint})
	}
	heading := ui.Heading{Crumbs: append(crumbs(ctx, o.Contest), ui.Link{Href: resultHref(o.Number), Text: i18n.T(ctx, "ideas.ballot.result")}),
		Title: i18n.T(ctx, "ideas.ballot.other.title"), Lead: i18n.T(ctx, "ideas.ballot.other.lead")}
	reason := ui.Field{Name: "reason", Label: i18n.T(ctx, "ideas.ballot.other.reason"), Hint: i18n.T(ctx, "ideas.ballot.other.reason.hint"), Kind: ui.Area, Required: true, Max: ReasonMax}
	return web.Page{Title: heading.Title, Section: "ideas", Narrow: true, Private: true, Wrong: e.Any(), Body: otherBody(heading, form, field, reason)}
}

// again shows the form for another list with what was wrong.
func (m *Module) again(w http.ResponseWriter, r *http.Request, o Outcome, v ui.Values, err error) error {
	page := o.otherForm(r, v, ui.ErrorsOf(r.Context(), err))
	page.Status, page.Wrong = web.Status(err), true
	return web.Render(w, r, page)
}

// otherPost publishes another list than the method's.
func (m *Module) otherPost(w http.ResponseWriter, r *http.Request) error {
	form, err := web.Form(w, r)
	if err != nil {
		return err
	}
	number := r.PathValue("number")
	chosen := form["chosen"]
	if chosen == nil {
		chosen = []string{}
	}
	err = m.Publish(r.Context(), number, Choice{Chosen: chosen, Reason: strings.TrimSpace(form.Get("reason"))})
	if fault.Is(err, fault.Invalid) {
		o, failed := m.Outcome(r.Context(), number)
		if failed != nil {
			return failed
		}
		return m.again(w, r, o, ui.Values(form), err)
	}
	if err != nil {
		return err
	}
	return web.Redirect(w, r, resultHref(number), "ideas.ballot.flash.published")
}
