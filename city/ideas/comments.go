package ideas

import (
	"context"
	"strings"
	"time"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Comment is a word on an idea.
type Comment struct {
	ID     string    `db:"id"`
	Idea   string    `db:"idea"`
	Root   string    `db:"root"`   // the comment it answers; its own id at the first level
	Person string    `db:"person"` // never public
	Voice  int       `db:"voice"`  // the same person has the same number under one idea, from 1
	Author bool      `db:"author"` // by the author of the idea
	Post   string    `db:"post"`   // of an official who speaks for the body
	Body   string    `db:"body"`
	Text   string    `db:"text"`   // empty when hidden
	Hidden string    `db:"hidden"` // why it is out of sight
	At     time.Time `db:"at"`
}

const commentColumns = `id, idea, root, person, voice, author, post, body, text, hidden, at`

// Reply says whether the comment answers another one.
func (c Comment) Reply() bool { return c.Root != c.ID }

// CommentPage is a page of PageSize comments in the order of their threads.
type CommentPage struct {
	Comments []Comment
	Next     string // continues it, empty at the end
	Total    int    // in sight
}

// commented is what a comment needs to know of its idea.
type commented struct {
	ID       string `db:"id"`
	State    State  `db:"state"`
	Author   string `db:"author"`
	Comments int    `db:"comments"`
	Voices   int    `db:"voices"`
	Body     string `db:"body"`
}

// Comment adds a comment; parent is empty, or a comment of the first level. The
// same words sent twice within an hour are one comment.
func (m *Module) Comment(ctx context.Context, number, parent, text string) (Comment, error) {
	who := people.Me(ctx)
	if _, err := (Case{}).Require(who, MayComment); err != nil {
		return Comment{}, err
	}
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	var c fault.Check
	c.Text("text", text, true, CommentMax)
	if err := m.noLinks(ctx, &c, who, map[string]string{"text": text}); err != nil {
		return Comment{}, err
	}
	if err := c.Err(); err != nil {
		return Comment{}, err
	}
	var out Comment
	err := m.db.Write(ctx, func(ctx context.Context) (err error) {
		i, err := db.One[commented](ctx, m.db, `UPDATE ideas_idea SET version = version WHERE number = $1 RETURNING id, state, author, comments, voices, body`, number)
		if err != nil || i.State != Published {
			return orNotFound(err)
		}
		out, err = m.comment(ctx, who, i, parent, text)
		return err
	})
	return out, err
}

func (m *Module) comment(ctx context.Context, who people.Standing, i commented, parent, text string) (Comment, error) {
	now := clock.Now(ctx)
	twice, ok, err := db.Find[Comment](ctx, m.db, `SELECT `+commentColumns+` FROM ideas_comment WHERE person = $1 AND person <> '' AND idea = $2 AND text = $3 AND at > $4`,
		who.Person, i.ID, text, now.Add(-time.Hour))
	if err != nil || ok {
		return twice, err
	}
	if err := m.spend(ctx, limitComment, who.Person); err != nil {
		return Comment{}, err
	}
	c := Comment{ID: id.New(), Idea: i.ID, Person: who.Person, Author: who.Person == i.Author, Text: text, At: now}
	if c.Root, err = m.root(ctx, i.ID, parent, c.ID); err != nil {
		return c, err
	}
	if h, in := who.In(i.Body); in && i.Body != "" && !c.Author {
		c.Post, c.Body = h.Post, h.Body
	}
	before, known, err := db.Find[int](ctx, m.db, `SELECT voice FROM ideas_comment WHERE person = $1 AND person <> '' AND idea = $2 LIMIT 1`, who.Person, i.ID)
	if err != nil {
		return c, err
	}
	if c.Voice = before; !known {
		i.Voices++
		c.Voice = i.Voices
	}
	if err := m.db.Insert(ctx, "ideas_comment", c); err != nil {
		return c, err
	}
	_, err = m.db.Exec(ctx, `UPDATE ideas_idea SET comments = $2, voices = $3 WHERE id = $1`, i.ID, i.Comments+1, i.Voices)
	if err != nil {
		return c, err
	}
	return c, m.tellOf(ctx, i.ID, EventCommented, who, map[string]string{"comment": c.ID}, nil)
}

// root is the first comment of the thread that an answer to parent belongs to.
func (m *Module) root(ctx context.Context, idea, parent, own string) (string, error) {
	if parent == "" {
		return own, nil
	}
	root, err := db.One[string](ctx, m.db, `SELECT root FROM ideas_comment WHERE id = $1 AND idea = $2 AND hidden = ''`, parent, idea)
	return root, err
}

// Comments reads a page of comments. Of a hidden one its place stays, with why.
func (m *Module) Comments(ctx context.Context, number, cursor string) (CommentPage, error) {
	i, err := m.byNumber(ctx, number)
	if err != nil {
		return CommentPage{}, err
	}
	return m.CommentsOf(ctx, i, cursor)
}

// CommentsOf is Comments of an idea that was just read.
func (m *Module) CommentsOf(ctx context.Context, i Idea, cursor string) (p CommentPage, err error) {
	if !i.Public() {
		return p, notFound()
	}
	root, last, ok := strings.Cut(cursor, "_")
	if cursor == "" {
		root, last = noID, noID
	} else if !ok || len(root) != len(noID) || len(last) != len(noID) {
		return CommentPage{}, notFound()
	}
	p.Total = i.Comments
	p.Comments, err = db.Query[Comment](ctx, m.db, `SELECT `+commentColumns+` FROM ideas_comment WHERE idea = $1 AND (root, id) > ($2, $3) ORDER BY root, id LIMIT $4`,
		i.ID, root, last, PageSize+1)
	p.Comments, p.Next = cut(p.Comments, func(c Comment) string { return c.Root + "_" + c.ID })
	if err != nil {
		return p, err
	}
	return p, m.veil(ctx, p.Comments)
}

// veil takes the words of hidden comments out, but for moderators.
func (m *Module) veil(ctx context.Context, list []Comment) error {
	reads, err := m.Moderates(ctx)
	if err != nil || reads {
		return err
	}
	for n := range list {
		if list[n].Hidden != "" {
			list[n].Text = ""
		}
	}
	return nil
}

// HideComment takes a comment out of sight, with a public reason.
func (m *Module) HideComment(ctx context.Context, comment, why string) error {
	return m.turnComment(ctx, comment, why, true)
}

// ShowComment brings a hidden comment back, with a public reason.
func (m *Module) ShowComment(ctx context.Context, comment, why string) error {
	return m.turnComment(ctx, comment, why, false)
}

func (m *Module) turnComment(ctx context.Context, comment, why string, hide bool) error {
	number, err := db.One[string](ctx, m.db, `SELECT i.number FROM ideas_comment c JOIN ideas_idea i ON i.id = c.idea WHERE c.id = $1`, comment)
	if err != nil {
		return err
	}
	return m.act(ctx, number, MayModerate, func(ctx context.Context, w *work) error {
		why, err := reason("reason", why, true)
		if err != nil {
			return err
		}
		hidden, by, kind := "", 1, EventCommentShown
		if hide {
			hidden, by, kind = why, -1, EventCommentHidden
		}
		n, err := m.db.Exec(ctx, `UPDATE ideas_comment SET hidden = $2 WHERE id = $1 AND (hidden = '') = $3`, comment, hidden, hide)
		if err := db.Changed(n, err, "fault.conflict"); err != nil {
			return err
		}
		if _, err := m.db.Exec(ctx, `UPDATE ideas_idea SET comments = comments + $2 WHERE id = $1`, w.Idea.ID, by); err != nil {
			return err
		}
		if err := m.settle(ctx, w.Idea.ID, comment, MatterReport); err != nil {
			return err
		}
		return w.tell(ctx, tale{kind: kind, public: true, log: true, data: map[string]string{"comment": comment}, text: map[string]string{"reason": why}})
	})
}
