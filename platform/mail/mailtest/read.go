package mailtest

import (
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
	HTML     string // the other
}

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
	kind, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		return m, fmt.Errorf("%q, want multipart/alternative: %w", kind, err)
	}
	parts := multipart.NewReader(msg.Body, params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return m, nil
		}
		if err != nil {
			return m, err
		}
		if err := m.take(p); err != nil {
			return m, err
		}
	}
}

func (m *Mail) take(p *multipart.Part) error {
	if enc := p.Header.Get("Content-Transfer-Encoding"); enc != "quoted-printable" {
		return fmt.Errorf("a part in %q", enc)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(p))
	if err != nil {
		return err
	}
	text := strings.ReplaceAll(string(body), "\r\n", "\n")
	if strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
		m.HTML = text
	} else {
		m.Text = text
	}
	return nil
}
