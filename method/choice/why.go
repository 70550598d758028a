package choice

import (
	"strconv"
	"strings"

	"ronda/method/choice/budget"
)

// Why is the message that says why a project of the outcome was chosen or not,
// with what fills its placeholders.
func Why(in *budget.Instance, out *budget.Outcome, project int) (key string, args []any) {
	why := out.Why[project]
	return "choice.why." + sentence(out.Rule, why.Cause), []any{
		"round", why.Round, "votes", why.Votes, "cost", in.Text(in.Projects[project].Cost),
		"price", figure(why.Price), "effective", figure(why.Effective), "behind", figure(why.Behind),
	}
}

// Tied is the message that names the projects which were equal to this one, ok
// false when none was.
func Tied(in *budget.Instance, out *budget.Outcome, project int) (key string, args []any, ok bool) {
	var names []string
	for _, p := range out.Why[project].Tied {
		names = append(names, in.Projects[p].ID)
	}
	return "choice.tied", []any{"others", strings.Join(names, ", ")}, len(names) > 0
}

// sentence is the last part of the key: being bought means something else under
// each rule.
func sentence(rule budget.Rule, cause budget.Cause) string {
	if cause != budget.Bought {
		return string(cause)
	}
	switch rule {
	case budget.GreedyRule:
		return "most_voted"
	case budget.PhragmenRule:
		return "least_load"
	default:
		return "bought"
	}
}

// figure writes a figure with at most two decimals.
func figure(x float64) string {
	text := strconv.FormatFloat(x, 'f', 2, 64)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
