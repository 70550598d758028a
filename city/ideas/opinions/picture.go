package opinions

import (
	"cmp"
	"math"
	"slices"

	"ronda/method/opinion"
)

// needed is how many people must have answered before there is a map: with
// fewer, no two groups can be large enough to be shown.
const needed = 2 * opinion.FewestShown

// statementsNeeded is how many statements span a plane and leave something to
// differ on.
const statementsNeeded = 3

// listMax is how many statements stand for a group, or for all, at most.
const listMax = 5

// firstShown is how many of them are in sight at once for each group.
const firstShown = 3

// Share is how people answered a statement, in whole per cent.
type Share struct {
	Agree, Pass, Disagree int
	Votes                 int
	Hidden                bool // of fewer than five people: no figures
}

func shareOf(agrees, disagrees, votes int) Share {
	if votes < opinion.FewestShown {
		return Share{Hidden: true}
	}
	s := Share{Agree: percent(agrees, votes), Disagree: percent(disagrees, votes), Votes: votes}
	s.Pass = max(0, 100-s.Agree-s.Disagree)
	return s
}

func percent(part, whole int) int { return int(math.Round(100 * float64(part) / float64(whole))) }

// Choice is a statement that stands for a group or for all.
type Choice struct {
	Statement Statement
	Side      opinion.Vote // Agree or Disagree
	In        Share        // of the group, or of all
	Rest      Share        // of everybody grouped elsewhere; hidden where it says nothing
}

// Group is people who think alike, as the public sees them.
type Group struct {
	Letter string // A is the largest at first
	Colour int    // of the axes' colours, 1 to 8
	Size   int
	Hidden bool // too small to say more
	Mine   bool // the reader's own
	Stands []Choice
	stats  map[string]opinion.Stat // by statement
	places []opinion.Point
}

// Picture is the map of opinion as one reader sees it. What is about the reader
// is for nobody else.
type Picture struct {
	People, Answers, Statements int
	MissingPeople               int // until there is a map
	MissingStatements           int
	Groups                      []Group
	Cloud                       []opinion.Point // where nobody is grouped: everybody
	Unites                      []Choice
	EachGroup                   bool // Unites holds for each group and not only for the sum
	Rows                        []Row
	Placed                      bool // the reader stands somewhere on it
}

// Row is a line of the map's table.
type Row struct {
	Statement Statement
	All       Share
	Groups    []Share // in the order of the groups
}

// Drawn says whether there is a map to look at.
func (p Picture) Drawn() bool { return p.MissingPeople == 0 && p.MissingStatements == 0 }

// colours are those of the groups, the most different ones first.
var colours = []int{1, 4, 3, 2, 6}

// sheet is the map as everybody sees it, kept until it is drawn anew or a
// statement changes.
type sheet struct {
	of      *opinion.Map
	heard   int // statements heard until then
	picture Picture
	drawing Drawing
	place   func(opinion.Point) spot
}

// view is the map for a reader, nobody for an empty person.
func (r *room) view(person string) (Picture, Drawing) {
	full := r.alive().Map()
	s := r.sheetOf(full)
	p, d := s.picture, s.drawing
	if !p.Drawn() {
		return p, d
	}
	p.Groups = slices.Clone(p.Groups)
	if at, ok := p.reader(full, person); ok {
		you := s.place(at).text()
		d.You = &you
	}
	return p, d
}

