package people

import (
	"context"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Person is somebody with a name and, if they sign in, an account.
type Person struct {
	ID       string
	Name     string
	Official bool // works for the city: may hold posts and be a delegate
	Invented bool // of the demonstration
	Created  time.Time
}

const nameMax = 120 // runes of a name

// CreateCitizen makes the person of a new account and gives the id. Faults:
// Invalid on "name".
func (m *Module) CreateCitizen(ctx context.Context, name string) (string, error) {
	return m.createPerson(ctx, Person{Name: name})
}

// CreateInvented makes a person of a demonstration and gives the id. Whoever
// calls it has checked that this is one. Faults: Invalid on "name".
func (m *Module) CreateInvented(ctx context.Context, name string) (string, error) {
	return m.createPerson(ctx, Person{Name: name, Invented: true})
}

// CreateOfficial makes a person who works for the city, with no account yet, and
// gives the id. Faults: Forbidden, Invalid on "name".
func (m *Module) CreateOfficial(ctx context.Context, name string) (pid string, err error) {
	defer fault.Wrap(&err, "CreateOfficial")
	if err := allow(ctx, ActPersons); err != nil {
		return "", err
	}
	err = m.db.Write(ctx, func(ctx context.Context) error {
		if pid, err = m.createPerson(ctx, Person{Name: name, Official: true}); err != nil {
			return err
		}
		return m.announce(ctx, event.Event{Kind: EventPersonCreated, Subject: event.Subject{Kind: SubjectPerson, ID: pid}})
	})
	return pid, err
}

// createPerson checks and stores a person; ID and Created are filled in.
func (m *Module) createPerson(ctx context.Context, p Person) (string, error) {
	p.Name = strings.Join(strings.Fields(p.Name), " ")
	var c fault.Check
	c.Text("name", p.Name, true, nameMax)
	if err := c.Err(); err != nil {
		return "", err
	}
	p.ID, p.Created = id.New(), clock.Now(ctx)
	err := m.db.Write(ctx, func(ctx context.Context) error { return m.insertPerson(ctx, p) })
	return p.ID, err
}

// PersonFilter picks persons.
type PersonFilter struct {
	Query    string // every word begins a word of the name
	Official bool   // only those who work for the city
	After    string // id: those after this one in the list
	Limit    int    // at most; 0 is 30
}

const personPage = 30

// Persons lists persons by name.
func (m *Module) Persons(ctx context.Context, f PersonFilter) ([]Person, error) {
	if f.Limit <= 0 {
		f.Limit = personPage
	}
	asked := words(f.Query)
	if f.Query != "" && len(asked) == 0 {
		return nil, nil
	}
	return m.findPersons(ctx, f, asked[:min(len(asked), wordsMax)])
}

// wordsMax is how many words of a search count.
const wordsMax = 4

// fold is text as searches compare it: lower case, without accents.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(text))
}

// words are the folded words of a text, each once, in order.
func words(text string) []string {
	var out []string
	seen := map[string]bool{}
	for _, w := range strings.FieldsFunc(fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}
