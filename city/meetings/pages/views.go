package pages

import (
	"github.com/a-h/templ"

	"ronda/platform/ui"
)

// listPage is what is coming and what was.
type listPage struct {
	Heading ui.Heading
	New     ui.Buttons
	Tabs    ui.Tabs
	Next    meetingRow // the one that comes first; none on later pages
	Filters ui.Filters
	Groups  []rowGroup
	Empty   ui.Empty
	Pager   ui.Pager
	Further []ui.Link // the time meetings take, the invitations to settle
}

// rowGroup is some meetings under a title, as those of a month.
type rowGroup struct {
	Title string
	Rows  []meetingRow
}

// calendarPage is a month.
type calendarPage struct {
	Heading              ui.Heading
	Tabs                 ui.Tabs
	Title                string
	Before, Today, After ui.Link
	Week                 []tag // the heads of the columns: short and whole name
	Weeks                [][]calendarDay
	Count                int
	Table                ui.Table
	Feed                 ui.Link
}

type calendarDay struct {
	Week, Day string
	Out       bool // of another month
	Today     bool
	Meetings  []calendarEntry
}

type calendarEntry struct {
	Href, Hour, Title, Kind string
	Off                     bool
}

func (d calendarDay) class() string {
	switch {
	case d.Out:
		return "out"
	case d.Today:
		return "today"
	case len(d.Meetings) == 0:
		return "free"
	}
	return ""
}

// meetingPage is one meeting as this person may see it.
type meetingPage struct {
	Heading           ui.Heading
	Purpose           string
	State             ui.State
	Tags              []tag
	Leaf              leaf
	Hours, Date       string
	Place, Link       string
	Notices           []ui.Notice
	Now               todo
	Budget            budget
	Agenda            []itemRow
	Decide            []itemRow // those that ask for a decision
	Sections          []sectionPart
	AgendaDo          ui.Buttons
	Decisions         []dealRow
	Commitments       []dealRow
	PeopleTitle       string
	Replies           split
	People            []personRow
	PeopleDo          ui.Buttons
	Facts             ui.Facts
	Groups            []linkMeta
	Aside             templ.Component
	Story             ui.Timeline
	Others            []ui.Link // further things this person may do
	Invented, Private bool
	Inside            bool // the agenda and the guests are for this person
}

type linkMeta struct{ Href, Title, Meta string }

// itemRow is a point of an agenda.
type itemRow struct {
	ID, No, Title, Meta, Text, Wanted, Minutes string
	About                                      ui.Link // the initiative or idea
	Documents                                  []ui.Link
	Outcome                                    ui.State
	Said                                       string
}

// sectionPart is what a ministry brings to the monthly meeting.
type sectionPart struct {
	Code, Title string
	Lines       []lineRow
	Items       []itemRow
}

type lineRow struct {
	Title, Href, Meta, Add string
	Tone                   ui.Tone
}

// dealRow is a decision or a commitment in a list.
type dealRow struct {
	Due, Href, Title, Meta string
	Tone                   ui.Tone
	State                  ui.State
}

// personRow is somebody who is invited or was there.
type personRow struct {
	Name, Meta string
	State      ui.State
	Drop       string // key by which the guest is taken off; empty: not by this person
}

// agendaPage is where an agenda is put in order.
type agendaPage struct {
	Heading  ui.Heading
	Notices  []ui.Notice
	Action   string
	Budget   budget
	Items    []sortedRow
	Sections []sortedSection
	Backlog  []backlogRow
	Form     ui.Form
	Fields   itemForm
	Add      ui.Button
}

type sortedRow struct {
	ID, No, Title, Meta, Minutes, Edit string
	To                                 int // its place in the agenda, from 1
	Up, Down, Series                   bool
}

type sortedSection struct {
	Part  sectionPart
	Items []sortedRow
}

type backlogRow struct {
	ID, Title, Meta, Text string
	Take                  bool
}

// itemForm are the fields of a point; More is folded away unless Open.
type itemForm struct {
	Title, Wanted, Minutes ui.Field
	More                   []ui.Field
	Open                   bool
}

// itemPage edits one point.
type itemPage struct {
	Heading  ui.Heading
	Conflict *ui.Conflict
	Form     ui.Form
	Fields   itemForm
	Save     ui.Buttons
}

