package charter

// SDG is the code list of the goals and targets of sustainable development.
type SDG struct {
	Year    int // of the framework, e.g. 2015
	Goals   List[SDGGoal]
	Targets List[SDGTarget]
}

// SDGGoal is one of the goals, code "1" to "17".
type SDGGoal struct{ Entry }

// SDGTarget is a target of a goal, code such as "16.7" or "16.a".
type SDGTarget struct {
	Entry
	Goal string // code of its goal
}

// TargetsOf lists the targets of a goal in the order of the framework.
func (s SDG) TargetsOf(goal string) []SDGTarget {
	var targets []SDGTarget
	for _, t := range s.Targets.all {
		if t.Goal == goal {
			targets = append(targets, t)
		}
	}
	return targets
}
