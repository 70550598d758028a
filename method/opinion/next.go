package opinion

import "math"

// contextWeight is the weight of a statement marked as a question about the
// participant, which is asked early.
const contextWeight = 49

// weigh sets the weight of each statement in the draw of the next one, from the
// answers of those who are grouped.
func (m *matrix) weigh(out *Map, people []int) {
	counts := make([]tally, len(m.statements))
	for _, p := range people {
		for _, a := range m.rows[p] {
			counts[a.statement].add(a.vote)
		}
	}
	for j := range out.Statements {
		out.Statements[j].Weight = weight(counts[j], out.Statements[j].Extremity())
	}
}

// weight is large for statements that are new, that people agree with rather
// than pass, and that lie far from the middle.
func weight(t tally, extremity float64) float64 {
	passes := t.votes - t.agree - t.disagree
	importance := (1 - share(passes, t.votes)) * (extremity + 1) * share(t.agree, t.votes)
	newness := 1 + 8*math.Pow(2, -float64(t.votes)/5)
	return math.Pow(importance*newness, 2)
}

// Next draws the statement to show to a participant: one of those neither
// rejected nor answered, by their weights on the map; statements newer than the
// map have the weight of an unseen one. context, which may be nil, marks
// questions about the participant. The draw is fixed by the participant and the
// day ("2026-11-23"), so that a reload shows the same statement again. It
// reports false when nothing is left to answer.
func (m *Map) Next(v *Votes, participant, day string, context func(statement string) bool) (string, bool) {
	weights := make(map[string]float64, len(m.Statements))
	for _, s := range m.Statements {
		weights[s.ID] = s.Weight
	}
	var open []string
	var chances []float64
	order, _ := ordered(v.statements.ids)
	for _, n := range order {
		id := v.statements.ids[n]
		if _, voted := v.Vote(participant, id); voted || v.rejected[id] {
			continue
		}
		chance, known := weights[id]
		switch {
		case context != nil && context(id):
			chance = contextWeight
		case !known:
			chance = weight(tally{}, 0)
		}
		open, chances = append(open, id), append(chances, chance)
	}
	at, ok := pick(chances, seeded(participant, day))
	if !ok {
		return "", false
	}
	return open[at], true
}
