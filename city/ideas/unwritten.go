package ideas

import (
	"context"
	"errors"
	"time"

	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/desk"
	"ronda/platform/event"
)

// errUnwritten is what a use case that is not there yet answers.
var errUnwritten = errors.New("ideas: this is not written yet")

// CreateChallenge keeps a new draft of a challenge of a body of the person.
func (m *Module) CreateChallenge(ctx context.Context, r Rules) (Challenge, error) {
	return Challenge{}, errUnwritten
}

// EditChallenge replaces the rules of a draft if its version is still the one the
// edit began from.
func (m *Module) EditChallenge(ctx context.Context, number string, version int, r Rules) error {
	return errUnwritten
}

// Open freezes the rules of a draft, publishes their hash and takes ideas.
func (m *Module) Open(ctx context.Context, number string) error { return errUnwritten }

// ChangeRules replaces the rules of a challenge that is open, by a public act
// with a reason. What votes are counted by stays once voting has begun.
func (m *Module) ChangeRules(ctx context.Context, number string, r Rules, reason string) error {
	return errUnwritten
}

// Advance brings a challenge to the next phase.
func (m *Module) Advance(ctx context.Context, number string, to Phase, reason string) error {
	return errUnwritten
}

// CancelChallenge ends a challenge without a result.
func (m *Module) CancelChallenge(ctx context.Context, number, reason string) error {
	return errUnwritten
}

// Tick lets the clock do what is due: it closes challenges, publishes held ideas
// whose deadline has passed. A job calls it every minute.
func (m *Module) Tick(ctx context.Context) error { return errUnwritten }

// Sweep drops drafts that were left alone and counters of past days. A job calls
// it every day.
func (m *Module) Sweep(ctx context.Context) error { return errUnwritten }

// Challenge reads a challenge; NotFound for a draft unless of the person's body.
func (m *Module) Challenge(ctx context.Context, number string) (Challenge, error) {
	return Challenge{}, errUnwritten
}

// ChallengeByID is Challenge by id.
func (m *Module) ChallengeByID(ctx context.Context, id string) (Challenge, error) {
	return Challenge{}, errUnwritten
}

// ChallengeCase is a challenge with what the policy looks at.
func (m *Module) ChallengeCase(ctx context.Context, number string) (Case, error) {
	return Case{}, errUnwritten
}

// Challenges reads a page of challenges, newest first; next continues it.
func (m *Module) Challenges(ctx context.Context, f ChallengeFilter) (page []Challenge, next string, err error) {
	return nil, "", errUnwritten
}

// RuleVersions are the rules as they were published, newest first.
func (m *Module) RuleVersions(ctx context.Context, challenge string) ([]RuleVersion, error) {
	return nil, errUnwritten
}

// Conclude publishes the result: the ideas with the numbers are chosen, all
// others of the challenge are not.
func (m *Module) Conclude(ctx context.Context, challenge string, chosen []string, how Conclusion) error {
	return errUnwritten
}

// SaveDraft keeps what is being written. Conflict holds the stored Draft as
// Theirs when it moved on since d.Version.
func (m *Module) SaveDraft(ctx context.Context, d Draft) (Draft, error) { return d, errUnwritten }

// Draft reads a draft of the person or visitor.
func (m *Module) Draft(ctx context.Context, id string) (Draft, error) { return Draft{}, errUnwritten }

// Drafts are those of the person and of the visitor, newest first.
func (m *Module) Drafts(ctx context.Context) ([]Draft, error) { return nil, errUnwritten }

// DropDraft throws a draft away.
func (m *Module) DropDraft(ctx context.Context, id string) error { return errUnwritten }

// AddImage adds a picture to a draft and gives its id.
func (m *Module) AddImage(ctx context.Context, draft string, file []byte) (string, error) {
	return "", errUnwritten
}

// DropImage takes a picture off a draft.
func (m *Module) DropImage(ctx context.Context, draft, image string) error { return errUnwritten }

