package iati

import "encoding/xml"

// Text is something said in one or several languages.
type Text struct {
	Narratives []Narrative `xml:"narrative"`
}

// Narrative is a text in a language.
type Narrative struct {
	Lang string `xml:"xml:lang,attr,omitempty"`
	Text string `xml:",chardata"`
}

// Say makes a text of pairs of language and words; empty words are left out.
func Say(pairs ...string) Text {
	var t Text
	for n := 0; n+1 < len(pairs); n += 2 {
		if pairs[n+1] != "" {
			t.Narratives = append(t.Narratives, Narrative{pairs[n], pairs[n+1]})
		}
	}
	return t
}

// Activity is one activity; the fields stand in the order of the schema.
type Activity struct {
	XMLName     xml.Name       `xml:"iati-activity"`
	Lang        string         `xml:"xml:lang,attr,omitempty"`
	Currency    string         `xml:"default-currency,attr,omitempty"`
	Updated     string         `xml:"last-updated-datetime,attr,omitempty"`
	Identifier  string         `xml:"iati-identifier"`
	Reporting   Org            `xml:"reporting-org"`
	Title       Text           `xml:"title"`
	Description []Description  `xml:"description"`
	Orgs        []Org          `xml:"participating-org"`
	Others      []Other        `xml:"other-identifier"`
	Status      Code           `xml:"activity-status"`
	Dates       []ActivityDate `xml:"activity-date"`
	Scope       *Code          `xml:"activity-scope"`
	Countries   []Share        `xml:"recipient-country"`
	Locations   []Location     `xml:"location"`
	Sectors     []Sector       `xml:"sector"`
	Tags        []Sector       `xml:"tag"`
	Budgets     []Budget       `xml:"budget"`
	Moves       []Transaction  `xml:"transaction"`
	Links       []Link         `xml:"document-link"`
	Related     []Related      `xml:"related-activity"`
	Results     []Result       `xml:"result"`
}

// Code is an element with a code and nothing else.
type Code struct {
	Code string `xml:"code,attr"`
}

// Day is an element with a day.
type Day struct {
	Date string `xml:"iso-date,attr"`
}

// Description is a text of a type: 1 general, 2 objectives, 3 target groups.
type Description struct {
	Type string `xml:"type,attr,omitempty"`
	Text
}

// Org is an organisation, with the role it takes part in: 1 funding, 2 accountable,
// 3 extending, 4 implementing. A reporting organisation has none.
type Org struct {
	Ref  string `xml:"ref,attr,omitempty"`
	Type string `xml:"type,attr,omitempty"`
	Role string `xml:"role,attr,omitempty"`
	Text
}

// Other is another identifier of the activity; type A1 is the reporter's own.
type Other struct {
	Ref  string `xml:"ref,attr"`
	Type string `xml:"type,attr"`
}

// The states of an activity.
const (
	Pipeline       = "1"
	Implementation = "2"
	Finalisation   = "3"
	Closed         = "4"
	Cancelled      = "5"
	Suspended      = "6"
)

// ActivityDate is a day of a type: see PlannedStart and the others.
type ActivityDate struct {
	Type string `xml:"type,attr"`
	Date string `xml:"iso-date,attr"`
}

// The types of days.
const (
	PlannedStart = "1"
	ActualStart  = "2"
	PlannedEnd   = "3"
	ActualEnd    = "4"
)

// Share is a country or region that benefits.
type Share struct {
	Code string `xml:"code,attr"`
}

// Location is a place by name.
type Location struct {
	Ref  string `xml:"ref,attr,omitempty"`
	Name Text   `xml:"name"`
}

// Sector is a sector or tag of a vocabulary: 99 is the reporter's own, 7 and 8 are
// goals and targets of sustainable development (2 and 3 for tags).
type Sector struct {
	Vocabulary string `xml:"vocabulary,attr,omitempty"`
	URI        string `xml:"vocabulary-uri,attr,omitempty"`
	Code       string `xml:"code,attr"`
	Text
}

// Budget is what may be spent in a period; status 1 is indicative, 2 committed.
type Budget struct {
	Type   string `xml:"type,attr"`
	Status string `xml:"status,attr"`
	Start  Day    `xml:"period-start"`
	End    Day    `xml:"period-end"`
	Value  Value  `xml:"value"`
}

// Value is an amount in a currency, of a day.
type Value struct {
	Currency string `xml:"currency,attr,omitempty"`
	Date     string `xml:"value-date,attr"`
	Amount   string `xml:",chardata"`
}

// Transaction is money that moved: type 2 is a commitment, 4 an expenditure.
type Transaction struct {
	Type  Code  `xml:"transaction-type"`
	Date  Day   `xml:"transaction-date"`
	Value Value `xml:"value"`
	About *Text `xml:"description"`
}

// Link is a page about the activity. Category A12 is its page on the web.
type Link struct {
	Format   string `xml:"format,attr"`
	URL      string `xml:"url,attr"`
	Title    Text   `xml:"title"`
	Category Code   `xml:"category"`
}

// Related is another activity: type 5 is one of a third party, 3 a sibling.
type Related struct {
	Ref  string `xml:"ref,attr"`
	Type string `xml:"type,attr"`
}

// Result is what comes of the activity: type 1 output, 2 outcome.
type Result struct {
	Type       string      `xml:"type,attr"`
	Title      Text        `xml:"title"`
	Indicators []Indicator `xml:"indicator"`
}

// Indicator is how a result is measured: measure 1 is in units, 2 in percent.
type Indicator struct {
	Measure   string    `xml:"measure,attr"`
	Ascending string    `xml:"ascending,attr"` // "1": growing is better
	Title     Text      `xml:"title"`
	About     *Text     `xml:"description"`
	Baseline  *Baseline `xml:"baseline"`
	Periods   []Period  `xml:"period"`
}

// Baseline is the value before the activity.
type Baseline struct {
	Date  string `xml:"iso-date,attr,omitempty"`
	Year  string `xml:"year,attr"`
	Value string `xml:"value,attr"`
}

// Period is what was to be reached and what was.
type Period struct {
	Start  Day      `xml:"period-start"`
	End    Day      `xml:"period-end"`
	Target *Figure  `xml:"target"`
	Actual []Figure `xml:"actual"`
}

// Figure is a value of a period.
type Figure struct {
	Value   string `xml:"value,attr"`
	Comment *Text  `xml:"comment"`
}
