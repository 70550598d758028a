package desk

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"ronda/city/ideas"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// criteriaRows is how many criteria the form has room for.
const criteriaRows = 6

// minute is a moment as a field of date and time has it.
const minute = "2006-01-02T15:04"

// criterionRows are the rows of the criteria: those with something in them and
// two more.
func criterionRows(ctx context.Context, typed ui.Values) []criterionFields {
	last := 0
	for i := range criteriaRows {
		if typed.Get("criterion-"+itoa(i)) != "" || typed.Get("weight-"+itoa(i)) != "" {
			last = i + 1
		}
	}
	var out []criterionFields
	for i := range min(last+2, criteriaRows) {
		n := itoa(i)
		out = append(out, criterionFields{
			Name:   ui.Field{Name: "criterion-" + n, Label: i18n.T(ctx, "ideas.desk.field.criterion", "number", i+1), Max: ideas.TitleMax},
			Weight: ui.Field{Name: "weight-" + n, Label: i18n.T(ctx, "ideas.desk.field.weight"), Kind: ui.Number},
			Words:  ui.Field{Name: "words-" + n, Label: i18n.T(ctx, "ideas.desk.field.words"), Max: 400},
		})
	}
	return out
}

// sumOf says what the weights typed so far sum to.
func sumOf(ctx context.Context, typed ui.Values) string {
	sum := 0
	for i := range criteriaRows {
		sum += intOf(typed.Get("weight-" + itoa(i)))
	}
	return i18n.T(ctx, "ideas.desk.criteria.sum", "sum", sum)
}

// valuesOf is rules as the form shows them.
func valuesOf(ctx context.Context, r ideas.Rules) ui.Values {
	at := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.In(web.Zone(ctx)).Format(minute)
	}
	v := ui.Values{"title": {r.Title}, "question": {r.Question}, "terms": {r.Terms}, "body": {r.Body}, "axis": {r.Axis}, "territory": {r.Territory}, "prize": {r.Prize},
		"opens": {at(r.Opens)}, "closes": {at(r.Closes)}, "vote_opens": {at(r.VoteOpens)}, "vote_closes": {at(r.VoteCloses)}, "method": {string(r.Method)}, "ballot_kind": {r.BallotKind},
		"moderation": {r.Moderation}, "hold_hours": {amount(r.HoldHours)}, "answer_days": {amount(r.AnswerDays)}, "max_choices": {amount(r.MaxChoices)}, "jury": r.Jury}
	if r.Budget > 0 {
		v["budget"] = []string{pesos(r.Budget)}
	}
	if r.Statements {
		v["statements"] = []string{"true"}
	}
	for i, k := range r.Criteria {
		n := itoa(i)
		v["criterion-"+n], v["weight-"+n], v["words-"+n], v["code-"+n] = []string{k.Name}, []string{itoa(k.Weight)}, []string{strings.Join(k.Words[:], ", ")}, []string{k.Code}
	}
	return v
}

// pesos is an amount of centavos for a field, as centavosOf reads it.
func pesos(centavos int64) string {
	text := strconv.FormatInt(centavos/100, 10)
	if cents := centavos % 100; cents > 0 {
		text += "," + strconv.FormatInt(100+cents, 10)[1:]
	}
	return text
}

// amount is a number for a field, nothing for none.
func amount(n int) string {
	if n == 0 {
		return ""
	}
	return itoa(n)
}

