package mail

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"

	"ronda/platform/i18n"
)

// Message is a mail to one person.
type Message struct {
	To      string    `json:"to"`
	Name    string    `json:"name"` // of the person; may be empty
	Lang    i18n.Lang `json:"lang"` // in which it is written
	Subject string    `json:"subject"`
	Parts   []Part    `json:"parts"`

	ReplyTo  string    `json:"reply_to,omitempty"` // in its normal form; empty: the sender
	ID       string    `json:"id,omitempty"`       // Message-ID before the at sign; empty: the job's
	Calendar *Calendar `json:"calendar,omitempty"` // an invitation; nil: none

	Until time.Time `json:"-"` // not sent after it; zero: no end
	Key   string    `json:"-"` // one mail of a key is sent; empty: no key
}

// Calendar is the part of a mail that calendar programs read (RFC 6047). It goes
// along twice: as another form of the text, which most of them read, and as a
// file, for the others.
type Calendar struct {
	Method string `json:"method"` // REQUEST, CANCEL: as in the data
	Data   []byte `json:"data"`
}

// Part is a piece of a mail. Make it with Text, Code, Link or List.
type Part struct {
	Kind  string `json:"kind"`
	Text  string `json:"text"`
	URL   string `json:"url,omitempty"`
	Items []Item `json:"items,omitempty"`
}

// Item is a line of a List.
type Item struct {
	Text   string `json:"text"`
	Detail string `json:"detail,omitempty"`
	URL    string `json:"url,omitempty"` // may be empty
}

const (
	kindText = "text"
	kindCode = "code"
	kindLink = "link"
	kindList = "list"
)

// Text is a paragraph.
func Text(s string) Part { return Part{Kind: kindText, Text: s} }

// Code is a one-time code, large and easy to copy.
func Code(s string) Part { return Part{Kind: kindCode, Text: s} }

// Link is the one thing to do, as a button with its address.
func Link(text, address string) Part { return Part{Kind: kindLink, Text: text, URL: address} }

// List is a heading with lines under it.
func List(title string, items ...Item) Part { return Part{Kind: kindList, Text: title, Items: items} }

const (
	lineMax = 250     // characters of a subject or a name
	bodyMax = 200_000 // bytes of the plain text, and of a calendar
	idMax   = 100     // bytes of an ID
)

var errHeader = errors.New("mail: a name or subject that is no single line")

// check refuses what would write headers of its own, links that are no web
// addresses, and receivers that are none.
func (m Message) check() error {
	if normal, ok := Address(m.To); !ok || normal != m.To {
		return errors.New("mail: the receiver is no address in its normal form")
	}
	if !line(m.Name) || !line(m.Subject) || m.Subject == "" {
		return errHeader
	}
	if len(m.plain()) > bodyMax {
		return fmt.Errorf("mail: longer than %d bytes", bodyMax)
	}
	if err := m.envelope(); err != nil {
		return err
	}
	for _, p := range m.Parts {
		if err := p.check(); err != nil {
			return err
		}
	}
	return nil
}

// envelope checks what stands around the text.
func (m Message) envelope() error {
	if normal, ok := Address(m.ReplyTo); m.ReplyTo != "" && (!ok || normal != m.ReplyTo) {
		return errors.New("mail: answers go to what is no address in its normal form")
	}
	if m.ID != "" && (len(m.ID) > idMax || !atoms(m.ID)) {
		return errors.New("mail: an ID that is none")
	}
	if c := m.Calendar; c != nil && (len(c.Data) > bodyMax || c.Method == "" || strings.Trim(c.Method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "") {
		return errors.New("mail: a calendar that is none")
	}
	return nil
}

func (p Part) check() error {
	bad := p.Kind == kindLink && !web(p.URL)
	for _, i := range p.Items {
		bad = bad || i.URL != "" && !web(i.URL)
	}
	if bad {
		return errors.New("mail: a link that is no web address")
	}
	return nil
}

func line(s string) bool {
	return len([]rune(s)) <= lineMax && !strings.ContainsFunc(s, unicode.IsControl) && strings.ToValidUTF8(s, "") == s
}

func web(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// plain is the mail as text.
func (m Message) plain() string {
	var b strings.Builder
	for i, p := range m.Parts {
		if i > 0 {
			b.WriteString("\n")
		}
		switch p.Kind {
		case kindCode:
			b.WriteString("    " + p.Text + "\n")
		case kindLink:
			b.WriteString(p.Text + ":\n" + p.URL + "\n")
		case kindList:
			b.WriteString(p.Text + "\n")
			for _, item := range p.Items {
				b.WriteString(item.plain())
			}
		default:
			b.WriteString(p.Text + "\n")
		}
	}
	return b.String()
}

func (i Item) plain() string {
	s := "- " + i.Text
	if i.Detail != "" {
		s += " (" + i.Detail + ")"
	}
	if i.URL != "" {
		s += "\n  " + i.URL
	}
	return s + "\n"
}
