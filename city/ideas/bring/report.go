package bring

import (
	"context"
	"io"
	"slices"
	"strings"

	"ronda/city/ideas"
	"ronda/platform/i18n"
	"ronda/platform/table"
)

// Result is what became of one row, or would.
type Result struct {
	Line, Last int    // of the file; the place, where it has no lines
	File       string // of a ZIP
	ID         string // there
	Title      string
	Result     string // ideas.RowTaken, ideas.RowKnown or ideas.RowQuarantined
	Number     string // here; empty in a trial
	Original   string // number there of the idea that it repeats
	Family     bool   // it is family of that one here, or would be
	Why        string // message key
	Mended     []string
}

// Report is what became of a file. Each row of it stands here once.
type Report struct {
	Format                    Format
	Source                    string
	Trial                     bool // nothing was kept
	Rows                      []Result
	Taken, Known, Quarantined int
	Repeats                   int            // taken rows that repeat another one there
	Families                  int            // rows that are family here of the one they repeat, or would be
	Mended                    int            // taken rows in which something was mended
	Reasons                   map[string]int // quarantined rows by Why
	Left                      []string       // files of a ZIP that stayed closed
	Votes, VotesWrong         int            // Polis
}

// settle counts what the rows say.
func (r *Report) settle() {
	r.Taken, r.Known, r.Quarantined, r.Repeats, r.Families, r.Mended, r.Reasons = 0, 0, 0, 0, 0, 0, map[string]int{}
	for _, row := range r.Rows {
		r.Families += one(row.Family)
		switch row.Result {
		case ideas.RowTaken:
			r.Taken++
			r.Repeats += one(row.Original != "")
			r.Mended += one(len(row.Mended) > 0)
		case ideas.RowKnown:
			r.Known++
		default:
			r.Quarantined++
			r.Reasons[row.Why]++
		}
	}
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// reportColumns are the columns of a report as a list.
func reportColumns() []table.Column {
	return columns("line", table.Number, "last", table.Number, "file", table.Text, "there", table.Text, "title", table.Text, "became", table.Text, "number", table.Text,
		"repeats", table.Text, "why", table.Text, "mended", table.Text)
}

// Write writes a line for each row of the file as CSV in the language of ctx.
func (r *Report) Write(ctx context.Context, w io.Writer) error {
	return table.WriteCSV(ctx, w, reportColumns(), func(yield func([]any, error) bool) {
		for _, row := range r.Rows {
			if !yield(row.cells(ctx), nil) {
				return
			}
		}
	}, false)
}

func (row Result) cells(ctx context.Context) []any {
	var why string
	if row.Why != "" {
		why = i18n.T(ctx, row.Why)
	}
	mended := make([]string, len(row.Mended))
	for i, key := range row.Mended {
		mended[i] = i18n.T(ctx, key)
	}
	return []any{row.Line, row.Last, row.File, row.ID, row.Title, i18n.T(ctx, "ideas.bring.row."+row.Result), row.Number, row.Original, why, strings.Join(mended, "; ")}
}

// Summary says in a few lines what became of the file, in the language of ctx.
func (r *Report) Summary(ctx context.Context) []string {
	taken := "ideas.bring.sum.taken"
	if r.Trial {
		taken = "ideas.bring.sum.would"
	}
	lines := []string{
		i18n.T(ctx, "ideas.bring.sum.rows", "count", len(r.Rows), "source", r.Source),
		i18n.T(ctx, taken, "count", r.Taken),
		i18n.T(ctx, "ideas.bring.sum.known", "count", r.Known),
		i18n.T(ctx, "ideas.bring.sum.quarantined", "count", r.Quarantined),
	}
	for _, why := range r.reasons() {
		lines = append(lines, "  "+i18n.T(ctx, why)+": "+i18n.Number(ctx, int64(r.Reasons[why])))
	}
	return append(lines, r.more(ctx)...)
}

// reasons are the reasons for quarantine, the commonest first.
func (r *Report) reasons() []string {
	var keys []string
	for why := range r.Reasons {
		keys = append(keys, why)
	}
	slices.SortFunc(keys, func(a, b string) int {
		if d := r.Reasons[b] - r.Reasons[a]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return keys
}

// more are the lines that not every file needs.
func (r *Report) more(ctx context.Context) []string {
	var lines []string
	say := func(is bool, key string, args ...any) {
		if is {
			lines = append(lines, i18n.T(ctx, key, args...))
		}
	}
	say(r.Mended > 0, "ideas.bring.sum.mended", "count", r.Mended)
	say(r.Repeats > 0, "ideas.bring.sum.repeats", "count", r.Repeats)
	say(r.Families > 0, "ideas.bring.sum.families", "count", r.Families)
	say(r.Votes > 0, "ideas.bring.sum.votes", "count", r.Votes)
	say(r.VotesWrong > 0, "ideas.bring.sum.votes_wrong", "count", r.VotesWrong)
	say(len(r.Left) > 0, "ideas.bring.sum.left", "files", strings.Join(r.Left, ", "))
	say(r.Trial, "ideas.bring.sum.trial")
	return lines
}
