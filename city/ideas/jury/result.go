package jury

import (
	"cmp"
	"context"
	"io"
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"ronda/city/ideas"
	"ronda/method/choice/review"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// resultView is the public page of an evaluation: how far it is, and once it is
// published the places with what they hang on.
type resultView struct {
	Heading  ui.Heading
	Sealed   ui.Notice
	Promise  ui.Progress // ideas that a person has read
	Work     ui.Progress // reviews given, of all; nothing of what they say
	Digest   string
	Ranking  *rankingView // nil while it is sealed
	Closing  ui.Button    // for whoever closes or publishes, empty for others
	Jury     []string     // names of the jurors
	Criteria []string
}

// rankingView is a page of places.
type rankingView struct {
	Summary  string
	Agree    []agreeRow
	Rows     []placeRow
	Ideas    int
	Pager    ui.Pager
	Adjusted bool
	Grades   string // address of the sealed file; empty while it is sealed
	Places   string // ... and of the places
	Command  string
	Override ui.Notice
}

// agreeRow is how far reviewers agree on one criterion.
type agreeRow struct {
	Name, Text string
	State      ui.State
}

// placeRow is the place of one idea.
type placeRow struct {
	Place, Range, Title, Number, Href string
	Adjusted, Raw                     string
	Equal                             bool // others share the place
	Chosen                            bool // it was published as chosen, whatever its place
	State                             ui.State
	Notes                             []string
	From, To, At                      string // of the drawn range, in percent of all places
	Width                             string
}

// placesPage is how many places a page holds.
const placesPage = 50

func (m *Module) resultPage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	o, err := m.Outcome(ctx, r.PathValue("challenge"))
	if err != nil {
		return err
	}
	p := resultView{Digest: o.Digest, Promise: promise(ctx, o.Share), Work: o.workBar(ctx),
		Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/desafios", Text: i18n.T(ctx, "ideas.jury.challenges")}, {Href: challengeHref(o.Challenge.Number), Text: o.Challenge.Title}},
			Over: o.Challenge.Number, Title: i18n.T(ctx, "ideas.jury.result.title"), Lead: i18n.T(ctx, "ideas.jury.result.lead")},
		Sealed: ui.Notice{Tone: ui.Info, Title: i18n.T(ctx, "ideas.jury.result.sealed"), Text: i18n.T(ctx, "ideas.jury.result.sealed.text")}}
	for _, k := range o.Challenge.Criteria {
		p.Criteria = append(p.Criteria, i18n.T(ctx, "ideas.jury.criterion", "name", k.Name, "percent", k.Weight))
	}
	if p.Jury, err = m.juryNames(ctx, o.Challenge.Jury); err != nil {
		return err
	}
	if o.MayDecide && !o.Published {
		p.Closing = ui.Button{Text: i18n.T(ctx, "ideas.jury.closing.open"), Href: juryHref(o.Challenge.Number) + "/cierre", Weight: ui.Quiet}
	}
	if o.Published {
		from, _ := strconv.Atoi(r.URL.Query().Get("desde"))
		if p.Ranking, err = m.rankingView(ctx, o, max(from, 0), placesPage); err != nil {
			return err
		}
	}
	page := pageOf(p.Heading.Title+": "+o.Challenge.Title, resultBody(p))
	page.Private = false
	return web.Render(w, r, page)
}

func (m *Module) juryNames(ctx context.Context, jury []string) ([]string, error) {
	names, err := m.People.Names(ctx, jury...)
	var out []string
	for _, person := range jury {
		if names[person] != "" {
			out = append(out, names[person])
		}
	}
	return out, err
}

// promise says how many ideas a person has read.
func promise(ctx context.Context, s Share) ui.Progress {
	return ui.Progress{Label: i18n.T(ctx, "ideas.jury.promise"), Done: float64(s.Read), Whole: float64(max(s.Ideas, 1)),
		Text: i18n.T(ctx, "ideas.jury.promise.of", "read", i18n.Number(ctx, int64(s.Read)), "ideas", i18n.Number(ctx, int64(s.Ideas)))}
}

// Panel draws on the page of a challenge how many of its ideas a person has read,
// and leads to the evaluation where there is one; nil while there is nothing to
// read.
func (m *Module) Panel(ctx context.Context, c ideas.Challenge) templ.Component {
	s, err := m.Share(ctx, c.ID)
	if err != nil || s.Ideas == 0 {
		return nil
	}
	link := ui.Link{}
	if c.Method == ideas.MethodJury {
		link = ui.Link{Href: resultHref(c.Number), Text: i18n.T(ctx, "ideas.jury.panel")}
	}
	return promisePanel(promise(ctx, s), link)
}

func (o Outcome) workBar(ctx context.Context) ui.Progress {
	return ui.Progress{Label: i18n.T(ctx, "ideas.jury.work"), Done: float64(o.Work.Done), Whole: float64(max(o.Work.All(), 1)),
		Text: i18n.T(ctx, "ideas.jury.progress.of", "done", o.Work.Done, "all", o.Work.All())}
}

