package delivery

// Lengths of texts, in characters, and how many there may be of a thing.
const (
	ReasonMin  = 10
	ReasonMax  = 4000
	TextMax    = 8000
	LineMax    = 240
	RowsMax    = 200 // of equipment, and of the legal way, of one initiative
	PhotosMax  = 6   // of one report
	CountMax   = 1_000_000
	AddressMax = 2000
)
