package charter

import "slices"

// Adoption says who files, who decides, and how long people have.
type Adoption struct {
	Proposers      []Kind   // kinds of body that file an initiative for adoption
	Decide         []string // posts that adopt, decline or defer
	Override       []string // posts that may adopt with a step open, giving a public reason
	AnswerDays     int      // calendar days to answer a citizen's question
	OpinionDays    int      // calendar days a local board has for its opinion
	DueSoonDays    int      // days before its due date from which a thing is shown as due soon
	SimilarShow    float64  // likeness, 0 to 1, from which an initiative is shown as similar
	SimilarExplain float64  // likeness from which the proposer joins it or says why not
}

// MayPropose says whether a body may file an initiative for adoption.
func (c *Charter) MayPropose(body string) bool {
	b, ok := c.Bodies.Get(body)
	return ok && slices.Contains(c.Adoption.Proposers, b.Kind)
}

// MayDecide says whether the holder of a post adopts, declines and defers.
func (c *Charter) MayDecide(post string) bool { return slices.Contains(c.Adoption.Decide, post) }

// MayOverride says whether the holder of a post may adopt with a step open.
func (c *Charter) MayOverride(post string) bool { return slices.Contains(c.Adoption.Override, post) }
