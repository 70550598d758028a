package crowd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"ronda/internal/program"
)

// Options say how large a crowd is and what it follows.
type Options struct {
	Participants int
	For          time.Duration
	Room         string // address of the room, "https://ronda.example/reuniones/REU-2026-0042/sala"
	Cookie       string // of somebody who may follow, "ronda=..."; empty for none
	Chair        *Chair // who makes changes; nil: nobody here
	Changes      float64
	Server       *program.Process // the own server; nil: it runs elsewhere
}

// settle is how long the crowd waits for the last changes.
const settle = 10 * time.Second

// openAtOnce is how many streams are opened at one time.
const openAtOnce = 32

// Run has a crowd follow a meeting and says what it heard. said hears what is
// going on, in lines.
func Run(ctx context.Context, o Options, said io.Writer) (Report, error) {
	from, err := o.position(ctx)
	if err != nil {
		return Report{}, err
	}
	fmt.Fprintf(said, "opening %d streams\n", o.Participants)
	listening, stop := context.WithCancel(ctx)
	defer stop()
	c, err := o.gather(listening, from)
	if err != nil {
		stop()
		c.Wait()
		return Report{}, err
	}
	before := o.cpu()
	fmt.Fprintf(said, "following for %v\n", o.For)
	err = o.follow(ctx)
	after := o.cpu()
	stop()
	c.Wait()
	r := reportOf(c.followers, from, o.Server != nil)
	if o.Server != nil {
		_, r.Memory, _ = o.Server.Memory() // unknown where the system does not say
		r.CPU = after - before
	}
	return r, err
}

// cpu is what the own server has computed so far.
func (o Options) cpu() time.Duration {
	if o.Server == nil {
		return 0
	}
	d, _ := o.Server.CPU() // unknown where the system does not say
	return d
}

// follow lets the time pass, with a chair at work if there is one, and then
// waits for what is on its way.
func (o Options) follow(ctx context.Context) error {
	working, stop := context.WithTimeout(ctx, o.For)
	defer stop()
	var err error
	if o.Chair != nil {
		err = o.Chair.Work(working, o.Changes)
	} else {
		<-working.Done()
	}
	select {
	case <-ctx.Done():
	case <-time.After(min(settle, o.For/4+time.Second)):
	}
	return errors.Join(err, ctx.Err())
}

// position is the number from which a page that is opened now follows.
func (o Options) position(ctx context.Context) (int64, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, o.Room, nil)
	if err != nil {
		return 0, err
	}
	r.Header = o.header()
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	page, err := io.ReadAll(io.LimitReader(resp.Body, 4<<20))
	if err != nil {
		return 0, err
	}
	_, rest, ok := strings.Cut(string(page), "/vivo?desde=")
	if !ok {
		return 0, fmt.Errorf("%s: %s, and no page of a room that can be followed; it may need --cookie", o.Room, resp.Status)
	}
	return number(rest), nil
}

func (o Options) header() http.Header {
	h := http.Header{"Accept-Language": {"es-AR,es;q=0.9"}, "User-Agent": {"ronda load"}}
	if o.Cookie != "" {
		h.Set("Cookie", o.Cookie)
	}
	return h
}

// gathered is the followers of a crowd and what they wait with.
type gathered struct {
	followers []*follower
	sync.WaitGroup
}

// gather opens the streams of all and returns when the last one is open.
func (o Options) gather(ctx context.Context, from int64) (*gathered, error) {
	client := &http.Client{Transport: &http.Transport{DisableCompression: true, DisableKeepAlives: true, ReadBufferSize: 4 << 10,
		DialContext: (&net.Dialer{Timeout: settle}).DialContext}}
	c := &gathered{}
	opened, places := make(chan error, o.Participants), make(chan struct{}, openAtOnce)
	for range o.Participants {
		f := &follower{stream: fmt.Sprintf("%s/vivo?desde=%d", o.Room, from), header: o.header(), client: client}
		c.followers = append(c.followers, f)
		places <- struct{}{}
		c.Go(func() {
			f.listen(ctx, func(err error) {
				<-places
				opened <- err
			})
		})
	}
	var failed error
	for range o.Participants {
		failed = errors.Join(<-opened, failed)
		if failed != nil {
			return c, failed
		}
	}
	return c, nil
}
