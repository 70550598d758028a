package meetings

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"ronda/platform/event"
)

// Kinds of subject that this module's events are about.
const (
	SubjectMeeting    = "meeting"
	SubjectSeries     = "series"
	SubjectDecision   = "decision"
	SubjectCommitment = "commitment"
)

// Meeting is one meeting: single, or an occurrence of a series.
type Meeting struct {
	ID          string    `db:"id"`
	Number      string    `db:"number"`     // "REU-2026-0042"
	Series      string    `db:"series"`     // id; empty for a single one
	Occurrence  time.Time `db:"occurrence"` // instant the rule gave it (RECURRENCE-ID); zero for a single one
	Apart       bool      `db:"apart"`      // differs from what its series says
	Kind        Kind      `db:"kind"`
	Title       string    `db:"title"`
	Purpose     string    `db:"purpose"`
	Place       string    `db:"place"`
	Link        string    `db:"link"` // to take part from afar
	Starts      time.Time `db:"starts"`
	Length      int       `db:"length"`      // minutes
	Chair       string    `db:"chair"`       // code of the post
	Secretaries Codes     `db:"secretaries"` // codes of posts
	Capacity    int       `db:"capacity"`    // people; 0: no limit
	Quorum      int       `db:"quorum"`      // people; 0: none
	Private     bool      `db:"private"`
	Public      bool      `db:"public"`     // something of it is: an open call, or what was released
	Initiative  string    `db:"initiative"` // id, of a collaborative one
	Convener    string    `db:"convener"`   // code of the body that convenes a collaborative one
	Parent      string    `db:"parent"`     // id of the meeting that a working group is of
	Guest       string    `db:"guest"`      // cycle: who speaks or receives
	Host        string    `db:"host"`       // cycle: the place or institution that receives
	Logistics   string    `db:"logistics"`
	Axis        string    `db:"axis"`
	Materials   Documents `db:"materials"`
	Open        bool      `db:"open"` // anybody may say they are interested (step 3)
	Polling     bool      `db:"polling"`
	State       State     `db:"state"`
	Why         string    `db:"why"` // of the last move or the cancellation
	UID         string    `db:"uid"` // of the calendar; that of the series for an occurrence
	Sequence    int       `db:"sequence"`
	Seq         int64     `db:"seq"` // number of the last change in the room
	Made        time.Time `db:"made_at"`
	Called      time.Time `db:"called_at"`
	Began       time.Time `db:"began_at"`
	Ended       time.Time `db:"ended_at"`
	Approved    time.Time `db:"approved_at"`
	SignedAt    time.Time `db:"signed_at"`
	Released    time.Time `db:"released_at"`
	Changed     time.Time `db:"changed_at"` // of what a calendar shows
	Version     int       `db:"version"`
	Invented    bool      `db:"invented"` // of the demonstration
}

// Subject names the meeting for events and followers.
func (m Meeting) Subject() event.Subject { return event.Subject{Kind: SubjectMeeting, ID: m.ID} }

// Ends is when the meeting is planned to end.
func (m Meeting) Ends() time.Time { return m.Starts.Add(time.Duration(m.Length) * time.Minute) }

// MovedAway says whether an occurrence is at another time than its rule says.
func (m Meeting) MovedAway() bool { return m.Series != "" && !m.Starts.Equal(m.Occurrence) }

// Codes are codes of posts or bodies, kept in one column with blanks between.
type Codes []string

// Scan reads the column.
func (c *Codes) Scan(src any) error {
	s, ok := src.(string)
	if !ok {
		return fmt.Errorf("meetings: %T is no list of codes", src)
	}
	*c = strings.Fields(s)
	return nil
}

// Value is the column.
func (c Codes) Value() (driver.Value, error) { return strings.Join(c, " "), nil }

// Has says whether the code is among them.
func (c Codes) Has(code string) bool { return code != "" && slices.Contains(c, code) }

// Document is something to read beside an item or a meeting.
type Document struct {
	Name string `json:"name"`
	URL  string `json:"url"` // https, or a path of this site
}

// Documents are kept in one column.
type Documents []Document

// Scan reads the column.
func (d *Documents) Scan(src any) error {
	s, ok := src.(string)
	if !ok {
		return fmt.Errorf("meetings: %T is no list of documents", src)
	}
	*d = nil
	if s == "" {
		return nil
	}
	return json.Unmarshal([]byte(s), d)
}

// Value is the column.
func (d Documents) Value() (driver.Value, error) {
	if len(d) == 0 {
		return "", nil
	}
	b, err := json.Marshal(d)
	return string(b), err
}

// Guest is somebody invited: by post, by person, by body, or from outside by
// name and perhaps mail address.
type Guest struct {
	Owner     string    `db:"owner"` // id of the series or the meeting whose list it stands on
	Key       string    `db:"key"`   // "post:code", "person:id", "body:code", "mail:address" or "name:digest"; see KeyOf
	Post      string    `db:"post"`
	Person    string    `db:"person"` // id
	Body      string    `db:"body"`   // also of a post
	Address   string    `db:"address"`
	Name      string    `db:"name"` // of somebody from outside, and of their organisation
	Role      GuestRole `db:"role"`
	Reply     Answer    `db:"reply"`
	RepliedAt time.Time `db:"replied_at"`
	ReplySeq  int       `db:"reply_seq"` // SEQUENCE that was replied to
}

// Attendee is a guest as a meeting shows them, or somebody who came.
type Attendee struct {
	Meeting   string        `db:"meeting"`
	Key       string        `db:"key"` // of the guest
	Post      string        `db:"post"`
	Person    string        `db:"person"` // who came, where known; never public
	Body      string        `db:"body"`
	Ministry  string        `db:"ministry"`
	Address   string        `db:"address"`
	Name      string        `db:"name"` // of somebody from outside
	Role      GuestRole     `db:"role"`
	Rank      string        `db:"rank"` // a charter.Rank, or guest, specialist, citizen
	Reply     Answer        `db:"reply"`
	RepliedAt time.Time     `db:"replied_at"`
	In        time.Time     `db:"in_at"`  // when they last came in; zero: never
	Out       time.Time     `db:"out_at"` // when they went; zero while they are in
	Spent     time.Duration `db:"spent"`  // of earlier stays and, once they went, of the last
	For       string        `db:"stands_for"`
}

// Present says whether they are in the room.
func (a Attendee) Present() bool { return !a.In.IsZero() && a.Out.IsZero() }

// Came says whether they were in the room at any time.
func (a Attendee) Came() bool { return !a.In.IsZero() }
