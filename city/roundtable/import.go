package roundtable

import (
	"context"
	"errors"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/method/similar"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Imported is one initiative of a list that comes from elsewhere: a draft to go
// on with, or one of the past with its decision. Codes or names of the charter
// are both understood.
type Imported struct {
	Line    int // of the file, for the report
	Dossier Dossier
	Sponsor string    // body
	State   string    // "draft", "adopted" or "declined"; empty is draft
	Day     clock.Day // of the decision, or of the draft; empty is today
}

// ImportRow is what became of one row, or would.
type ImportRow struct {
	Line   int
	Title  string
	Number string // given to it; empty in a trial run or when something was wrong
	Faults []fault.Field
}

// EventImported says that an initiative came from a list; data state, day.
const EventImported = "roundtable.imported"

// Import takes in a list of initiatives, all of it or nothing: with one wrong row
// nothing is kept, and every row says what is wrong with it. trial checks and
// keeps nothing.
func (m *Module) Import(ctx context.Context, rows []Imported, trial bool) (report []ImportRow, kept bool, err error) {
	ch, err := m.charters.Current(ctx)
	if err != nil {
		return nil, false, err
	}
	who := people.Me(ctx)
	as, err := Case{Charter: ch}.Require(who, Import)
	if err != nil {
		return nil, false, err
	}
	words := newVocabulary(ch)
	wrong := false
	for i := range rows {
		row := ImportRow{Line: rows[i].Line, Title: rows[i].Dossier.Title}
		row.Faults, err = words.check(ctx, ch, &rows[i])
		if err != nil {
			return nil, false, err
		}
		wrong = wrong || len(row.Faults) > 0
		report = append(report, row)
	}
	if trial || wrong || len(rows) == 0 {
		return report, false, nil
	}
	err = m.db.Write(ctx, func(ctx context.Context) error {
		for n := range rows {
			if report[n].Number, err = m.take(ctx, ch, who, as, rows[n]); err != nil {
				return err
			}
		}
		return nil
	})
	m.like.stale()
	return report, err == nil, err
}

// take writes one row that was checked.
func (m *Module) take(ctx context.Context, ch *charter.Charter, who people.Standing, as people.Holding, row Imported) (string, error) {
	at := row.Day.Time(ch.City.Zone).Add(12 * time.Hour)
	ministry, _ := ch.Ministry(row.Sponsor)
	d := row.Dossier
	i := Initiative{ID: id.New(), Charter: ch.Version.ID, State: State(row.State), Title: d.Title, Line: d.Line, Change: d.Change, Problem: d.Problem, Type: d.Type,
		Axis: d.Axis, SDG: d.SDG, AuthorBody: row.Sponsor, Sponsor: row.Sponsor, Ministry: ministry.Code, Invented: who.Invented,
		Created: at, Moved: clock.Now(ctx), Version: 1, Ring: strings.Repeat("o", ch.Flow.Steps.Len())}
	if i.State.Public() {
		i.DecidedAt = at
	}
	var err error
	if i.Number, err = m.nextNumber(clock.At(ctx, at), ch); err != nil {
		return "", err
	}
	if err := m.db.Insert(ctx, "roundtable_initiative", i); err != nil {
		return "", err
	}
	if err := m.insertLists(ctx, i.ID, d); err != nil {
		return "", err
	}
	w := &work{Case: Case{Charter: ch, Initiative: i}, m: m, Who: who, As: as}
	if err := m.retag(ctx, i.ID, tagsOf(w.Case, d)); err != nil {
		return "", err
	}
	if err := m.found(ctx, i); err != nil {
		return "", err
	}
	return i.Number, w.tell(ctx, EventImported, true, map[string]string{"state": row.State, "day": string(row.Day)}, map[string]string{"title": i.Title})
}

// vocabulary finds codes by code or by folded name in any language.
type vocabulary struct{ types, axes, goals, purposes, groups, territories, bodies map[string]string }

func newVocabulary(ch *charter.Charter) vocabulary {
	return vocabulary{
		types:    names(ch.Frame.Types, func(x charter.InitiativeType) charter.Name { return x.Name }),
		axes:     names(ch.Frame.Axes, func(x charter.Axis) charter.Name { return x.Name }),
		goals:    names(ch.Frame.Goals, func(x charter.Goal) charter.Name { return x.Name }),
		purposes: names(ch.Frame.Purposes, func(x charter.Purpose) charter.Name { return x.Name }),
		groups:   names(ch.Frame.Groups, func(x charter.Group) charter.Name { return x.Name }),
		bodies:   names(ch.Bodies, func(x charter.Body) charter.Name { return x.Name }), territories: names(ch.Territories, func(x charter.Territory) charter.Name { return x.Name }),
	}
}

func names[T charter.Coded](list charter.List[T], name func(T) charter.Name) map[string]string {
	out := map[string]string{}
	for _, x := range list.All() {
		for _, said := range name(x) {
			out[similar.Fold(said)] = x.Key()
		}
	}
	for _, x := range list.All() {
		out[similar.Fold(x.Key())] = x.Key() // a code wins over a name
	}
	return out
}

// code is the code of what was written, or what was written when unknown.
func code(of map[string]string, said string) string {
	if c, ok := of[similar.Fold(strings.TrimSpace(said))]; ok {
		return c
	}
	return strings.TrimSpace(said)
}

func codes(of map[string]string, said []string) []string {
	var out []string
	for _, s := range said {
		out = append(out, code(of, s))
	}
	return out
}

// check turns names into codes and says what is wrong with the row.
func (k vocabulary) check(ctx context.Context, ch *charter.Charter, row *Imported) ([]fault.Field, error) {
	d := &row.Dossier
	d.Type, d.Axis, row.Sponsor = code(k.types, d.Type), code(k.axes, d.Axis), code(k.bodies, row.Sponsor)
	d.Axes, d.Goals, d.Purposes, d.Territories = codes(k.axes, d.Axes), codes(k.goals, d.Goals), codes(k.purposes, d.Purposes), codes(k.territories, d.Territories)
	for i := range d.Planned {
		d.Planned[i].Group, d.Planned[i].Territory = code(k.groups, d.Planned[i].Group), code(k.territories, d.Planned[i].Territory)
	}
	d.Normalise()
	today := ch.Today(clock.Now(ctx))
	if row.State == "" {
		row.State = string(Draft)
	}
	if row.Day == "" {
		row.Day = today
	}
	var c textCheck
	d.validate(&c.Check, ch)
	c.Require(ch.MayPropose(row.Sponsor), "sponsor", "roundtable.fault.sponsor")
	c.Require(row.State == string(Draft) || row.State == string(Adopted) || row.State == string(Declined), "state", "roundtable.fault.import_state")
	c.day("day", row.Day, today)
	var f *fault.Error
	err := c.Err()
	if errors.As(err, &f) {
		return f.Fields, nil
	}
	return nil, err
}
