package ballot

import (
	"context"
	"slices"
	"strconv"

	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// figures are the few large numbers.
func (p *resultPage) figures(ctx context.Context) {
	p.Figures = ui.Figures{
		{Value: i18n.Number(ctx, int64(p.Voters)), Text: i18n.T(ctx, "ideas.ballot.figure.voters", "count", p.Voters)},
		{Value: strconv.Itoa(len(p.Chosen)), Text: i18n.T(ctx, "ideas.ballot.figure.chosen", "count", len(p.Chosen), "of", len(p.Result.Places))},
	}
	if p.Result.Budget > 0 {
		p.Figures = append(p.Figures,
			ui.Figure{Value: bigMoney(ctx, p.spent(), p.Currency), Text: i18n.T(ctx, "ideas.ballot.figure.spent", "budget", Money(ctx, p.Result.Budget, p.Currency))},
			ui.Figure{Value: bigMoney(ctx, p.Result.Budget-p.spent(), p.Currency), Text: i18n.T(ctx, "ideas.ballot.figure.left")})
	}
	if p.Result.Voters > 0 && p.Result.Method.Spends() && !p.Override {
		share := 100 * float64(p.Result.Reached) / float64(p.Result.Voters)
		p.Figures = append(p.Figures, ui.Figure{Value: ui.Decimal(ctx, share) + "\u00a0%", Text: i18n.T(ctx, "ideas.ballot.figure.reached")})
	}
}

// money is the budget drawn: a piece for each chosen option and what is left.
func (p *resultPage) money(ctx context.Context) {
	if p.Result.Budget <= 0 {
		return
	}
	whole, from := float64(p.Result.Budget), 0.0
	p.MoneyTab = ui.Table{Caption: i18n.T(ctx, "ideas.ballot.money.table"), HideCaption: true,
		Columns: []ui.Head{{Text: i18n.T(ctx, "ideas.ballot.money.idea")}, {Text: i18n.T(ctx, "ideas.ballot.money.cost"), Number: true}, {Text: i18n.T(ctx, "ideas.ballot.money.share"), Number: true}}}
	add := func(title, price string, share float64) {
		p.MoneyTab.Rows = append(p.MoneyTab.Rows, ui.Row{{Text: title}, {Text: price}, {Text: ui.Decimal(ctx, 100*share) + " %"}})
	}
	for _, row := range p.Chosen {
		share := float64(row.Cost) / whole
		p.Money = append(p.Money, segment{from, share, row.Axis, row.No, row.Title + ": " + row.Price})
		add(row.Title, row.Price, share)
		from += share
	}
	left := p.Result.Budget - p.spent()
	add(i18n.T(ctx, "ideas.ballot.money.left"), Money(ctx, left, p.Currency), float64(left)/whole)
}

// moneyText says the drawing in one sentence.
func (p resultPage) moneyText(ctx context.Context) string {
	return i18n.T(ctx, "ideas.ballot.money.text", "count", len(p.Chosen), "spent", Money(ctx, p.spent(), p.Currency),
		"budget", Money(ctx, p.Result.Budget, p.Currency), "left", Money(ctx, p.Result.Budget-p.spent(), p.Currency))
}

// departed lists what the body changed in the method's list.
func (p *resultPage) departed(ctx context.Context) {
	if !p.Override {
		return
	}
	for _, n := range p.Outcome.Chosen {
		if !slices.Contains(p.Result.Chosen, n) {
			p.Departed = append(p.Departed, departedRow{n, p.title(n), i18n.T(ctx, "ideas.ballot.override.added")})
		}
	}
	for _, n := range p.Result.Chosen {
		if !slices.Contains(p.Outcome.Chosen, n) {
			p.Departed = append(p.Departed, departedRow{n, p.title(n), i18n.T(ctx, "ideas.ballot.override.removed")})
		}
	}
}

// beside sets greedy by votes beside the result.
func (p *resultPage) beside(ctx context.Context) {
	g := p.Result.Greedy
	if g == nil || p.Result.Method == Greedy {
		return
	}
	part := &greedyPart{SameChoice: len(g.Chosen) == len(p.Result.Chosen), Cost: Money(ctx, g.Cost, p.Currency)}
	for _, n := range p.Result.Chosen {
		if !slices.Contains(g.Chosen, n) {
			part.Here, part.SameChoice = append(part.Here, departedRow{Number: n, Title: p.title(n)}), false
		}
	}
	for _, n := range g.Chosen {
		if !slices.Contains(p.Result.Chosen, n) {
			part.There, part.SameChoice = append(part.There, departedRow{Number: n, Title: p.title(n)}), false
		}
	}
	part.Lead = i18n.T(ctx, "ideas.ballot.greedy.lead", "count", len(g.Chosen), "cost", part.Cost)
	part.Bars = ui.Bars{Label: i18n.T(ctx, "ideas.ballot.greedy.people")}
	for _, one := range []struct {
		key  string
		n    int
		axis int
	}{{"more", g.More, 3}, {"fewer", g.Fewer, 4}, {"same", g.Same, 0}} {
		part.Bars.Items = append(part.Bars.Items, ui.Bar{Name: i18n.T(ctx, "ideas.ballot.greedy."+one.key), Value: float64(one.n), Text: i18n.Number(ctx, int64(one.n)), Axis: one.axis})
	}
	p.Greedy = part
}

// distribution draws the support of every option, and how many options people
// named.
func (p *resultPage) distribution(ctx context.Context) {
	if p.Result.Kind == Grades {
		return // the grades are drawn beside each option, and their sum decides nothing
	}
	p.Votes.Label = i18n.T(ctx, "ideas.ballot.votes.label")
	rows := append(slices.Clone(p.Chosen), p.Rest...)
	slices.SortStableFunc(rows, func(a, b resultRow) int { return int(b.Votes - a.Votes) })
	for _, row := range rows {
		axis := 0
		name := row.Title
		if row.Axis > 0 {
			axis, name = 3, "✓ "+row.Title
		}
		p.Votes.Items = append(p.Votes.Items, ui.Bar{Name: name, Value: float64(row.Votes), Text: row.Tally, Axis: axis, Href: "/ideas/" + row.Number})
	}
	p.Sizes.Label = i18n.T(ctx, "ideas.ballot.sizes.label")
	for n, people := range p.Result.Sizes {
		if people > 0 {
			p.Sizes.Items = append(p.Sizes.Items, ui.Bar{Name: i18n.T(ctx, "ideas.ballot.sizes.of", "count", n), Value: float64(people),
				Text: i18n.T(ctx, "ideas.ballot.people", "count", people, "n", i18n.Number(ctx, int64(people)))})
		}
	}
}

// pairs is the table of who is preferred to whom.
func (p *resultPage) pairs(ctx context.Context) {
	if len(p.Result.Prefer) < 2 {
		return
	}
	p.Pairs = ui.Table{Caption: i18n.T(ctx, "ideas.ballot.pairs.caption"), Columns: []ui.Head{{Text: i18n.T(ctx, "ideas.ballot.pairs.over")}}}
	for a := range p.Result.Prefer {
		p.Pairs.Columns = append(p.Pairs.Columns, ui.Head{Text: strconv.Itoa(a + 1), Number: true})
		row := ui.Row{{Text: strconv.Itoa(a+1) + ". " + p.Result.Places[a].Title}}
		for b, n := range p.Result.Prefer[a] {
			cell := ui.Cell{Text: i18n.Number(ctx, int64(n))}
			switch {
			case a == b:
				cell.Text = "–"
			case n > p.Result.Prefer[b][a]:
				cell.Text += " ✓"
			}
			row = append(row, cell)
		}
		p.Pairs.Rows = append(p.Pairs.Rows, row)
	}
}

// pieces are the parts of a spread of grades, best first. Shares are of 1.
func (row resultRow) pieces() []segment {
	sum := int64(0)
	for _, n := range row.Spread {
		sum += n
	}
	var out []segment
	from := 0.0
	for n := len(row.Spread) - 1; n >= 0 && sum > 0; n-- {
		share := float64(row.Spread[n]) / float64(sum)
		out = append(out, segment{From: from, Share: share, Axis: n})
		from += share
	}
	return out
}
