package delivery

import (
	"context"
	"time"

	"ronda/city/charter"
)

// Colour is what a traffic light shows.
type Colour string

// The colours. Off is shown by what has neither a plan nor money to judge by.
const (
	Off   Colour = ""
	Green Colour = "green"
	Amber Colour = "amber"
	Red   Colour = "red"
)

// Colours lists what somebody may set by hand.
var Colours = []Colour{Green, Amber, Red}

// Light is what an initiative's traffic light shows, and why.
type Light struct {
	Colour  Colour
	Rule    Colour    // what the rule of the city gives
	Reasons []Reason  // of the rule, those that decided it; none when it is green
	Set     *Override // nil unless somebody set it by hand
}

// Reason is one thing the rule looks at, as a message key with its figures.
type Reason struct {
	Key  string
	Args []any
}

// Override is a light set by hand. It stands until it is lifted.
type Override struct {
	ID         string    `db:"id"`
	Initiative string    `db:"initiative"`
	Colour     Colour    `db:"colour"`
	Reason     string    `db:"reason"`
	Person     string    `db:"person"` // never public
	Post       string    `db:"post"`
	Body       string    `db:"body"`
	At         time.Time `db:"at"`
	Lifted     time.Time `db:"lifted_at"` // zero while it stands
}

// Light is what the lights of initiatives show, by their ids. Those of which
// nothing is known show Off.
func (m *Module) Light(ctx context.Context, ids ...string) (map[string]Light, error) {
	return nil, unwritten()
}

// Judge is what the rule of a city gives.
func Judge(rule charter.LightRule, p *Physical, money *Money) Light { return Light{} }
