package demo

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"time"

	"go.yaml.in/yaml/v3"

	"ronda/city/delivery/budget"
	"ronda/city/indicators/impact"
	"ronda/platform/clock"
)

const executionFile = "execution.yaml"

// execution is execution.yaml: the budget laws, and what becomes of initiatives
// that are carried out.
type execution struct {
	By    string    `yaml:"by"`   // key of who brings the laws
	Laws  []law     `yaml:"laws"` // of years
	Lines []lawLine `yaml:"lines"`
	Cuts  []cut     `yaml:"amendments"`
	Works []job     `yaml:"initiatives"`
}

// law is the budget law of a year; its lines are those of the file, scaled.
type law struct {
	Day     int    `yaml:"day"`  // on which it is brought in
	Year    int    `yaml:"year"` // from this one
	Number  string `yaml:"number"`
	Percent int64  `yaml:"percent"` // of the credit that the lines say
}

// lawLine is a line of the laws.
type lawLine struct {
	Code        string `yaml:"code"`
	Institution string `yaml:"institution"`
	Programme   string `yaml:"programme"`
	Name        string `yaml:"name"`
	Function    string `yaml:"function"`
	Source      string `yaml:"source"`
	Credit      int64  `yaml:"credit"` // in millions
}

// cut is an amendment of a line of this year's law.
type cut struct {
	Day    int    `yaml:"day"`
	Code   string `yaml:"code"`
	Amount int64  `yaml:"amount"` // in millions
	Act    string `yaml:"act"`
	Why    string `yaml:"why"`
}

// job is how one initiative is carried out.
type job struct {
	Initiative string     `yaml:"initiative"` // chapter
	By         string     `yaml:"by"`         // who proposed it
	After      string     `yaml:"after"`      // who speaks for it once a ministry took it on; empty: the same
	Plan       workPlan   `yaml:"plan"`
	HandOver   handOver   `yaml:"hand_over"`
	News       []news     `yaml:"news"`
	Money      []purse    `yaml:"money"`
	Indicators []measured `yaml:"indicators"`
	Reached    []reached  `yaml:"reached"`
}

// handOver is how a ministry takes the execution on.
type handOver struct {
	Day      int    `yaml:"day"`
	Ministry string `yaml:"ministry"`
	Accepts  string `yaml:"accepts"` // key of who signs for the ministry
	After    int    `yaml:"after"`   // days until then
	Note     string `yaml:"note"`
	Answer   string `yaml:"answer"`
}

// purse is what an initiative draws on a line in a year, and has spent of it.
type purse struct {
	Day   int     `yaml:"day"`
	Line  string  `yaml:"line"`
	Draw  int64   `yaml:"draw"` // in millions
	Spent []spent `yaml:"spent"`
}

type spent struct {
	Day       int   `yaml:"day"` // its month is the period
	Committed int64 `yaml:"committed"`
	Accrued   int64 `yaml:"accrued"`
	Paid      int64 `yaml:"paid"` // all in millions, of that month
}

// measured is an indicator with its values.
type measured struct {
	Day      int              `yaml:"day"`
	Name     string           `yaml:"name"`
	About    string           `yaml:"about"`
	Unit     string           `yaml:"unit"`
	Kind     impact.Kind      `yaml:"kind"`
	Social   bool             `yaml:"social"`
	Down     bool             `yaml:"down"`
	Adds     bool             `yaml:"adds"`
	Decimals int              `yaml:"decimals"`
	Baseline string           `yaml:"baseline"`
	Target   string           `yaml:"target"`
	Until    int              `yaml:"until"`
	Source   string           `yaml:"source"`
	Every    impact.Frequency `yaml:"every"`
	Post     string           `yaml:"post"`
	Places   bool             `yaml:"places"`
	Readings []reading        `yaml:"readings"`
}

// reading is the value of a period.
type reading struct {
	Back   int    `yaml:"back"` // periods before the one of the last days; 1: the one before it
	Value  string `yaml:"value"`
	Place  string `yaml:"place"`
	Note   string `yaml:"note"`
	Reason string `yaml:"reason"` // it corrects what was told before
}

type reached struct {
	Day       int    `yaml:"day"`
	Group     string `yaml:"group"`
	Territory string `yaml:"territory"`
	People    int64  `yaml:"people"`
	Note      string `yaml:"note"`
}