// Image is a picture with its bytes, for whoever may see what it belongs to.
func (m *Module) Image(ctx context.Context, id string) (Image, []byte, error) {
	return Image{}, nil, errUnwritten
}

// Send makes an idea of a draft. Sending one twice gives the same idea.
func (m *Module) Send(ctx context.Context, draft string) (Idea, error) { return Idea{}, errUnwritten }

// Edit replaces the words of an idea; every version stays to be seen.
func (m *Module) Edit(ctx context.Context, number string, version int, w Words) error {
	return errUnwritten
}

// Versions are the words an idea has had, newest first.
func (m *Module) Versions(ctx context.Context, number string) ([]Words, error) {
	return nil, errUnwritten
}

// Withdraw takes the own idea back.
func (m *Module) Withdraw(ctx context.Context, number, reason string) error { return errUnwritten }

// Idea reads an idea as its page shows it to the person of the context.
func (m *Module) Idea(ctx context.Context, number string) (View, error) { return View{}, errUnwritten }

// IdeaByID finds an idea by its id, e.g. for the subject of an event.
func (m *Module) IdeaByID(ctx context.Context, id string) (Idea, error) { return Idea{}, errUnwritten }

// Mine are the person's own ideas in any state, newest first; next continues.
func (m *Module) Mine(ctx context.Context, after string) (page []Card, next string, err error) {
	return nil, "", errUnwritten
}

// Supported are the ideas that the person supports, last supported first.
func (m *Module) Supported(ctx context.Context, after string) (page []Card, next string, err error) {
	return nil, "", errUnwritten
}

// Order is how a list is ordered.
type Order string

// The orders.
const (
	ByNew      Order = "new"
	BySupports Order = "supports"
	ByWaiting  Order = "unanswered" // those without an answer, the longest waiting first
	ByChance   Order = "random"     // another order each day, the same for everybody
)

// Orders lists the orders.
var Orders = []Order{ByNew, BySupports, ByWaiting, ByChance}

// Filter picks published ideas: values by kind (see FilterKinds).
type Filter struct {
	By    map[string]string
	Order Order
	After string // the Next of the page before
	Size  int    // 0: PageSize, at most 100
}

// PageSize is how many ideas a page of a list holds.
const PageSize = 20

// Card is an idea as a list shows it.
type Card struct {
	ID         string    `db:"id"`
	Number     string    `db:"number"`
	Challenge  string    `db:"challenge"`
	State      State     `db:"state"`
	Outcome    Outcome   `db:"outcome"`
	Title      string    `db:"title"`
	Line       string    `db:"line"` // how the text begins
	Place      string    `db:"place"`
	Signature  string    `db:"signature"`
	Supports   int       `db:"supports"`
	Elsewhere  int       `db:"elsewhere"`
	Comments   int       `db:"comments"`
	Family     string    `db:"family"`
	Cost       int64     `db:"cost"`
	Body       string    `db:"body"`
	AnswerDue  clock.Day `db:"answer_due"`
	AnsweredAt time.Time `db:"answered_at"`
	Initiative string    `db:"initiative"`
	Axis       string    `db:"axis"`
	Images     int       `db:"images"`
	Invented   bool      `db:"invented"`
	Published  time.Time `db:"published_at"`
}

// Page is a slice of a list. Next continues it, empty at the end.
type Page struct {
	Cards []Card
	Next  string
	Total int // how many the filter finds; -1 when it combines kinds and nobody counted
}

// List reads a page of published ideas.
func (m *Module) List(ctx context.Context, f Filter) (Page, error) { return Page{}, errUnwritten }

// Search finds ideas that have all the words of a query, or beginnings of them,
// best first, among those that the filter finds.
func (m *Module) Search(ctx context.Context, query string, f Filter, limit int) ([]Card, error) {
	return nil, errUnwritten
}

