package charter

import (
	"strings"

	"ronda/city/charter/internal/strict"
)

func (p *parser) sdg(o *strict.Object) {
	p.c.SDG.Year = o.Int("framework", 1990, 2200)
	var targets []SDGTarget
	p.c.SDG.Goals = each(o, "goals", func(o *strict.Object) SDGGoal {
		goal := SDGGoal{p.entry(o, "sdg_goal")}
		o.Each("targets", func(o *strict.Object) { targets = append(targets, p.target(o, goal.Code)) })
		return goal
	})
	p.c.SDG.Targets = newList(targets)
}

func (p *parser) target(o *strict.Object, goal string) SDGTarget {
	t := SDGTarget{Entry: p.entry(o, "sdg_target"), Goal: goal}
	if t.Code != "" && goal != "" && !strings.HasPrefix(t.Code, goal+".") {
		o.Fail("code", "charter.problem.target", "value", t.Code, "goal", goal)
	}
	return t
}