// rankingView is a number of places from an index on.
func (m *Module) rankingView(ctx context.Context, o Outcome, from, size int) (*rankingView, error) {
	all := o.Ranking.Ideas
	to, href := min(from+size, len(all)), resultHref(o.Challenge.Number)
	from = min(from, to)
	v := &rankingView{Ideas: len(all), Adjusted: o.Ranking.Adjusted, Agree: agreeRows(ctx, o), Override: override(ctx, o),
		Summary: i18n.T(ctx, "ideas.jury.summary", "ideas", len(all), "reviewers", len(o.Ranking.Reviewers), "places", o.Places)}
	if o.Published {
		v.Grades, v.Places = href+"/notas.csv", href+"/puestos.csv"
		v.Command = "ronda rank notas.csv --rule reviews --places " + itoa(o.Places)
	}
	var numbers []string
	for _, s := range all[from:to] {
		numbers = append(numbers, s.Idea)
	}
	cards, err := m.cardsOf(ctx, o.Challenge.ID, numbers)
	if err != nil {
		return nil, err
	}
	for i := from; i < to; i++ {
		v.Rows = append(v.Rows, placeOf(ctx, o, i, cards[all[i].Idea]))
	}
	if to < len(all) {
		v.Pager.Later = href + "?desde=" + itoa(to)
	}
	if from > 0 {
		v.Pager.Earlier = href + "?desde=" + itoa(max(from-size, 0))
	}
	v.Pager.Note = i18n.T(ctx, "ideas.jury.places.note", "from", from+1, "to", to, "all", len(all))
	return v, nil
}

// placeOf is one row: the place in words, in figures and as a bar.
func placeOf(ctx context.Context, o Outcome, at int, card ideas.Card) placeRow {
	s, n := o.Ranking.Ideas[at], len(o.Ranking.Ideas)
	row := placeRow{Place: itoa(s.Place), Title: cmp.Or(card.Title, s.Idea), Number: s.Idea, Href: ideaHref(s.Idea), Adjusted: score(ctx, s.Adjusted), Raw: score(ctx, s.Raw),
		Range: i18n.T(ctx, "ideas.jury.range", "best", s.Best, "worst", s.Worst), State: stateOf(ctx, s.Status),
		From: percent(s.Best-1, n), Width: percent(s.Worst-s.Best+1, n), At: percent(2*s.Place-1, 2*n)}
	row.Chosen = slices.Contains(o.Chosen, s.Idea)
	if s.Best == s.Worst {
		row.Range = i18n.T(ctx, "ideas.jury.range.sure")
	}
	for _, near := range []int{at - 1, at + 1} {
		if near >= 0 && near < n && o.Ranking.Ideas[near].Place == s.Place {
			row.Equal = true
		}
	}
	if s.Few {
		row.Notes = append(row.Notes, i18n.T(ctx, "ideas.jury.few", "count", s.Reviewers))
	}
	for _, c := range s.Uneven {
		row.Notes = append(row.Notes, i18n.T(ctx, "ideas.jury.uneven", "criterion", o.Challenge.Criteria[c].Name))
	}
	return row
}

func percent(part, all int) string {
	return strconv.FormatFloat(100*float64(part)/float64(max(all, 1)), 'f', 2, 64) + "%"
}

func stateOf(ctx context.Context, s review.Status) ui.State {
	tones := map[review.Status]ui.Tone{review.In: ui.Good, review.Discuss: ui.Warn, review.Out: ui.Plain}
	return ui.State{Tone: tones[s], Text: i18n.T(ctx, "ideas.jury.status."+string(s))}
}

func agreeRows(ctx context.Context, o Outcome) []agreeRow {
	var out []agreeRow
	for i, a := range o.Ranking.Agreement {
		row := agreeRow{Name: o.Challenge.Criteria[i].Name, Text: "–", State: ui.State{Tone: ui.Good, Text: i18n.T(ctx, "ideas.jury.agree.good")}}
		switch {
		case !a.Defined:
			row.State = ui.State{Text: i18n.T(ctx, "ideas.jury.agree.none")}
		case a.Low:
			row.Text, row.State = score(ctx, a.Alpha-Lowest), ui.State{Tone: ui.Warn, Text: i18n.T(ctx, "ideas.jury.agree.low")}
		default:
			row.Text = score(ctx, a.Alpha-Lowest)
		}
		out = append(out, row)
	}
	return out
}

// override tells that the published list is not the ranking's.
func override(ctx context.Context, o Outcome) ui.Notice {
	c := o.Challenge.Conclusion
	if !o.Published || c.Reason == "" {
		return ui.Notice{}
	}
	key := "ideas.jury.tie"
	if c.Override {
		key = "ideas.jury.override"
	}
	return ui.Notice{Tone: ui.Warn, Title: i18n.T(ctx, key), Text: c.Reason}
}

// gradesFile is the sealed file of grades, for whoever computes again.
func (m *Module) gradesFile(w http.ResponseWriter, r *http.Request) error {
	text, err := m.File(r.Context(), r.PathValue("challenge"))
	if err != nil {
		return err
	}
	csvHead(w, r.PathValue("challenge")+"-notas.csv")
	_, err = io.WriteString(w, text)
	return err
}

// rankingFile is the places, to compare with one's own computing byte by byte.
func (m *Module) rankingFile(w http.ResponseWriter, r *http.Request) error {
	o, err := m.Outcome(r.Context(), r.PathValue("challenge"))
	if err != nil {
		return err
	}
	if !o.Published {
		return fault.New(fault.NotFound, "fault.notfound")
	}
	csvHead(w, o.Challenge.Number+"-puestos.csv")
	return o.Ranking.WriteCSV(w, codes(o.Challenge.Criteria))
}

func csvHead(w http.ResponseWriter, name string) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
}

// cardsOf are ideas of a challenge by number, without those that are gone.
func (m *Module) cardsOf(ctx context.Context, challenge string, numbers []string) (map[string]ideas.Card, error) {
	var ids []string
	for _, n := range numbers {
		id, ok, err := m.idOf(ctx, challenge, n)
		if err != nil {
			return nil, err
		}
		if ok {
			ids = append(ids, id)
		}
	}
	cards, err := m.City.Cards(ctx, ids...)
	out := map[string]ideas.Card{}
	for _, c := range cards {
		out[c.Number] = c
	}
	return out, err
}
