package opinions

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"ronda/platform/event"
	"ronda/platform/fault"
)

// State is where a statement stands.
type State string

// The states of a statement.
const (
	Held     State = "held"     // waits for a moderator; nobody else sees it
	Shown    State = "shown"    // is answered
	Rejected State = "rejected" // taken off, with a reason
)

// Causes are why a statement can be taken off. The words of the last two are
// erased, because to show them would do the harm again.
var Causes = []string{"topic", "twice", "several", "question", CausePrivate, CauseInsult}

// The causes for which the words of a statement are erased.
const (
	CausePrivate = "private"
	CauseInsult  = "insult"
)

func erases(cause string) bool { return cause == CausePrivate || cause == CauseInsult }

// Statement is a short sentence that people agree or disagree with.
type Statement struct {
	ID        string    `db:"id"`
	Challenge string    `db:"challenge"` // id
	No        int       `db:"no"`        // from 1, in the challenge; its name on the map and in the files
	Text      string    `db:"text"`      // empty when it was erased
	Normal    string    `db:"normal"`    // by which duplicates are found
	Author    string    `db:"author"`    // person who wrote it; never public
	Body      string    `db:"body"`      // code of the body in whose name, empty for a citizen's
	State     State     `db:"state"`
	Cause     string    `db:"cause"` // one of Causes when rejected
	Why       string    `db:"why"`   // the moderator's words
	Voted     bool      `db:"voted"` // somebody has answered it: it cannot be edited
	Version   int       `db:"version"`
	At        time.Time `db:"at"`
	Changed   time.Time `db:"changed_at"`
}

// Code is the name of the statement on the map and in the files.
func (s Statement) Code() string { return strconv.Itoa(s.No) }

// Subject names the statement for events.
func (s Statement) Subject() event.Subject {
	return event.Subject{Kind: SubjectStatement, ID: s.ID}
}

const (
	// TextMax is how many characters a statement may have.
	TextMax = 140
	// WhyMax is how many characters a moderator may write.
	WhyMax = 500
	// SeedsMax is how many statements can be sown at once.
	SeedsMax   = 200
	lettersMin = 8 // letters and digits that make a statement
	whyMin     = 10
)

// oneLine is a text on one line without spaces around it, in one form of its
// accents.
func oneLine(text string) string {
	return norm.NFC.String(strings.Join(strings.Fields(text), " "))
}

// normal is the form in which two statements that read alike are the same:
// letters and digits without case and accents.
func normal(text string) string {
	folded := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return ' '
	}, norm.NFKD.String(text))
	return strings.Join(strings.Fields(folded), " ")
}

// checkText says what is wrong with a statement of one line.
func checkText(c *fault.Check, name, text string) {
	c.Text(name, text, true, TextMax)
	if c.Failed(name) {
		return
	}
	c.Require(len([]rune(strings.ReplaceAll(normal(text), " ", ""))) >= lettersMin, name, "ideas.opinions.fault.short", "min", lettersMin)
	c.Require(!hasLink(text), name, "ideas.opinions.fault.link")
}

// hasLink says whether a text leads somewhere.
func hasLink(text string) bool {
	low := strings.ToLower(text)
	return slices.ContainsFunc([]string{"://", "www.", ".com", ".net", ".org"}, func(part string) bool { return strings.Contains(low, part) })
}