// Cards reads ideas by id, in that order, without those that the person must not
// know of.
func (m *Module) Cards(ctx context.Context, ids ...string) ([]Card, error) { return nil, errUnwritten }

// Counts is how many published ideas each value of each kind of filter finds.
func (m *Module) Counts(ctx context.Context) (*Tally, error) { return nil, errUnwritten }

// Tally is how many ideas each value of each kind of filter finds, at one moment.
type Tally struct{ by map[string]map[string]int }

// Of is how many ideas a value of a kind of filter finds.
func (t *Tally) Of(kind, code string) int { return t.by[kind][code] }

// Kind is how many each value of a kind finds; for reading only.
func (t *Tally) Kind(kind string) map[string]int { return t.by[kind] }

// The kinds of filter. A filter that is not on this list does not exist.
const (
	FilterAll       = "all"
	FilterChallenge = "challenge" // id; "-" is the standing door
	FilterOutcome   = "outcome"   // Outcome; "-" is Waiting
	FilterPlace     = "place"     // a part counts for what it lies in
	FilterAxis      = "axis"
	FilterTag       = "tag"
	FilterBody      = "body"   // that owes the answer, or gave it
	FilterAnswer    = "answer" // "yes", "no"
	FilterFamily    = "family" // id
)

// FilterKinds lists the kinds a visitor may filter by, in the order shown.
var FilterKinds = []string{FilterOutcome, FilterAnswer, FilterChallenge, FilterPlace, FilterAxis, FilterTag, FilterBody, FilterFamily}

// None is the code of a filter for what has no value, e.g. no challenge.
const None = "-"

// Typing finds what somebody could mean who has typed so much of a title;
// challenge is the id of the one they answer, or empty.
func (m *Module) Typing(ctx context.Context, title, challenge string) ([]Like, error) {
	return nil, errUnwritten
}

// Similar finds ideas like one that exists, the likest first.
func (m *Module) Similar(ctx context.Context, number string) ([]Like, error) {
	return nil, errUnwritten
}

// WarmUp reads all texts, so that the first person does not wait for it.
func (m *Module) WarmUp(ctx context.Context) error { return errUnwritten }

// Support gives the person's voice to an idea. Giving it twice is giving it once.
func (m *Module) Support(ctx context.Context, number string) error { return errUnwritten }

// Unsupport takes it back.
func (m *Module) Unsupport(ctx context.Context, number string) error { return errUnwritten }

// Supports says which of the ideas (ids) a person supports.
func (m *Module) Supports(ctx context.Context, person string, ideas ...string) (map[string]bool, error) {
	return nil, errUnwritten
}

// Comment is a word on an idea.
type Comment struct {
	ID     string    `db:"id"`
	Idea   string    `db:"idea"`
	Root   string    `db:"root"`   // the comment it answers; its own id at the first level
	Person string    `db:"person"` // never public
	Voice  int       `db:"voice"`  // the same person has the same number under one idea, from 1
	Author bool      `db:"author"` // of the idea
	Post   string    `db:"post"`   // of an official who speaks for it
	Body   string    `db:"body"`
	Text   string    `db:"text"` // empty when hidden
	Hidden string    `db:"hidden"`
	At     time.Time `db:"at"`
}

// Reply says whether the comment answers another one.
func (c Comment) Reply() bool { return c.Root != c.ID }

// CommentPage is a page of 20 comments in the order of threads.
type CommentPage struct {
	Comments []Comment
	Next     string
	Total    int // in sight
}

// Comment adds a comment; parent is empty or a comment of the first level.
func (m *Module) Comment(ctx context.Context, number, parent, text string) (Comment, error) {
	return Comment{}, errUnwritten
}

// Comments reads a page of comments.
func (m *Module) Comments(ctx context.Context, number, cursor string) (CommentPage, error) {
	return CommentPage{}, errUnwritten
}

// HideComment takes a comment out of sight, with a public reason.
func (m *Module) HideComment(ctx context.Context, comment, reason string) error { return errUnwritten }

