package roundtable

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
	"ronda/platform/web"
)

// Attachment is a file of an initiative. Its bytes lie in the database, so that
// a backup holds them and several copies of the program see them.
type Attachment struct {
	ID         string    `db:"id"`
	Initiative string    `db:"initiative"`
	Name       string    `db:"name"`
	Media      string    `db:"media"`
	Size       int64     `db:"size"`
	SHA256     string    `db:"sha256"`
	Public     bool      `db:"public"`
	Person     string    `db:"person"`
	At         time.Time `db:"at"`
	Removed    time.Time `db:"removed_at"`
}

const (
	attachmentMax  = web.FileMax // bytes of one file
	attachmentsMax = 40          // files of one initiative
	attachmentCols = `id, initiative, name, media, size, sha256, public, person, at, removed_at`
)

// media are the kinds of file that are taken, by their ending, with the kind
// that their first bytes must show.
var media = map[string]struct{ is, looks string }{
	".pdf":  {"application/pdf", "application/pdf"},
	".png":  {"image/png", "image/png"},
	".jpg":  {"image/jpeg", "image/jpeg"},
	".jpeg": {"image/jpeg", "image/jpeg"},
	".docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/zip"},
	".xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/zip"},
	".odt":  {"application/vnd.oasis.opendocument.text", "application/zip"},
	".ods":  {"application/vnd.oasis.opendocument.spreadsheet", "application/zip"},
	".csv":  {"text/csv", "text/plain"},
	".txt":  {"text/plain", "text/plain"},
}

// Endings lists the file endings that are taken, for the form.
func Endings() []string {
	var out []string
	for e := range media {
		out = append(out, e)
	}
	slices.Sort(out)
	return out
}

// Attach adds a file to an initiative and gives its id.
func (m *Module) Attach(ctx context.Context, number, name string, data []byte, public bool) (string, error) {
	return m.attach(ctx, number, Edit, "", name, data, public)
}

// AddDocument adds a file together with the evidence that it is: both or none.
func (m *Module) AddDocument(ctx context.Context, number string, e Evidence, name string, data []byte, public bool) error {
	return m.db.Write(ctx, func(ctx context.Context) (err error) {
		if e.Attachment, err = m.attach(ctx, number, Prove, e.Step, name, data, public); err != nil {
			return err
		}
		e.Kind = charter.EvidenceDocument
		return m.AddEvidence(ctx, number, e)
	})
}

// attach adds a file for an action that brings one.
func (m *Module) attach(ctx context.Context, number string, action Action, stepCode, name string, data []byte, public bool) (string, error) {
	a := Attachment{ID: id.New(), Name: fileName(name), Size: int64(len(data)), Public: public}
	var err error
	if a.Media, err = mediaOf(a.Name, data); err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	a.SHA256 = hex.EncodeToString(sum[:])
	err = m.act(ctx, number, action, stepCode, func(ctx context.Context, w *work) error {
		if err := w.Fits(action); err != nil {
			return err
		}
		n, err := db.One[int](ctx, m.db, `SELECT count(*) FROM roundtable_attachment WHERE initiative = $1 AND removed_at = 0`, w.Initiative.ID)
		if err != nil {
			return err
		}
		if n >= attachmentsMax {
			return fileFault("fault.too_many", "max", attachmentsMax)
		}
		a.Initiative, a.Person, a.At = w.Initiative.ID, w.Who.Person, clock.Now(ctx)
		return w.keep(ctx, a, data)
	})
	return a.ID, err
}

// keep stores a file and tells of it.
func (w *work) keep(ctx context.Context, a Attachment, data []byte) error {
	if err := w.m.db.Insert(ctx, "roundtable_attachment", a); err != nil {
		return err
	}
	if _, err := w.m.db.Exec(ctx, `INSERT INTO roundtable_attachment_data (id, data) VALUES ($1, $2)`, a.ID, data); err != nil {
		return err
	}
	return w.tell(ctx, EventAttached, a.Public, map[string]string{"sha256": a.SHA256, "media": a.Media}, map[string]string{"name": a.Name})
}

