package charter

import "ronda/city/charter/internal/strict"

// unlimited is how the files write renewals without limit.
const unlimited = -1

func (p *parser) posts(o *strict.Object) {
	p.c.rankNames = names(o, "ranks", Ranks)
	p.c.Posts = each(o, "posts", p.post)
}

func (p *parser) post(o *strict.Object) Post {
	post := Post{
		Entry: p.entry(o, "post"), Body: o.Ref("body", "body"), Rank: Rank(o.Choice("rank", as[string](Ranks)...)),
		Signs: o.OptBool("signs"), Seats: o.OptInt("seats", 1, 500, 1), Renewals: unlimited,
	}
	o.OptObject("term", func(o *strict.Object) {
		post.Years = o.Int("years", 1, 50)
		post.Renewals = o.OptInt("renewals", 0, 50, unlimited)
	})
	if post.Rank != "" && p.c.rankNames[post.Rank] == nil {
		o.Fail("rank", "charter.problem.unnamed", "value", post.Rank, "name", "ranks")
	}
	p.Later(func() {
		if b, ok := p.c.Bodies.Get(post.Body); ok && !overlap(post.Entry, b.Entry) {
			o.Fail("body", "charter.problem.apart", "code", post.Code, "other", b.Code)
		}
	})
	return post
}