// ShowComment brings a hidden comment back, with a public reason.
func (m *Module) ShowComment(ctx context.Context, comment, reason string) error { return errUnwritten }

// Report tells the moderators that an idea (comment empty) or a comment of it
// breaks the rules.
func (m *Module) Report(ctx context.Context, number, comment, reason string) error {
	return errUnwritten
}

// CloseReports says that what was reported may stay.
func (m *Module) CloseReports(ctx context.Context, matter, reason string) error { return errUnwritten }

// Family is ideas that are alike, by consent of their authors.
type Family struct {
	ID         string
	Supporters int // distinct persons that support at least one of the ideas
	Since      time.Time
	Ideas      []Card
}

// Ask is the wish to make a family.
type Ask struct {
	ID     string    `db:"id"`
	Idea   string    `db:"idea"`  // id: of the side that asks
	Other  string    `db:"other"` // id: of the side that is asked
	Why    string    `db:"why"`
	Person string    `db:"person"`
	At     time.Time `db:"at"`
}

// AskFamily asks that two ideas be a family.
func (m *Module) AskFamily(ctx context.Context, number, other, why string) (Ask, error) {
	return Ask{}, errUnwritten
}

// Asks are those that wait for the person.
func (m *Module) Asks(ctx context.Context) ([]Ask, error) { return nil, errUnwritten }

// Consent answers an ask, by an author of the other side.
func (m *Module) Consent(ctx context.Context, ask string, yes bool) error { return errUnwritten }

// LeaveFamily takes the own idea out of its family.
func (m *Module) LeaveFamily(ctx context.Context, number string) error { return errUnwritten }

// Family reads a family.
func (m *Module) Family(ctx context.Context, id string) (Family, error) {
	return Family{}, errUnwritten
}

// The kinds of matter that wait for a moderator.
const (
	MatterHeld    = "held"
	MatterReport  = "report"
	MatterAppeal  = "appeal"
	MatterBrigade = "brigade"
)

// Matter is something that waits for a moderator.
type Matter struct {
	ID      string    `db:"id"`
	Kind    string    `db:"kind"`
	Idea    string    `db:"idea"` // id
	Number  string    `db:"number"`
	Title   string    `db:"title"`
	Comment string    `db:"comment"` // id, of a reported comment
	Text    string    `db:"text"`    // what the report or the appeal says
	N       int       `db:"n"`       // reports, or fresh supports
	Due     time.Time `db:"due"`
	Opened  time.Time `db:"opened_at"`
}

// Queue is a page of what waits for moderators, the first due first; next continues.
func (m *Module) Queue(ctx context.Context, after string) (page []Matter, next string, err error) {
	return nil, "", errUnwritten
}

// ModerationLog is a page of the public log of moderation, newest first.
func (m *Module) ModerationLog(ctx context.Context, before string) ([]event.Event, error) {
	return nil, errUnwritten
}

// Approve publishes a held idea.
func (m *Module) Approve(ctx context.Context, number string) error { return errUnwritten }

// Hide takes an idea out of sight, with a public reason.
func (m *Module) Hide(ctx context.Context, number, reason string) error { return errUnwritten }

// Appeal asks the moderators to look at a hidden idea again.
func (m *Module) Appeal(ctx context.Context, number, text string) error { return errUnwritten }

// Uphold refuses an appeal, with a public reason.
func (m *Module) Uphold(ctx context.Context, number, reason string) error { return errUnwritten }

// Restore brings a hidden idea back, with a public reason.
func (m *Module) Restore(ctx context.Context, number, reason string) error { return errUnwritten }

// Answer answers an idea officially. outcome is Answered, NotChosen at the
// standing door, or Executed of what was taken up.
func (m *Module) Answer(ctx context.Context, number, text string, outcome Outcome) error {
	return errUnwritten
}

