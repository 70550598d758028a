package msproject

// space is the namespace of the schema.
const space = "http://schemas.microsoft.com/project"

// The elements of the schema that a plan has a word for, in the schema's order.
// Values are kept as text so that a bad one can be told with its task.

type taskElement struct {
	UID               string            `xml:"UID"`
	ID                string            `xml:"ID,omitempty"`
	Name              string            `xml:"Name,omitempty"`
	Type              string            `xml:"Type,omitempty"`
	IsNull            string            `xml:"IsNull,omitempty"`
	Contact           string            `xml:"Contact,omitempty"`
	WBS               string            `xml:"WBS,omitempty"`
	OutlineNumber     string            `xml:"OutlineNumber,omitempty"`
	OutlineLevel      string            `xml:"OutlineLevel,omitempty"`
	Start             string            `xml:"Start,omitempty"`
	Finish            string            `xml:"Finish,omitempty"`
	Duration          string            `xml:"Duration,omitempty"`
	DurationFormat    string            `xml:"DurationFormat,omitempty"`
	Estimated         string            `xml:"Estimated,omitempty"`
	Milestone         string            `xml:"Milestone,omitempty"`
	Summary           string            `xml:"Summary,omitempty"`
	Critical          string            `xml:"Critical,omitempty"`
	EarlyStart        string            `xml:"EarlyStart,omitempty"`
	EarlyFinish       string            `xml:"EarlyFinish,omitempty"`
	LateStart         string            `xml:"LateStart,omitempty"`
	LateFinish        string            `xml:"LateFinish,omitempty"`
	FreeSlack         string            `xml:"FreeSlack,omitempty"`
	TotalSlack        string            `xml:"TotalSlack,omitempty"`
	PercentComplete   string            `xml:"PercentComplete,omitempty"`
	ActualStart       string            `xml:"ActualStart,omitempty"`
	ActualFinish      string            `xml:"ActualFinish,omitempty"`
	ActualDuration    string            `xml:"ActualDuration,omitempty"`
	RemainingDuration string            `xml:"RemainingDuration,omitempty"`
	ConstraintType    string            `xml:"ConstraintType,omitempty"`
	CalendarUID       string            `xml:"CalendarUID,omitempty"`
	ConstraintDate    string            `xml:"ConstraintDate,omitempty"`
	Deadline          string            `xml:"Deadline,omitempty"`
	Notes             string            `xml:"Notes,omitempty"`
	Links             []linkElement     `xml:"PredecessorLink"`
	Extended          []extendedElement `xml:"ExtendedAttribute"`
	Baselines         []baselineElement `xml:"Baseline"`
	Manual            string            `xml:"Manual,omitempty"` // since 2010, read only
}

type linkElement struct {
	PredecessorUID string `xml:"PredecessorUID"`
	Type           string `xml:"Type"`
	CrossProject   string `xml:"CrossProject,omitempty"`
	LinkLag        string `xml:"LinkLag,omitempty"`
	LagFormat      string `xml:"LagFormat,omitempty"`
}

type extendedElement struct {
	FieldID string `xml:"FieldID"`
	Value   string `xml:"Value"`
}

type baselineElement struct {
	Number         string `xml:"Number"`
	Start          string `xml:"Start,omitempty"`
	Finish         string `xml:"Finish,omitempty"`
	Duration       string `xml:"Duration,omitempty"`
	DurationFormat string `xml:"DurationFormat,omitempty"`
}

// fieldElement defines an own field of the project.
type fieldElement struct {
	FieldID   string `xml:"FieldID"`
	FieldName string `xml:"FieldName"`
	Alias     string `xml:"Alias"`
}

type calendarElement struct {
	UID        string             `xml:"UID"`
	Name       string             `xml:"Name,omitempty"`
	IsBase     string             `xml:"IsBaseCalendar,omitempty"`
	BaseUID    string             `xml:"BaseCalendarUID,omitempty"`
	WeekDays   []weekDayElement   `xml:"WeekDays>WeekDay"`
	Exceptions []exceptionElement `xml:"Exceptions>Exception"`
	WorkWeeks  []struct{}         `xml:"WorkWeeks>WorkWeek"`
}

type weekDayElement struct {
	DayType      string               `xml:"DayType"`
	DayWorking   string               `xml:"DayWorking,omitempty"`
	TimePeriod   *periodElement       `xml:"TimePeriod"`
	WorkingTimes []workingTimeElement `xml:"WorkingTimes>WorkingTime"`
}

type exceptionElement struct {
	ByOccurrences string               `xml:"EnteredByOccurrences,omitempty"`
	TimePeriod    *periodElement       `xml:"TimePeriod"`
	Occurrences   string               `xml:"Occurrences,omitempty"`
	Name          string               `xml:"Name,omitempty"`
	Type          string               `xml:"Type,omitempty"`
	Month         string               `xml:"Month,omitempty"`
	MonthDay      string               `xml:"MonthDay,omitempty"`
	DayWorking    string               `xml:"DayWorking,omitempty"`
	WorkingTimes  []workingTimeElement `xml:"WorkingTimes>WorkingTime"`
}

type periodElement struct {
	FromDate string `xml:"FromDate"`
	ToDate   string `xml:"ToDate"`
}

type workingTimeElement struct {
	FromTime string `xml:"FromTime"`
	ToTime   string `xml:"ToTime"`
}
