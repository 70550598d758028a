package ballot

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// sheet is a contest as it stood at the close: what its file of ballots is
// written from, beside the ballots.
type sheet struct {
	Number     string    `json:"number"`
	Title      string    `json:"title"`
	Method     Method    `json:"method"`
	Kind       Kind      `json:"kind"`
	MaxChoices int       `json:"max_choices"`
	Budget     int64     `json:"budget"`
	Currency   string    `json:"currency"`
	Opens      time.Time `json:"opens"`
	Closes     time.Time `json:"closes"`
	Seed       string    `json:"seed"`
	Options    []Option  `json:"options"` // that could be voted for, by number
	Barred     []Option  `json:"barred"`
}

// sheetOf takes down a contest at its close. Texts of ideas are left out.
func sheetOf(c Contest, all []Option) sheet {
	s := sheet{Number: c.Number, Title: c.Title, Method: c.Method, Kind: c.Kind(), MaxChoices: c.MaxChoices, Budget: c.Budget,
		Currency: c.Currency, Opens: c.Opens, Closes: c.Closes, Seed: c.RulesHash}
	for _, o := range all {
		o.Text = ""
		switch c.Bar(o) {
		case "":
			s.Options = append(s.Options, o)
		case Gone:
		default:
			s.Barred = append(s.Barred, o)
		}
	}
	byNumber := func(a, b Option) int { return cmp.Compare(a.Number, b.Number) }
	slices.SortFunc(s.Options, byNumber)
	slices.SortFunc(s.Barred, byNumber)
	return s
}

// FileName is what the file of ballots is called: in the .pb format of Pabulib
// where options have costs or dots, else in the JSON that `ronda rank` reads.
func (s sheet) FileName() string {
	if s.portfolio() {
		return s.Number + ".pb"
	}
	return s.Number + ".json"
}

// portfolio says whether a rule for budgets counts the ballots.
func (s sheet) portfolio() bool { return s.Method.Spends() || s.Method == Dots }

// write writes the ballots, which stand in random order and name nobody.
func (s sheet) write(ballots []Ballot) (string, error) {
	if s.portfolio() {
		return s.writePB(ballots), nil
	}
	return s.writeJSON(ballots)
}

// writePB writes a vote on a budget. Dots are points on options that cost one of
// a budget for all of them, so that greedy by votes puts them in order.
func (s sheet) writePB(ballots []Ballot) string {
	var b strings.Builder
	budget, voteType := s.Budget, map[Kind]string{Approval: "approval", Points: "cumulative", Ranking: "ordinal", Dotted: "cumulative"}[s.Kind]
	if s.Method == Dots {
		budget = int64(max(len(s.Options), 1)) * 100
	}
	rule := string(s.Method)
	if s.Method == Dots {
		rule = string(Greedy)
	}
	b.WriteString("META\nkey;value\n")
	for _, pair := range [][2]string{{"description", s.Title}, {"instance", s.Number}, {"num_projects", strconv.Itoa(len(s.Options))},
		{"num_votes", strconv.Itoa(len(ballots))}, {"budget", Decimal(budget)}, {"currency", s.Currency}, {"vote_type", voteType}, {"rule", rule},
		{"date_begin", s.Opens.Format("02.01.2006")}, {"date_end", s.Closes.Format("02.01.2006")}} {
		if pair[1] != "" {
			fmt.Fprintf(&b, "%s;%s\n", pair[0], cell(pair[1]))
		}
	}
	b.WriteString("PROJECTS\nproject_id;cost;name\n")
	for _, o := range s.Options {
		cost := o.Cost
		if s.Method == Dots {
			cost = 100
		}
		fmt.Fprintf(&b, "%s;%s;%s\n", o.Number, Decimal(cost), cell(o.Title))
	}
	s.writeVotes(&b, ballots)
	return b.String()
}