// Assign says which body owes the answer; its day stays.
func (m *Module) Assign(ctx context.Context, number, body string) error { return errUnwritten }

// SetCost says what carrying the idea out costs, in centavos.
func (m *Module) SetCost(ctx context.Context, number string, centavos int64) error {
	return errUnwritten
}

// Label gives an idea its tags.
func (m *Module) Label(ctx context.Context, number string, tags []string) error { return errUnwritten }

// AnswerClock is how a body keeps its promise to answer.
type AnswerClock struct {
	Body     string
	Answered int     // ideas with a first answer
	Median   float64 // days from publication to the first answer
	Waiting  int     // without one
	Overdue  int     // of those, past their day
	Late     int     // answered after their day
}

// Share is the part of all that were due, 0 to 1, that was or is late.
func (c AnswerClock) Share() float64 { return 0 }

// Clock is the answer clock of every body that owes or gave an answer.
func (m *Module) Clock(ctx context.Context) ([]AnswerClock, error) { return nil, errUnwritten }

// Owed is a page of the ideas that wait for an answer of a body, first due first.
func (m *Module) Owed(ctx context.Context, body, after string) (page []Card, next string, err error) {
	return nil, "", errUnwritten
}

// TakeUp makes an initiative of the roundtable of one idea or several, in the
// name of a body of the person that may propose.
func (m *Module) TakeUp(ctx context.Context, numbers []string, body string, t roundtable.Thought) (roundtable.Initiative, error) {
	return roundtable.Initiative{}, errUnwritten
}

// Each reads every published idea that the filter finds, without holding them.
// fn must not write.
func (m *Module) Each(ctx context.Context, f Filter, fn func(Idea) error) error { return errUnwritten }

// EachChallenge reads every public challenge, newest first.
func (m *Module) EachChallenge(ctx context.Context, fn func(Challenge) error) error {
	return errUnwritten
}

// Foreign is an idea of another program.
type Foreign struct {
	Line       int    // of the file, for the report
	Source     string // e.g. "decide.madrid.es"
	ID         string // there
	URL        string
	Title      string
	Text       string // plain
	Place      string // code or name of a part of the city; what is unknown here is left out
	Lat, Lon   float64
	Axis       string
	Tags       []string
	Signature  string // the public name, if it may be shown here
	Supports   int    // counted there; kept apart from ours
	Comments   int    // counted there
	Created    time.Time
	Withdrawn  bool
	Answer     string // official, empty: none
	AnsweredAt time.Time
}

// ImportOptions say how to take ideas in.
type ImportOptions struct {
	Trial     bool   // check and keep nothing
	Challenge string // number of the challenge they answer, empty: the standing door
}

// What became of a foreign idea.
const (
	RowTaken       = "taken"
	RowKnown       = "known"       // taken in before
	RowQuarantined = "quarantined" // garbage, or wrong
)

// ReportRow is what became of one row, or would.
type ReportRow struct {
	Line   int    `json:"line"`
	ID     string `json:"id"`
	Title  string `json:"title"`
	Result string `json:"result"`
	Number string `json:"number,omitempty"` // given to it, or the one it has
	Why    string `json:"why,omitempty"`    // message key
}

// Report is what became of all rows.
type Report struct {
	Rows                      []ReportRow
	Taken, Known, Quarantined int
}

// Import takes ideas of another program in. What is there already, by source and
// id, stays as it is; garbage is left out and listed.
func (m *Module) Import(ctx context.Context, rows []Foreign, o ImportOptions) (Report, error) {
	return Report{}, errUnwritten
}

// Desk is what the City of Ideas expects of a person.
func (m *Module) Desk(ctx context.Context, person string) ([]desk.Item, error) {
	return nil, errUnwritten
}

// Forget parts a person whose account ends from everything here; voices given
// stay counted, and nobody can tell whose they were.
func (m *Module) Forget(ctx context.Context, person string) error { return errUnwritten }
