package crash

import (
	"context"
	"fmt"
	"math/rand/v2"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/internal/program"
	"ronda/internal/town"
)

// word is a new mark.
func (c *city) word() string { return fmt.Sprintf("k%07d", c.words.Add(1)) }

// enter signs somebody in, for the n-th time, with the code from the next mail.
func (c *city) enter(v *visitor, n int) step {
	return func(ctx context.Context) (*write, error) {
		m, err := c.post.next(ctx, v.email)
		if err != nil {
			return nil, err
		}
		return &write{by: v, path: "/ingresar/codigo", form: []string{"code", m.Code(c.t)}, to: "/mi-escritorio", once: true,
			makes: facts{{"account", v.email}: 1}, apart: facts{{"session", v.email}: n}}, nil
	}
}

// official is the life of somebody who has an account and signs in for the n-th
// time.
func (c *city) official(v *visitor, n int) []step {
	ask := func(context.Context) (*write, error) {
		return &write{by: v, path: "/ingresar", form: []string{"email", v.email}, to: "/ingresar/codigo", once: true,
			makes: facts{{"code", v.email}: n}}, nil
	}
	return []step{ask, c.enter(v, n)}
}

// citizen is the life of somebody new: an account, and then in either order what
// they do at the roundtable and what they say in the City of Ideas.
func (c *city) citizen(v *visitor, r *rand.Rand) []step {
	life := []step{
		func(context.Context) (*write, error) {
			return &write{by: v, path: "/registrarse", form: []string{"name", "Vecina " + v.email, "email", v.email}, to: "/ingresar/codigo", once: true,
				makes: facts{{"code", v.email}: 1}}, nil
		},
		c.enter(v, 1),
	}
	if r.IntN(2) == 0 {
		return append(append(life, c.voices(v, r)...), c.interest(v, r)...)
	}
	return append(append(life, c.interest(v, r)...), c.voices(v, r)...)
}

// interest is a few initiatives to follow and as many questions as a day allows.
func (c *city) interest(v *visitor, r *rand.Rand) []step {
	var life []step
	for n := range 5 {
		i := c.known[r.IntN(len(c.known))]
		life = append(life, c.follow(v, i, 1), c.question(v, i))
		if n%2 == 0 {
			life = append(life, c.follow(v, i, 0))
		}
	}
	return life
}

// known is an initiative that the town had before the first kill.
type known struct {
	ID     string `db:"id"`
	Number string `db:"number"`
}

// follow begins to follow, or ends it when n is 0.
func (c *city) follow(v *visitor, i known, n int) step {
	return func(context.Context) (*write, error) {
		path := "/dejar"
		if n > 0 {
			path = "/seguir"
		}
		return &write{by: v, path: path, form: []string{"kind", "initiative", "id", i.ID}, to: "/iniciativas/" + i.Number,
			makes: facts{{"follow", v.email + " " + i.Number}: n}}, nil
	}
}

func (c *city) question(v *visitor, i known) step {
	return func(context.Context) (*write, error) {
		k := c.word()
		return &write{by: v, path: "/iniciativas/" + i.Number + "/preguntar", form: []string{"question", "¿Cuándo empieza en mi barrio? " + k},
			to: "/iniciativas/" + i.Number, makes: facts{{"question", k}: 1, {"roundtable.asked", k}: 1}}, nil
	}
}

// team is a sponsor with the offices that sign, each at a browser of its own.
type team struct {
	body    string
	sponsor *visitor
	offices map[string]*visitor // by name of the office in the charter
}

// dossier is one initiative on its way, in the hands of a team.
type dossier struct {
	*city
	*team
	r      *rand.Rand
	number string // once the program has given it one
	title  string // mark of the title
	change string // mark of what changes, as the dossier has it now
	draft  string // mark of the draft that was kept last
}

// initiative is a life from the first thought through every step.
func (c *city) initiative(t *team, r *rand.Rand) []step {
	d := &dossier{city: c, team: t, r: r}
	life := []step{d.propose, d.keep, d.edit, d.keep, d.keep, d.edit, d.file}
	for _, s := range c.charter.Flow.Steps.All() {
		for _, item := range s.Items.All() {
			if kind, ok := town.KindFor(item); ok {
				life = append(life, d.prove(s, item, kind))
			}
		}
		if r.IntN(3) == 0 {
			life = append(life, d.say(s, "devolver", "remarks", "roundtable.returned", t.offices[s.Office]),
				d.say(s, "reenviar", "answer", "roundtable.resubmitted", t.sponsor))
		}
		if s.Attendance != "" {
			life = append(life, d.say(s, "asistencia", "note", "roundtable.attended", t.offices[s.Office]))
		}
		life = append(life, d.comment, d.sign(s))
	}
	return life
}

