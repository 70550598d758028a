package meetings

import (
	"context"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/db"
	"ronda/platform/event"
)

// Steps is the roundtable as this module needs it.
type Steps interface {
	// ByID finds an initiative that the person of the context may know of.
	ByID(ctx context.Context, id string) (roundtable.Initiative, error)
	// Tell takes evidence that a meeting gives of a step; the signer still signs.
	Tell(ctx context.Context, initiative string, t roundtable.Told) error
}

// Contributor brings the lines of one ministry's section of a monthly meeting.
type Contributor func(ctx context.Context, ministry string, m Meeting) ([]Line, error)

// Deps are the neighbours of the module.
type Deps struct {
	DB           *db.DB
	Log          *event.Log
	Charters     *charter.Store
	People       *people.Module
	Steps        Steps
	Proofs       Proofs                                                                  // which items of the steps meetings show
	PersonOf     func(ctx context.Context, email string) (id string, ok bool, err error) // identity.PersonOf
	Contributors []Contributor
}

// Module is the meetings of a city.
type Module struct {
	Deps
	db      *db.DB
	log     *event.Log
	inviter Inviter
}

// New makes the module over its neighbours.
func New(d Deps) *Module { return &Module{Deps: d, db: d.DB, log: d.Log} }

// Inviter hears, inside the transaction of a change, who is to be told of it.
type Inviter func(ctx context.Context, n Notice) error

// InviteBy sets who carries invitations out, before the first request.
func (m *Module) InviteBy(fn Inviter) { m.inviter = fn }

// Method is what a notice asks of a calendar.
type Method string

// The methods.
const (
	Request Method = "REQUEST"
	Cancel  Method = "CANCEL"
)

// Notice is a change that guests are told of: of a whole series, or of one
// meeting (an occurrence when its Occurrence is set). Of two fields Series and
// Meeting exactly one is there. Nothing is told before a meeting or its series
// was called.
type Notice struct {
	Method  Method
	Series  *Series
	Meeting *Meeting
	Guests  []Guest   // whom to tell: all of them, or those who were added or dropped
	Apart   []Meeting // of a series: occurrences that differ from the rule
	Why     string
}

// Proofs names items of the steps by their codes, which the city's charter gives;
// what is empty is not told.
type Proofs struct {
	Presented   string // step 2: the page made of the dossier
	Discussed   string // step 2: taken up at a weekly meeting
	Minuted     string // step 2: approved minutes
	Called      string // step 3: the call
	Met         string // step 3: outside bodies present (figure)
	Agreed      string // step 3: the common agenda
	Specialists string // step 4: specialists from outside (figure)
	Confirmed   string // step 4: what they said of the initiative
	Procedures  string // step 4: what they said of each procedure
	Present     string // step 4: the coordination was there
}
