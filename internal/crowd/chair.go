package crowd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Chair leads the meeting of a stage by its forms.
type Chair struct {
	Room   string
	Cookie string
	Keys   []string // of the guests
	Items  []string // ids

	client http.Client
	turn   int
}

// Work makes so many changes a second until ctx ends.
func (c *Chair) Work(ctx context.Context, perSecond float64) error {
	tick := time.NewTicker(time.Duration(float64(time.Second) / perSecond))
	defer tick.Stop()
	c.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		if err := c.act(ctx, c.next()); err != nil && ctx.Err() == nil {
			return err
		}
	}
}

// next is the form of the next act: somebody comes, asks to speak, an item is
// opened and paused, they go. Each is one change.
func (c *Chair) next() url.Values {
	round, step := c.turn/5, c.turn%5
	c.turn++
	key, item := c.Keys[round%len(c.Keys)], c.Items[round%len(c.Items)]
	return []url.Values{
		{"act": {"in"}, "key": {key}},
		{"act": {"queue"}, "key": {key}},
		{"act": {"open"}, "item": {item}},
		{"act": {"pause"}, "item": {item}},
		{"act": {"out"}, "key": {key}},
	}[step]
}

// act sends a form.
func (c *Chair) act(ctx context.Context, form url.Values) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.Room+"/conducir", strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Cookie", c.Cookie)
	resp, err := c.client.Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	if resp.StatusCode != http.StatusSeeOther {
		err = errors.Join(err, fmt.Errorf("the chair's %s: %s", form.Get("act"), resp.Status))
	}
	return err
}
