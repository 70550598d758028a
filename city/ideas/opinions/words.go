package opinions

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"ronda/method/opinion"
	"ronda/platform/i18n"
)

// axis is the class that gives the colour of a group.
func axis(colour int) string { return "ax" + strconv.Itoa(colour) }

// answerWord is an answer in words.
func answerWord(ctx context.Context, v opinion.Vote) string {
	switch v {
	case opinion.Agree:
		return i18n.T(ctx, "ideas.opinions.agree")
	case opinion.Disagree:
		return i18n.T(ctx, "ideas.opinions.disagree")
	}
	return i18n.T(ctx, "ideas.opinions.pass")
}

// nothing says why there is no statement to answer.
func (b ballotPanel) nothing(ctx context.Context) string { return i18n.T(ctx, b.why()) }

// nothingText says what to do instead.
func (b ballotPanel) nothingText(ctx context.Context) string { return i18n.T(ctx, b.why()+"_text") }

func (b ballotPanel) why() string {
	switch {
	case b.Draft:
		return "ideas.opinions.nothing.draft"
	case !b.Open:
		return "ideas.opinions.nothing.closed"
	case b.Empty:
		return "ideas.opinions.nothing.empty"
	}
	return "ideas.opinions.nothing.all"
}

// caption is the title of the map.
func (p Picture) caption(ctx context.Context) string {
	if len(p.Groups) == 0 {
		return i18n.T(ctx, "ideas.opinions.map.cloud")
	}
	return i18n.T(ctx, "ideas.opinions.map.groups", "count", len(p.Groups))
}

// spoken is the map for who does not see it.
func (p Picture) spoken(ctx context.Context) string {
	parts := []string{p.caption(ctx)}
	for _, g := range p.Groups {
		if !g.Hidden {
			parts = append(parts, i18n.T(ctx, "ideas.opinions.group", "letter", g.Letter)+": "+i18n.T(ctx, "ideas.opinions.people", "count", g.Size))
		}
	}
	if g := p.Mine(); g != nil {
		parts = append(parts, i18n.T(ctx, "ideas.opinions.you.group", "letter", g.Letter))
	}
	return strings.Join(parts, ". ")
}

func (p Picture) groupsTitle(ctx context.Context) string {
	if len(p.Groups) == 0 {
		return i18n.T(ctx, "ideas.opinions.groups.none")
	}
	return i18n.T(ctx, "ideas.opinions.groups.title")
}

// missing says what there must be before there is a map.
func (p Picture) missing(ctx context.Context) string {
	if p.MissingPeople > 0 {
		return i18n.T(ctx, "ideas.opinions.wait.people", "count", p.MissingPeople)
	}
	return i18n.T(ctx, "ideas.opinions.wait.statements", "count", p.MissingStatements)
}

// seats are dots in two rows, from one place to another, of those that a map
// needs.
func (p Picture) seats(from, to int) string {
	var b strings.Builder
	half := (needed + 1) / 2
	for i := from; i < min(to, needed); i++ {
		fmt.Fprintf(&b, "M%d %dh0", 100+(i%half-half/2)*26, 18+i/half*26)
	}
	return b.String()
}
