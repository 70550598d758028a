package charter

import "slices"

// Rank is the seniority of a post, whatever the city calls it.
type Rank string

// The ranks.
const (
	RankMayor          Rank = "mayor"
	RankChiefOfCabinet Rank = "chief_of_cabinet"
	RankMinister       Rank = "minister"
	RankUnderSecretary Rank = "under_secretary"
	RankDirector       Rank = "director"
	RankCoordinator    Rank = "coordinator"
	RankMember         Rank = "member"
	RankDelegate       Rank = "delegate"
)

// Ranks lists the ranks, highest first.
var Ranks = []Rank{RankMayor, RankChiefOfCabinet, RankMinister, RankUnderSecretary, RankDirector,
	RankCoordinator, RankMember, RankDelegate}

// Post is a seat in a body that a person holds for a term.
type Post struct {
	Entry    // Name is the title
	Body     string
	Rank     Rank
	Signs    bool // its holder may sign for the body
	Seats    int  // how many may hold it at once, at least 1
	Years    int  // length of a term, 0 without one
	Renewals int  // how often in a row a term may be renewed, -1 without limit
}

// PostsOf are the posts of a body, in the order of the file.
func (c *Charter) PostsOf(body string) []Post {
	return slices.DeleteFunc(c.Posts.All(), func(p Post) bool { return p.Body != body })
}
