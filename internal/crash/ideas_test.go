package crash

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"ronda/city/charter"
	"ronda/city/ideas"
	"ronda/city/ideas/opinions"
	"ronda/city/notices"
	"ronda/city/people"
	"ronda/internal/town"
	"ronda/platform/clock"
)

const (
	ideasAsked = 6 // ideas that answer the challenge before the first kill; the first two are a family
	sown       = 5 // statements of its map of opinion
)

// tender is the challenge that citizens answer, vote on and speak of.
type tender struct {
	number string
	ideas  []string // numbers
}

// rooms are the City of Ideas over a town.
type rooms struct {
	*ideas.Module
	opinions *opinions.Module
}

func roomsOf(to *town.Town) (rooms, error) {
	pepper := []byte("hashes only the limits of one test")
	charters := charter.NewStore(to.DB)
	m := ideas.New(ideas.Deps{DB: to.DB, Log: to.Log, Charters: charters, People: to.People, Roundtable: to.Roundtable,
		Follow: notices.New(to.DB, to.Log).Subscribe, Pepper: pepper})
	o, err := opinions.New(opinions.Deps{DB: to.DB, Log: to.Log, Charters: charters, People: to.People, Challenges: m, Pepper: pepper})
	return rooms{m, o}, err
}

// ask opens the challenge of a general direction, a day ago, with ideas, a family
// among them, statements and a vote that is on.
func (c *city) ask(ctx context.Context, to *town.Town, cast *town.Cast) error {
	m, err := roomsOf(to)
	if err != nil {
		return err
	}
	begin := time.Now().Add(-24 * time.Hour)
	head, author := cast.Directions[0], cast.Directions[1]
	ctx = people.With(clock.At(ctx, begin), head)
	asked, err := m.CreateChallenge(ctx, ideas.Rules{Title: "Plazas vivas", Question: "¿Qué le falta a tu plaza?", Terms: "Una idea por plaza.", Body: bodyOf(head),
		Opens: begin, Closes: begin.AddDate(0, 1, 0), VoteOpens: begin.Add(time.Hour), VoteCloses: begin.AddDate(0, 1, 0), Budget: 100_000_00,
		Method: ideas.MethodEqualShares, BallotKind: ideas.BallotApproval, HoldHours: 48, AnswerDays: 30, Statements: true})
	if err != nil {
		return err
	}
	if err := m.Open(ctx, asked.Number); err != nil {
		return err
	}
	c.tender.number = asked.Number
	for n := range ideasAsked {
		number, err := m.answer(people.With(ctx, author), asked.ID, fmt.Sprintf("Una cosa para la plaza número %d", n+1))
		if err != nil {
			return err
		}
		if err := m.SetCost(ctx, number, 20_000_00); err != nil {
			return err
		}
		c.tender.ideas = append(c.tender.ideas, number)
	}
	if _, err := m.AskFamily(people.With(ctx, author), c.tender.ideas[0], c.tender.ideas[1], ""); err != nil {
		return err
	}
	for n := range sown {
		if _, _, err := m.opinions.Seed(ctx, asked.Number, fmt.Sprintf("Lo que se dice de las plazas, número %d", n+1)); err != nil {
			return err
		}
	}
	return nil
}

func (m rooms) answer(ctx context.Context, challenge, title string) (string, error) {
	d, err := m.SaveDraft(ctx, ideas.Draft{Challenge: challenge, Title: title, Text: "Que la cuadra decida dónde va y quién la cuida."})
	if err != nil {
		return "", err
	}
	i, err := m.Send(ctx, d.ID)
	return i.Number, err
}

// voices is what somebody new says in the City of Ideas: support and its
// withdrawal, within a family too, comments, answers that change, taps of the
// vote, and an idea of their own.
func (c *city) voices(v *visitor, r *rand.Rand) []step {
	var life []step
	for _, n := range r.Perm(ideasAsked)[:4] {
		number := c.tender.ideas[n]
		life = append(life, c.support(v, number, 1), c.tap(v, number, 1), c.remark(v, number))
		if r.IntN(2) == 0 {
			life = append(life, c.support(v, number, 0))
		}
		if r.IntN(2) == 0 {
			life = append(life, c.tap(v, number, 0))
		}
	}
	for no := 1; no <= sown; no++ {
		life = append(life, c.opine(v, r, no)...)
	}
	return append(life, c.send(v))
}

// support gives the voice to an idea, or takes it back when n is 0.
func (c *city) support(v *visitor, number string, n int) step {
	return func(context.Context) (*write, error) {
		w := &write{by: v, path: "/ideas/" + number + "/apoyar", to: "/ideas/" + number, makes: facts{{"support", v.email + " " + number}: n}}
		if n == 0 {
			w.form = []string{"back", "1"}
		}
		return w, nil
	}
}

// tap votes for an idea, or takes the vote back when n is 0.
func (c *city) tap(v *visitor, number string, n int) step {
	return func(context.Context) (*write, error) {
		path := "/desafios/" + c.tender.number + "/votacion"
		w := &write{by: v, path: path, form: []string{"idea", number, "value", "1"}, to: path, makes: facts{{"tap", v.email + " " + number}: n}}
		if n == 0 {
			w.form = []string{"idea", number, "back", "1"}
		}
		return w, nil
	}
}

func (c *city) remark(v *visitor, number string) step {
	return func(context.Context) (*write, error) {
		k := c.word()
		return &write{by: v, path: "/ideas/" + number + "/comentar", form: []string{"text", "En mi plaza también " + k}, to: "/ideas/" + number,
			makes: facts{{"remark", k}: 1}}, nil
	}
}

// opine answers a statement; some change the answer, some take it back.
func (c *city) opine(v *visitor, r *rand.Rand, no int) []step {
	path := "/desafios/" + c.tender.number + "/opiniones"
	key := func(answer int) fact { return fact{"answer", fmt.Sprintf("%s %d %d", v.email, no, answer)} }
	say := func(answer string, made facts) step {
		return func(context.Context) (*write, error) {
			return &write{by: v, path: path, form: []string{"no", strconv.Itoa(no), "version", "1", "answer", answer}, to: path, makes: made}, nil
		}
	}
	first := r.IntN(3) - 1
	life := []step{say(strconv.Itoa(first), facts{key(first): 1})}
	if r.IntN(2) == 0 {
		second := (first+2)%3 - 1
		life = append(life, say(strconv.Itoa(second), facts{key(first): 0, key(second): 1}))
		first = second
	}
	if r.IntN(3) == 0 {
		life = append(life, say("withdraw", facts{key(first): 0}))
	}
	return life
}

// send answers the challenge. A first idea waits for a moderator.
func (c *city) send(v *visitor) step {
	return func(context.Context) (*write, error) {
		k := c.word()
		return &write{by: v, path: "/desafios/" + c.tender.number + "/idea", to: "/ideas/", makes: facts{{"idea", k}: 1},
			form: []string{"title", "Sombra para la plaza " + k, "text", "Árboles nativos a lo largo de toda la vereda, con riego.", "challenge", c.tender.number}}, nil
	}
}
