package roundtable

import (
	"context"
	"strconv"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Evidence shows that an item of a step is met. Evidence of a signed step is
// never changed; what was taken out keeps its row.
type Evidence struct {
	ID         string           `db:"id"`
	Initiative string           `db:"initiative"`
	Step       string           `db:"step"`
	Item       string           `db:"item"`
	Kind       charter.Evidence `db:"kind"`
	Day        clock.Day        `db:"day"`        // of what it tells of, e.g. the meeting
	Text       string           `db:"text"`       // note; list: one line each "what; who; when"
	URL        string           `db:"url"`        // link
	Attachment string           `db:"attachment"` // document: id of the attachment
	Figure     int64            `db:"figure"`     // figure
	Person     string           `db:"person"`     // who added it
	Post       string           `db:"post"`
	At         time.Time        `db:"at"`
	Removed    time.Time        `db:"removed_at"`
}

const evidenceColumns = `id, initiative, step, item, kind, day, text, url, attachment, figure, person, post, at, removed_at`

// Lines are the lines of a list, without empty ones.
func (e Evidence) Lines() []string {
	var out []string
	for line := range strings.Lines(e.Text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// AddEvidence adds evidence to an item of a step that is not signed. The offices
// may add it too: they assist.
func (m *Module) AddEvidence(ctx context.Context, number string, e Evidence) error {
	return m.act(ctx, number, Prove, e.Step, func(ctx context.Context, w *work) error {
		if err := w.provable(); err != nil {
			return err
		}
		e.tidy()
		if e.Day == "" {
			e.Day = w.today(ctx)
		}
		if err := w.checkEvidence(ctx, e); err != nil {
			return err
		}
		e.ID, e.Initiative, e.Person, e.Post, e.At = id.New(), w.Initiative.ID, w.Who.Person, w.As.Post, clock.Now(ctx)
		if err := m.db.Insert(ctx, "roundtable_evidence", e); err != nil {
			return err
		}
		return w.tell(ctx, EventEvidence, true, map[string]string{"step": e.Step, "item": e.Item, "kind": string(e.Kind), "day": string(e.Day)}, nil)
	})
}

// tidy keeps what belongs to the kind of evidence and nothing else, so that
// nothing is stored that was not checked.
func (e *Evidence) tidy() {
	e.Text, e.URL = strings.TrimSpace(e.Text), strings.TrimSpace(e.URL)
	if e.Kind != charter.EvidenceLink {
		e.URL = ""
	}
	if e.Kind != charter.EvidenceDocument {
		e.Attachment = ""
	}
	if e.Kind != charter.EvidenceFigure {
		e.Figure = 0
	}
	if e.Kind == charter.EvidenceDocument || e.Kind == charter.EvidenceFigure {
		e.Text = ""
	}
}

// provable says whether evidence of the step may change now.
func (w *work) provable() error {
	if err := w.Fits(Prove); err != nil {
		return err
	}
	if w.Step.Whole() {
		return fault.New(fault.Conflict, "roundtable.fault.signed")
	}
	return nil
}

// oldestEvidence is the first day that evidence may tell of: what is older is a
// slip of the pen, e.g. a browser's first day.
const oldestEvidence clock.Day = "1980-01-01"

func (w *work) checkEvidence(ctx context.Context, e Evidence) error {
	step, _ := w.Charter.Flow.Steps.Get(e.Step)
	item, ok := step.Items.Get(e.Item)
	if !ok {
		return notFound()
	}
	var c textCheck
	c.Require(accepts(item, e.Kind), "kind", "roundtable.fault.kind")
	c.day("day", e.Day, w.today(ctx))
	c.Require(c.Failed("day") || e.Day >= oldestEvidence, "day", "roundtable.fault.long_ago", "year", string(oldestEvidence)[:4])
	switch e.Kind {
	case charter.EvidenceNote, charter.EvidenceList:
		c.Text("text", e.Text, true, TextMax)
	case charter.EvidenceLink:
		c.Require(webAddress(e.URL), "url", "roundtable.fault.link")
		c.Text("text", e.Text, false, TextMax)
	case charter.EvidenceDocument:
		if err := w.checkDocument(ctx, &c.Check, e.Attachment); err != nil {
			return err
		}
	case charter.EvidenceFigure:
		top := item.Threshold
		c.Require(e.Figure >= 0 && (top == nil || top.Of == 0 || e.Figure <= int64(top.Of)), "figure", "roundtable.fault.figure")
	}
	return c.Err()
}

func (w *work) checkDocument(ctx context.Context, c *fault.Check, attachment string) error {
	_, ok, err := db.Find[string](ctx, w.m.db, `SELECT id FROM roundtable_attachment WHERE id = $1 AND initiative = $2 AND removed_at = 0`, attachment, w.Initiative.ID)
	c.Require(ok, "attachment", "roundtable.fault.document")
	return err
}

// accepts says whether a person may give evidence of that kind for the item.
// Presence is recorded, not claimed.
func accepts(item charter.Item, kind charter.Evidence) bool {
	for _, k := range item.Evidence {
		if k == kind && k != charter.EvidencePresence {
			return true
		}
	}
	return false
}

// RemoveEvidence takes evidence out of a step that is not signed, with a reason.
func (m *Module) RemoveEvidence(ctx context.Context, number, stepCode, evidence, reason string) error {
	return m.act(ctx, number, Prove, stepCode, func(ctx context.Context, w *work) error {
		if err := w.provable(); err != nil {
			return err
		}
		if err := needReason("reason", reason); err != nil {
			return err
		}
		item, ok, err := db.Find[string](ctx, m.db, `UPDATE roundtable_evidence SET removed_at = $4
			WHERE id = $1 AND initiative = $2 AND step = $3 AND removed_at = 0 RETURNING item`, evidence, w.Initiative.ID, stepCode, clock.Now(ctx))
		if err != nil {
			return err
		}
		if !ok {
			return notFound()
		}
		return w.tell(ctx, EventUnproved, true, map[string]string{"step": stepCode, "item": item}, map[string]string{"reason": reason})
	})
}

// needReason checks a remark or reason: long enough to help somebody.
func needReason(field, text string) error {
	var c fault.Check
	c.Text(field, text, true, ReasonMax)
	if !c.Failed(field) && len([]rune(strings.TrimSpace(text))) < RemarkMin {
		c.Fail(field, "roundtable.fault.reason", "min", RemarkMin)
	}
	return c.Err()
}

// evidence reads what stands for a step, or for all steps when code is empty.
func (m *Module) evidence(ctx context.Context, initiative, code string) ([]Evidence, error) {
	if code == "" {
		return db.Query[Evidence](ctx, m.db, `SELECT `+evidenceColumns+` FROM roundtable_evidence WHERE initiative = $1 AND removed_at = 0 ORDER BY step, id`, initiative)
	}
	return db.Query[Evidence](ctx, m.db, `SELECT `+evidenceColumns+` FROM roundtable_evidence WHERE initiative = $1 AND step = $2 AND removed_at = 0 ORDER BY id`, initiative, code)
}

// Missing is an item that keeps a step from being signed.
type Missing struct {
	Item charter.Item
	Key  string // message key: nothing there, below the threshold, nobody attended
	Args []any
}

// missing lists what the items of a step still lack.
func missing(step charter.Step, s Step, given []Evidence) []Missing {
	var out []Missing
	for _, item := range step.Items.All() {
		if key, args := lacks(item, s, given); key != "" {
			out = append(out, Missing{item, key, args})
		}
	}
	return out
}

func lacks(item charter.Item, s Step, given []Evidence) (key string, args []any) {
	if len(item.Evidence) == 1 && item.Evidence[0] == charter.EvidencePresence {
		if s.PresentAt.IsZero() {
			return "roundtable.missing.presence", nil
		}
		return "", nil
	}
	found, best := false, int64(-1)
	for _, e := range given {
		if e.Item != item.Code {
			continue
		}
		found = true
		if e.Kind == charter.EvidenceFigure {
			best = e.Figure // the latest figure counts
		}
	}
	if !found {
		return "roundtable.missing.evidence", nil
	}
	if t := item.Threshold; t != nil && best < int64(t.Min) {
		return "roundtable.missing.threshold", []any{"min", strconv.Itoa(t.Min), "has", strconv.FormatInt(max(best, 0), 10)}
	}
	return "", nil
}
