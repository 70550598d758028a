// Package mailtest is a mail server for tests: it speaks real SMTP on the
// loopback and keeps what it is given.
package mailtest

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// The user and password that a sink with a certificate takes.
const (
	User     = "relay"
	Password = "a:b@c/d"
)

// Sink is a running mail server.
type Sink struct {
	// Refuse, when set before any mail, is asked for each receiver; its error,
	// e.g. a *smtp.SMTPError, is the answer.
	Refuse func(receiver string) error

	// After, when set before any mail, is asked once a mail has been kept; its
	// error is what the sender hears all the same.
	After func() error

	// Cut, when set before any mail, is asked once a mail has been kept: when true
	// the line is cut and the sender hears nothing.
	Cut func() bool

	// Roots trusts the sink's certificate.
	Roots *x509.CertPool

	addr     string
	implicit bool
	mu       sync.Mutex
	mails    []Mail
	attempts int
	lines    int
	open     int // of them, now
	most     int // at one time, since MostOpen was asked
}

// Start runs a sink without encryption until the test ends.
func Start(t testing.TB) *Sink {
	t.Helper()
	s := &Sink{}
	s.serve(t, listen(t), nil)
	return s
}

// StartTLS runs a sink with a certificate and a password: from the first byte
// when implicit, else by STARTTLS.
func StartTLS(t testing.TB, implicit bool) *Sink {
	t.Helper()
	web := httptest.NewTLSServer(nil) // for its certificate
	defer web.Close()
	s := &Sink{implicit: implicit, Roots: x509.NewCertPool()}
	s.Roots.AddCert(web.Certificate())
	config, l := web.TLS.Clone(), listen(t)
	config.NextProtos = nil
	if implicit {
		l = tls.NewListener(l, config)
	}
	s.serve(t, l, config)
	return s
}

func listen(t testing.TB) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func (s *Sink) serve(t testing.TB, l net.Listener, config *tls.Config) {
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.lines++
		s.open++
		s.most = max(s.most, s.open)
		return &session{sink: s, open: config == nil, line: c.Conn()}, nil
	}))
	server.Domain, server.TLSConfig, server.ErrorLog = "sink.test", config, log.New(io.Discard, "", 0)
	s.addr = l.Addr().String()
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	t.Cleanup(func() {
		_ = l.Close() // the server knows its listener only once it serves
		if err := server.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
			t.Error(err)
		}
		if err := <-ended; err != nil && !errors.Is(err, net.ErrClosed) {
			t.Error(err)
		}
	})
}

// URL is the sink as a setting of the program.
func (s *Sink) URL() string {
	const from = "?from=Ronda+%3Cronda@ciudad.test%3E"
	switch {
	case s.Roots == nil:
		return "smtp://" + s.addr + from + "&tls=none"
	case s.implicit:
		return "smtps://" + s.auth() + s.addr + from
	}
	return "smtp://" + s.auth() + s.addr + from
}

func (s *Sink) auth() string { return User + ":a%3Ab%40c%2Fd@" }

// Mails are the mails received so far, in order.
func (s *Sink) Mails() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.mails)
}

// Attempts is how many times a mail was begun, refused ones included.
func (s *Sink) Attempts() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.attempts
}

// Lines is how many connections were made.
func (s *Sink) Lines() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lines
}

// MostOpen is how many connections were open at one time, at most, since this
// was asked last.
func (s *Sink) MostOpen() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	most := s.most
	s.most = s.open
	return most
}

// Last is the newest mail to a receiver; the test fails without one.
func (s *Sink) Last(t testing.TB, to string) Mail {
	t.Helper()
	mails := s.Mails()
	for _, m := range slices.Backward(mails) {
		if m.To == to {
			return m
		}
	}
	t.Fatalf("no mail to %s among %d", to, len(mails))
	return Mail{}
}

type session struct {
	sink *Sink
	open bool // needs no password
	line net.Conn
	from string
	to   []string
}

func (s *session) AuthMechanisms() []string {
	if s.open {
		return nil
	}
	return []string{sasl.Plain}
}

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != User || password != Password {
			return smtp.ErrAuthFailed
		}
		s.open = true
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if !s.open {
		return smtp.ErrAuthRequired
	}
	s.sink.mu.Lock()
	defer s.sink.mu.Unlock()
	s.sink.attempts++
	s.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if s.sink.Refuse != nil {
		if err := s.sink.Refuse(to); err != nil {
			return err
		}
	}
	s.to = append(s.to, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m, err := read(string(raw))
	if err != nil {
		return fmt.Errorf("unreadable mail: %w", err)
	}
	m.From, m.To = s.from, strings.Join(s.to, ",")
	s.sink.keep(m)
	if s.sink.Cut != nil && s.sink.Cut() {
		return s.line.Close()
	}
	if s.sink.After != nil {
		return s.sink.After()
	}
	return nil
}

func (s *Sink) keep(m Mail) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mails = append(s.mails, m)
}

func (s *session) Reset() { s.from, s.to = "", nil }

// Logout is the end of a connection, whoever ended it.
func (s *session) Logout() error {
	s.sink.mu.Lock()
	defer s.sink.mu.Unlock()
	s.sink.open--
	return nil
}
