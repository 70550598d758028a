package bring

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	"ronda/platform/fault"
)

// graphKinds are the lists of an answer of CONSUL's GraphQL API that hold ideas,
// with the kind that numbers them.
var graphKinds = map[string]string{"proposals": "proposals", "proposal": "proposals", "investments": "investments", "budget_investments": "investments"}

// graphDepth bounds how deep lists may lie in each other.
const graphDepth = 64

// node is an idea in an answer.
type node struct {
	ID            any    `json:"id"`
	Title         string `json:"title"`
	Summary       string `json:"summary"`
	Description   string `json:"description"`
	PublicCreated string `json:"public_created_at"`
	Created       string `json:"created_at"`
	Supports      any    `json:"cached_votes_up"`
	Comments      any    `json:"comments_count"`
	Retired       string `json:"retired_at"`
	Feasibility   string `json:"feasibility"`
	Explanation   string `json:"unfeasibility_explanation"`
	URL           string `json:"url"`
	Author        struct {
		Username string `json:"username"`
	} `json:"public_author"`
	Geozone struct {
		Name string `json:"name"`
	} `json:"geozone"`
	Location any `json:"location"`
	Tags     any `json:"tags"`
}

// graph walks through answers, one page after the other, and hands over an idea
// at a time.
type graph struct {
	s     *session
	in    *json.Decoder
	any   bool // an answer was there
	total int
}

// readGraph reads what the GraphQL API answered: one page, or several one after
// the other or in a list, with edges and nodes or without. The line of a row is
// its place in the file.
func (s *session) readGraph(in *bufio.Reader) error {
	s.source = cmp.Or(s.source, string(Consul))
	decoded, err := text(in)
	if err != nil {
		return err
	}
	g := &graph{s: s, in: json.NewDecoder(decoded)}
	g.in.UseNumber()
	for {
		err := g.walk("", "", 0)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return brokenJSON(err)
		}
	}
	if !g.any {
		return fault.New(fault.Invalid, "ideas.bring.graph")
	}
	return nil
}

// brokenJSON turns an error of the decoder into words; others stay as they are.
func brokenJSON(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	if errors.As(err, &syntax) || errors.As(err, &kind) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fault.New(fault.Invalid, "ideas.bring.json_broken")
	}
	return err
}

// walk reads one value that stands under a name; kind is that of the ideas in it.
func (g *graph) walk(name, kind string, depth int) error {
	if depth > graphDepth {
		return fault.New(fault.Invalid, "ideas.bring.json_broken")
	}
	token, err := g.in.Token()
	if err != nil {
		return err
	}
	switch token {
	case json.Delim('{'):
		err = g.object(kind, depth)
	case json.Delim('['):
		err = g.list(name, kind, depth)
	default:
		return nil
	}
	if err == nil {
		_, err = g.in.Token() // the end of it
	}
	return inside(err)
}

// inside is an error in the middle of a value: its end is not one of the file.
func inside(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (g *graph) object(kind string, depth int) error {
	for g.in.More() {
		token, err := g.in.Token()
		if err != nil {
			return inside(err)
		}
		name, _ := token.(string)
		if name == "errors" && depth == 0 {
			return fault.New(fault.Invalid, "ideas.bring.graph_errors")
		}
		below := kind
		if k := graphKinds[name]; k != "" {
			below, g.any = k, true
		}
		if (name == "node" || name == "proposal") && below != "" {
			err = g.node(below)
		} else {
			err = g.walk(name, below, depth+1)
		}
		if err != nil {
			return inside(err)
		}
	}
	return nil
}

func (g *graph) list(name, kind string, depth int) error {
	for g.in.More() {
		var err error
		if kind != "" && (name == "nodes" || graphKinds[name] != "") {
			err = g.node(kind)
		} else {
			err = g.walk("", kind, depth+1)
		}
		if err != nil {
			return inside(err)
		}
	}
	return nil
}

// node reads one idea. One whose fields are of other kinds than they should be is
// a broken row, not the end of the file.
func (g *graph) node(kind string) error {
	var raw json.RawMessage
	if err := g.in.Decode(&raw); err != nil {
		return err
	}
	g.total++
	var n node
	d := draft{title: beginning(string(raw), 120), why: WhyBroken}
	if err := json.Unmarshal(raw, &n); err == nil && len(raw) <= g.s.Limits.Row {
		d = n.draft()
		d.identify(kind, figure(n.ID))
	}
	return g.s.hand(g.s.finished(d, g.total, g.total))
}

func (n node) draft() draft {
	d := draft{title: n.Title, text: n.Description, summary: n.Summary, created: cmp.Or(n.PublicCreated, n.Created), supports: figure(n.Supports),
		comments: figure(n.Comments), withdrawn: n.Retired != "", signature: n.Author.Username, place: n.Geozone.Name, url: n.URL, tags: labels(n.Tags),
		answer: n.Explanation}
	if place, ok := n.Location.(string); ok && d.place == "" {
		d.place = place
	}
	return d
}

// figure is a number as text, however it came.
func figure(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// labels are the names of tags: a list of names, of objects with one, or of edges.
func labels(v any) []string {
	switch v := v.(type) {
	case string:
		return strings.Split(v, ",")
	case []any:
		var out []string
		for _, one := range v {
			out = append(out, labels(one)...)
		}
		return out
	case map[string]any:
		for _, name := range []string{"name", "edges", "nodes", "node"} {
			if below, ok := v[name]; ok {
				return labels(below)
			}
		}
	}
	return nil
}
