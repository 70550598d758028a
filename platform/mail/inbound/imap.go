package inbound

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// Mailbox is a mailbox of another server that is read by IMAP.
type Mailbox struct {
	host, port     string
	plain          bool // no encryption: on the loopback
	implicit       bool // encrypted from the first byte
	user, password string
	folder         string
	roots          *x509.CertPool
}

// ParseMailbox reads a mailbox's address; its errors never hold the password:
//
//	imaps://user:password@mail.city.example           INBOX, encrypted, port 993
//	imap://user:password@mail.city.example/Replies    STARTTLS, port 143
//	imap://user:password@127.0.0.1:1143?tls=none
func ParseMailbox(target string) (*Mailbox, error) {
	u, err := url.Parse(target)
	if err != nil || u.Hostname() == "" {
		return nil, errors.New("mailbox: the address cannot be read; write it like imaps://user:password@host")
	}
	m := &Mailbox{host: u.Hostname(), port: "143", user: u.User.Username(), folder: strings.TrimPrefix(u.Path, "/")}
	m.password, _ = u.User.Password()
	switch u.Scheme {
	case "imap":
	case "imaps":
		m.implicit, m.port = true, "993"
	default:
		return nil, fmt.Errorf("mailbox: %q is neither imap nor imaps", u.Scheme)
	}
	if u.Port() != "" {
		m.port = u.Port()
	}
	if m.folder == "" {
		m.folder = "INBOX"
	}
	switch q := u.Query(); {
	case len(q) == 0:
	case len(q) == 1 && q.Get("tls") == "none" && !m.implicit:
		m.plain = true
	default:
		return nil, errors.New("mailbox: the only setting is tls=none, of imap://")
	}
	if m.user == "" || m.password == "" {
		return nil, errors.New("mailbox: user and password are missing")
	}
	return m, nil
}

// Trust has the mailbox's certificate believed by these roots.
func (m *Mailbox) Trust(roots *x509.CertPool) *Mailbox {
	m.roots = roots
	return m
}

// Watch reads the mailbox every minute until ctx ends. A mailbox that is down is
// told by Ways and tried again, later each time, at most after lastWait.
func (b *Box) Watch(ctx context.Context, m *Mailbox) error {
	failures := 0
	for {
		wait, err := pollEvery, b.Fetch(ctx, m)
		if ctx.Err() != nil {
			return nil
		}
		if err == nil {
			failures = 0
		} else {
			slog.WarnContext(ctx, "mailbox not read", "error", err)
			wait = backoff(failures)
			failures++
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
}

const imapTimeout = 10 * time.Minute // of one visit

// Fetch reads once what is new in the mailbox, notes how that went, and gives
// the error, which holds no address and no password. The mails stay where they
// are and are marked as read.
func (b *Box) Fetch(ctx context.Context, m *Mailbox) error {
	visit, cancel := context.WithTimeout(ctx, imapTimeout)
	defer cancel()
	cause := b.fetch(visit, m)
	if cause == nil {
		return b.worked(ctx, ViaIMAP)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	ways, err := b.Ways(ctx)
	if err != nil {
		return err
	}
	failures := 0
	for _, w := range ways {
		if w.Via == ViaIMAP {
			failures = w.Failures
		}
	}
	if err := b.failed(ctx, ViaIMAP, failures, cause); err != nil {
		return err
	}
	return cause
}

func (b *Box) fetch(ctx context.Context, m *Mailbox) error {
	c, err := m.dial(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	stop := context.AfterFunc(ctx, func() { _ = c.Close() }) // a server that hangs
	defer stop()
	if err := c.Login(m.user, m.password).Wait(); err != nil {
		return errors.New("mailbox: user or password is not taken")
	}
	box, err := c.Select(m.folder, nil).Wait()
	if err != nil {
		return fmt.Errorf("mailbox: there is no folder %q", m.folder)
	}
	at, err := b.cursor(ctx, ViaIMAP)
	if err != nil {
		return err
	}
	if at.Epoch != int64(box.UIDValidity) {
		at = cursor{Epoch: int64(box.UIDValidity)}
	}
	if err := b.newer(ctx, c, at); err != nil {
		return err
	}
	return c.Logout().Wait()
}

func (m *Mailbox) dial(ctx context.Context) (*imapclient.Client, error) {
	address := net.JoinHostPort(m.host, m.port)
	conn, err := (&net.Dialer{Timeout: 20 * time.Second}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, errors.New("mailbox: the server cannot be reached")
	}
	config := &tls.Config{ServerName: m.host, RootCAs: m.roots, MinVersion: tls.VersionTLS12}
	switch {
	case m.plain:
		return imapclient.New(conn, nil), nil
	case m.implicit:
		return imapclient.New(tls.Client(conn, config), nil), nil
	}
	c, err := imapclient.NewStartTLS(conn, &imapclient.Options{TLSConfig: config})
	if err != nil {
		_ = conn.Close()
		return nil, errors.New("mailbox: no encryption with STARTTLS there")
	}
	return c, nil
}

// newer takes what came since, mail by mail.
func (b *Box) newer(ctx context.Context, c *imapclient.Client, at cursor) error {
	since := imap.UIDSet{}
	since.AddRange(imap.UID(at.Last+1), 0)
	found, err := c.UIDSearch(&imap.SearchCriteria{UID: []imap.UIDSet{since}}, nil).Wait()
	if err != nil {
		return errors.New("mailbox: it cannot be searched")
	}
	for _, uid := range found.AllUIDs() {
		if int64(uid) <= at.Last {
			continue // servers answer a range beyond the end with the last mail
		}
		if err := b.takeOne(ctx, c, uid); err != nil {
			return err
		}
		at.Last = int64(uid)
		if err := b.advance(ctx, ViaIMAP, at); err != nil {
			return err
		}
	}
	return nil
}

var whole = &imap.FetchItemBodySection{Peek: true}

// takeOne keeps one mail. One that is too large is not fetched but for its head.
func (b *Box) takeOne(ctx context.Context, c *imapclient.Client, uid imap.UID) error {
	set := imap.UIDSetNum(uid)
	sizes, err := c.Fetch(set, &imap.FetchOptions{RFC822Size: true}).Collect()
	if err != nil {
		return errors.New("mailbox: a mail's size cannot be read")
	}
	if len(sizes) == 0 {
		return nil // deleted meanwhile
	}
	section := whole
	large := sizes[0].RFC822Size > SizeMax
	if large {
		section = &imap.FetchItemBodySection{Peek: true, Specifier: imap.PartSpecifierHeader}
	}
	mails, err := c.Fetch(set, &imap.FetchOptions{BodySection: []*imap.FetchItemBodySection{section}}).Collect()
	if err != nil {
		return errors.New("mailbox: a mail cannot be read")
	}
	for _, m := range mails {
		if err := b.takeRaw(ctx, m.FindBodySection(section), large); err != nil {
			return err
		}
	}
	seen := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagSeen}, Silent: true}
	_ = c.Store(set, seen, nil).Close() // a courtesy to who looks there; a mailbox may forbid it
	return nil
}

func (b *Box) takeRaw(ctx context.Context, raw []byte, large bool) error {
	if large {
		return b.keep(ctx, ViaIMAP, headingOf(raw), Quarantined, ReasonLarge, nil)
	}
	return b.Receive(ctx, ViaIMAP, raw)
}
