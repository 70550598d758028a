package town

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
)

// Cast is who lives in the town.
type Cast struct {
	Begin      time.Time                  // when the people below took their posts
	Posts      map[string]people.Standing // by code of the post
	Citizens   []people.Standing          // hold no post
	Directions []people.Standing          // head a body that may propose and is no office of the round
}

// Role is a door of the demonstration: who enters by the code.
type Role struct{ Code, Person string }

// Settle makes persons, at least enough for one on every post, and the doors of
// the demonstration: "planning", "coordination" and "communication", the heads
// of those offices; "direction", who heads a general direction; "citizen".
func (t *Town) Settle(ctx context.Context, persons int, begin time.Time) (*Cast, error) {
	c := &Cast{Begin: begin, Posts: map[string]people.Standing{}}
	err := t.DB.Write(ctx, func(ctx context.Context) error {
		ctx = clock.At(ctx, begin)
		made := 0
		for _, post := range t.Charter.Posts.On(t.Charter.Today(begin)) {
			if err := t.appoint(ctx, c, post, made); err != nil {
				return fmt.Errorf("settle %s: %w", post.Code, err)
			}
			made++
		}
		for ; made < persons; made++ {
			who, err := t.person(ctx, made)
			if err != nil {
				return err
			}
			c.Citizens = append(c.Citizens, who)
		}
		return t.openDoors(ctx, c)
	})
	return c, err
}

func (t *Town) person(ctx context.Context, n int) (people.Standing, error) {
	id, err := t.People.CreateInvented(ctx, name(rand.New(rand.NewPCG(1, uint64(n)))))
	if err != nil {
		return people.Standing{}, err
	}
	return t.People.Standing(ctx, id)
}

// appoint gives a post to a new person. Whoever comes first administers the
// program and appoints the others.
func (t *Town) appoint(ctx context.Context, c *Cast, post charter.Post, n int) error {
	if n == 0 {
		admin, err := t.person(ctx, -1)
		if err != nil {
			return err
		}
		if err := t.People.FirstAdministrator(ctx, admin.Person); err != nil {
			return err
		}
	}
	admins, err := t.People.WithRole(ctx, people.RoleAdministrator)
	if err != nil {
		return err
	}
	admin, err := t.People.Standing(ctx, admins[0])
	if err != nil {
		return err
	}
	who, err := t.person(ctx, n)
	if err != nil {
		return err
	}
	first := clock.DayOf(c.Begin, t.Charter.City.Zone)
	if _, _, err = t.People.Appoint(people.With(ctx, admin), people.Appointment{Post: post.Code, Person: who.Person, From: string(first)}); err != nil {
		return err
	}
	if who, err = t.People.Standing(ctx, who.Person); err != nil {
		return err
	}
	c.Posts[post.Code] = who
	if post.Signs && t.Charter.MayPropose(post.Body) && !t.office(post.Body) {
		c.Directions = append(c.Directions, who)
	}
	return nil
}

// office says whether the body signs steps.
func (t *Town) office(body string) bool {
	for _, s := range t.Charter.Flow.Steps.All() {
		if t.Charter.Office(s.Office) == body {
			return true
		}
	}
	return false
}

// Head is who signs for a body.
func (t *Town) Head(c *Cast, body string) people.Standing {
	for _, post := range t.Charter.Posts.All() {
		if post.Body == body && post.Signs {
			if who, ok := c.Posts[post.Code]; ok {
				return who
			}
		}
	}
	return people.Standing{}
}

func (t *Town) openDoors(ctx context.Context, c *Cast) error {
	doors := []Role{{"direction", c.Directions[0].Person}}
	for _, office := range []string{charter.OfficePlanning, charter.OfficeCoordination, charter.OfficeCommunication} {
		doors = append(doors, Role{office, t.Head(c, t.Charter.Office(office)).Person})
	}
	if len(c.Citizens) > 0 {
		doors = append(doors, Role{"citizen", c.Citizens[0].Person})
	}
	return t.OpenDoors(ctx, doors...)
}

// OpenDoors adds people whom a visitor of the demonstration may enter as.
func (t *Town) OpenDoors(ctx context.Context, doors ...Role) error {
	type row struct {
		Code     string `db:"code"`
		Position int    `db:"position"`
		Person   string `db:"person"`
		Label    string `db:"label"`
	}
	return t.DB.Write(ctx, func(ctx context.Context) error {
		for n, d := range doors {
			label := fmt.Sprintf(`{"es":%q,"en":%q}`, d.Code, d.Code)
			if err := t.DB.Insert(ctx, "demo_role", row{d.Code, n, d.Person, label}); err != nil {
				return err
			}
		}
		return nil
	})
}
