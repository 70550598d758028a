package ical

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	goical "github.com/emersion/go-ical"
)

// Reply is the answer of one person to one event or occurrence.
type Reply struct {
	UID        string
	Occurrence time.Time // of a series: the original instant; zero: the whole
	Address    string    // of the person who answers, as they wrote it
	Answer     Answer
	Sequence   int       // of the invitation that is answered
	Stamp      time.Time // when it was answered; zero when not said
	Comment    string
}

// What a reply may be at most.
const (
	replyMax   = 256 << 10 // bytes
	lineMax    = 8 << 10   // bytes of an unfolded line
	depthMax   = 4
	repliesMax = 50
	commentMax = 1000 // characters
)

// ErrNoReply is what ReadReplies says of a calendar that is something else: a
// counter-proposal, an invitation.
var ErrNoReply = errors.New("ical: no reply")

// ReadReplies reads a calendar with METHOD REPLY as calendar programs send it.
// zone is where times are that name no zone, or one that is neither known nor
// described in the reply. It fails on anything that it does not understand in
// full, never reads more than its limits, and trusts nothing: who has answered
// must be checked by the caller.
func ReadReplies(raw []byte, zone *time.Location) ([]Reply, error) {
	cal, err := parse(raw)
	if err != nil {
		return nil, err
	}
	method := cal.Props.Get(goical.PropMethod)
	if method == nil || !strings.EqualFold(method.Value, "REPLY") {
		return nil, ErrNoReply
	}
	r := reader{zone: locate(zone), described: described(cal)}
	var out []Reply
	for _, c := range cal.Children {
		if c.Name != goical.CompEvent {
			continue
		}
		reply, err := r.reply(c)
		if err != nil {
			return nil, err
		}
		if out = append(out, reply); len(out) > repliesMax {
			return nil, errors.New("ical: too many answers in one reply")
		}
	}
	if len(out) == 0 {
		return nil, ErrNoReply
	}
	return out, nil
}

// parse decodes what is within the limits. The decoder panics on some lines that
// end too early, which here is one more thing not understood.
func parse(raw []byte) (cal *goical.Calendar, err error) {
	if err := bounded(raw); err != nil {
		return nil, err
	}
	defer func() {
		if v := recover(); v != nil {
			cal, err = nil, fmt.Errorf("ical: %v", v)
		}
	}()
	return goical.NewDecoder(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")))).Decode()
}

// bounded refuses what would cost the decoder much: it copies a parameter byte
// by byte and calls itself for each BEGIN.
func bounded(raw []byte) error {
	if len(raw) > replyMax {
		return errors.New("ical: too large")
	}
	depth, length := 0, 0
	for l := range bytes.SplitSeq(raw, []byte("\n")) {
		if length = length + len(l); len(l) == 0 || l[0] != ' ' && l[0] != '\t' {
			length = len(l)
		}
		if length > lineMax {
			return errors.New("ical: a line is too long")
		}
		if depth += nesting(l); depth > depthMax {
			return errors.New("ical: nested too deep")
		}
	}
	return nil
}

func nesting(l []byte) int {
	name, _, _ := bytes.Cut(l, []byte(":"))
	switch strings.ToUpper(string(name[:min(len(name), 6)])) {
	case "BEGIN":
		return 1
	case "END":
		return -1
	}
	return 0
}

type reader struct {
	zone      *time.Location
	described map[string]*time.Location // zones of one offset, which the reply brings along
}

func (r reader) reply(c *goical.Component) (out Reply, err error) {
	if out.UID, err = c.Props.Text(goical.PropUID); err != nil || out.UID == "" {
		return out, errors.New("ical: a reply to no event")
	}
	attendees := c.Props.Values(goical.PropAttendee)
	if len(attendees) != 1 {
		return out, fmt.Errorf("ical: a reply of %d people", len(attendees))
	}
	if out.Address, out.Answer, err = answer(attendees[0]); err != nil {
		return out, err
	}
	if p := c.Props.Get(goical.PropSequence); p != nil {
		if out.Sequence, err = strconv.Atoi(p.Value); err != nil || out.Sequence < 0 {
			return out, errors.New("ical: a sequence that is no number")
		}
	}
	if out.Occurrence, err = r.instant(c, goical.PropRecurrenceID); err != nil {
		return out, err
	}
	if out.Stamp, err = r.instant(c, goical.PropDateTimeStamp); err != nil {
		return out, err
	}
	out.Comment, err = comment(c)
	return out, err
}

func answer(p goical.Prop) (address string, a Answer, err error) {
	address = p.Value
	if len(address) > 7 && strings.EqualFold(address[:7], "mailto:") {
		address = address[7:]
	}
	switch a = Answer(strings.ToUpper(p.Params.Get(goical.ParamParticipationStatus))); a {
	case Accepted, Declined, Tentative:
		return strings.TrimSpace(address), a, nil
	}
	return "", "", fmt.Errorf("ical: %.20q is no answer", string(a))
}

func comment(c *goical.Component) (string, error) {
	s, err := c.Props.Text(goical.PropComment)
	if err != nil {
		return "", fmt.Errorf("ical: comment: %w", err)
	}
	s = strings.TrimSpace(lines(s))
	if runes := []rune(s); len(runes) > commentMax {
		s = string(runes[:commentMax])
	}
	return s, nil
}

// instant reads a time of the event; the zero time when there is none.
func (r reader) instant(c *goical.Component, name string) (time.Time, error) {
	p := c.Props.Get(name)
	if p == nil {
		return time.Time{}, nil
	}
	zone, layout := r.zoneOf(p.Params.Get(goical.PropTimezoneID)), layoutLocal
	if strings.HasSuffix(p.Value, "Z") {
		zone, layout = time.UTC, layoutUTC
	}
	t, err := time.ParseInLocation(layout, p.Value, zone)
	if err != nil || t.Year() < 1970 || t.Year() > 9000 {
		return time.Time{}, fmt.Errorf("ical: %s is no time", name)
	}
	return t.UTC(), nil
}

func (r reader) zoneOf(name string) *time.Location {
	if name == "" || name == "Local" {
		return r.zone
	}
	if z, err := time.LoadLocation(name); err == nil {
		return z
	}
	if z, ok := r.described[name]; ok {
		return z
	}
	return r.zone
}

// described are the zones that the calendar describes with one offset for the
// whole year; the names of Windows, e.g. "Argentina Standard Time", stand there.
func described(cal *goical.Calendar) map[string]*time.Location {
	out := map[string]*time.Location{}
	for _, c := range cal.Children {
		name := c.Props.Get(goical.PropTimezoneID)
		if c.Name != goical.CompTimezone || name == nil {
			continue
		}
		if offset, ok := single(c); ok {
			out[name.Value] = time.FixedZone(name.Value, offset)
		}
	}
	return out
}

func single(zone *goical.Component) (seconds int, ok bool) {
	for _, o := range zone.Children {
		p := o.Props.Get(goical.PropTimezoneOffsetTo)
		if p == nil {
			return 0, false
		}
		t, err := time.Parse("-0700", p.Value)
		if err != nil {
			return 0, false
		}
		_, offset := t.Zone()
		if ok && offset != seconds {
			return 0, false
		}
		seconds, ok = offset, true
	}
	return seconds, ok
}