// loadExecution reads execution.yaml, which speaks of chapters.
func loadExecution(fsys fs.FS, file string, days calendar, chapters []chapter) (execution, error) {
	var x execution
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return x, err
	}
	decoder := yaml.NewDecoder(bytes.NewReader([]byte(days.fill(string(data)))))
	decoder.KnownFields(true)
	if err := decoder.Decode(&x); err != nil {
		return x, fmt.Errorf("%s: %w", path.Base(file), err)
	}
	for _, d := range x.Works {
		if !slices.ContainsFunc(chapters, func(c chapter) bool { return c.Name == d.Initiative }) {
			return x, fmt.Errorf("%s: there is no initiative %q", path.Base(file), d.Initiative)
		}
	}
	return x, nil
}

// executed are the moments of the budget laws and of what is carried out.
func (t *teller) executed(x execution) []moment {
	w := &works{teller: t, busy: map[time.Time]int{}}
	for _, l := range x.Laws {
		w.do(l.Day, x.By, "law "+l.Number, func(ctx context.Context) error { return w.enact(ctx, l, x.Lines) })
	}
	for _, c := range x.Cuts {
		w.do(c.Day, x.By, "amendment of "+c.Code, func(ctx context.Context) error {
			return t.Budget.Amend(ctx, t.days.today.Year(), c.Code, budget.Amendment{Amount: c.Amount * million, Day: clock.DayOf(t.days.work(c.Day), t.days.today.Location()), Act: c.Act, Why: c.Why})
		})
	}
	for _, d := range x.Works {
		w.deliver(d)
	}
	return w.out
}

// million is in centavos.
const million = 1_000_000 * 100

// works turns what is carried out into moments.
type works struct {
	*teller
	busy map[time.Time]int
	out  []moment
}

// do adds a moment of somebody on a working day, after the others of that day.
func (w *works) do(day int, by, place string, fn func(context.Context) error) {
	on := w.days.work(day)
	at := on.Add(opens + 6*time.Hour + time.Duration(w.busy[on])*time.Minute)
	w.busy[on]++
	w.out = append(w.out, moment{at: at, by: by, place: executionFile + ": " + place, do: fn})
}

// enact brings the law of a year with its lines, as a file.
func (w *works) enact(ctx context.Context, l law, lines []lawLine) error {
	year := w.days.today.Year() + l.Year
	passed := min(clock.Day(fmt.Sprintf("%d-12-12", year-1)), clock.DayOf(w.days.work(l.Day), w.days.today.Location()))
	if err := w.Budget.Enact(ctx, budget.Law{Year: year, Number: l.Number, Day: passed}); err != nil {
		return err
	}
	file, err := budget.ReadFile(listOf(l, lines))
	if err != nil {
		return err
	}
	report, err := w.Budget.Import(ctx, year, file, budget.Guess(file.Sheet), false)
	if err == nil && !report.Kept {
		err = fmt.Errorf("the law of %d is not taken: %+v", year, report.Faults)
	}
	return err
}

// listOf writes the lines of a law as the list that a ministry of finance sends.
func listOf(l law, lines []lawLine) []byte {
	var out bytes.Buffer
	list := csv.NewWriter(&out)
	_ = list.Write([]string{"código", "institución", "programa", "nombre", "función", "fuente", "crédito"})
	for _, x := range lines {
		_ = list.Write([]string{x.Code, x.Institution, x.Programme, x.Name, x.Function, x.Source, strconv.FormatInt(x.Credit*l.Percent*10_000, 10)})
	}
	list.Flush()
	return out.Bytes()
}

// deliver tells one initiative: its plan, who takes it on, how it goes, what it
// costs and what it changes.
func (w *works) deliver(d job) {
	th := w.threads[d.Initiative]
	say := func(what string) string { return d.Initiative + ": " + what }
	w.planned(d, th)
	if h := d.HandOver; h.Ministry != "" {
		w.do(h.Day, d.By, say("hand over"), func(ctx context.Context) error {
			return w.Delivery.HandOver(ctx, th.number, h.Ministry, h.Note)
		})
		w.do(h.Day+h.After, h.Accepts, say("accept"), func(ctx context.Context) error { return w.Delivery.Accept(ctx, th.number, h.Answer) })
	}
	d.By = cmp.Or(d.After, d.By)
	for _, n := range d.News {
		w.do(n.Day, d.By, say("news"), func(ctx context.Context) error { return w.report(ctx, th.number, n) })
	}
	for _, p := range d.Money {
		w.spends(d, th, p)
	}
	for _, m := range d.Indicators {
		w.measures(d, th, m)
	}
	for _, r := range d.Reached {
		w.do(r.Day, d.By, say("reached"), func(ctx context.Context) error { return w.reach(ctx, th.number, r) })
	}
}