func (s sheet) writeVotes(b *strings.Builder, ballots []Ballot) {
	points := s.Kind == Points || s.Kind == Dotted
	b.WriteString("VOTES\nvoter_id;vote")
	if points {
		b.WriteString(";points")
	}
	b.WriteByte('\n')
	for i, ballot := range ballots {
		names := ballot.names(s.Kind)
		fmt.Fprintf(b, "%d;%s", i+1, strings.Join(names, ","))
		if points {
			values := make([]string, len(names))
			for j, n := range names {
				values[j] = strconv.Itoa(ballot[Key{Idea: n}])
			}
			b.WriteString(";" + strings.Join(values, ","))
		}
		b.WriteByte('\n')
	}
}

// names lists what the ballot names, by number, or by place when it ranks.
func (b Ballot) names(kind Kind) []string {
	names := b.order()
	if kind != Ranking {
		slices.Sort(names)
	}
	return names
}

// cell quotes a text that holds what the format separates by.
func cell(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if strings.ContainsAny(text, ";\"") {
		return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return text
}

// Decimal writes centavos as units with a point: "1200", "1200.5".
func Decimal(centavos int64) string {
	const hundred = 100
	text := fmt.Sprintf("%d.%02d", centavos/hundred, centavos%hundred)
	return strings.TrimRight(strings.TrimRight(text, "0"), ".")
}

// document is what writeJSON writes: a poll as method/choice/rank reads it, and
// the titles, which that leaves aside.
type document struct {
	Description string            `json:"description"`
	Kind        string            `json:"kind"`
	Candidates  []string          `json:"candidates"`
	Titles      map[string]string `json:"titles"`
	MaxScore    int               `json:"max_score,omitempty"`
	Ballots     []line            `json:"ballots"`
}

// line is some equal ballots.
type line struct {
	Count   int            `json:"count"`
	Ranking [][]string     `json:"ranking,omitempty"`
	Scores  map[string]int `json:"scores,omitempty"`
}

// writeJSON writes a vote that ranks. Equal ballots stand together, in the order
// of their text, so that nothing tells who voted when.
func (s sheet) writeJSON(ballots []Ballot) (string, error) {
	d := document{Description: s.Title, Kind: map[Kind]string{Ranking: "ranked", Scores: "scores", Grades: "scores", Pairs: "duels"}[s.Kind],
		Titles: map[string]string{}, Candidates: []string{}, Ballots: []line{}}
	for _, o := range s.Options {
		d.Candidates, d.Titles[o.Number] = append(d.Candidates, o.Number), o.Title
	}
	if d.Kind == "scores" {
		d.MaxScore = MaxScore
	}
	counts := map[string]*line{}
	for _, b := range ballots {
		for _, l := range b.lines(s.Kind) {
			key, err := json.Marshal(l)
			if err != nil {
				return "", err
			}
			if counts[string(key)] == nil {
				counts[string(key)] = &l
			}
			counts[string(key)].Count++
		}
	}
	for _, key := range sortedKeys(counts) {
		d.Ballots = append(d.Ballots, *counts[key])
	}
	text, err := json.MarshalIndent(d, "", " ")
	return string(text) + "\n", err
}

// lines is the ballot as the file says it: one line, or one for each duel that
// was decided.
func (b Ballot) lines(kind Kind) []line {
	switch kind {
	case Pairs:
		var out []line
		for k, v := range b {
			switch v {
			case FirstWins:
				out = append(out, line{Ranking: [][]string{{k.Idea}, {k.Other}}})
			case SecondWins:
				out = append(out, line{Ranking: [][]string{{k.Other}, {k.Idea}}})
			}
		}
		return out
	case Ranking:
		l := line{}
		for _, n := range b.order() {
			l.Ranking = append(l.Ranking, []string{n})
		}
		return []line{l}
	}
	l := line{Scores: map[string]int{}}
	for k, v := range b {
		l.Scores[k.Idea] = v
	}
	return []line{l}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
