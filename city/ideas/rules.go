package ideas

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/platform/fault"
)

// Limits of rules.
const (
	criteriaMax = 12
	juryMax     = 30
	termsMax    = 20000
	prizeMax    = 400
	wordMax     = 80
	holdMax     = 30 * 24 // hours
	answerMax   = 365     // days
)

// Tidy trims what was typed and brings times to UTC.
func (r *Rules) Tidy() {
	for _, s := range []*string{&r.Title, &r.Question, &r.Terms, &r.Prize} {
		*s = strings.TrimSpace(strings.ReplaceAll(*s, "\r\n", "\n"))
	}
	r.Title = strings.Join(strings.Fields(r.Title), " ")
	for _, t := range []*time.Time{&r.Opens, &r.Closes, &r.VoteOpens, &r.VoteCloses} {
		*t = t.UTC().Truncate(time.Microsecond)
	}
	r.Jury = slices.DeleteFunc(slices.Clone(r.Jury), func(p string) bool { return p == "" })
	r.Criteria = slices.DeleteFunc(slices.Clone(r.Criteria), func(c Criterion) bool { return c.Code == "" && c.Name == "" && c.Weight == 0 })
	if r.Moderation == "" {
		r.Moderation = ModerateAfter
	}
	if r.Method == "" {
		r.Method = MethodNone
	}
}

// Validate checks a draft: what is there must be right, little must be there.
func (r *Rules) Validate(ch *charter.Charter) error {
	var c fault.Check
	r.validate(&c, ch)
	return c.Err()
}

// ValidateOpening checks rules that are to be frozen now.
func (r *Rules) ValidateOpening(ch *charter.Charter, now time.Time) error {
	var c fault.Check
	r.validate(&c, ch)
	c.Text("question", r.Question, true, TextMax)
	c.Text("terms", r.Terms, true, termsMax)
	c.Require(r.Closes.After(now) && r.Closes.After(r.Opens), "closes", "ideas.fault.closes")
	c.Require(r.AnswerDays > 0, "answer_days", "fault.required")
	c.Require(r.HoldHours > 0, "hold_hours", "fault.required")
	if r.Method == MethodJury {
		c.Require(len(r.Jury) > 0, "jury", "fault.required")
		c.Require(len(r.Criteria) > 0, "criteria", "fault.required")
	}
	if r.Method.Votes() {
		c.Require(!r.VoteOpens.Before(r.Opens) && r.VoteCloses.After(r.VoteOpens), "vote_closes", "ideas.fault.vote_times")
		c.Require(r.BallotKind != "", "ballot_kind", "fault.required")
	}
	if r.Method.budgets() {
		c.Require(r.Budget > 0, "budget", "fault.required")
	}
	return c.Err()
}

// budgets says whether the method spends a budget.
func (m Method) budgets() bool {
	return m == MethodEqualShares || m == MethodEqualSharesAdd1 || m == MethodGreedy || m == MethodPhragmen
}

func (r *Rules) validate(c *fault.Check, ch *charter.Charter) {
	c.Text("title", r.Title, true, TitleMax)
	c.Text("question", r.Question, false, TextMax)
	c.Text("terms", r.Terms, false, termsMax)
	c.Text("prize", r.Prize, false, prizeMax)
	c.Require(ch.Bodies.Has(r.Body), "body", "ideas.fault.unknown")
	c.Require(r.Axis == "" || ch.Frame.Axes.Has(r.Axis), "axis", "ideas.fault.unknown")
	c.Require(r.Territory == "" || ch.Territories.Has(r.Territory), "territory", "ideas.fault.place")
	c.Require(slices.Contains(Methods, r.Method), "method", "ideas.fault.unknown")
	c.Require(slices.Contains([]string{"", BallotApproval, BallotPoints, BallotRanking}, r.BallotKind), "ballot_kind", "ideas.fault.unknown")
	c.Require(slices.Contains([]string{ModerateBefore, ModerateAfter}, r.Moderation), "moderation", "ideas.fault.unknown")
	c.Require(r.Budget >= 0 && r.Budget <= costMax, "budget", "ideas.fault.cost")
	c.Require(r.MaxChoices >= 0 && r.MaxChoices <= 1000, "max_choices", "ideas.fault.number")
	c.Require(r.HoldHours >= 0 && r.HoldHours <= holdMax, "hold_hours", "ideas.fault.number")
	c.Require(r.AnswerDays >= 0 && r.AnswerDays <= answerMax, "answer_days", "ideas.fault.number")
	c.Require(len(r.Jury) <= juryMax, "jury", "fault.too_many", "max", juryMax)
	r.validateCriteria(c)
}

func (r *Rules) validateCriteria(c *fault.Check) {
	c.Require(len(r.Criteria) <= criteriaMax, "criteria", "fault.too_many", "max", criteriaMax)
	seen, sum := map[string]bool{}, 0
	for _, x := range r.Criteria {
		c.Text("criteria", x.Code, true, wordMax)
		c.Text("criteria", x.Name, true, TitleMax)
		for _, w := range x.Words {
			c.Text("criteria", w, true, wordMax)
		}
		if !c.Failed("criteria") {
			c.Require(x.Weight > 0 && !seen[x.Code], "criteria", "ideas.fault.criteria")
		}
		seen[x.Code] = true
		sum += x.Weight
	}
	if len(r.Criteria) > 0 && !c.Failed("criteria") {
		c.Require(sum == 100, "criteria", "ideas.fault.weights")
	}
}

// juror is a member of the jury as it is published.
type juror struct {
	Name string `json:"name"`
	Post string `json:"post"`
}

// canonical is the rules as they are published: JSON with the names in
// alphabetical order, no blanks, times in UTC to the second or finer as they are,
// and the jury by names and posts. The hash is the SHA-256 of these bytes.
func (m *Module) canonical(ctx context.Context, number string, r Rules) (text, hash string, err error) {
	jury, err := m.jurors(ctx, r.Jury)
	if err != nil {
		return "", "", err
	}
	b, err := json.Marshal(r)
	if err != nil {
		return "", "", err
	}
	fields := map[string]any{}
	if err := json.Unmarshal(b, &fields); err != nil {
		return "", "", err
	}
	fields["jury"], fields["number"] = jury, number
	fields["budget"] = r.Budget // not by way of a float
	if r.Criteria == nil {
		fields["criteria"] = []Criterion{}
	}
	var out strings.Builder
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(fields); err != nil {
		return "", "", err
	}
	text = strings.TrimSuffix(out.String(), "\n")
	sum := sha256.Sum256([]byte(text))
	return text, hex.EncodeToString(sum[:]), nil
}

// jurors are the names and posts of persons, in the order given.
func (m *Module) jurors(ctx context.Context, persons []string) ([]juror, error) {
	out := make([]juror, 0, len(persons))
	names, err := m.people.Names(ctx, persons...)
	if err != nil {
		return nil, err
	}
	for _, p := range persons {
		if names[p] == "" {
			return nil, bad("jury", "ideas.fault.unknown")
		}
		s, err := m.people.Standing(ctx, p)
		if err != nil {
			return nil, err
		}
		out = append(out, juror{names[p], first(s.Posts).Post})
	}
	return out, nil
}
