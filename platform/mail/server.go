package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"ronda/platform/jobs"
)

const dialTimeout = 20 * time.Second

// server is where mails are handed over, and in whose name.
type server struct {
	host     string
	port     int
	implicit bool // encrypted from the first byte
	policy   gomail.TLSPolicy
	user     string
	password string
	from     mail.Address
	roots    *x509.CertPool
}

var policies = map[string]gomail.TLSPolicy{
	"": gomail.TLSMandatory, "required": gomail.TLSMandatory, "when-offered": gomail.TLSOpportunistic, "none": gomail.NoTLS,
}

// parseServer reads the configured address; its errors never hold the password.
func parseServer(target string) (*server, error) {
	u, err := url.Parse(target)
	if err != nil {
		return nil, errors.New("mail server: the address cannot be read; write it like smtp://user:password@host:587?from=ronda@city.example")
	}
	s := &server{host: u.Hostname(), port: gomail.DefaultPortTLS, user: u.User.Username()}
	s.password, _ = u.User.Password()
	switch u.Scheme {
	case "smtp":
	case "smtps":
		s.implicit, s.port = true, gomail.DefaultPortSSL
	default:
		return nil, fmt.Errorf("mail server: %q is neither smtp nor smtps", u.Scheme)
	}
	if s.host == "" {
		return nil, errors.New("mail server: the host is missing")
	}
	if err := s.options(u); err != nil {
		return nil, err
	}
	return s, nil
}

// options reads the port and what stands after the question mark.
func (s *server) options(u *url.URL) error {
	if p := u.Port(); p != "" {
		n, err := strconv.ParseUint(p, 10, 16)
		if err != nil || n == 0 {
			return fmt.Errorf("mail server: %q is no port", p)
		}
		s.port = int(n)
	}
	query := u.Query()
	policy, ok := policies[query.Get("tls")]
	if !ok {
		return fmt.Errorf("mail server: tls=%s is none of required, when-offered, none", query.Get("tls"))
	}
	s.policy = policy
	from, err := mail.ParseAddress(query.Get("from"))
	if err != nil {
		return errors.New("mail server: from= is missing or no address; write ?from=ronda@city.example")
	}
	if _, ok := Address(from.Address); !ok || !line(from.Name) {
		return errors.New("mail server: from= is no address that other servers take")
	}
	s.from = *from
	for name := range query {
		if name != "tls" && name != "from" {
			return fmt.Errorf("mail server: there is no setting %q", name)
		}
	}
	return nil
}

// send hands one mail over. Errors hold no address, because they are kept and
// logged.
func (s *server) send(ctx context.Context, m *gomail.Msg) error {
	c, err := s.client()
	if err != nil {
		return err
	}
	return anonymous(c.DialAndSendWithContext(ctx, m))
}

func (s *server) client() (*gomail.Client, error) {
	opts := []gomail.Option{gomail.WithPort(s.port), gomail.WithTimeout(dialTimeout), gomail.WithTLSPolicy(s.policy)}
	if s.implicit {
		opts = append(opts, gomail.WithSSL())
	}
	if s.roots != nil {
		opts = append(opts, gomail.WithTLSConfig(&tls.Config{ServerName: s.host, RootCAs: s.roots, MinVersion: tls.VersionTLS12}))
	}
	if s.user != "" {
		opts = append(opts, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.user), gomail.WithPassword(s.password))
	}
	c, err := gomail.NewClient(s.host, opts...)
	if err != nil {
		return nil, jobs.Permanent(errors.New("mail server: these settings do not go together"))
	}
	return c, nil
}

// anonymous keeps of an error what an operator needs: what was going on and the
// server's code, not its sentence, which likes to repeat the address. A receiver
// or a text that the server refuses for good will not be taken later either.
func anonymous(err error) error {
	var sending *gomail.SendError
	var network *net.OpError
	var answer *textproto.Error
	var untrusted *tls.CertificateVerificationError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &sending):
		said := fmt.Errorf("mail server: %s, code %d %s", sending.Reason, sending.ErrorCode(), sending.EnhancedStatusCode())
		if sending.ErrorCode() >= 500 && sending.Reason != gomail.ErrSMTPMailFrom {
			return jobs.Permanent(said)
		}
		return said
	case errors.As(err, &network):
		return fmt.Errorf("mail server: %s: %w", network.Op, network.Err)
	case errors.As(err, &answer):
		return fmt.Errorf("mail server: signing in or greeting failed with code %d", answer.Code)
	case errors.As(err, &untrusted):
		return errors.New("mail server: its certificate is not to be trusted")
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return errors.New("mail server: no answer in time")
	case strings.Contains(err.Error(), "STARTTLS"):
		return errors.New("mail server: no STARTTLS there; smtps:// or tls=none may be meant")
	}
	return errors.New("mail server: the conversation failed")
}