// sheetOf is the sheet of the map last drawn. Two readers at once may both make
// it, and make the same.
func (r *room) sheetOf(full *opinion.Map) *sheet {
	r.mu.Lock()
	s, heard := r.sheet, r.heard
	r.mu.Unlock()
	if s != nil && s.of == full && s.heard == heard {
		return s
	}
	s = &sheet{of: full, heard: heard, picture: r.picture(full)}
	if s.picture.Drawn() {
		s.drawing, s.place = s.picture.Drawing()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sheet = s
	return s
}

// picture makes the map as everybody sees it.
func (r *room) picture(full *opinion.Map) Picture {
	public := full.Public()
	p := Picture{People: len(full.Participants), Answers: full.Votes}
	for _, s := range full.Statements {
		if !s.Rejected {
			p.Statements++
		}
	}
	p.MissingPeople, p.MissingStatements = max(0, needed-p.People), max(0, statementsNeeded-p.Statements)
	if !p.Drawn() {
		return p
	}
	p.groups(r, full, public)
	if len(p.Groups) == 0 {
		p.Cloud = sorted(full.Places)
	}
	p.unites(r, public)
	p.rows(r, public)
	return p
}

// sorted are the places in an order that tells nobody apart.
func sorted(places []opinion.Point) []opinion.Point {
	out := slices.Clone(places)
	slices.SortFunc(out, func(a, b opinion.Point) int { return slices.Compare(a[:], b[:]) })
	return out
}

// groups takes the groups over with what each stands for.
func (p *Picture) groups(r *room, full, public *opinion.Map) {
	for i, g := range public.Groups {
		out := Group{Letter: string(rune('A' + i)), Colour: colours[i%len(colours)], Size: full.Groups[i].Size, Hidden: g.Hidden, stats: map[string]opinion.Stat{}}
		if g.Hidden {
			out.Size = 0
		}
		for _, member := range g.Members {
			out.places = append(out.places, public.Places[member])
		}
		for j, stat := range g.Stats {
			out.stats[public.Statements[j].ID] = stat
		}
		p.Groups = append(p.Groups, out)
	}
	for i, g := range public.Groups {
		for _, c := range g.Stands {
			p.stand(r, i, c)
		}
	}
}

// stand adds a statement to those that a group stands for, beside how the rest
// answers it.
func (p *Picture) stand(r *room, group int, c opinion.Choice) {
	g := &p.Groups[group]
	s, ok := r.statement(c.Statement)
	if !ok || s.State != Shown || len(g.Stands) == listMax {
		return
	}
	var rest opinion.Stat
	for i, other := range p.Groups {
		if i != group {
			stat := other.stats[c.Statement]
			rest.Agrees, rest.Disagrees, rest.Votes = rest.Agrees+stat.Agrees, rest.Disagrees+stat.Disagrees, rest.Votes+stat.Votes
		}
	}
	own := g.stats[c.Statement]
	in := shareOf(own.Agrees, own.Disagrees, own.Votes)
	if in.Hidden {
		return
	}
	g.Stands = append(g.Stands, Choice{Statement: s, Side: c.Side, In: in, Rest: shareOf(rest.Agrees, rest.Disagrees, rest.Votes)})
}

// unites takes over what unites every group, or else what most people say.
func (p *Picture) unites(r *room, public *opinion.Map) {
	all := map[string]opinion.Statement{}
	for _, s := range public.Statements {
		all[s.ID] = s
	}
	each := slices.Concat(public.UnitesEach.Agree, public.UnitesEach.Disagree)
	p.EachGroup = len(p.Groups) > 0 && len(each) > 0
	if !p.EachGroup {
		each = slices.Concat(public.Unites.Agree, public.Unites.Disagree)
	}
	for _, c := range each {
		s, ok := r.statement(c.Statement)
		of := all[c.Statement]
		in := shareOf(of.Agrees, of.Disagrees, of.All)
		if ok && s.State == Shown && !in.Hidden && len(p.Unites) < listMax {
			p.Unites = append(p.Unites, Choice{Statement: s, Side: c.Side, In: in, Rest: Share{Hidden: true}})
		}
	}
}

// rowsMax is how many statements the table has: the most answered of them.
const rowsMax = 60

// rows are the map's table.
func (p *Picture) rows(r *room, public *opinion.Map) {
	for _, of := range public.Statements {
		s, ok := r.statement(of.ID)
		if !ok || s.State != Shown {
			continue
		}
		row := Row{Statement: s, All: shareOf(of.Agrees, of.Disagrees, of.All)}
		for _, g := range p.Groups {
			stat := g.stats[of.ID]
			row.Groups = append(row.Groups, shareOf(stat.Agrees, stat.Disagrees, stat.Votes))
		}
		p.Rows = append(p.Rows, row)
	}
	if len(p.Rows) > rowsMax {
		slices.SortStableFunc(p.Rows, func(a, b Row) int { return cmp.Compare(b.All.Votes, a.All.Votes) })
		p.Rows = p.Rows[:rowsMax]
	}
}

// reader finds where the reader stands, and the reader's group.
func (p *Picture) reader(full *opinion.Map, person string) (place opinion.Point, ok bool) {
	at := slices.Index(full.Participants, person)
	if at < 0 || person == "" {
		return place, false
	}
	p.Placed = true
	for i, g := range full.Groups {
		p.Groups[i].Mine = slices.Contains(g.Members, at)
	}
	return full.Places[at], true
}

// Mine is the reader's group, nil when the reader is in none.
func (p Picture) Mine() *Group {
	for i := range p.Groups {
		if p.Groups[i].Mine {
			return &p.Groups[i]
		}
	}
	return nil
}
