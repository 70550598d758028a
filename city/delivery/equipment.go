package delivery

import (
	"context"
	"slices"
	"strings"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Kinds of what an initiative needs, and whether it is there.
const (
	NeedEquipment = "equipment"
	NeedStaff     = "staff"
	NeedHave      = "have" // it is there
	NeedGet       = "get"  // it has to be bought, hired or lent
)

// NeedKinds and NeedStates list them, for forms.
var (
	NeedKinds  = []string{NeedEquipment, NeedStaff}
	NeedStates = []string{NeedHave, NeedGet}
)

// Need is something that an initiative needs: equipment or people.
type Need struct {
	ID         string    `db:"id"`
	Initiative string    `db:"initiative"`
	Kind       string    `db:"kind"`
	What       string    `db:"what"`
	Quantity   int       `db:"quantity"`
	State      string    `db:"state"`
	Source     string    `db:"source"`  // from whom it is, or is to be had
	Day        clock.Day `db:"day"`     // by which it is to be had; empty when it is there
	Version    int64     `db:"version"` // grows with each edit; 0 of a new one
}

// Late says whether it was to be had by now.
func (n Need) Late(today clock.Day) bool { return n.State == NeedGet && n.Day < today }

const needColumns = `id, initiative, kind, what, quantity, state, source, day, version`

// Equipment is what an initiative needs, in the order in which it was written down.
type Equipment struct {
	Case
	Needs []Need
	Today clock.Day
}

// Equipment reads it for the person of the context.
func (m *Module) Equipment(ctx context.Context, number string) (Equipment, error) {
	c, err := m.Case(ctx, number)
	if err != nil {
		return Equipment{}, err
	}
	e := Equipment{Case: c, Today: clock.DayOf(clock.Now(ctx), c.Charter.City.Zone)}
	e.Needs, err = m.needs(ctx, c.Initiative.ID)
	return e, err
}

func (m *Module) needs(ctx context.Context, initiative string) ([]Need, error) {
	return db.Query[Need](ctx, m.db, `SELECT `+needColumns+` FROM delivery_equipment WHERE initiative = $1 ORDER BY id`, initiative)
}

// SaveNeed writes a need down, or changes the one with its id. Faults: Invalid by
// field, Conflict whose Theirs is the Need when somebody changed it meanwhile.
func (m *Module) SaveNeed(ctx context.Context, number string, n Need) error {
	return m.act(ctx, number, EditEquipment, func(ctx context.Context, w *work) error {
		n.What, n.Source, n.Initiative = strings.TrimSpace(n.What), strings.TrimSpace(n.Source), w.Initiative.ID
		if err := n.check(); err != nil {
			return err
		}
		change, err := w.saveNeed(ctx, n)
		if err != nil {
			return err
		}
		if err := w.tell(ctx, EventEquipment, map[string]string{"change": change, "state": n.State}, "what", n.What); err != nil {
			return err
		}
		return w.showEquipment(ctx)
	})
}

// check refuses what is not whole; what is there is had by no day.
func (n *Need) check() error {
	if n.State == NeedHave {
		n.Day = ""
	}
	var c fault.Check
	c.Require(slices.Contains(NeedKinds, n.Kind), "kind", "fault.choice")
	c.Text("what", n.What, true, LineMax)
	c.Require(n.Quantity > 0 && n.Quantity <= CountMax, "quantity", "delivery.fault.quantity", "max", CountMax)
	c.Require(slices.Contains(NeedStates, n.State), "state", "fault.choice")
	c.Text("source", n.Source, n.State == NeedGet, LineMax)
	if n.State == NeedGet {
		_, err := clock.ParseDay(string(n.Day))
		c.Require(err == nil, "day", "fault.day")
	}
	return c.Err()
}

// saveNeed says whether it was "added" or "edited".
func (w *work) saveNeed(ctx context.Context, n Need) (change string, err error) {
	if n.ID == "" {
		if err := w.room(ctx, "delivery_equipment"); err != nil {
			return "", err
		}
		n.ID, n.Version = id.New(), 1
		return changeAdded, w.m.db.Insert(ctx, "delivery_equipment", n)
	}
	changed, err := w.m.db.Exec(ctx, `UPDATE delivery_equipment SET kind = $4, what = $5, quantity = $6, state = $7, source = $8, day = $9, version = version + 1
		WHERE id = $1 AND initiative = $2 AND version = $3`, n.ID, n.Initiative, n.Version, n.Kind, n.What, n.Quantity, n.State, n.Source, n.Day)
	if err != nil || changed > 0 {
		return changeEdited, err
	}
	theirs, err := db.One[Need](ctx, w.m.db, `SELECT `+needColumns+` FROM delivery_equipment WHERE id = $1 AND initiative = $2`, n.ID, n.Initiative)
	if err != nil {
		return "", err
	}
	return "", &fault.Error{Kind: fault.Conflict, Key: "delivery.fault.edited", Theirs: theirs}
}

// The changes of a row that events tell of.
const (
	changeAdded   = "added"
	changeEdited  = "edited"
	changeDropped = "dropped"
)

// room is Invalid when there are too many rows of an initiative in a table.
func (w *work) room(ctx context.Context, table string) error {
	n, err := db.One[int](ctx, w.m.db, `SELECT count(*) FROM `+table+` WHERE initiative = $1`, w.Initiative.ID)
	if err == nil && n >= RowsMax {
		var c fault.Check
		c.Fail("what", "fault.too_many", "max", RowsMax)
		err = c.Err()
	}
	return err
}

// DropNeed takes a need off the list.
func (m *Module) DropNeed(ctx context.Context, number, need string) error {
	return m.act(ctx, number, EditEquipment, func(ctx context.Context, w *work) error {
		n, err := db.One[Need](ctx, m.db, `DELETE FROM delivery_equipment WHERE id = $1 AND initiative = $2 RETURNING `+needColumns, need, w.Initiative.ID)
		if err != nil {
			return err
		}
		if err := w.tell(ctx, EventEquipment, map[string]string{"change": changeDropped, "state": n.State}, "what", n.What); err != nil {
			return err
		}
		return w.showEquipment(ctx)
	})
}
