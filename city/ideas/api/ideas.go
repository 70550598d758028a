package api

import (
	"context"
	"slices"
	"strings"
	"time"

	"ronda/city/ideas"
	"ronda/platform/fault"
)

// IdeaSummary is an idea in a list.
type IdeaSummary struct {
	Number     string     `json:"number" example:"IDEA-2026-00042"`
	Title      string     `json:"title,omitempty"`
	Line       string     `json:"line,omitempty" doc:"how its text begins"`
	Signature  string     `json:"signature,omitempty" doc:"the public name that the author chose; absent: a neighbour"`
	State      string     `json:"state" enum:"published,hidden,withdrawn"`
	Outcome    string     `json:"outcome,omitempty" enum:"answered,chosen,not_chosen,taken_up,executed" doc:"absent: waits for its answer"`
	Challenge  string     `json:"challenge,omitempty" example:"DES-2026-0003" doc:"absent: outside any challenge"`
	Place      *Term      `json:"place,omitempty"`
	Axis       *Term      `json:"axis,omitempty"`
	Body       *Term      `json:"body,omitempty" doc:"who owes the answer, or gave it"`
	Supports   int        `json:"supports"`
	Comments   int        `json:"comments"`
	Cost       int64      `json:"cost,omitempty" doc:"in hundredths of the city's currency, as the office estimates it"`
	AnswerDue  string     `json:"answer_due,omitempty" format:"date"`
	AnsweredAt *time.Time `json:"answered_at,omitempty"`
	Initiative string     `json:"initiative,omitempty" doc:"number of what came of it" example:"INI-2026-0042"`
	Published  time.Time  `json:"published"`
	Invented   bool       `json:"invented" doc:"an example of a demonstration"`
	URL        string     `json:"url"`
}

type listInput struct {
	After     string `query:"after" maxLength:"80" doc:"next of the page before"`
	Limit     int    `query:"limit" default:"20" minimum:"1" maximum:"100"`
	Lang      string `query:"lang" enum:"es,en" doc:"language of names"`
	Order     string `query:"order" enum:"new,supports,unanswered" default:"new" doc:"unanswered: those that wait, the longest waiting first"`
	Challenge string `query:"challenge" maxLength:"40" doc:"number; - for ideas outside any challenge"`
	Outcome   string `query:"outcome" enum:"-,answered,chosen,not_chosen,taken_up,executed" doc:"- for those that wait for their answer"`
	Answered  string `query:"answered" enum:"yes,no"`
	Place     string `query:"place" maxLength:"80" doc:"code of a part of the city; its own parts count"`
	Axis      string `query:"axis" maxLength:"80"`
	Office    string `query:"body" maxLength:"80" doc:"who owes the answer, or gave it"`
	Tag       string `query:"tag" maxLength:"80"`
}

// filter is what was asked for; Invalid names the parameter that the city does
// not have a value of.
func (a *API) filter(ctx context.Context, w words, in *listInput) (ideas.Filter, error) {
	f := ideas.Filter{Order: ideas.Order(in.Order), After: in.After, Size: in.Limit, By: map[string]string{ideas.FilterOutcome: in.Outcome,
		ideas.FilterAnswer: in.Answered, ideas.FilterPlace: in.Place, ideas.FilterAxis: in.Axis, ideas.FilterBody: in.Office, ideas.FilterTag: in.Tag}}
	for name, wrong := range map[string]bool{
		"place": in.Place != "" && !w.ch.Territories.Has(in.Place), "axis": in.Axis != "" && !w.ch.Frame.Axes.Has(in.Axis),
		"body": in.Office != "" && !w.ch.Bodies.Has(in.Office),
	} {
		if wrong {
			return f, none(name)
		}
	}
	if in.Challenge == ideas.None || in.Challenge == "" {
		f.By[ideas.FilterChallenge] = in.Challenge
		return f, nil
	}
	c, err := a.ideas.Challenge(ctx, in.Challenge)
	if fault.Is(err, fault.NotFound) {
		err = none("challenge")
	}
	f.By[ideas.FilterChallenge] = c.ID
	return f, err
}

type ideasOutput struct {
	Body struct {
		Ideas []IdeaSummary `json:"ideas"`
		Next  string        `json:"next,omitempty" doc:"pass as after for the next page; absent at the end"`
		Total *int          `json:"total,omitempty" doc:"how many there are, with at most one filter"`
	}
}

