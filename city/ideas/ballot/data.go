package ballot

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"ronda/platform/table"
)

// openResult is the published result as open data.
type openResult struct {
	Challenge string    `json:"challenge"`
	Title     string    `json:"title"`
	Published time.Time `json:"published"`
	Digest    string    `json:"digest"`
	File      string    `json:"file"`
	Voters    int       `json:"voters"`
	Chosen    []string  `json:"chosen"`
	Override  bool      `json:"override"`
	Reason    string    `json:"reason,omitempty"`
	Result    *Result   `json:"result"` // what the method found
}

// columns are what a spreadsheet shows of each option.
var columns = []table.Column{
	{Key: "number", Label: "ideas.ballot.column.number"}, {Key: "title", Label: "ideas.ballot.column.title"},
	{Key: "place", Label: "ideas.ballot.column.place"}, {Key: "cost", Label: "ideas.ballot.column.cost", Kind: table.Number},
	{Key: "votes", Label: "ideas.ballot.column.votes", Kind: table.Number}, {Key: "rank", Label: "ideas.ballot.column.rank", Kind: table.Number},
	{Key: "by_method", Label: "ideas.ballot.column.by_method"}, {Key: "chosen", Label: "ideas.ballot.column.chosen"}, {Key: "tied", Label: "ideas.ballot.column.tied"},
}

// dataFile gives the published result: whole as JSON, or as a list of its
// options.
func (m *Module) dataFile(w http.ResponseWriter, r *http.Request) error {
	o, err := m.Outcome(r.Context(), r.PathValue("number"))
	if err != nil {
		return err
	}
	if o.Published.IsZero() {
		return notFound()
	}
	if f := r.URL.Query().Get("formato"); f != string(table.JSON) {
		return table.Serve(w, r, o.Number+"-resultado", columns, o.rows)
	}
	text, err := json.MarshalIndent(openResult{o.Number, o.Title, o.Published.UTC(), o.Digest, o.File, o.Voters, o.Chosen, o.Override, o.Reason, o.Result}, "", " ")
	if err != nil {
		return err
	}
	return download(w, r, o.Number+"-resultado.json", "application/json", string(text)+"\n")
}

// rows is one row for each option.
func (o Outcome) rows(yield func([]any, error) bool) {
	const hundred = 100
	for _, p := range o.Result.Places {
		row := []any{p.Number, p.Title, p.Place, float64(p.Cost) / hundred, p.Votes, nil, yes(p.Chosen), yes(slices.Contains(o.Chosen, p.Number)), strings.Join(p.Tied, " ")}
		if p.Rank > 0 {
			row[5] = p.Rank
		}
		if !yield(row, nil) {
			return
		}
	}
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
