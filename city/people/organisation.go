package people

import (
	"context"
	"slices"
	"strings"

	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// OrganisationKind says what an organisation is.
type OrganisationKind string

// The kinds of organisation.
const (
	OrgUniversity    OrganisationKind = "university"
	OrgCompany       OrganisationKind = "company"
	OrgAssociation   OrganisationKind = "association" // civil society, a citizen group
	OrgChamber       OrganisationKind = "chamber"     // of industry or commerce, unions
	OrgMedia         OrganisationKind = "media"
	OrgInternational OrganisationKind = "international"
	OrgGovernment    OrganisationKind = "government" // of another place or level
	OrgOther         OrganisationKind = "other"
)

// OrganisationKinds lists the kinds.
var OrganisationKinds = []OrganisationKind{OrgUniversity, OrgCompany, OrgAssociation, OrgChamber, OrgMedia, OrgInternational, OrgGovernment, OrgOther}

// Organisation is a body outside the city's government.
type Organisation struct {
	ID   string
	Name string
	Kind OrganisationKind
}

// AddOrganisation stores an organisation and gives its id. Faults: Forbidden,
// Invalid on "name" and "kind"; a name that stands already, whatever its
// accents and capitals, is Invalid too.
func (m *Module) AddOrganisation(ctx context.Context, name, kind string) (oid string, err error) {
	defer fault.Wrap(&err, "AddOrganisation")
	if err := allow(ctx, ActSpecialists); err != nil {
		return "", err
	}
	o := Organisation{ID: id.New(), Name: strings.Join(strings.Fields(name), " "), Kind: OrganisationKind(kind)}
	var c fault.Check
	c.Text("name", o.Name, true, nameMax)
	c.Require(slices.Contains(OrganisationKinds, o.Kind), "kind", "fault.choice")
	if err := c.Err(); err != nil {
		return "", err
	}
	return o.ID, m.db.Write(ctx, func(ctx context.Context) error {
		added, err := m.insertOrganisation(ctx, o)
		if err != nil {
			return err
		}
		if !added {
			c.Fail("name", "people.fault.known")
			return c.Err()
		}
		return m.announce(ctx, event.Event{Kind: EventOrganisation, Subject: event.Subject{Kind: SubjectOrganisation, ID: o.ID},
			Public: true, Data: map[string]string{"kind": kind}, Text: map[string]string{"name": o.Name}})
	})
}

// Specialist is a person whom initiatives are confirmed with (step 4), of an
// organisation or of a body of the city.
type Specialist struct {
	Person       string // id
	Name         string
	Organisation string // id, empty for those of a body
	Body         string // code, empty for those of an organisation
	Tags         []string
	Consent      bool // may be named in public
}

// SpecialistForm is what a form says of a specialist.
type SpecialistForm struct {
	Person       string `form:"person"` // id; empty: somebody new
	Name         string `form:"name"`   // of somebody new
	Organisation string `form:"organisation"`
	Body         string `form:"body"`
	Tags         string `form:"tags"` // separated by commas
	Consent      bool   `form:"consent"`
}

// Bounds of what a specialist knows.
const (
	tagMax  = 40 // runes of one expertise
	tagsMax = 12
)

// SetSpecialist makes a person a specialist, or changes what is known of one,
// and gives the person's id. Faults: Forbidden, NotFound, Invalid on the form's
// fields.
func (m *Module) SetSpecialist(ctx context.Context, f SpecialistForm) (person string, err error) {
	defer fault.Wrap(&err, "SetSpecialist")
	if err := allow(ctx, ActSpecialists); err != nil {
		return "", err
	}
	s, err := m.readSpecialist(ctx, f)
	if err != nil {
		return "", err
	}
	err = m.db.Write(ctx, func(ctx context.Context) error {
		if s.Person == "" {
			if s.Person, err = m.createPerson(ctx, Person{Name: f.Name}); err != nil {
				return err
			}
		}
		if err := m.putSpecialist(ctx, s, clock.Now(ctx)); err != nil {
			return err
		}
		return m.announce(ctx, event.Event{Kind: EventSpecialist, Subject: event.Subject{Kind: SubjectPerson, ID: s.Person},
			Data: map[string]string{"tags": strings.Join(s.Tags, ","), "consent": boolText(s.Consent)}})
	})
	return s.Person, err
}

func (m *Module) readSpecialist(ctx context.Context, f SpecialistForm) (Specialist, error) {
	var c fault.Check
	s := Specialist{Person: f.Person, Organisation: f.Organisation, Body: f.Body, Tags: tagsOf(f.Tags), Consent: f.Consent}
	if f.Person == "" {
		c.Text("name", f.Name, true, nameMax)
	} else if _, err := m.Person(ctx, f.Person); err != nil {
		return s, err
	}
	c.Require((f.Organisation == "") != (f.Body == ""), "organisation", "people.fault.one_of")
	if err := m.checkHome(ctx, &c, f); err != nil {
		return s, err
	}
	c.Text("tags", f.Tags, false, tagMax*tagsMax)
	c.Require(len(s.Tags) > 0, "tags", "fault.required")
	c.Require(len(s.Tags) <= tagsMax, "tags", "people.fault.tags", "max", tagsMax)
	for _, t := range s.Tags {
		c.Require(len([]rune(t)) <= tagMax, "tags", "people.fault.tag", "max", tagMax)
	}
	return s, c.Err()
}

// checkHome looks the organisation or the body up.
func (m *Module) checkHome(ctx context.Context, c *fault.Check, f SpecialistForm) error {
	if f.Organisation != "" {
		names, err := m.OrganisationNames(ctx, f.Organisation)
		if err != nil {
			return err
		}
		c.Require(names[f.Organisation] != "", "organisation", "fault.choice")
	}
	if f.Body != "" {
		has, err := m.hasBody(ctx, f.Body)
		if err != nil {
			return err
		}
		c.Require(has, "body", "fault.choice")
	}
	return nil
}

// tagsOf reads a list of expertises: lower case as typed, each once.
func tagsOf(typed string) []string {
	var out []string
	for part := range strings.SplitSeq(typed, ",") {
		t := strings.ToLower(strings.Join(strings.Fields(part), " "))
		if t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

func boolText(b bool) string {
	if b {
		return "true"
	}
	return "false"
}
