package inbound

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/jhillyerd/enmime/v2"

	ours "ronda/platform/mail"
)

// Mail is a mail as it was understood. Nothing in it is proven: anybody can write
// anything into a mail.
type Mail struct {
	MessageID string
	From      string // normal form of the first address of From; empty when it is none
	Subject   string
	Date      time.Time // as its sender says; zero when it cannot be read
	Text      string    // of the plain part, or made of the HTML
	Calendars [][]byte  // every text/calendar part and .ics file, each once
	Automatic bool      // sent by a program (RFC 3834) or to many
}

// What a mail may be at most.
const (
	SizeMax  = 5 << 20 // bytes
	partsMax = 100     // of any depth
	hopsMax  = 25      // servers it came through
	textMax  = 20_000  // characters that are kept of the text
	lineMax  = 250     // characters of a subject
	filesMax = 5       // calendars
)

// Why a mail is not handled. The words are codes for messages.
var (
	errLarge = errors.New("large")
	errParts = errors.New("parts")
	errBroke = errors.New("unreadable")
)

// Read understands a mail within the limits. It fails on what is none.
func Read(raw []byte) (Mail, error) {
	if err := bounded(raw); err != nil {
		return Mail{}, err
	}
	parser := enmime.NewParser(enmime.SkipMalformedParts(true), enmime.MaxStoredPartErrors(10))
	e, err := parser.ReadEnvelope(bytes.NewReader(raw))
	if err != nil {
		return Mail{}, errBroke
	}
	m := Mail{MessageID: clip(e.GetHeader("Message-Id"), lineMax), Subject: clip(e.GetHeader("Subject"), lineMax), Text: clipText(e.Text), Automatic: automatic(e)}
	if list, err := mail.ParseAddressList(e.GetHeader("From")); err == nil && len(list) > 0 {
		m.From, _ = ours.Address(list[0].Address)
	}
	if date, err := mail.ParseDate(e.GetHeader("Date")); err == nil {
		m.Date = date.UTC()
	}
	m.Calendars = calendars(e)
	return m, nil
}

// bounded refuses what would cost much to parse.
func bounded(raw []byte) error {
	if len(raw) > SizeMax {
		return errLarge
	}
	if bytes.Count(raw, []byte("\nContent-")) > 4*partsMax || bytes.Count(raw, []byte("boundary")) > partsMax {
		return errParts
	}
	return nil
}

// calendars are the parts that calendar programs would read. Many mails bring
// the same one as a part and as a file.
func calendars(e *enmime.Envelope) (out [][]byte) {
	for _, p := range e.Root.DepthMatchAll(func(p *enmime.Part) bool {
		return p.ContentType == "text/calendar" || p.ContentType == "application/ics" || strings.HasSuffix(strings.ToLower(p.FileName), ".ics")
	}) {
		body := bytes.TrimSpace(p.Content)
		known := slices.ContainsFunc(out, func(b []byte) bool { return bytes.Equal(b, body) })
		if len(body) > 0 && !known && len(out) < filesMax {
			out = append(out, body)
		}
	}
	return out
}

func automatic(e *enmime.Envelope) bool {
	if auto := strings.ToLower(strings.TrimSpace(e.GetHeader("Auto-Submitted"))); auto != "" && auto != "no" {
		return true
	}
	if e.GetHeader("List-Id") != "" || e.GetHeader("X-Autoreply") != "" || e.GetHeader("Return-Path") == "<>" {
		return true
	}
	return slices.Contains([]string{"bulk", "junk", "list", "auto_reply"}, strings.ToLower(strings.TrimSpace(e.GetHeader("Precedence"))))
}

// heading is what can be told of a mail that is not read in full.
type heading struct {
	id, from, date, subject string
	hops                    []string
	body                    []byte
}

func headingOf(raw []byte) heading {
	msg, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return heading{body: raw}
	}
	_, body, ok := bytes.Cut(raw, []byte("\r\n\r\n"))
	if !ok {
		_, body, _ = bytes.Cut(raw, []byte("\n\n"))
	}
	h := msg.Header
	return heading{id: h.Get("Message-Id"), from: h.Get("From"), date: h.Get("Date"), subject: h.Get("Subject"), hops: h["Received"], body: body}
}

// key is the same for a mail that comes twice, though the servers on its way
// write other lines into its head each time; and another for a forged one that
// only takes a Message-ID.
func (h heading) key() string {
	sum := sha256.New()
	for _, s := range []string{h.id, h.from, h.date} {
		sum.Write([]byte(s + "\n"))
	}
	sum.Write(bytes.ReplaceAll(bytes.TrimSpace(h.body), []byte("\r\n"), []byte("\n")))
	return hex.EncodeToString(sum.Sum(nil))
}

// clip is a single line of at most that many characters.
func clip(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return cut(strings.Join(strings.Fields(s), " "), most)
}

func clipText(s string) string {
	s = strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return cut(strings.TrimSpace(s), textMax)
}

func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most])
	}
	return s
}
