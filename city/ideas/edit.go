package ideas

import (
	"context"
	"strconv"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// Edit replaces the words of an idea when its version is still the one the edit
// began from; every version stays to be seen. What voices were given to does not
// change under them: once the idea's challenge is closed, or an answer is there,
// the words stay.
func (m *Module) Edit(ctx context.Context, number string, version int, to Words) error {
	return m.act(ctx, number, MayEdit, func(ctx context.Context, w *work) error {
		if err := w.in(Held, Published); err != nil {
			return err
		}
		if w.Idea.Challenge != "" && !w.Challenge.TakesIdeas(clock.Now(ctx)) || !w.Idea.AnsweredAt.IsZero() {
			return fault.New(fault.Conflict, "ideas.fault.closed")
		}
		now := w.words()
		if version != now.Version {
			return &fault.Error{Kind: fault.Conflict, Key: "ideas.fault.edited", Theirs: now}
		}
		to.tidy()
		if err := w.checkWords(ctx, to); err != nil {
			return err
		}
		to.Version, to.At = now.Version, now.At
		if to == now {
			return nil
		}
		return w.reword(ctx, now, to)
	})
}

func (x *Words) tidy() {
	d := Draft{Title: x.Title, Text: x.Text, Signature: x.Signature}
	d.tidy()
	x.Title, x.Text, x.Signature = d.Title, d.Text, d.Signature
}

// words are the idea's present words.
func (w *work) words() Words {
	i := w.Idea
	return Words{Version: i.Version, Title: i.Title, Text: i.Text, Place: i.Place, Lat: i.Lat, Lon: i.Lon, Signature: i.Signature}
}

func (w *work) checkWords(ctx context.Context, to Words) error {
	d := Draft{Title: to.Title, Text: to.Text, Place: to.Place, Lat: to.Lat, Lon: to.Lon, Signature: to.Signature}
	if err := w.m.checkDraft(ctx, d); err != nil {
		return err
	}
	var c fault.Check
	c.Text("title", to.Title, true, TitleMax)
	checkText(&c, to.Text)
	if err := w.m.noLinks(ctx, &c, w.Who, map[string]string{"title": to.Title, "text": to.Text, "signature": to.Signature}); err != nil {
		return err
	}
	return c.Err()
}

// wordsRow is one version as it is kept.
type wordsRow struct {
	Idea string `db:"idea"`
	Words
}

// reword puts new words in the place of those that were, which are kept.
func (w *work) reword(ctx context.Context, was, to Words) error {
	i := &w.Idea
	if was.Version == 1 { // later ones are kept already
		was.At = i.Created
		if err := w.m.db.Insert(ctx, "ideas_words", wordsRow{i.ID, was}); err != nil {
			return err
		}
	}
	to.Version, to.At = was.Version+1, clock.Now(ctx)
	if err := w.m.db.Insert(ctx, "ideas_words", wordsRow{i.ID, to}); err != nil {
		return err
	}
	i.Title, i.Text, i.Place, i.Lat, i.Lon, i.Signature, i.Version = to.Title, to.Text, to.Place, to.Lat, to.Lon, to.Signature, to.Version
	return w.tell(ctx, tale{kind: EventEdited, public: true, data: map[string]string{"version": strconv.Itoa(i.Version)}, text: map[string]string{"title": i.Title}})
}

// Versions are the words an idea has had and has, newest first, for whoever may
// read it; none when it was never edited.
func (m *Module) Versions(ctx context.Context, number string) ([]Words, error) {
	c, err := m.look(ctx, number)
	if err != nil {
		return nil, err
	}
	if _, reads := c.Can(people.Me(ctx), MayReadUnseen); !reads && !c.Idea.Public() {
		return nil, notFound()
	}
	return db.Query[Words](ctx, m.db, `SELECT version, title, text, place, lat, lon, signature, at FROM ideas_words WHERE idea = $1 ORDER BY version DESC LIMIT 100`, c.Idea.ID)
}
