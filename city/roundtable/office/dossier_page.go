package office

import (
	"context"
	"slices"
	"strings"

	"ronda/city/charter"
	"ronda/city/roundtable"
	"ronda/city/roundtable/wording"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// dossierPage is the dossier while it is written: one form in sections, and
// beside it what is still missing.
type dossierPage struct {
	Heading  ui.Heading
	Form     ui.Form
	Number   string
	Left     bool // it opens with the person's draft
	Filed    bool // already public: the offices see each change
	Lists    dossierChoices
	Planned  int // rows shown
	Links    int
	Todo     []todo
	MayFile  bool
	Files    []fileRow
	Partners partnersPage
	Barriers barriersPage
}

// dossierChoices are the options of the dossier's fields.
type dossierChoices struct {
	Types, Axes, Goals, Purposes, Groups []ui.Option
	Focus                                string // development goals the city names as its own
	SDG                                  []ui.Option
	SDGGoals                             []ui.Option
	Targets                              []optionGroup // of the chosen goals
	Whole, Districts                     []ui.Option
	Neighbourhoods                       []optionGroup // by district
	DistrictLevel, NeighbourhoodLevel    string
	Places                               []ui.Option // all, for the rows of a plan
}

// optionGroup is a list of options under a name.
type optionGroup struct {
	Code, Name string
	Options    []ui.Option
	Chosen     int
}

// todo is one thing a dossier needs before it is filed.
type todo struct {
	Text string
	Href string
	Done bool
}

func (p dossierPage) page() web.Page { return pageOf(p.Heading.Title, dossierBody(p)) }

// missing is how many things a dossier still needs.
func (p dossierPage) missing() int {
	n := 0
	for _, t := range p.Todo {
		if !t.Done {
			n++
		}
	}
	return n
}

func (o *Office) dossierPage(ctx context.Context, v roundtable.View, typed ui.Values, wrong ui.Errors) dossierPage {
	number := v.Initiative.Number
	p := dossierPage{
		Heading: ui.Heading{Crumbs: crumbs(ctx, v.Initiative), Over: number + " · " + o.words(ctx, v.Charter).Body(ctx, v.Initiative.Sponsor),
			Title: dossierTitle(ctx, v), Lead: i18n.T(ctx, "roundtable.office.dossier.lead")},
		Form: ui.Form{Action: href(v.Initiative, "/expediente"), Files: true, Values: typed, Errors: wrong,
			Autosave: href(v.Initiative, "/expediente/borrador")},
		Number: number, Filed: v.Initiative.State.Public(), Lists: dossierOptions(ctx, v, typed),
		Planned: max(1, rows(typed, "group-")), Links: max(1, rows(typed, "url-")), Todo: todos(ctx, v),
		MayFile: v.May(me(ctx), roundtable.File), Files: o.fileRows(ctx, v),
		Partners: o.partners(ctx, v), Barriers: o.barriersOf(ctx, v),
	}
	return p
}

// todos is everything that filing asks for, and what of it is there.
func todos(ctx context.Context, v roundtable.View) []todo {
	var out []todo
	empty := roundtable.Dossier{}
	lacks := ui.ErrorsOf(ctx, v.Dossier.ValidateFiling(v.Charter))
	for _, f := range ui.ErrorsOf(ctx, empty.ValidateFiling(v.Charter)).Fields {
		out = append(out, todo{Text: i18n.T(ctx, "roundtable.field."+f.Name), Href: "#f-" + f.Name, Done: lacks.For(f.Name) == ""})
	}
	for _, f := range lacks.Fields { // what is there and wrong
		if !slices.ContainsFunc(out, func(t todo) bool { return t.Href == "#f-"+f.Name }) {
			out = append(out, todo{Text: i18n.T(ctx, "roundtable.field."+f.Name), Href: "#f-" + f.Name})
		}
	}
	return out
}

func dossierOptions(ctx context.Context, v roundtable.View, typed ui.Values) dossierChoices {
	ch, day, lang := v.Charter, v.Today, i18n.Of(ctx)
	f := ch.Frame
	l := dossierChoices{
		Types:    wording.Choices(f.Types, day, lang, typed["type"]...),
		Axes:     wording.Choices(f.Axes, day, lang, append(typed["axes"], typed["axis"]...)...),
		Goals:    wording.Choices(f.Goals, day, lang, typed["goals"]...),
		Purposes: wording.Choices(f.Purposes, day, lang, typed["purposes"]...),
		Groups:   wording.Choices(f.Groups, day, lang),
		Focus:    strings.Join(ch.City.SDGFocus, ", "),

		DistrictLevel: ch.LevelName(charter.LevelDistrict).In(lang), NeighbourhoodLevel: strings.ToLower(ch.LevelName(charter.LevelNeighbourhood).In(lang)),
	}
	l.sdg(ch, lang, typed)
	l.places(ch, day, lang, typed)
	return l
}

// sdg fills the lists of sustainable development: one select of all goals and
// targets, boxes of the goals, and boxes of the targets of
// the chosen goals.
func (l *dossierChoices) sdg(ch *charter.Charter, lang i18n.Lang, typed ui.Values) {
	for _, goal := range ch.SDG.Goals.All() {
		name := goal.Code + ". " + goal.Name.In(lang)
		l.SDGGoals = append(l.SDGGoals, ui.Option{Value: goal.Code, Text: name})
		l.SDG = append(l.SDG, ui.Option{Value: goal.Code, Text: name, Group: name})
		of := optionGroup{Code: goal.Code, Name: name}
		for _, t := range ch.SDG.TargetsOf(goal.Code) {
			option := ui.Option{Value: t.Code, Text: t.Code + " " + t.Name.In(lang)}
			of.add(option, typed["targets"])
			option.Group = name
			l.SDG = append(l.SDG, option)
		}
		if typed.Has("sdg_goals", goal.Code) || of.Chosen > 0 {
			l.Targets = append(l.Targets, of)
		}
	}
}

// places fills the lists of territories.
func (l *dossierChoices) places(ch *charter.Charter, day clock.Day, lang i18n.Lang, typed ui.Values) {
	of := map[string]int{}
	for _, t := range ch.Territories.All() {
		if !t.ActiveOn(day) && !typed.Has("territories", t.Code) {
			continue
		}
		option := ui.Option{Value: t.Code, Text: t.Name.In(lang)}
		switch t.Level {
		case charter.LevelCity:
			l.Whole = append(l.Whole, option)
		case charter.LevelDistrict:
			of[t.Code] = len(l.Neighbourhoods)
			l.Districts = append(l.Districts, option)
			l.Neighbourhoods = append(l.Neighbourhoods, optionGroup{Code: t.Code, Name: option.Text})
		case charter.LevelNeighbourhood:
			if i, ok := of[t.Parent]; ok {
				l.Neighbourhoods[i].add(option, typed["territories"])
			}
		}
	}
	l.Places = append(slices.Clone(l.Whole), l.Districts...)
	for _, n := range l.Neighbourhoods {
		for _, option := range n.Options {
			option.Group = n.Name
			l.Places = append(l.Places, option)
		}
	}
	l.Neighbourhoods = slices.DeleteFunc(l.Neighbourhoods, func(g optionGroup) bool { return len(g.Options) == 0 })
}

func (g *optionGroup) add(o ui.Option, chosen []string) {
	g.Options = append(g.Options, o)
	if slices.Contains(chosen, o.Value) {
		g.Chosen++
	}
}

// chosenIn is how many neighbourhoods are chosen.
func (l dossierChoices) chosenIn() int {
	n := 0
	for _, g := range l.Neighbourhoods {
		n += g.Chosen
	}
	return n
}

// sub is the form for a field that stands on the page more than once: its own
// ids, the same values. Errors are shown above the group.
func (p dossierPage) sub(id string) ui.Form {
	return ui.Form{ID: id, Values: p.Form.Values}
}

// addsBarrier says whether the fields of a new obstacle are in use.
func (p dossierPage) addsBarrier() bool {
	v := p.Form.Values
	return v.Get("kind")+v.Get("what")+v.Get("owner") != ""
}

// plain are options without their hints.
func plain(options []ui.Option) []ui.Option {
	out := slices.Clone(options)
	for i := range out {
		out[i].Hint = ""
	}
	return out
}

// publicField asks whether a file may be read by everybody.
func publicField(ctx context.Context) ui.Field {
	return ui.Field{Name: "file_public", Label: i18n.T(ctx, "roundtable.office.file.public"),
		Hint: i18n.T(ctx, "roundtable.office.file.public.hint"), Kind: ui.Check}
}

// focusHint names the development goals that the city chose, if it chose some.
func (l dossierChoices) focusHint(ctx context.Context) string {
	if l.Focus == "" {
		return ""
	}
	return i18n.T(ctx, "roundtable.office.dossier.sdg.hint", "focus", l.Focus)
}
