package pages

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ronda/city/charter"
	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/city/roundtable/wording"
	"ronda/platform/fault"
	"ronda/platform/ui"
)

// whenFields ask when a meeting is and how long.
func whenFields(ctx context.Context) []ui.Field {
	return []ui.Field{
		{Name: "day", Label: t(ctx, "field.day"), Kind: ui.Date, Required: true},
		{Name: "clock", Label: t(ctx, "field.clock"), Kind: ui.Time, Required: true},
		{Name: "length", Label: t(ctx, "field.length"), Kind: ui.Number, Unit: t(ctx, "unit.minutes"), Required: true},
	}
}

// placeFields ask where it is.
func placeFields(ctx context.Context) []ui.Field {
	return []ui.Field{
		{Name: "place", Label: t(ctx, "field.place"), Hint: t(ctx, "field.place.hint"), Max: meetings.LineMax},
		{Name: "link", Label: t(ctx, "field.link"), Hint: t(ctx, "field.link.hint"), Kind: ui.Web},
	}
}

// aboutFields ask what it is for.
func aboutFields(ctx context.Context) []ui.Field {
	return []ui.Field{
		{Name: "title", Label: t(ctx, "field.title"), Hint: t(ctx, "field.title.hint"), Required: true, Max: meetings.TitleMax},
		{Name: "purpose", Label: t(ctx, "field.purpose"), Hint: t(ctx, "field.purpose.hint"), Kind: ui.Area, Rows: 3, Max: meetings.TextMax, Required: true},
	}
}

// sizeFields ask how many there may and must be.
func sizeFields(ctx context.Context) []ui.Field {
	return []ui.Field{
		{Name: "capacity", Label: t(ctx, "field.capacity"), Hint: t(ctx, "field.capacity.hint"), Kind: ui.Number},
		{Name: "quorum", Label: t(ctx, "field.quorum"), Hint: t(ctx, "field.quorum.hint"), Kind: ui.Number},
	}
}

// ledFields ask who leads it and who takes notes.
func (p *Pages) ledFields(ctx context.Context, say words) ([]ui.Field, error) {
	posts, err := p.postOptions(ctx, say)
	if err != nil {
		return nil, err
	}
	none := t(ctx, "field.post.none")
	return []ui.Field{
		{Name: "chair", Label: t(ctx, "field.chair"), Kind: ui.Select, Options: posts, Placeholder: none, Required: true},
		{Name: "secretaries", Label: t(ctx, "field.secretaries"), Hint: t(ctx, "field.secretaries.hint"), Kind: ui.Select, Options: posts, Placeholder: none},
		{Name: "second", Label: t(ctx, "field.second"), Kind: ui.Select, Options: posts, Placeholder: none},
	}, nil
}

// postOptions are the posts of today under their bodies.
func (p *Pages) postOptions(ctx context.Context, say words) ([]ui.Option, error) {
	posts, err := p.people.Posts(ctx, say.today)
	if err != nil {
		return nil, err
	}
	groups := map[string][]ui.Option{}
	var order []string
	for _, x := range posts {
		name := say.Body(ctx, x.Body)
		if groups[name] == nil {
			order = append(order, name)
		}
		groups[name] = append(groups[name], ui.Option{Value: x.Code, Text: x.Title, Group: name})
	}
	slices.Sort(order)
	var out []ui.Option
	for _, name := range order {
		out = append(out, groups[name]...)
	}
	return out, nil
}

// bodyOptions are the bodies of today.
func (p *Pages) bodyOptions(ctx context.Context) ([]ui.Option, error) {
	bodies, err := p.people.Bodies(ctx, people.BodyFilter{})
	if err != nil {
		return nil, err
	}
	var out []ui.Option
	for _, b := range bodies {
		out = append(out, ui.Option{Value: b.Code, Text: b.Name})
	}
	slices.SortFunc(out, func(a, b ui.Option) int { return strings.Compare(a.Text, b.Text) })
	return out, nil
}