// actPage asks for what an act needs, or is the form of a meeting or a series.
type actPage struct {
	Heading  ui.Heading
	Conflict *ui.Conflict
	Notices  []ui.Notice
	Before   templ.Component
	Form     ui.Form
	Parts    []formPart
	Buttons  ui.Buttons
	After    templ.Component
}

type formPart struct {
	Title, Text string
	Row         []ui.Field // first, side by side
	Fields      []ui.Field
}

// seriesPage is a series with its occurrences.
type seriesPage struct {
	Heading  ui.Heading
	State    ui.State
	Private  string
	Do       ui.Buttons
	Notices  []ui.Notice
	Rule     string
	Beads    []bead
	Rows     []meetingRow
	Pager    ui.Pager
	Facts    ui.Facts
	Guests   []personRow
	Backlog  []backlogRow
	Invented bool
}

// bead is an occurrence on the line of its series.
type bead struct{ Kind, Sign, Day, Text, Href string }

// registerPage is decisions or commitments over all meetings.
type registerPage struct {
	Heading ui.Heading
	Tabs    ui.Tabs
	Figures split
	Filters ui.Filters
	Rows    []dealRow
	Empty   ui.Empty
	Pager   ui.Pager
	Exports []ui.Link
	Note    string
}

// dealPage is one decision or one commitment.
type dealPage struct {
	Heading         ui.Heading
	State           ui.State
	Now             todo
	Facts           ui.Facts
	DoneTitle, Done string
	Story           ui.Timeline
	Note            string
}

// minutesPage is the minutes of a meeting with what may be done to them.
type minutesPage struct {
	Crumbs  ui.Crumbs
	Notices []ui.Notice
	Now     todo
	Minutes minutesDoc
	Exports []ui.Link
}

// minutesDoc is the one document of a meeting.
type minutesDoc struct {
	Number, Over, Title, Href, When, Mark, Purpose, Sum, Note string
	Present, Absent                                           []personRow
	AbsentText                                                string
	Points                                                    []minutesPoint
	Loose                                                     []minutesDeal // decisions and commitments of no point
	Signs                                                     []sign
}

type minutesPoint struct {
	No, Title, Meta, Notes, Said string
	Outcome                      ui.State
	Deals                        []minutesDeal
}

type minutesDeal struct {
	Kind, Number, Href, Text, Meta string
	Task                           bool
}

// sign is who approved or signed, and when.
type sign struct{ Who, What string }

// compiledPage is the minutes of a series, one after the other.
type compiledPage struct {
	Heading ui.Heading
	Filters ui.Filters
	Docs    []minutesDoc
	Empty   ui.Empty
}

// presentationPage is an initiative on one page.
type presentationPage struct {
	Crumbs              ui.Crumbs
	AxisClass           string
	Over, Title, Change string
	Axis                ui.Axis
	State               ui.State
	Ring                ui.Ring
	Problem             string
	Planned             ui.Bars
	Facts               ui.Facts
	Steps               ui.Steps
	Ask                 string
}

// pollPage asks when people can.
type pollPage struct {
	Heading   ui.Heading
	Notices   []ui.Notice
	Action    string
	Slots     []slotRow
	Vote      bool
	Answers   []ui.Option
	Choose    []ui.Option
	Close     ui.Form
	OpenTitle string
	Open      ui.Form
	Fields    []ui.Field
}

type slotRow struct {
	ID, Text, Mine string
	Leaf           leaf
	Votes          split
	Best           bool
}

// invitedPage is who is invited, and where more are.
type invitedPage struct {
	Heading ui.Heading
	Notices []ui.Notice
	Action  string
	Replies split
	Rows    []personRow
	Parts   []invitePart
}

// invitePart is one way to invite: by post, by name, from outside.
type invitePart struct {
	Title, Text string
	Form        ui.Form
	Fields      []ui.Field
	Add         ui.Button
	Found       []ui.Option
	None        string
}

// stepPanelView is what the meetings put on the page of an initiative.
type stepPanelView struct {
	Rows    []meetingRow
	Deals   []dealRow
	Buttons ui.Buttons
}

// show draws c, nothing for nothing.
func show(c templ.Component) templ.Component {
	if c == nil {
		return templ.NopComponent
	}
	return c
}