// spends draws on a line of this year's law, and on that of years in which something
// was spent of it, which it tells month by month.
func (w *works) spends(d job, th *thread, p purse) {
	years := []int{w.days.today.Year()}
	for _, s := range p.Spent {
		if year := w.days.on(s.Day).Year(); !slices.Contains(years, year) {
			years = append(years, year)
		}
	}
	for _, year := range years {
		w.do(p.Day, d.By, d.Initiative+": draw on "+p.Line, func(ctx context.Context) error {
			return w.Budget.Draw(ctx, th.number, year, p.Line, p.Draw*million)
		})
	}
	for _, s := range p.Spent {
		on := w.days.on(s.Day)
		w.do(p.Day, d.By, d.Initiative+": spent of "+p.Line, func(ctx context.Context) error {
			return w.Budget.ReportMoney(ctx, th.number, on.Year(), p.Line, budget.Stage{Period: on.Format("2006-01"),
				Committed: s.Committed * million, Accrued: s.Accrued * million, Paid: s.Paid * million})
		})
	}
}

// measures defines an indicator and reads it.
func (w *works) measures(d job, th *thread, m measured) {
	var number string
	w.do(m.Day, d.By, d.Initiative+": indicator "+m.Name, func(ctx context.Context) error {
		definition, err := m.definition(w.days)
		if err != nil {
			return err
		}
		i, err := w.Impact.Define(ctx, th.number, definition)
		number = i.Number
		return err
	})
	for _, r := range m.Readings {
		period := w.days.back(m.Every, r.Back)
		w.do(max(m.Day+1, w.days.since(period.End())+reported), d.By, d.Initiative+": reading of "+m.Name, func(ctx context.Context) error {
			_, err := w.Impact.Report(ctx, impact.Reading{Indicator: number, Period: period.Code(), Value: r.Value, Territory: r.Place, Note: cmp.Or(r.Note, m.Source+"."), Reason: r.Reason})
			return err
		})
	}
}

// What is measured of a period is told some days after its end, which is therefore
// that many days ago at least.
const (
	reported = 12
	settled  = -16
)

// oldest is how many periods back it was first measured; how it stood before is
// known of that period's beginning, so that no value is missing.
func (m measured) oldest() int {
	back := 1
	for _, r := range m.Readings {
		back = max(back, r.Back)
	}
	return back
}

// back is a period some periods before the one of the last days.
func (c calendar) back(every impact.Frequency, n int) impact.Period {
	p := impact.PeriodOf(every, c.day(settled))
	for range n {
		p = impact.PeriodOf(every, clock.DayOf(p.First().Time(time.UTC).AddDate(0, 0, -1), time.UTC))
	}
	return p
}

// since is a day as days from today.
func (c calendar) since(d clock.Day) int {
	today := clock.DayOf(c.today, c.today.Location())
	return int(d.Time(time.UTC).Sub(today.Time(time.UTC)).Hours()) / 24
}

// definition is the indicator as the module takes it.
func (m measured) definition(days calendar) (impact.Definition, error) {
	d := impact.Definition{Name: m.Name, About: m.About, Unit: m.Unit, Kind: m.Kind, Social: m.Social, Direction: impact.Up, Adds: m.Adds, Decimals: m.Decimals,
		BaselineDay: days.back(m.Every, m.oldest()).First(), TargetDay: days.day(m.Until), Source: m.Source, Every: m.Every, Post: m.Post, ByTerritory: m.Places}
	if m.Down {
		d.Direction = impact.Down
	}
	var one, other string
	d.Baseline, one = impact.ReadValue(m.Baseline, m.Decimals)
	d.Target, other = impact.ReadValue(m.Target, m.Decimals)
	if one != "" || other != "" {
		return d, fmt.Errorf("%s: baseline %q or target %q is no figure", m.Name, m.Baseline, m.Target)
	}
	return d, nil
}

func (w *works) reach(ctx context.Context, number string, r reached) error {
	return w.Impact.Reach(ctx, number, impact.Count{Group: r.Group, Territory: r.Territory, People: strconv.FormatInt(r.People, 10), Note: r.Note})
}