func (a *API) list(ctx context.Context, in *listInput) (*ideasOutput, error) {
	w, err := a.words(ctx)
	if err != nil {
		return nil, answer(ctx, err)
	}
	f, err := a.filter(ctx, w, in)
	if err != nil {
		return nil, answer(ctx, err)
	}
	page, err := a.ideas.List(ctx, f)
	if fault.Is(err, fault.NotFound) { // every value is known by now: it is the place in the list that we did not give
		err = none("after")
	}
	if err != nil {
		return nil, answer(ctx, err)
	}
	out := &ideasOutput{}
	out.Body.Ideas, out.Body.Next = []IdeaSummary{}, page.Next
	if page.Total >= 0 {
		out.Body.Total = &page.Total
	}
	numbers := map[string]string{"": ""} // of challenges, by id
	for _, c := range page.Cards {
		if _, known := numbers[c.Challenge]; !known {
			asked, err := a.ideas.ChallengeByID(ctx, c.Challenge)
			if err != nil {
				return nil, answer(ctx, err)
			}
			numbers[c.Challenge] = asked.Number
		}
		out.Body.Ideas = append(out.Body.Ideas, a.summary(w, c, numbers[c.Challenge]))
	}
	return out, nil
}

func (a *API) summary(w words, c ideas.Card, challenge string) IdeaSummary {
	s := IdeaSummary{Number: c.Number, Title: c.Title, Line: c.Line, Signature: c.Signature, State: string(c.State), Outcome: string(c.Outcome), Challenge: challenge,
		Place: w.place(c.Place), Axis: w.axis(c.Axis), Body: w.body(c.Body), Supports: c.Supports, Comments: c.Comments, Cost: c.Cost,
		AnswerDue: string(c.AnswerDue), Initiative: c.Initiative, Published: c.Published, Invented: c.Invented, URL: a.origin + "/ideas/" + c.Number}
	if !c.AnsweredAt.IsZero() {
		s.AnsweredAt = &c.AnsweredAt
	}
	return s
}

// Reply is an official answer to an idea.
type Reply struct {
	At      time.Time `json:"at"`
	Outcome string    `json:"outcome,omitempty"`
	Post    string    `json:"post,omitempty" doc:"code of the post that answered"`
	Body    *Term     `json:"body,omitempty"`
	Text    string    `json:"text"`
}

// Family is the ideas that are the same one.
type Family struct {
	Supporters int      `json:"supporters" doc:"distinct persons"`
	Ideas      []string `json:"ideas" doc:"numbers"`
}

type getInput struct {
	Number string `path:"number" maxLength:"40" example:"IDEA-2026-00042"`
	Lang   string `query:"lang" enum:"es,en"`
}

type ideaOutput struct {
	Body struct {
		IdeaSummary
		Text    string   `json:"text,omitempty"`
		Lat     float64  `json:"lat,omitempty" doc:"WGS84; absent without a point"`
		Lon     float64  `json:"lon,omitempty"`
		Tags    []string `json:"tags"`
		Reason  string   `json:"reason,omitempty" doc:"why it is hidden or withdrawn"`
		Version int      `json:"version,omitempty" doc:"of the words; 1, and one more with each edit"`
		Family  *Family  `json:"family,omitempty"`
		Answers []Reply  `json:"answers" doc:"newest first"`
	}
}

func (a *API) get(ctx context.Context, in *getInput) (*ideaOutput, error) {
	w, err := a.words(ctx)
	if err != nil {
		return nil, answer(ctx, err)
	}
	v, err := a.ideas.Idea(ctx, in.Number)
	if err != nil {
		return nil, answer(ctx, err)
	}
	i, out := v.Case.Idea, &ideaOutput{}
	b := &out.Body
	b.IdeaSummary = a.summary(w, cardOf(i), v.Challenge.Number)
	b.Text, b.Lat, b.Lon, b.Reason, b.Version = i.Text, i.Lat, i.Lon, i.Why, i.Version
	b.Tags, b.Answers = append([]string{}, i.Labels()...), []Reply{}
	for _, r := range v.Replies {
		b.Answers = append(b.Answers, Reply{r.At, string(r.Outcome), r.Post, w.body(r.Body), r.Text})
	}
	if v.Family != nil {
		b.Family = &Family{Supporters: v.Family.Supporters}
		for _, kin := range v.Family.Ideas {
			b.Family.Ideas = append(b.Family.Ideas, kin.Number)
		}
		slices.Sort(b.Family.Ideas)
	}
	return out, nil
}

// lineMax is how much of a text stands beside it as its line, in characters.
const lineMax = 200

// cardOf is an idea as lists have it.
func cardOf(i ideas.Idea) ideas.Card {
	line := []rune(strings.Join(strings.Fields(i.Text), " "))
	c := ideas.Card{Number: i.Number, State: i.State, Outcome: i.Outcome, Title: i.Title, Line: string(line), Place: i.Place, Signature: i.Signature, Supports: i.Supports,
		Comments: i.Comments, Cost: i.Cost, Body: i.Body, AnswerDue: i.AnswerDue, AnsweredAt: i.AnsweredAt, Initiative: i.Initiative, Axis: i.Axis, Invented: i.Invented,
		Published: i.Published}
	if len(line) > lineMax {
		c.Line = string(line[:lineMax]) + "…"
	}
	return c
}
