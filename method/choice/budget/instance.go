package budget

import (
	"fmt"
	"slices"
)

// Kind is what a ballot says about the projects on it.
type Kind string

// The kinds of ballot.
const (
	Approval Kind = "approval" // a set of projects; choose-1 is one of these
	Points   Kind = "points"   // each project with the points the voter gave it
	Ranking  Kind = "ranking"  // projects from best to worst
)

// Instance is a vote on how to spend a budget.
type Instance struct {
	Kind     Kind
	Budget   Amount
	Decimals int // an Amount of 1 is 10^-Decimals of the currency
	Projects []Project
	Groups   []Group           // distinct ballots that name a project
	Ballots  int               // all ballots cast, also the empty ones
	Meta     map[string]string // what else the file says about itself
	Notes    []string          // what was odd about the file, in words for an analyst
}

// Project is something the budget could pay for.
type Project struct {
	ID   string
	Name string
	Cost Amount
	// Published is what the city decided: 1 chosen, 0 not, other figures are
	// states of that city; -1 when the file does not say.
	Published int
}

// Group is one ballot with the number of people who cast it.
type Group struct {
	Choices []int32 // indexes of projects; from best to worst when they are ranked
	// Points stand parallel to Choices when the kind is Points. A ranking may
	// carry them too: how the city counts its places.
	Points []int64
	Count  int
}

// maxDecimals bounds Decimals; currencies know at most four.
const maxDecimals = 9

// Check says what makes an instance impossible to decide; the rules expect one
// that passes.
func (in *Instance) Check() error {
	switch {
	case in.Budget <= 0 || in.Budget > maxAmount:
		return fmt.Errorf("budget %s: must be more than zero and at most %d units", in.Text(in.Budget), maxAmount)
	case in.Decimals < 0 || in.Decimals > maxDecimals:
		return fmt.Errorf("decimals %d: must be between 0 and %d", in.Decimals, maxDecimals)
	case !slices.Contains([]Kind{Approval, Points, Ranking}, in.Kind):
		return fmt.Errorf("kind of ballot %q is not known", in.Kind)
	}
	if err := in.checkProjects(); err != nil {
		return err
	}
	return in.checkGroups()
}

func (in *Instance) checkProjects() error {
	seen := make(map[string]bool, len(in.Projects))
	for _, p := range in.Projects {
		switch {
		case p.ID == "":
			return fmt.Errorf("a project has no id")
		case seen[p.ID]:
			return fmt.Errorf("project %s stands twice", p.ID)
		case p.Cost < 0 || p.Cost > maxAmount:
			return fmt.Errorf("project %s: cost must be between zero and %d units", p.ID, maxAmount)
		}
		seen[p.ID] = true
	}
	return nil
}

func (in *Instance) checkGroups() error {
	people := 0
	last := make([]int, len(in.Projects)) // the last group, from 1, that names the project
	for i, g := range in.Groups {
		if g.Count <= 0 || in.Kind == Points && g.Points == nil || g.Points != nil && len(g.Points) != len(g.Choices) {
			return fmt.Errorf("ballot %d: count and points do not fit", i)
		}
		for j, c := range g.Choices {
			if int(c) < 0 || int(c) >= len(in.Projects) || last[c] == i+1 {
				return fmt.Errorf("ballot %d: project %d is unknown or stands twice", i, c)
			}
			if last[c] = i + 1; g.Points != nil && (g.Points[j] < 0 || g.Points[j] > maxPoints) {
				return fmt.Errorf("ballot %d: points must be between zero and %d", i, maxPoints)
			}
		}
		people += g.Count
	}
	if people > in.Ballots {
		return fmt.Errorf("%d ballots are counted, but the groups hold %d", in.Ballots, people)
	}
	return nil
}