func (d *dossier) href(rest string) string { return "/iniciativas/" + d.number + rest }

func (d *dossier) propose(context.Context) (*write, error) {
	k := d.word()
	d.title = k
	return &write{by: d.sponsor, path: "/iniciativas/nueva", to: "/iniciativas/", makes: facts{{"thought", k}: 1, {"roundtable.proposed", k}: 1},
		form:   []string{"title", "Huertas " + k, "line", "Cada escuela con su huerta.", "why_new", "En otro lugar y con otra gente.", "sponsor", d.body},
		answer: func(a program.Answer) { d.number = a.To[len("/iniciativas/"):] }}, nil
}

// keep saves what is typed so far.
func (d *dossier) keep(context.Context) (*write, error) {
	k, before := d.word(), d.draft
	d.draft = k
	w := &write{by: d.sponsor, path: d.href("/expediente/borrador"), form: []string{"version", "1", "change", "Las familias " + k}, makes: facts{{"draft", k}: 1}}
	if before != "" {
		w.makes[fact{"draft", before}] = 0
	}
	return w, nil
}

// edit saves the whole dossier. The draft goes with it, in a transaction of its
// own.
func (d *dossier) edit(context.Context) (*write, error) {
	k, before, version := d.word(), d.change, "1"
	w := &write{by: d.sponsor, path: d.href("/expediente"), to: d.href("/expediente"), makes: facts{{"change", k}: 1}, apart: facts{{"draft", d.draft}: 0}}
	if before != "" {
		w.makes[fact{"change", before}], version = 0, "2"
	}
	d.change = k
	frame := d.charter.Frame
	w.form = []string{"version", version, "title", "Huertas " + d.title, "line", "Cada escuela con su huerta.", "change", "Las familias " + k,
		"problem", "Hoy nadie sabe a quién preguntar.", "type", frame.Types.All()[0].Code, "axis", pick(d.r, frame.Axes.All()).Code,
		"goals", pick(d.r, frame.Goals.All()).Code, "sdg", pick(d.r, d.charter.SDG.Targets.All()).Code,
		"territories", pick(d.r, d.charter.Territories.All()).Code,
		"group-0", pick(d.r, frame.Groups.All()).Code, "where-0", pick(d.r, d.charter.Territories.All()).Code, "people-0", "1200"}
	return w, nil
}

func (d *dossier) file(context.Context) (*write, error) {
	return &write{by: d.sponsor, path: d.href("/presentar"), to: d.href(""), makes: facts{{"filed", d.number}: 1, {"roundtable.filed", d.change}: 1},
		apart: facts{{"draft", d.draft}: 0}}, nil
}

func (d *dossier) prove(s charter.Step, item charter.Item, kind charter.Evidence) step {
	return func(context.Context) (*write, error) {
		form := []string{"item", item.Code, "kind", string(kind), "text", "Está en el anexo."}
		switch kind {
		case charter.EvidenceLink:
			form = append(form, "url", "https://example.org/"+item.Code)
		case charter.EvidenceFigure:
			form = append(form, "figure", "75") // above every threshold of the city
		}
		return &write{by: d.sponsor, path: d.href("/pasos/" + s.Code + "/evidencia"), form: form, to: d.href("/pasos/"),
			makes: facts{{"evidence", d.number + " " + s.Code + " " + item.Code}: 1}}, nil
	}
}

// say is an act on a step that comes with a text.
func (d *dossier) say(s charter.Step, act, field, kind string, by *visitor) step {
	return func(context.Context) (*write, error) {
		k := d.word()
		return &write{by: by, path: d.href("/pasos/" + s.Code + "/" + act), form: []string{field, "Como se dijo en la mesa " + k}, to: d.href("/pasos/"),
			makes: facts{{kind, k}: 1}}, nil
	}
}

func (d *dossier) sign(s charter.Step) step {
	return func(ctx context.Context) (*write, error) {
		w, err := d.say(s, "firmar", "note", "roundtable.signed", d.offices[s.Office])(ctx)
		for f := range w.makes {
			w.makes[fact{"signature", f.Key}] = 1
		}
		return w, err
	}
}

func (d *dossier) comment(context.Context) (*write, error) {
	k := d.word()
	return &write{by: d.sponsor, path: d.href("/comentar"), form: []string{"text", "Conviene sumar a la comuna " + k}, to: d.href(""), makes: facts{{"comment", k}: 1}}, nil
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// bodyOf is the body in whose name somebody proposes.
func bodyOf(who people.Standing) string { return who.Posts[0].Body }
