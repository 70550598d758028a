package crash

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"ronda/city/charter"
	"ronda/internal/program"
	"ronda/internal/town"
)

// outsiders are how many people without an account are invited now and then.
const outsiders = 6

// seat is somebody who can be invited.
type seat struct {
	key   string // on a list of guests
	email string
	form  []string // of the page that invites
}

// hosts are those who work at meetings: both sign in as the coordination's head.
type hosts struct {
	organiser, secretary *visitor
	calling              *writer // of the organiser
	chair                seat
	seats                []seat
}

// host finds who can be invited by the coordination.
func (c *city) host(to *town.Town, cast *town.Cast) {
	address := charter.OfficeCoordination + "@ciudad.test"
	c.hosts = hosts{organiser: &visitor{email: address}, secretary: &visitor{email: address}}
	post := to.Head(cast, to.Charter.Office(charter.OfficeCoordination)).Posts[0].Post
	c.hosts.chair = seat{key: "post:" + post, email: address, form: []string{post}}
	for n := range teams {
		post := cast.Directions[n].Posts[0].Post
		c.hosts.seats = append(c.hosts.seats, seat{"post:" + post, fmt.Sprintf("direccion-%d@ciudad.test", n),
			[]string{"do", "post", "guests", post, "role", "required"}})
	}
	for n := range outsiders {
		address := fmt.Sprintf("afuera-%d@correo.test", n)
		c.hosts.seats = append(c.hosts.seats, seat{"mail:" + address, address, []string{"do", "outside", "name", fmt.Sprintf("Invitada %d", n), "address", address}})
	}
	c.hosts.calling = c.hosting(200, c.hosts.organiser, (*gathering).invitations)
	c.writers = append(c.writers, c.hosts.calling, c.hosting(201, c.hosts.secretary, (*gathering).room))
}

// hosting is somebody who holds one meeting after another.
func (c *city) hosting(n uint64, v *visitor, life func(*gathering) []step) *writer {
	return &writer{r: rand.New(rand.NewPCG(c.seed, n)), visitors: func() []*visitor { return []*visitor{v} },
		begin: func(r *rand.Rand) []step {
			return life(&gathering{city: c, by: v, r: r, guests: []seat{c.hosts.chair}})
		}}
}

// gathering is one meeting in the hands of who holds it.
type gathering struct {
	*city
	by       *visitor
	r        *rand.Rand
	number   string // once the program has given it one
	title    string // mark of the title
	start    time.Time
	version  int
	sequence int // as calendars have it
	guests   []seat
	why      string // mark of the last reason
	notes    string // as the secretary has them
	noted    int    // version of the notes
}

func (g *gathering) href(rest string) string { return "/reuniones/" + g.number + rest }

// untilCalled is how many acts it takes until the guests are told.
const untilCalled = 5

// invitations is the life of a meeting that changes once its guests were told.
func (g *gathering) invitations() []step {
	life := []step{g.plan, g.add, g.add, g.add, g.call} // see untilCalled
	for range 4 + g.r.IntN(4) {
		life = append(life, []step{g.move, g.move, g.add, g.drop}[g.r.IntN(4)])
	}
	return append(life, g.cancel)
}

func (g *gathering) plan(context.Context) (*write, error) {
	g.title, g.version = g.word(), 1
	if g.start.IsZero() {
		g.start = time.Date(time.Now().Year()+1, time.March, 2+g.r.IntN(20), 9, 0, 0, 0, time.UTC)
	}
	return &write{by: g.by, path: "/reuniones/nueva", to: "/reuniones/REU-", once: true, makes: facts{{"meeting", g.title}: 1},
		form:   append([]string{"kind", "free", "title", "Reunión " + g.title, "chair", g.hosts.chair.form[0]}, g.when()...),
		answer: func(a program.Answer) { g.number = a.To[len("/reuniones/"):] }}, nil
}

// when is when and where the meeting is, as forms ask for it.
func (g *gathering) when() []string {
	return []string{"day", g.start.Format("2006-01-02"), "clock", g.start.Format("15:04"), "length", "60", "place", "Sala de la mesa"}
}

// tells are the mails of a change: one to each.
func (g *gathering) tells(method string, to ...seat) mails {
	out := mails{}
	for _, s := range to {
		out[letter{s.email, method, g.title, g.sequence, g.start.Format("20060102T150405")}] = 1
	}
	return out
}