// circles are groups of posts that are invited together, by rank.
var circles = []charter.Rank{charter.RankMinister, charter.RankUnderSecretary, charter.RankDirector, charter.RankDelegate}

// circleField offers to invite everybody of a rank.
func (w words) circleField(ctx context.Context) ui.Field {
	f := ui.Field{Name: "circles", Label: t(ctx, "field.circles"), Hint: t(ctx, "field.circles.hint"), Kind: ui.Checks}
	for _, r := range circles {
		f.Options = append(f.Options, ui.Option{Value: string(r), Text: w.Charter.RankName(r).In(w.Lang)})
	}
	return f
}

// circleGuests are the posts of the chosen ranks that exist today.
func (p *Pages) circleGuests(ctx context.Context, say words, chosen []string) ([]meetings.Guest, error) {
	if len(chosen) == 0 {
		return nil, nil
	}
	posts, err := p.people.Posts(ctx, say.today)
	if err != nil {
		return nil, err
	}
	var out []meetings.Guest
	for _, x := range posts {
		if slices.Contains(chosen, string(x.Rank)) {
			out = append(out, meetings.Guest{Post: x.Code, Role: meetings.RoleRequired})
		}
	}
	return out, nil
}

// axisField offers the axes, for the cycle.
func (w words) axisField(ctx context.Context, chosen string) ui.Field {
	return ui.Field{Name: "axis", Label: t(ctx, "fact.axis"), Kind: ui.Select, Placeholder: t(ctx, "field.axis.none"),
		Options: wording.Choices(w.Charter.Frame.Axes, w.today, w.Lang, chosen)}
}

// cycleFields ask about the guest, the host place and what is needed.
func (w words) cycleFields(ctx context.Context, k meetings.Kind, chosen string) []ui.Field {
	return []ui.Field{
		{Name: "guest", Label: t(ctx, "field.guest."+string(k)), Hint: t(ctx, "field.guest.hint"), Max: meetings.LineMax},
		{Name: "host", Label: t(ctx, "field.host"), Hint: t(ctx, "field.host.hint"), Max: meetings.LineMax},
		{Name: "logistics", Label: t(ctx, "field.logistics"), Hint: t(ctx, "field.logistics.hint"), Kind: ui.Area, Rows: 4, Max: meetings.TextMax},
		w.axisField(ctx, chosen),
		{Name: "materials", Label: t(ctx, "field.materials"), Hint: t(ctx, "field.documents.hint"), Kind: ui.Area, Rows: 3},
	}
}

// placed reads when and where a meeting is.
func (p *Pages) placed(ctx context.Context, typed url.Values) (m meetings.Meeting, err error) {
	var c fault.Check
	m.Length = number(&c, typed, "length")
	m.Place, m.Link = strings.TrimSpace(typed.Get("place")), strings.TrimSpace(typed.Get("link"))
	if err := c.Err(); err != nil {
		return m, err
	}
	m.Starts, err = p.meetings.When(ctx, typed.Get("day"), typed.Get("clock"))
	return m, err
}

// number reads a whole number, 0 for none; what is none is wrong with its field.
func number(c *fault.Check, typed url.Values, name string) int {
	text := strings.TrimSpace(typed.Get(name))
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	c.Require(err == nil && n >= 0, name, "fault.number")
	return n
}

// documentsOf reads documents, one on each line: the address, or a name before it.
func documentsOf(text string) meetings.Documents {
	var out meetings.Documents
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		last := len(words) - 1
		out = append(out, meetings.Document{URL: words[last], Name: strings.Join(words[:last], " ")})
	}
	return out
}

// documentsText is the way back.
func documentsText(list meetings.Documents) string {
	var lines []string
	for _, d := range list {
		lines = append(lines, strings.TrimSpace(d.Name+" "+d.URL))
	}
	return strings.Join(lines, "\n")
}
