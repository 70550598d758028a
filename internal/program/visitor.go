package program

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"
)

// Visitor is one browser: it keeps cookies, takes compressed pages as they come
// and follows no redirects. It may be used by one goroutine at a time.
type Visitor struct {
	Network string // the address that a proxy would tell; empty: there is no proxy

	base   string
	client *http.Client
}

// answerWait is how long a visitor waits for an answer.
const answerWait = 5 * time.Minute

// Visit opens a browser at the program.
func (p *Process) Visit() *Visitor { return p.VisitFrom("") }

// VisitFrom opens a browser that comes from an address of this machine, e.g.
// "127.0.1.7", as visitors come from many networks; empty is any.
func (p *Process) VisitFrom(address string) *Visitor {
	jar, _ := cookiejar.New(nil) // fails on no option
	from := &net.Dialer{Timeout: answerWait}
	if address != "" {
		from.LocalAddr = &net.TCPAddr{IP: net.ParseIP(address)}
	}
	return &Visitor{base: p.URL, client: &http.Client{
		Jar: jar, Timeout: answerWait,
		Transport:     &http.Transport{DialContext: from.DialContext, DisableCompression: true, MaxIdleConnsPerHost: 1},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Return has the browser go on at a program that was started again: it keeps
// its cookies.
func (v *Visitor) Return(p *Process) {
	v.Leave()
	v.base = p.URL
}

// Leave closes the browser.
func (v *Visitor) Leave() { v.client.CloseIdleConnections() }

// Answer is what the program answered; Body is compressed when the program
// chose to.
type Answer struct {
	Status int    // 0: there was no answer
	To     string // where a redirect leads
	Tag    string // its ETag
	Body   []byte
}

// Get asks for a page.
func (v *Visitor) Get(ctx context.Context, path string) (Answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, v.base+path, nil)
	if err != nil {
		return Answer{}, err
	}
	return v.send(req)
}

// GetIfChanged asks for a file whose ETag is known.
func (v *Visitor) GetIfChanged(ctx context.Context, path, tag string) (Answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, v.base+path, nil)
	if err != nil {
		return Answer{}, err
	}
	req.Header.Set("If-None-Match", tag)
	return v.send(req)
}

// Post sends a form: names and values in turn.
func (v *Visitor) Post(ctx context.Context, path string, pairs ...string) (Answer, error) {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, v.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return Answer{}, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", v.base)
	return v.send(req)
}

// send adds what browsers say of themselves.
func (v *Visitor) send(req *http.Request) (Answer, error) {
	req.Header.Set("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")
	req.Header.Set("Accept-Encoding", "gzip")
	req.Header.Set("Accept-Language", "es-AR,es;q=0.9")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	if v.Network != "" {
		req.Header.Set("X-Forwarded-For", v.Network)
	}
	resp, err := v.client.Do(req)
	if err != nil {
		return Answer{}, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return Answer{resp.StatusCode, resp.Header.Get("Location"), resp.Header.Get("ETag"), body}, err
}

// Enter signs in as one of the people of a demonstration.
func (v *Visitor) Enter(ctx context.Context, role string) error {
	a, err := v.Post(ctx, "/demo/entrar", "role", role, "next", "/")
	if err == nil && a.Status != http.StatusSeeOther {
		err = fmt.Errorf("entering as %q: status %d", role, a.Status)
	}
	return err
}
