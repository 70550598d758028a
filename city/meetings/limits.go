package meetings

// The greatest sizes, in runes where nothing else is said.
const (
	TitleMax   = 200
	LineMax    = 500    // places, names, one-line texts
	TextMax    = 4000   // purposes, outcomes, reasons
	NoteMax    = 262144 // bytes of the notes of one item
	ItemsMax   = 100    // of one agenda
	GuestsMax  = 500    // of one meeting
	GroupsMax  = 20
	SlotsMax   = 20
	MinutesMax = 24 * 60 // of one meeting or item
	YearsAhead = 5       // that a meeting may be planned
)
