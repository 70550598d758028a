package record

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/klauspost/compress/gzip"

	"ronda/platform/clock"
	"ronda/platform/event"
)

// exportFormat is the first word of an export; a reader refuses others.
const exportFormat = "ronda-record/1"

// line is one line of an export; exactly one part is set.
type line struct {
	Header     *exportHeader `json:"header,omitempty"`
	Leaf       *exportLeaf   `json:"act,omitempty"`
	Checkpoint string        `json:"checkpoint,omitempty"` // over all acts above
	Final      string        `json:"final,omitempty"`      // the newest checkpoint again; nothing follows
}

type exportHeader struct {
	Format   string    `json:"format"`
	Verifier string    `json:"verifier"`
	Made     time.Time `json:"made"`
	Size     int64     `json:"size"` // acts at the beginning; a few more may follow
}

type exportLeaf struct {
	Index int64                 `json:"index"`
	Leaf  string                `json:"leaf"` // the bytes that are hashed
	Texts map[string]exportText `json:"texts,omitempty"`
}

type exportText struct {
	Text string `json:"text"`
	Salt string `json:"salt"` // event.Digest(Salt, Text) is in the leaf
}

// exportPage is how many acts are read at once.
const exportPage = 256

// Export writes the whole record as gzip of JSON lines: a header, the acts in
// order with the texts that are public now and their salts, after each batch the
// checkpoint that was signed over it, and at the end the newest checkpoint once
// more, so that a file cut off is known as such. It needs little memory.
func (r *Record) Export(ctx context.Context, w io.Writer) error {
	zip := gzip.NewWriter(w)
	x := &exporter{r: r, enc: json.NewEncoder(zip), missing: map[textName]bool{}, erased: map[textName]bool{}}
	x.enc.SetEscapeHTML(false)
	x.checkpoints = cursor[checkpointRow]{position: func(c checkpointRow) int64 { return c.Size },
		read: func(ctx context.Context, from int64) ([]checkpointRow, error) {
			return checkpointsFrom(ctx, r.db, from, x.upTo+1, exportPage)
		}}
	if err := x.all(ctx); err != nil {
		return fmt.Errorf("export record: %w", err)
	}
	return zip.Close()
}

type exporter struct {
	r           *Record
	enc         *json.Encoder
	checkpoints cursor[checkpointRow]
	next, upTo  int64 // acts written, acts to write
	missing     map[textName]bool
	erased      map[textName]bool
}

// erasureWait is how often the export looks for the act that explains a text
// erased while it was written.
const erasureWait = 50

func (x *exporter) all(ctx context.Context) error {
	newest, _, err := latest(ctx, x.r.db)
	if err != nil {
		return err
	}
	header := exportHeader{exportFormat, x.r.Verifier(), clock.Now(ctx), newest.Size}
	if err := x.enc.Encode(line{Header: &header}); err != nil {
		return err
	}
	for range erasureWait {
		if newest, _, err = latest(ctx, x.r.db); err != nil {
			return err
		}
		if err := x.acts(ctx, newest.Size); err != nil {
			return err
		}
		if x.explained() || !wait(ctx, time.After(pause), nil) {
			break
		}
	}
	if newest.Size == 0 {
		return ctx.Err()
	}
	return x.enc.Encode(line{Final: newest.Note})
}

// explained says whether every missing text was erased by an act written here.
func (x *exporter) explained() bool {
	for name := range x.missing {
		if !x.erased[name] {
			return false
		}
	}
	return true
}

// acts writes the acts up to a size that a checkpoint covers.
func (x *exporter) acts(ctx context.Context, size int64) error {
	x.upTo, x.checkpoints.done = size, false
	for x.next < size {
		rows, err := leavesFrom(ctx, x.r.db, x.next, size, exportPage)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return fmt.Errorf("act %d is missing", x.next)
		}
		if err := x.page(ctx, rows); err != nil {
			return err
		}
	}
	return nil
}

func (x *exporter) page(ctx context.Context, rows []leafRow) error {
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.Event
	}
	held, err := x.r.events.Held(ctx, ids)
	if err != nil {
		return err
	}
	for _, row := range rows {
		act := exportLeaf{Index: row.Index, Leaf: row.Leaf}
		if err := x.texts(&act, held[row.Event]); err != nil {
			return err
		}
		if err := x.enc.Encode(line{Leaf: &act}); err != nil {
			return err
		}
		x.next = row.Index + 1
		cp, ok, err := x.checkpoints.below(ctx, x.next+1)
		if err != nil {
			return err
		}
		if ok {
			if err := x.enc.Encode(line{Checkpoint: cp.Note}); err != nil {
				return err
			}
		}
	}
	return nil
}

// texts adds the texts that the leaf commits to and that are public now.
func (x *exporter) texts(act *exportLeaf, h event.Held) error {
	leaf, err := parseLeaf([]byte(act.Leaf))
	if err != nil {
		return err
	}
	if leaf.Kind == event.Erased {
		x.erased[textName{leaf.Subject.ID, leaf.Data["text"]}] = true
	}
	public := h.Event
	if !h.Public {
		public = event.Event{}
	}
	for _, t := range textsOf(leaf, public) {
		if t.Erased {
			x.missing[textName{leaf.ID, t.Name}] = true
			continue
		}
		if act.Texts == nil {
			act.Texts = map[string]exportText{}
		}
		act.Texts[t.Name] = exportText{t.Text, t.Salt}
	}
	return nil
}
