package charter

import (
	"ronda/city/charter/internal/strict"
	"slices"
	"time"

	"ronda/platform/clock"
	"ronda/platform/i18n"
)

// Charter is one version of a city's rules and lists. It is read-only.
type Charter struct {
	Version     Version
	City        City
	Bodies      List[Body]
	Posts       List[Post]
	Frame       Frame
	Flow        Flow
	Adoption    Adoption
	Execution   Execution
	Territories List[Territory]
	SDG         SDG
	Says        map[string]Name // what the city says instead of a message of the program, by its key

	offices    map[string]string // office -> body code
	kindNames  map[Kind]Name
	rankNames  map[Rank]Name
	levelNames map[Level]Name
	files      Files
	saysAt     map[string]strict.At
}

// Version says where a charter came from. Of a charter that Load made and no
// Store holds only SHA256 is set.
type Version struct {
	ID        string    `db:"id"`
	Number    int       `db:"number"`     // counts the versions of its store from 1
	ValidFrom clock.Day `db:"valid_from"` // first day in force, empty: since ever
	LoadedAt  time.Time `db:"loaded_at"`
	SHA256    string    `db:"sha256"` // of the files, lower-case hex
	Label     string    `db:"label"`  // what the administrator called it
}

// City is the place itself and the settings that hold everywhere in it.
type City struct {
	Code         string
	Name         Name
	Roundtable   Name           // what the city calls its roundtable
	Country      string         // ISO 3166, "AR"
	Zone         *time.Location // where its days begin and end
	Currency     string         // ISO 4217, "ARS"
	Languages    []i18n.Lang    // in which the charter has names, first the city's own
	NumberPrefix string         // of initiatives, "INI" as in INI-2026-0042
	BudgetBody   string         // code of the body that enacts the budget law
	SDGFocus     []string       // codes of the development goals the city names as its own
}

// The offices that rules ask for by name. A city may name others in its steps;
// every city has a coordination.
const (
	OfficePlanning      = "planning"
	OfficeCoordination  = "coordination"
	OfficeCommunication = "communication"
	OfficeLaboratory    = "laboratory"
	OfficeTreasury      = "treasury" // keeps the budget
)

// Office is the code of the body that does the work of an office, empty when
// the city has none.
func (c *Charter) Office(name string) string { return c.offices[name] }

// OfficesOf lists the offices that a body holds, in alphabetical order.
func (c *Charter) OfficesOf(body string) []string {
	var held []string
	for name, code := range c.offices {
		if code == body {
			held = append(held, name)
		}
	}
	slices.Sort(held)
	return held
}

// KindName is what the city calls a kind of body, e.g. "Ministerio".
func (c *Charter) KindName(k Kind) Name { return c.kindNames[k] }

// RankName is what the city calls a rank, e.g. "Ministra o ministro".
func (c *Charter) RankName(r Rank) Name { return c.rankNames[r] }

// LevelName is what the city calls a level of its territory, e.g. "Comuna".
func (c *Charter) LevelName(l Level) Name { return c.levelNames[l] }

// Today is the day in the city at t.
func (c *Charter) Today(t time.Time) clock.Day { return clock.DayOf(t, c.City.Zone) }

// Files are the texts the charter was read from.
func (c *Charter) Files() Files { return c.files }
