package ui

// Tone is what a state means to the reader. It picks colour and shape together.
type Tone string

// The tones.
const (
	Plain Tone = ""     // not yet, neutral
	Good  Tone = "good" // done, signed, in time
	Now   Tone = "now"  // in course, needs someone
	Warn  Tone = "warn" // look at it again
	Bad   Tone = "bad"  // late, returned, refused
	Info  Tone = "info" // something to know
)

func (t Tone) class() string {
	switch t {
	case Good:
		return "t-good"
	case Now:
		return "t-now"
	case Warn:
		return "t-warn"
	case Bad:
		return "t-bad"
	case Info:
		return "t-info"
	}
	return "t-plain"
}

// icon is the shape that goes with the tone's colour.
func (t Tone) icon() string {
	switch t {
	case Good:
		return "check"
	case Now:
		return "half"
	case Warn:
		return "warning"
	case Bad:
		return "stop"
	case Info:
		return "info"
	}
	return "circle"
}

// State is a tag that names a state, in words and with a shape: "Firmado".
type State struct {
	Tone Tone
	Text string
	Icon string // another shape than the tone's own, such as "back" for returned
}

// Axis is a chip with the axis' colour and its name.
type Axis struct {
	Index int // 1 to 8
	Name  string
	Href  string // optional
}

// Link is an address and its words.
type Link struct {
	Href string
	Text string
}
