package roundtable

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/fault"
)

// State is where an initiative stands.
type State string

// The states, in the order of a life.
const (
	Idea      State = "idea"      // filed by an official, nobody has taken it up
	Draft     State = "draft"     // a sponsor writes the dossier
	Filed     State = "filed"     // in the round: the steps are open
	Adopted   State = "adopted"   // to be executed
	Deferred  State = "deferred"  // decided not to decide yet
	Declined  State = "declined"  // decided against
	Withdrawn State = "withdrawn" // by its sponsor
	Joined    State = "joined"    // goes on inside another initiative
)

// States lists every state in that order.
var States = []State{Idea, Draft, Filed, Adopted, Deferred, Declined, Withdrawn, Joined}

// Public says whether an initiative in this state has a public page. One that
// joined another was an idea or a draft: what is public of it stands in the
// history of the other.
func (s State) Public() bool { return s != Idea && s != Draft && s != Joined }

// Over says whether the round has ended for good.
func (s State) Over() bool { return s == Adopted || s == Declined || s == Withdrawn }

// Lengths of texts, in characters.
const (
	TitleMax   = 120
	LineMax    = 240
	TextMax    = 8000
	ReasonMax  = 4000
	RemarkMin  = 10 // a remark or reason that helps nobody is shorter
	LinksMax   = 20
	PlannedMax = 60
)

// Initiative is the state of one initiative. Codes are those of its charter
// version.
type Initiative struct {
	ID         string    `db:"id"`
	Number     string    `db:"number"`  // "INI-2026-0042", for people and public files
	Charter    string    `db:"charter"` // id of the charter version it is under
	State      State     `db:"state"`
	Title      string    `db:"title"`
	Line       string    `db:"line"`    // what it is, in one line
	Change     string    `db:"change"`  // what changes for whom, one sentence
	Problem    string    `db:"problem"` // why it is needed
	Type       string    `db:"type"`    // kind of initiative
	Axis       string    `db:"axis"`    // main axis
	SDG        string    `db:"sdg"`     // main goal or target of sustainable development
	Author     string    `db:"author"`  // person id of who had the thought; never public
	AuthorBody string    `db:"author_body"`
	Sponsor    string    `db:"sponsor"`         // body that proposes it, empty for an idea
	Ministry   string    `db:"ministry"`        // ministry above the sponsor (the author's, for an idea)
	WhyNew     string    `db:"why_new"`         // why it does not join a similar one
	Into       string    `db:"joined"`          // number of the initiative it joined
	Ring       string    `db:"ring"`            // one letter a step, see Round.Ring
	Signed     int       `db:"signed"`          // steps signed
	Current    int       `db:"current"`         // number of the first step in course, 0 if none
	Returns    int       `db:"returns"`         // times an office returned it
	Override   bool      `db:"override"`        // adopted with a step open
	Exception  string    `db:"override_reason"` // why, for everybody to read
	Invented   bool      `db:"invented"`        // belongs to a demonstration
	Questions  int       `db:"questions"`       // questions without an answer
	Created    time.Time `db:"created_at"`
	FiledAt    time.Time `db:"filed_at"`
	DecidedAt  time.Time `db:"decided_at"`
	Until      clock.Day `db:"deferred_until"`
	Moved      time.Time `db:"moved_at"` // last act on it
	Version    int64     `db:"version"`  // of the dossier; grows with each edit
	Origin     string    `db:"origin"`   // what it came of, see Origins
}

// Planned is how many people of a group are to benefit where.
type Planned struct {
	Group     string `db:"grp"`
	Territory string `db:"territory"`
	People    int64  `db:"people"`
}

// Link is an address that the dossier points to.
type Link struct {
	Label string `db:"label"`
	URL   string `db:"url"`
}

// Dossier is what the sponsor writes: everything that an edit replaces at once.
type Dossier struct {
	Title, Line, Change, Problem string
	Type, Axis, SDG              string
	Axes                         []string // further axes
	Goals, Purposes, Targets     []string // Targets: goals or targets of sustainable development
	Territories                  []string
	Planned                      []Planned
	Links                        []Link
	Version                      int64 // the version the edit began from
}