func fileFault(key string, args ...any) error {
	return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Args: []any{"count", 1}, Fields: []fault.Field{{Name: "file", Key: key, Args: args}}}
}

// mediaOf decides the kind of a file by its ending and refuses it when its first
// bytes tell another story.
func mediaOf(name string, data []byte) (string, error) {
	if len(data) == 0 {
		return "", fileFault("roundtable.fault.file_empty")
	}
	if len(data) > attachmentMax {
		return "", fileFault("fault.too_big", "max", attachmentMax>>20)
	}
	kind, ok := media[strings.ToLower(path.Ext(name))]
	looks, _, _ := strings.Cut(http.DetectContentType(data), ";")
	if !ok || looks != kind.looks || kind.looks == "text/plain" && bytes.IndexByte(data, 0) >= 0 {
		return "", fileFault("roundtable.fault.file_kind", "endings", strings.Join(Endings(), " "))
	}
	return kind.is, nil
}

// fileName keeps the last part of a name, printable and short.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) && !strings.ContainsRune(`"<>:|?*`, r) {
			return r
		}
		return -1
	}, name)
	r, ext := []rune(name), path.Ext(name)
	if _, known := media[strings.ToLower(ext)]; known && len(r) > TitleMax {
		return string(r[:TitleMax-len(ext)]) + ext
	}
	return string(r[:min(len(r), TitleMax)])
}

// Detach takes a file away. Its bytes go, its row stays; evidence that is signed
// keeps its file.
func (m *Module) Detach(ctx context.Context, number, attachment string) error {
	return m.act(ctx, number, Edit, "", func(ctx context.Context, w *work) error {
		if err := w.Fits(Edit); err != nil {
			return err
		}
		used, err := db.One[int](ctx, m.db, `SELECT count(*) FROM roundtable_evidence WHERE attachment = $1 AND initiative = $2 AND removed_at = 0`, attachment, w.Initiative.ID)
		if err != nil {
			return err
		}
		if used > 0 {
			return fault.New(fault.Conflict, "roundtable.fault.file_used")
		}
		a, ok, err := db.Find[Attachment](ctx, m.db, `UPDATE roundtable_attachment SET removed_at = $3 WHERE id = $1 AND initiative = $2
			AND removed_at = 0 RETURNING `+attachmentCols, attachment, w.Initiative.ID, clock.Now(ctx))
		if err != nil {
			return err
		}
		if !ok {
			return notFound()
		}
		if _, err := m.db.Exec(ctx, `DELETE FROM roundtable_attachment_data WHERE id = $1`, attachment); err != nil {
			return err
		}
		return w.tell(ctx, EventDetached, a.Public, map[string]string{"sha256": a.SHA256}, map[string]string{"name": a.Name})
	})
}

// Attachment is a file with its bytes, for whoever may read it.
func (m *Module) Attachment(ctx context.Context, attachment string) (Attachment, []byte, error) {
	a, err := db.One[Attachment](ctx, m.db, `SELECT `+attachmentCols+` FROM roundtable_attachment WHERE id = $1 AND removed_at = 0`, attachment)
	if err != nil {
		return a, nil, err
	}
	i, err := m.byID(ctx, a.Initiative)
	if err != nil {
		return a, nil, err
	}
	if !(a.Public && i.State.Public()) && !people.Me(ctx).Official() {
		return a, nil, notFound()
	}
	data, err := db.One[[]byte](ctx, m.db, `SELECT data FROM roundtable_attachment_data WHERE id = $1`, attachment)
	return a, data, err
}

func (m *Module) attachments(ctx context.Context, initiative string) ([]Attachment, error) {
	return db.Query[Attachment](ctx, m.db, `SELECT `+attachmentCols+` FROM roundtable_attachment WHERE initiative = $1 AND removed_at = 0 ORDER BY id`, initiative)
}
