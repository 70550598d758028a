package inbound

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-smtp"

	ours "ronda/platform/mail"
)

const (
	lines       = 20 // conversations at once
	lineTimeout = time.Minute
	stopTimeout = 10 * time.Second
)

// Listen takes mails for address on l until ctx ends, from the city's mail
// server: it knows neither passwords nor encryption, so it belongs on the
// loopback or a private network. Mails for any other address are refused, so that
// nothing is relayed.
func (b *Box) Listen(ctx context.Context, l net.Listener, address string) error {
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) {
		return &session{box: b, ctx: ctx, address: address}, nil
	}))
	server.Domain = address[strings.LastIndex(address, "@")+1:]
	server.MaxMessageBytes, server.MaxRecipients = SizeMax, 1
	server.ReadTimeout, server.WriteTimeout = lineTimeout, lineTimeout
	server.ErrorLog = slog.NewLogLogger(slog.Default().Handler(), slog.LevelDebug)
	if err := b.worked(ctx, ViaSMTP); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(&narrow{Listener: l, free: make(chan struct{}, lines)}) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	_ = l.Close() // no more conversations; those that go on may end
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	if err := server.Shutdown(stop); err != nil && !errors.Is(err, net.ErrClosed) {
		_ = server.Close()
	}
	<-ended
	return nil
}

// narrow lets only so many conversations in at once; others wait before the door.
type narrow struct {
	net.Listener
	free chan struct{}
}

func (n *narrow) Accept() (net.Conn, error) {
	n.free <- struct{}{}
	c, err := n.Listener.Accept()
	if err != nil {
		<-n.free
		return nil, err
	}
	return &seat{Conn: c, leave: func() { <-n.free }}, nil
}

type seat struct {
	net.Conn
	leave func()
}

func (s *seat) Close() error {
	if s.leave != nil {
		s.leave()
		s.leave = nil
	}
	return s.Conn.Close()
}

type session struct {
	box     *Box
	ctx     context.Context // of the program: a mail that came in is kept
	address string
}

var (
	errNobody = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such mailbox here"}
	errLater  = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "Cannot keep the mail now"}
	errTooBig = &smtp.SMTPError{Code: 552, EnhancedCode: smtp.EnhancedCode{5, 3, 4}, Message: "Too large"}
)

func (s *session) Mail(string, *smtp.MailOptions) error { return nil }

// Rcpt takes mails for the one address; what follows a plus sign in it is free.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	normal, ok := ours.Address(to)
	if !ok {
		return errNobody
	}
	local, domain, _ := strings.Cut(normal, "@")
	local, _, _ = strings.Cut(local, "+")
	if local+"@"+domain != s.address {
		return errNobody
	}
	return nil
}

// Data keeps the mail. The sender is told only then that it was taken.
func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(io.LimitReader(r, SizeMax+1))
	if err != nil {
		return err
	}
	if len(raw) > SizeMax {
		return errTooBig
	}
	if err := s.box.Receive(context.WithoutCancel(s.ctx), ViaSMTP, raw); err != nil {
		slog.ErrorContext(s.ctx, "mail not kept", "error", err)
		return errLater
	}
	return nil
}

func (s *session) Reset() {}

func (s *session) Logout() error { return nil }

// decode reads a heading in whatever characters it is written.
func decode(s string) string {
	out, err := new(mime.WordDecoder).DecodeHeader(s)
	if err != nil || bytes.ContainsRune([]byte(out), 0) {
		return s
	}
	return out
}
