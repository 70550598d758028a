package mailtest

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"strings"
	"testing"
)

// Mail is a mail as the server was given it.
type Mail struct {
	From, To string // of the envelope
	Header   mail.Header
	Subject  string // decoded
	Text     string // the plain part
	HTML     string // the same as HTML

	Calendar     string // the same for calendar programs, with line ends as "\n"
	CalendarType string // of that part, with its parameters
	Files        []File
}

// File is a file that a mail brings.
type File struct{ Name, Type, Text string }

// ID is the Message-ID.
func (m Mail) ID() string { return m.Header.Get("Message-ID") }

var digits = regexp.MustCompile(`(?m)^    (\d{6})$`)

// Code is the one-time code in the mail; the test fails without one.
func (m Mail) Code(t testing.TB) string {
	t.Helper()
	found := digits.FindStringSubmatch(m.Text)
	if found == nil {
		t.Fatalf("no code in %q", m.Text)
	}
	return found[1]
}

func read(raw string) (Mail, error) {
	msg, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		return Mail{}, err
	}
	m := Mail{Header: msg.Header}
	if m.Subject, err = new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject")); err != nil {
		return m, err
	}
	return m, m.parts(msg.Header.Get("Content-Type"), msg.Body)
}

// parts reads what is one thing in several forms, with files beside it or not.
func (m *Mail) parts(contentType string, body io.Reader) error {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil || kind != "multipart/alternative" && kind != "multipart/mixed" {
		return fmt.Errorf("%q, want multipart/alternative or multipart/mixed: %w", kind, err)
	}
	parts := multipart.NewReader(body, params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := m.take(p); err != nil {
			return err
		}
	}
}

func (m *Mail) take(p *multipart.Part) error {
	contentType := p.Header.Get("Content-Type")
	if strings.HasPrefix(contentType, "multipart/") {
		return m.parts(contentType, p)
	}
	var body io.Reader
	switch enc := p.Header.Get("Content-Transfer-Encoding"); enc {
	case "quoted-printable":
		body = quotedprintable.NewReader(p)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, p)
	default:
		return fmt.Errorf("a part in %q", enc)
	}
	raw, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	m.keep(contentType, p.FileName(), strings.ReplaceAll(string(raw), "\r\n", "\n"))
	return nil
}

func (m *Mail) keep(contentType, file, text string) {
	switch {
	case file != "":
		m.Files = append(m.Files, File{Name: file, Type: contentType, Text: text})
	case strings.HasPrefix(contentType, "text/html"):
		m.HTML = text
	case strings.HasPrefix(contentType, "text/calendar"):
		m.Calendar, m.CalendarType = text, contentType
	default:
		m.Text = text
	}
}
