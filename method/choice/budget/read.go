package budget

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Read reads an instance in the .pb format of Pabulib (arXiv:2012.06539):
// sections META, PROJECTS and VOTES, fields between semicolons, columns in any
// order. An error names the line it was found on.
func Read(r io.Reader) (*Instance, error) {
	p := &reader{rows: newRows(r), in: &Instance{Meta: map[string]string{}}, index: map[string]int32{}}
	if err := p.sections(); err != nil {
		return nil, err
	}
	if err := p.finish(); err != nil {
		return nil, err
	}
	return p.in, p.in.Check()
}

// sectionNames are the parts of a file, in their usual order.
var sectionNames = [...]string{"META", "PROJECTS", "VOTES"}

// reader is the state of reading one file.
type reader struct {
	*rows
	in      *Instance
	index   map[string]int32 // id of a project -> its index
	costs   []decimal
	lines   []int // the line of each project, for errors found later
	ballots *ballots
	seen    []string // the sections read so far
}

// sections reads the file section by section; each ends where the next begins.
func (p *reader) sections() error {
	row, err := p.next()
	for err == nil {
		switch name := sectionName(row); {
		case name == "":
			return p.fail("expected META, PROJECTS or VOTES")
		case slices.Contains(p.seen, name):
			return p.fail("section %s stands twice", name)
		case name == "META":
			row, err = p.meta()
		case name == "PROJECTS":
			row, err = p.projects()
		default:
			row, err = p.votes()
		}
	}
	if !errors.Is(err, io.EOF) {
		return err
	}
	for _, name := range sectionNames {
		if !slices.Contains(p.seen, name) {
			return fmt.Errorf("line %d: the file ends without a section %s", p.line, name)
		}
	}
	if p.ballots == nil {
		return fmt.Errorf("line %d: the section VOTES has no header", p.line)
	}
	return nil
}

// sectionName is the section that a row opens, or "".
func sectionName(row []byte) string {
	const longest = 64
	if len(row) > longest {
		return ""
	}
	row = bytes.TrimRight(bytes.TrimSpace(row), "; ")
	for _, name := range sectionNames {
		if bytes.EqualFold(row, []byte(name)) {
			return name
		}
	}
	return ""
}

// body gives each row of a section to fn, and returns the row that opens the
// next section. The slice is valid only during the call.
func (p *reader) body(name string, fn func(row []byte) error) ([]byte, error) {
	p.seen = append(p.seen, name)
	for {
		row, err := p.next()
		if err != nil {
			return nil, err
		}
		if sectionName(row) != "" {
			return row, nil
		}
		if err := fn(row); err != nil {
			return nil, err
		}
	}
}

// meta reads pairs of key and value.
func (p *reader) meta() ([]byte, error) {
	return p.body("META", func(row []byte) error {
		pair := fields(row)
		if len(pair) < 2 {
			return p.fail("expected key;value")
		}
		key := strings.ToLower(strings.TrimSpace(pair[0]))
		if _, twice := p.in.Meta[key]; twice {
			return p.fail("%s stands twice", key)
		}
		p.in.Meta[key] = strings.TrimSpace(pair[1])
		return nil
	})
}

// projects reads the projects; only their id and cost must be there.
func (p *reader) projects() ([]byte, error) {
	var at map[string]int
	return p.body("PROJECTS", func(row []byte) error {
		cells := fields(row)
		if at != nil {
			return p.project(at, cells)
		}
		at = columns(cells)
		for _, need := range []string{"project_id", "cost"} {
			if _, ok := at[need]; !ok {
				return p.fail("the projects have no column %s", need)
			}
		}
		return nil
	})
}

func (p *reader) project(at map[string]int, cells []string) error {
	cell := func(column string) string {
		if i, ok := at[column]; ok && i < len(cells) {
			return strings.TrimSpace(cells[i])
		}
		return ""
	}
	id := cell("project_id")
	if id == "" || strings.Contains(id, ",") {
		return p.fail("project id %q: must not be empty, nor hold a comma", id)
	}
	if _, twice := p.index[id]; twice {
		return p.fail("project %s stands twice", id)
	}
	cost, err := parseDecimal(cell("cost"))
	if err != nil {
		return p.fail("cost of project %s: %q %w", id, cell("cost"), err)
	}
	p.index[id] = int32(len(p.in.Projects))
	p.in.Projects = append(p.in.Projects, Project{ID: id, Name: cell("name"), Published: published(cell("selected"))})
	p.costs, p.lines = append(p.costs, cost), append(p.lines, p.start)
	return nil
}

// published reads the column of the city's own result.
func published(cell string) int {
	if n, err := strconv.Atoi(cell); err == nil {
		return n
	}
	return -1
}

// finish turns what was read into an instance, and notes what was odd.
func (p *reader) finish() error {
	budget, err := parseDecimal(p.in.Meta["budget"])
	if err != nil || budget.digits == 0 {
		return fmt.Errorf("META: budget %q must be a decimal number above zero", p.in.Meta["budget"])
	}
	p.in.Decimals = budget.decimals
	for _, c := range p.costs {
		p.in.Decimals = max(p.in.Decimals, c.decimals)
	}
	if p.in.Decimals > maxDecimals {
		return fmt.Errorf("amounts with %d decimals: at most %d are counted", p.in.Decimals, maxDecimals)
	}
	if p.in.Budget, err = budget.at(p.in.Decimals); err != nil {
		return fmt.Errorf("META: budget %s %w", p.in.Meta["budget"], err)
	}
	for i, c := range p.costs {
		if p.in.Projects[i].Cost, err = c.at(p.in.Decimals); err != nil {
			return fmt.Errorf("line %d: cost of project %s %w", p.lines[i], p.in.Projects[i].ID, err)
		}
	}
	p.in.Kind = p.ballots.kind
	p.in.Groups, p.in.Ballots = p.ballots.groups, p.ballots.cast
	p.note("num_projects", len(p.in.Projects))
	p.note("num_votes", p.in.Ballots)
	return nil
}

// note compares a figure that the file gives about itself with what is there.
func (p *reader) note(key string, found int) {
	if said, ok := p.in.Meta[key]; ok && said != strconv.Itoa(found) {
		p.in.Notes = append(p.in.Notes, fmt.Sprintf("%s says %s, the file holds %d", key, said, found))
	}
}
