package api

import (
	"context"
	"encoding/json"
	"time"

	"ronda/city/ideas"
	"ronda/platform/id"
)

// Challenge is a question that the city asks, in a list.
type Challenge struct {
	Number     string     `json:"number" example:"DES-2026-0003"`
	Title      string     `json:"title"`
	Question   string     `json:"question"`
	Phase      string     `json:"phase" enum:"open,evaluating,answered,chosen,taken_up,executed,cancelled"`
	Body       *Term      `json:"body" doc:"who asks"`
	Axis       *Term      `json:"axis,omitempty"`
	Territory  *Term      `json:"territory,omitempty" doc:"absent: the whole city"`
	Prize      string     `json:"prize,omitempty"`
	Budget     int64      `json:"budget,omitempty" doc:"in hundredths of currency"`
	Currency   string     `json:"currency,omitempty"`
	Method     string     `json:"method" doc:"how it is chosen"`
	Opens      time.Time  `json:"opens"`
	Closes     time.Time  `json:"closes"`
	VoteOpens  *time.Time `json:"vote_opens,omitempty"`
	VoteCloses *time.Time `json:"vote_closes,omitempty"`
	Ideas      int        `json:"ideas" doc:"published ones"`
	Answered   int        `json:"answered" doc:"of those"`
	RulesHash  string     `json:"rules_hash" doc:"SHA-256 of the rules in force, in hexadecimal"`
	Result     *time.Time `json:"result,omitempty" doc:"when its result was published"`
	Digest     string     `json:"digest,omitempty" doc:"hash of the votes or grades as exported, so that anybody can count again"`
	Override   bool       `json:"override" doc:"the body departed from what the method gave"`
	Reason     string     `json:"reason,omitempty" doc:"why it did"`
	Invented   bool       `json:"invented" doc:"an example of a demonstration"`
	URL        string     `json:"url"`
}

type challengesInput struct {
	After string `query:"after" maxLength:"40" doc:"next of the page before"`
	Limit int    `query:"limit" default:"20" minimum:"1" maximum:"100"`
	Lang  string `query:"lang" enum:"es,en" doc:"language of names"`
	Phase string `query:"phase" enum:"open,evaluating,answered,chosen,taken_up,executed,cancelled"`
	Asks  string `query:"body" maxLength:"80" doc:"who asks"`
}

type challengesOutput struct {
	Body struct {
		Challenges []Challenge `json:"challenges"`
		Next       string      `json:"next,omitempty" doc:"pass as after for the next page; absent at the end"`
	}
}

func (a *API) challenges(ctx context.Context, in *challengesInput) (*challengesOutput, error) {
	w, err := a.words(ctx)
	switch {
	case err != nil:
	case in.Asks != "" && !w.ch.Bodies.Has(in.Asks):
		err = none("body")
	case in.After != "" && !id.Valid(in.After):
		err = none("after")
	}
	if err != nil {
		return nil, answer(ctx, err)
	}
	list, next, err := a.ideas.Challenges(ctx, ideas.ChallengeFilter{Phase: ideas.Phase(in.Phase), Body: in.Asks, After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, answer(ctx, err)
	}
	out := &challengesOutput{}
	out.Body.Challenges, out.Body.Next = []Challenge{}, next
	for _, c := range list {
		out.Body.Challenges = append(out.Body.Challenges, a.asked(w, c))
	}
	return out, nil
}

func (a *API) asked(w words, c ideas.Challenge) Challenge {
	out := Challenge{Number: c.Number, Title: c.Title, Question: c.Question, Phase: string(c.Phase), Body: w.body(c.Body), Axis: w.axis(c.Axis),
		Territory: w.place(c.Territory), Prize: c.Prize, Budget: c.Budget, Currency: c.Currency, Method: string(c.Method), Opens: c.Opens, Closes: c.Closes,
		VoteOpens: moment(c.VoteOpens), VoteCloses: moment(c.VoteCloses), Ideas: c.Ideas, Answered: c.Answered, RulesHash: c.RulesHash,
		Result: moment(c.Published), Invented: c.Invented, URL: a.origin + "/desafios/" + c.Number}
	if !c.Sealed() {
		out.Digest, out.Override, out.Reason = c.Conclusion.Digest, c.Conclusion.Override, c.Conclusion.Reason
	}
	return out
}

// moment is a time that may not be there.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// Rules is a version of a challenge's rules.
type Rules struct {
	Version int             `json:"version" doc:"1 at opening"`
	Hash    string          `json:"hash" doc:"SHA-256 of text, in hexadecimal"`
	Text    string          `json:"text" doc:"the rules to the byte as they were published, themselves JSON"`
	Rules   json.RawMessage `json:"rules" doc:"the same, to read"`
	Reason  string          `json:"reason,omitempty" doc:"why they changed"`
	At      time.Time       `json:"at"`
}

type challengeOutput struct {
	Body struct {
		Challenge
		Terms string  `json:"terms"`
		Rules []Rules `json:"rules" doc:"newest first"`
	}
}

func (a *API) challenge(ctx context.Context, in *challengeInput) (*challengeOutput, error) {
	w, err := a.words(ctx)
	if err != nil {
		return nil, answer(ctx, err)
	}
	c, err := a.ideas.Challenge(ctx, in.Number)
	if err != nil {
		return nil, answer(ctx, err)
	}
	versions, err := a.ideas.RuleVersions(ctx, c.ID)
	if err != nil {
		return nil, answer(ctx, err)
	}
	out := &challengeOutput{}
	out.Body.Challenge, out.Body.Terms, out.Body.Rules = a.asked(w, c), c.Terms, []Rules{}
	for _, v := range versions {
		out.Body.Rules = append(out.Body.Rules, Rules{v.Version, v.Hash, v.JSON, json.RawMessage(v.JSON), v.Reason, v.At})
	}
	return out, nil
}

type challengeInput struct {
	Number string `path:"number" maxLength:"40" example:"DES-2026-0003"`
	Lang   string `query:"lang" enum:"es,en"`
}
