package roundtable

import (
	"context"
	"strings"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Comment is a word of an official on an initiative, or the public opinion of a
// local board.
type Comment struct {
	ID         string    `db:"id"`
	Initiative string    `db:"initiative"`
	Person     string    `db:"person"`
	Post       string    `db:"post"`
	Body       string    `db:"body"`
	Outside    bool      `db:"outside"` // of another ministry than the initiative's
	Public     bool      `db:"public"`  // an opinion of a local board
	Text       string    `db:"text"`
	At         time.Time `db:"at"`
}

// Discuss adds a comment that officials read.
func (m *Module) Discuss(ctx context.Context, number, text string) error {
	return m.comment(ctx, number, Discuss, text, false)
}

// Opine gives the public opinion of a local board.
func (m *Module) Opine(ctx context.Context, number, text string) error {
	return m.comment(ctx, number, Opine, text, true)
}

func (m *Module) comment(ctx context.Context, number string, action Action, text string, public bool) error {
	return m.act(ctx, number, action, "", func(ctx context.Context, w *work) error {
		if public && !w.Initiative.State.Public() {
			return notFound()
		}
		text = strings.TrimSpace(text)
		var c fault.Check
		c.Text("text", text, true, ReasonMax)
		if err := c.Err(); err != nil {
			return err
		}
		outside := w.As.Ministry != w.Initiative.Ministry
		if err := m.db.Insert(ctx, "roundtable_comment", Comment{id.New(), w.Initiative.ID, w.Who.Person, w.As.Post, w.As.Body,
			outside, public, text, clock.Now(ctx)}); err != nil {
			return err
		}
		if public {
			return w.tell(ctx, EventOpinion, true, nil, map[string]string{"opinion": text})
		}
		data := map[string]string{}
		if outside {
			data["outside"] = "yes"
		}
		return w.tell(ctx, EventDiscussed, false, data, nil)
	})
}

// comments reads the newest hundred; only opinions for whom does not read inside.
func (m *Module) comments(ctx context.Context, initiative string, inside bool) ([]Comment, error) {
	return db.Query[Comment](ctx, m.db, `SELECT id, initiative, person, post, body, outside, public, text, at FROM roundtable_comment
		WHERE initiative = $1 AND (public = TRUE OR $2) ORDER BY id DESC LIMIT 100`, initiative, inside)
}
