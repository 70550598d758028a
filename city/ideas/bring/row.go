package bring

import (
	"strings"
	"unicode/utf8"

	"ronda/city/ideas"
)

// What was mended in a row that is taken: message keys.
const (
	MendedTitle  = "ideas.bring.mended.title"  // made from the text: it had none
	MendedLength = "ideas.bring.mended.length" // the title was too long: it stands whole in the text
	MendedText   = "ideas.bring.mended.text"   // the text was too long: its end was left out
	MendedMail   = "ideas.bring.mended.mail"   // an address of mail was taken out
	MendedDay    = "ideas.bring.mended.day"    // its day cannot be read
	MendedPlace  = "ideas.bring.mended.place"  // its point is not on earth
	MendedWill   = "ideas.bring.mended.will"   // looks like garbage, and somebody said that it is none
)

// textMost is how long texts and answers may be, in characters: other programs
// allow more than ours, and the City of Ideas takes that much.
const textMost = 40_000

// Row is an idea as a file of another program has it.
type Row struct {
	ideas.Foreign
	File   string   // of a ZIP, empty otherwise
	Last   int      // line of the file that it ends on
	Why    string   // message key: why it is not taken; empty: it is fit
	Mended []string // message keys
}

// draft is what a reader found of a row, as it stands in the file.
type draft struct {
	id, title, text, summary string
	answer                   string
	signature                string
	created, answered        string
	lat, lon                 string
	supports, comments       string
	tags                     []string
	place                    string
	url                      string
	original                 string
	withdrawn                bool
	why                      string // known to the reader already
}

// finished makes a row of a draft: plain texts within our lengths, and a verdict.
func (s *session) finished(d draft, line, last int) Row {
	r := Row{File: s.file, Last: last, Why: d.why}
	r.Original = d.original
	r.Line, r.Source, r.ID, r.URL, r.Withdrawn = line, s.source, d.id, address(d.url), d.withdrawn
	r.Supports, r.Comments = count(d.supports), count(d.comments)
	r.words(d)
	r.dates(d, s.zone)
	r.point(d)
	r.Place, _ = oneLine(d.place)
	r.Place = beginning(r.Place, 120)
	r.Tags = tags(d.tags)
	if s.names {
		r.Signature, _ = oneLine(d.signature)
		r.Signature = beginning(r.Signature, ideas.SignatureMax)
	}
	if r.Why == "" {
		r.judge(d, s.accepted[d.id])
	}
	if r.Why == "" && strings.Trim(d.id, "/") == "" {
		r.Why = WhyNoID
	}
	if r.Why == "" {
		r.fit()
	}
	r.Title = beginning(r.Title, ideas.TitleMax)
	return r
}

// words are title, text and answer as plain texts.
func (r *Row) words(d draft) {
	var inTitle, inText, inSummary, inAnswer bool
	var summary string
	r.Title, inTitle = oneLine(d.title)
	r.Text, inText = plain(d.text)
	summary, inSummary = plain(d.summary)
	r.Answer, inAnswer = plain(d.answer)
	if summary != "" && !strings.Contains(r.Text, summary) {
		r.Text = strings.TrimSpace(summary + "\n\n" + r.Text)
	}
	r.Answer = beginning(r.Answer, textMost)
	r.mend(inTitle || inText || inSummary || inAnswer, MendedMail)
}

// judge says whether the row is garbage. Somebody who read it may have accepted it
// all the same, unless there is nothing to take.
func (r *Row) judge(d draft, accepted bool) {
	why := garbage(d.title+"\n"+d.summary+"\n"+d.text, r.Title, r.Text)
	if accepted && why != "" && why != WhyNoTitle && why != WhyLinks {
		r.mend(true, MendedWill)
		return
	}
	r.Why = why
}

func (r *Row) mend(done bool, key string) {
	if done {
		r.Mended = append(r.Mended, key)
	}
}

// fit brings title and text to our lengths.
func (r *Row) fit() {
	if !speaks(r.Title) {
		first, _, _ := strings.Cut(r.Text, "\n")
		if !speaks(first) {
			first = strings.Join(strings.Fields(r.Text), " ")
		}
		r.Title = first
		r.mend(true, MendedTitle)
	}
	if utf8.RuneCountInString(r.Title) > ideas.TitleMax {
		if !strings.HasPrefix(r.Text, r.Title) {
			r.Text = strings.TrimSpace(r.Title + "\n\n" + r.Text)
		}
		r.mend(true, MendedLength)
	}
	r.mend(utf8.RuneCountInString(r.Text) > textMost, MendedText)
	r.Text = beginning(r.Text, textMost)
}