func (g *gathering) call(context.Context) (*write, error) {
	return &write{by: g.by, path: g.href("/convocar"), to: g.href(""), makes: facts{{"called", g.number}: 1}, tells: g.tells("REQUEST", g.guests...)}, nil
}

// called says whether the guests know of the meeting.
func (g *gathering) called() bool { return g.journal.has(fact{"called", g.number}) }

// add invites one more.
func (g *gathering) add(context.Context) (*write, error) {
	free := slices.DeleteFunc(slices.Clone(g.hosts.seats), func(s seat) bool { return g.place(s) >= 0 })
	if len(free) == 0 {
		return nil, nil
	}
	s := pick(g.r, free)
	g.guests = append(g.guests, s)
	w := &write{by: g.by, path: g.href("/invitados"), form: s.form, to: g.href("/invitados"), makes: facts{g.seated(s): 1}}
	if g.called() {
		w.tells = g.tells("REQUEST", s)
	}
	return w, nil
}

// drop takes a guest off, though never the chair.
func (g *gathering) drop(context.Context) (*write, error) {
	if len(g.guests) < 2 {
		return nil, nil
	}
	s := pick(g.r, g.guests[1:])
	g.guests = slices.Delete(g.guests, g.place(s), g.place(s)+1)
	return &write{by: g.by, path: g.href("/invitados"), form: []string{"do", "drop", "guest", s.key}, to: g.href("/invitados"),
		makes: facts{g.seated(s): 0}, tells: g.tells("CANCEL", s)}, nil
}

func (g *gathering) place(s seat) int {
	return slices.IndexFunc(g.guests, func(o seat) bool { return o.key == s.key })
}

func (g *gathering) seated(s seat) fact { return fact{"guest", g.number + " " + s.key} }

func (g *gathering) move(context.Context) (*write, error) {
	version := strconv.Itoa(g.version)
	g.start = g.start.Add(time.Duration(1+g.r.IntN(50)) * 30 * time.Minute)
	w := g.reason("/mover", "meetings.moved", append(g.when(), "version", version)...)
	g.version++
	w.tells = g.tells("REQUEST", g.guests...)
	return w, nil
}

func (g *gathering) cancel(context.Context) (*write, error) {
	w := g.reason("/cancelar", "meetings.cancelled")
	w.tells = g.tells("CANCEL", g.guests...)
	return w, nil
}

// reason is an act that comes with a reason and counts in calendars.
func (g *gathering) reason(act, kind string, form ...string) *write {
	k, before := g.word(), g.why
	g.why = k
	g.sequence++
	w := &write{by: g.by, path: g.href(act), to: g.href(""), form: append(form, "why", "Cambió la sala "+k), makes: facts{{"why", k}: 1, {kind, k}: 1}}
	if before != "" {
		w.makes[fact{"why", before}] = 0
	}
	return w
}

// room is the life of a meeting that is held: what is noted and decided.
func (g *gathering) room() []step {
	g.start = time.Now().UTC().Add(24 * time.Hour).Truncate(time.Hour) // it begins now, which is not days early
	life := []step{g.plan, g.lead("begin", "began")}
	for range 12 {
		life = append(life, []step{g.note, g.note, g.decide("decision"), g.decide("task")}[g.r.IntN(4)])
	}
	return append(life, g.lead("end", "held"))
}

func (g *gathering) lead(act, kind string) step {
	return func(context.Context) (*write, error) {
		return &write{by: g.by, path: g.href("/sala/conducir"), form: []string{"act", act}, to: g.href("/sala/conducir"), makes: facts{{kind, g.number}: 1}}, nil
	}
}

// note adds a paragraph to the notes.
func (g *gathering) note(context.Context) (*write, error) {
	k, version := g.word(), strconv.Itoa(g.noted)
	g.notes += "Se habló de la plaza " + k + "\n"
	g.noted++
	return &write{by: g.by, path: g.href("/sala/notas"), form: []string{"item", "", "version", version, "text", g.notes}, to: g.href("/sala/notas"),
		makes: facts{{"note", k}: 1}}, nil
}

func (g *gathering) decide(kind string) step {
	return func(context.Context) (*write, error) {
		k := g.word()
		return &write{by: g.by, path: g.href("/sala/conducir"), to: g.href("/sala/conducir"), makes: facts{{kind, k}: 1},
			form: []string{"act", "record", "kind", kind, "what", "Que se haga la vereda " + k, "owner", g.hosts.chair.key}}, nil
	}
}