// Normalise trims texts, drops empty rows and doubles, and keeps the main axis
// out of the further ones.
func (d *Dossier) Normalise() {
	for _, s := range []*string{&d.Title, &d.Line, &d.Change, &d.Problem} {
		*s = strings.TrimSpace(*s)
	}
	d.Title = strings.Join(strings.Fields(d.Title), " ")
	for _, list := range []*[]string{&d.Axes, &d.Goals, &d.Purposes, &d.Targets, &d.Territories} {
		*list = slices.DeleteFunc(*list, func(s string) bool { return s == "" })
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	d.Axes = slices.DeleteFunc(d.Axes, func(a string) bool { return a == d.Axis })
	d.Planned = slices.DeleteFunc(d.Planned, func(p Planned) bool { return p.Group == "" && p.People == 0 })
	d.Links = slices.DeleteFunc(d.Links, func(l Link) bool { return l.URL == "" && l.Label == "" })
}

// Validate checks a draft: what is there must be right, little must be there.
func (d *Dossier) Validate(ch *charter.Charter) error {
	var c fault.Check
	d.validate(&c, ch)
	return c.Err()
}

// ValidateFiling checks a dossier that is to enter the round: complete enough
// for an office to work on it.
func (d *Dossier) ValidateFiling(ch *charter.Charter) error {
	var c fault.Check
	d.validate(&c, ch)
	for _, f := range []struct{ name, value string }{{"change", d.Change}, {"problem", d.Problem}, {"axis", d.Axis}, {"type", d.Type}, {"sdg", d.SDG}} {
		if !c.Failed(f.name) {
			c.Require(strings.TrimSpace(f.value) != "", f.name, "fault.required")
		}
	}
	c.Require(len(d.Territories) > 0, "territories", "roundtable.fault.territory")
	c.Require(len(d.Planned) > 0, "planned", "roundtable.fault.planned")
	return c.Err()
}

func (d *Dossier) validate(c *fault.Check, ch *charter.Charter) {
	c.Text("title", d.Title, true, TitleMax)
	c.Text("line", d.Line, true, LineMax)
	c.Text("change", d.Change, false, LineMax)
	c.Text("problem", d.Problem, false, TextMax)
	known(c, "type", ch.Frame.Types, d.Type)
	known(c, "axis", ch.Frame.Axes, d.Axis)
	known(c, "axes", ch.Frame.Axes, d.Axes...)
	known(c, "goals", ch.Frame.Goals, d.Goals...)
	known(c, "purposes", ch.Frame.Purposes, d.Purposes...)
	known(c, "territories", ch.Territories, d.Territories...)
	for _, code := range append([]string{d.SDG}, d.Targets...) {
		c.Require(code == "" || ch.SDG.Goals.Has(code) || ch.SDG.Targets.Has(code), "sdg", "roundtable.fault.unknown")
	}
	d.validateRows(c, ch)
}

func (d *Dossier) validateRows(c *fault.Check, ch *charter.Charter) {
	c.Require(len(d.Planned) <= PlannedMax, "planned", "fault.too_many", "max", PlannedMax)
	seen := map[[2]string]bool{}
	for _, p := range d.Planned {
		key := [2]string{p.Group, p.Territory}
		c.Require(ch.Frame.Groups.Has(p.Group) && ch.Territories.Has(p.Territory), "planned", "roundtable.fault.unknown")
		c.Require(p.People > 0 && p.People <= 1_000_000_000, "planned", "roundtable.fault.people")
		c.Require(!seen[key], "planned", "roundtable.fault.twice")
		seen[key] = true
	}
	c.Require(len(d.Links) <= LinksMax, "links", "fault.too_many", "max", LinksMax)
	for _, l := range d.Links {
		c.Text("links", l.Label, false, TitleMax)
		c.Require(webAddress(l.URL), "links", "roundtable.fault.link")
	}
}

// known fails the field for a code that the list does not have.
func known[T charter.Coded](c *fault.Check, name string, list charter.List[T], codes ...string) {
	for _, code := range codes {
		if code != "" && !list.Has(code) && !c.Failed(name) {
			c.Fail(name, "roundtable.fault.unknown")
		}
	}
}

// webAddress says whether s is a whole http or https address.
func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && len(s) <= 2000
}