// rulesOf reads rules from the form. What cannot be read is wrong with its field;
// the rest the use case checks.
func rulesOf(ctx context.Context, typed url.Values) (ideas.Rules, error) {
	var c fault.Check
	r := ideas.Rules{Title: typed.Get("title"), Question: typed.Get("question"), Terms: typed.Get("terms"), Body: typed.Get("body"), Axis: typed.Get("axis"),
		Territory: typed.Get("territory"), Prize: typed.Get("prize"), Method: ideas.Method(typed.Get("method")), BallotKind: typed.Get("ballot_kind"),
		Moderation: typed.Get("moderation"), Statements: typed.Get("statements") == "true", Jury: typed["jury"]}
	for name, to := range map[string]*time.Time{"opens": &r.Opens, "closes": &r.Closes, "vote_opens": &r.VoteOpens, "vote_closes": &r.VoteCloses} {
		if text := typed.Get(name); text != "" {
			t, err := time.ParseInLocation(minute, text, web.Zone(ctx))
			c.Require(err == nil, name, "ideas.desk.fault.time")
			*to = t
		}
	}
	for name, to := range map[string]*int{"hold_hours": &r.HoldHours, "answer_days": &r.AnswerDays, "max_choices": &r.MaxChoices} {
		if text := typed.Get(name); text != "" {
			n, err := strconv.Atoi(strings.TrimSpace(text))
			c.Require(err == nil && n >= 0, name, "ideas.desk.fault.number")
			*to = n
		}
	}
	budget, ok := centavosOf(typed.Get("budget"))
	c.Require(ok, "budget", "ideas.desk.fault.money")
	r.Budget = budget
	r.Criteria = criteriaOf(ctx, &c, typed)
	return r, c.Err()
}

// criteriaOf reads the rows of criteria that have a name. A criterion keeps its
// code when it is called something else.
func criteriaOf(ctx context.Context, c *fault.Check, typed url.Values) []ideas.Criterion {
	var out []ideas.Criterion
	for i := range criteriaRows {
		n := itoa(i)
		name := strings.TrimSpace(typed.Get("criterion-" + n))
		if name == "" {
			continue
		}
		k := ideas.Criterion{Name: name, Weight: intOf(typed.Get("weight-" + n)), Code: typed.Get("code-" + n)}
		if k.Code == "" {
			k.Code = slug(name)
		}
		c.Require(k.Weight > 0, "weight-"+n, "ideas.desk.fault.weight")
		text := typed.Get("words-" + n)
		if text == "" {
			text = usualWords(ctx)
		}
		list := strings.Split(text, ",")
		c.Require(len(list) == len(k.Words), "words-"+n, "ideas.desk.fault.words")
		for w := range k.Words {
			if w < len(list) {
				k.Words[w] = strings.TrimSpace(list[w])
			}
		}
		out = append(out, k)
	}
	return out
}

// usualWords are the words of the grades where nobody gave others.
func usualWords(ctx context.Context) string {
	var out []string
	for i := range (ideas.Criterion{}).Words {
		out = append(out, i18n.T(ctx, "ideas.desk.word."+itoa(i+1)))
	}
	return strings.Join(out, ", ")
}

// slug is a code made of a name: letters and digits without accents.
func slug(name string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case unicode.IsSpace(r) && b.Len() > 0:
			b.WriteByte('-')
		}
	}
	s := strings.Trim(b.String(), "-")
	return s[:min(len(s), 40)]
}

// intOf reads a whole number, 0 for what is none.
func intOf(text string) int {
	n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "%")))
	if err != nil {
		return 0
	}
	return n
}

// centavosOf reads an amount of money as people type it: "1.500.000", "1500,50".
// Nothing is 0; ok is false for what is no amount.
func centavosOf(text string) (centavos int64, ok bool) {
	text = strings.TrimSpace(strings.NewReplacer("$", "", " ", "", "\u00a0", "").Replace(text))
	if text == "" {
		return 0, true
	}
	whole, cents, comma := strings.Cut(text, ",")
	if comma && (len(cents) == 0 || len(cents) > 2) {
		return 0, false
	}
	groups := strings.Split(whole, ".")
	for _, g := range groups[1:] {
		if len(g) != 3 {
			return 0, false
		}
	}
	n, err := strconv.ParseUint(strings.Join(groups, ""), 10, 48)
	if err != nil {
		return 0, false
	}
	extra, err := strconv.ParseUint((cents + "00")[:2], 10, 8)
	return int64(n)*100 + int64(extra), err == nil
}
