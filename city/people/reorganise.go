package people

import (
	"context"
	"maps"
	"slices"
	"strings"

	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
)

// Reorganisation ends bodies on a day: for good, merged into another one, split
// into several. It takes two administrators, because everybody's posts in those
// bodies end with them.
type Reorganisation struct {
	Ending []string          // codes of the bodies that end
	Heirs  []string          // codes of the bodies that carry them on, founded before; none: nobody does
	Moves  map[string]string // where bodies right below an ending one go, by code; needed unless there is one heir
	Last   string            // last day of the ending bodies, as typed, today at the earliest
	Act    string            // law or decree, may be empty
}

// Reorganise proposes the reorganisation, or makes it when there is only one
// administrator: pending tells which. Faults: Forbidden, Invalid on "ending",
// "heirs", "last", "act" and "move_CODE".
func (m *Module) Reorganise(ctx context.Context, r Reorganisation) (pending bool, err error) {
	defer fault.Wrap(&err, "Reorganise(%v)", r.Ending)
	if err := allow(ctx, ActStructure); err != nil {
		return false, err
	}
	c, err := m.Propose(ctx, ChangeReorganise, r.data())
	return c.State == ChangePending, err
}

func (r Reorganisation) data() map[string]string {
	var moves []string
	for _, body := range slices.Sorted(maps.Keys(r.Moves)) {
		if r.Moves[body] != "" {
			moves = append(moves, body+"="+r.Moves[body])
		}
	}
	return map[string]string{"ending": strings.Join(r.Ending, ","), "heirs": strings.Join(r.Heirs, ","), "moves": strings.Join(moves, ","),
		"last": r.Last, "act": strings.TrimSpace(r.Act)}
}

func reorganisationOf(data map[string]string) Reorganisation {
	r := Reorganisation{Ending: split(data["ending"]), Heirs: split(data["heirs"]), Moves: map[string]string{}, Last: data["last"], Act: data["act"]}
	for _, move := range split(data["moves"]) {
		body, to, _ := strings.Cut(move, "=")
		r.Moves[body] = to
	}
	return r
}

func split(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' })
}

// day is the first day without the ending bodies.
func (r Reorganisation) day() clock.Day { return after(clock.Day(r.Last), 1) }

func (m *Module) checkReorganisation(ctx context.Context, data map[string]string) error {
	r := reorganisationOf(data)
	today, err := m.Today(ctx)
	if err != nil {
		return err
	}
	var c fault.Check
	last := checkDay(&c, "last", r.Last, true)
	forbidPast(ctx, &c, "last", last, today)
	c.Text("act", r.Act, false, actMax)
	c.Require(len(r.Ending) > 0, "ending", "fault.choice")
	if err := c.Err(); err != nil {
		return err
	}
	all, err := m.bodiesOn(ctx, r.day())
	if err != nil {
		return err
	}
	r.checkBodies(&c, all)
	for _, b := range r.Below(all) {
		if to := r.Moves[b.Code]; to != "" || len(r.Heirs) != 1 {
			c.Require(r.takes(all, b.Code, to), "move_"+b.Code, "people.fault.goes_where", "name", b.Name)
		}
	}
	return c.Err()
}

// checkBodies holds what ends and what stays against the bodies of the day.
func (r Reorganisation) checkBodies(c *fault.Check, all []Body) {
	for _, code := range r.Ending {
		if b, ok := find(all, code); !ok || !b.ActiveOn(r.day()) || !b.ActiveOn(clock.Day(r.Last)) {
			c.Fail("ending", "people.fault.ends_already")
		}
	}
	for _, code := range r.Heirs {
		if b, ok := find(all, code); !ok || !b.ActiveOn(r.day()) || slices.Contains(r.Ending, code) {
			c.Fail("heirs", "people.fault.heir")
		}
	}
}

// Below are the bodies of all that stand right below an ending one on the day
// and do not end themselves.
func (r Reorganisation) Below(all []Body) []Body {
	return keep(all, func(b Body) bool {
		return b.ActiveOn(r.day()) && !slices.Contains(r.Ending, b.Code) && slices.Contains(r.Ending, b.Parent)
	})
}

// takes says whether a body can go below another on the day.
func (r Reorganisation) takes(all []Body, body, above string) bool {
	b, ok := find(all, above)
	return ok && b.ActiveOn(r.day()) && !slices.Contains(r.Ending, above) && !b.Within(body)
}

func find(all []Body, code string) (Body, bool) {
	i := slices.IndexFunc(all, func(b Body) bool { return b.Code == code })
	if i < 0 {
		return Body{}, false
	}
	return all[i], true
}

// reorganise makes a checked reorganisation in the running transaction.
func (m *Module) reorganise(ctx context.Context, data map[string]string) error {
	r := reorganisationOf(data)
	if err := m.takeTurn(ctx, turnStructure); err != nil {
		return err
	}
	all, err := m.bodiesOn(ctx, r.day())
	if err != nil {
		return err
	}
	for _, b := range r.Below(all) {
		if to := r.Moves[b.Code]; to != "" {
			if err := m.putMove(ctx, moveRow{b.Code, r.day(), to}); err != nil {
				return err
			}
		}
	}
	for _, code := range r.Ending {
		if err := m.endBody(ctx, code, r); err != nil {
			return err
		}
	}
	return m.settle(ctx)
}

// endBody ends one body and its posts and notes who carries it on.
func (m *Module) endBody(ctx context.Context, code string, r Reorganisation) error {
	posts, err := m.PostsOf(ctx, code)
	if err != nil {
		return err
	}
	about := []event.Subject{}
	for _, p := range posts {
		if ends(p.To, r.day()) || p.Body != code {
			continue
		}
		if err := m.lockPost(ctx, p.Code); err != nil {
			return err
		}
		if err := m.setPostEnd(ctx, p.Code, max(r.day(), p.From)); err != nil {
			return err
		}
		about = append(about, event.Subject{Kind: SubjectPost, ID: p.Code})
	}
	if err := m.setBodyEnd(ctx, code, r.day()); err != nil {
		return err
	}
	for _, heir := range r.Heirs {
		if err := m.putHeir(ctx, code, heir); err != nil {
			return err
		}
		about = append(about, event.Subject{Kind: SubjectBody, ID: heir})
	}
	return m.announce(ctx, event.Event{Kind: EventBodyEnded, Subject: event.Subject{Kind: SubjectBody, ID: code}, Related: about, Public: true,
		Data: map[string]string{"body": code, "to": string(r.day()), "heirs": strings.Join(r.Heirs, ",")},
		Text: map[string]string{"act": r.Act}})
}

// coverReorganisation registers reorganisations as changes.
func (m *Module) coverReorganisation() {
	m.Cover(ChangeKind{Kind: ChangeReorganise, Title: m.reorganisationTitle, Check: m.checkReorganisation, Apply: m.reorganise})
}

func (m *Module) reorganisationTitle(ctx context.Context, data map[string]string) (string, error) {
	r := reorganisationOf(data)
	names, err := m.BodyNames(ctx, clock.Day(r.Last), slices.Concat(r.Ending, r.Heirs)...)
	if err != nil {
		return "", err
	}
	list := func(codes []string) string {
		var out []string
		for _, code := range codes {
			out = append(out, names[code])
		}
		return strings.Join(out, ", ")
	}
	key := "people.change.end_body"
	if len(r.Heirs) > 0 {
		key = "people.change.reorganise"
	}
	return i18n.T(ctx, key, "ending", list(r.Ending), "heirs", list(r.Heirs), "day", dayText(ctx, clock.Day(r.Last))), nil
}
