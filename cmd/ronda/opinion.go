package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"ronda/method/opinion"
)

// OpinionCmd draws the map of opinion of a Polis export.
type OpinionCmd struct {
	File     string `arg:"" optional:"" default:"-" help:"participants-votes.csv or votes.csv of a Polis export (or .gz); - reads standard input."`
	Comments string `placeholder:"FILE" help:"comments.csv: texts, and rejected statements, which count as 0."`
	Labels   string `placeholder:"FILE" help:"CSV with the columns participant, group: the statistics of this grouping instead of our own."`
	JSON     bool   `name:"json" help:"Write JSON."`
}

// Run reads the votes and writes their map.
func (c *OpinionCmd) Run(s IO) error {
	progress := s.Progress()
	fmt.Fprintln(progress, "reading votes")
	votes, err := readWith(s, c.File, opinion.Read)
	if err != nil {
		return err
	}
	texts, err := c.moderate(s, votes)
	if err != nil {
		return err
	}
	fmt.Fprintln(progress, "drawing the map")
	drawn, err := c.draw(s, votes)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(s.Out, newOpinionReport(drawn))
	}
	return writeMap(s.Out, drawn, texts)
}

// moderate marks rejected statements and returns the text of each.
func (c *OpinionCmd) moderate(s IO, votes *opinion.Votes) (map[string]string, error) {
	texts := map[string]string{}
	if c.Comments == "" {
		return texts, nil
	}
	comments, err := readWith(s, c.Comments, opinion.ReadComments)
	if err != nil {
		return nil, err
	}
	for _, comment := range comments {
		votes.Reject(comment.Statement, comment.Rejected)
		texts[comment.Statement] = comment.Text
	}
	return texts, nil
}

// draw makes the map with our grouping, or with the given one.
func (c *OpinionCmd) draw(s IO, votes *opinion.Votes) (*opinion.Map, error) {
	if c.Labels == "" {
		drawn, _ := opinion.Draw(votes, opinion.State{})
		return drawn, nil
	}
	labels, err := readWith(s, c.Labels, opinion.ReadLabels)
	if err != nil {
		return nil, err
	}
	return opinion.Describe(votes, labels), nil
}

// readWith opens a file, reads it, and names it in the error.
func readWith[T any](s IO, file string, read func(io.Reader) (T, error)) (out T, err error) {
	in, err := s.Open(file)
	if err != nil {
		return out, err
	}
	defer in.Close()
	out, err = read(in)
	if err != nil {
		return out, fmt.Errorf("%s: %w", file, err)
	}
	return out, nil
}

// opinionReport is a map with its names in JSON. Ids are strings throughout.
type opinionReport struct {
	Participants int                      `json:"participants"`
	Statements   int                      `json:"statements"`
	Votes        int                      `json:"votes"`
	Means        map[string]float64       `json:"means"`
	Axes         [2]map[string]float64    `json:"axes"`
	Positions    map[string]opinion.Point `json:"positions"`
	K            int                      `json:"k"`
	Silhouette   float64                  `json:"silhouette"`
	Groups       []opinionGroup           `json:"groups"`
	Consensus    opinionConsensus         `json:"consensus"`
	Stats        []opinionStat            `json:"stats"`
}

type opinionGroup struct {
	ID            string   `json:"id"`
	Members       []string `json:"members"`
	RepresentedBy []string `json:"represented_by"`
}

type opinionConsensus struct {
	Agree    []string `json:"agree"`
	Disagree []string `json:"disagree"`
}

type opinionStat struct {
	Group     string `json:"group"`
	Statement string `json:"statement"`
	opinion.Stat
}

func newOpinionReport(m *opinion.Map) opinionReport {
	r := opinionReport{
		Participants: len(m.Participants), Statements: len(m.Statements), Votes: m.Votes,
		Means: map[string]float64{}, Axes: [2]map[string]float64{{}, {}},
		Positions: map[string]opinion.Point{},
		K:         len(m.Groups), Silhouette: m.Silhouette,
		Groups: []opinionGroup{}, Stats: []opinionStat{},
		Consensus: opinionConsensus{chosen(m.Unites.Agree), chosen(m.Unites.Disagree)},
	}
	for _, s := range m.Statements {
		r.Means[s.ID], r.Axes[0][s.ID], r.Axes[1][s.ID] = s.Mean, s.Axes[0], s.Axes[1]
	}
	for i, id := range m.Participants {
		r.Positions[id] = m.Places[i]
	}
	for _, g := range m.Groups {
		group := opinionGroup{g.ID, []string{}, chosen(g.Stands)}
		for _, p := range g.Members {
			group.Members = append(group.Members, m.Participants[p])
		}
		r.Groups = append(r.Groups, group)
		for j, stat := range g.Stats {
			r.Stats = append(r.Stats, opinionStat{g.ID, m.Statements[j].ID, stat})
		}
	}
	return r
}

// chosen returns the statements of choices.
func chosen(choices []opinion.Choice) []string {
	ids := []string{}
	for _, c := range choices {
		ids = append(ids, c.Statement)
	}
	return ids
}

// writeMap writes a map for people to read.
func writeMap(w io.Writer, m *opinion.Map, texts map[string]string) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%d participants, %d statements, %d votes\n", len(m.Participants), len(m.Statements), m.Votes)
	if len(m.Groups) == 0 {
		fmt.Fprintf(out, "\nno clear groups (silhouette %.2f)\n", m.Silhouette)
	} else {
		fmt.Fprintf(out, "%d groups, silhouette %.2f\n", len(m.Groups), m.Silhouette)
	}
	for _, g := range m.Groups {
		writeChoices(out, fmt.Sprintf("group %s, %d people, stands for", g.ID, g.Size), g.Stands, texts)
	}
	writeChoices(out, "most agree", m.Unites.Agree, texts)
	writeChoices(out, "most disagree", m.Unites.Disagree, texts)
	return out.Flush()
}

func writeChoices(out io.Writer, title string, choices []opinion.Choice, texts map[string]string) {
	if len(choices) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s\n", title)
	for _, c := range choices {
		side := "agree"
		if c.Side == opinion.Disagree {
			side = "disagree"
		}
		fmt.Fprintf(out, "  %-8s %s  %s\n", side, c.Statement, strings.Join(strings.Fields(texts[c.Statement]), " "))
	}
}
