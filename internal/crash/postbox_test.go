package crash

import (
	"context"
	"slices"
	"sync"
	"testing"

	"ronda/platform/mail/mailtest"
)

// postbox is where the program's mails arrive.
type postbox struct {
	sink *mailtest.Sink

	mu    sync.Mutex
	read  int                        // mails of the sink that were sorted
	mails map[string][]mailtest.Mail // by receiver, each Message-ID once
	ids   map[string]bool
	again int // mails that came once more under the same Message-ID

	invitations []received     // mails for calendars, each as often as it came
	opened      map[string]int // mails of a receiver that were taken out
	arrived     chan struct{}  // closed at the next mail
}

func newPostbox(t testing.TB) *postbox {
	b := &postbox{sink: mailtest.Start(t), mails: map[string][]mailtest.Mail{}, ids: map[string]bool{}, opened: map[string]int{}, arrived: make(chan struct{})}
	b.sink.After = func() error { b.sort(); return nil }
	return b
}

// sort puts new mails where their receivers look.
func (b *postbox) sort() {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := b.sink.Mails()
	for _, m := range all[b.read:] {
		if m.Calendar != "" {
			b.invitations = append(b.invitations, readLetter(m))
			continue
		}
		if b.ids[m.ID()] {
			b.again++
			continue
		}
		b.ids[m.ID()] = true
		b.mails[m.To] = append(b.mails[m.To], m)
	}
	b.read = len(all)
	close(b.arrived)
	b.arrived = make(chan struct{})
}

// next waits for the receiver's next mail.
func (b *postbox) next(ctx context.Context, to string) (mailtest.Mail, error) {
	for {
		b.mu.Lock()
		n, mails, arrived := b.opened[to], b.mails[to], b.arrived
		if n < len(mails) {
			b.opened[to]++
			b.mu.Unlock()
			return mails[n], nil
		}
		b.mu.Unlock()
		select {
		case <-arrived:
		case <-ctx.Done():
			return mailtest.Mail{}, ctx.Err()
		}
	}
}

// count is how many different mails have come to an address.
func (b *postbox) count(to string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.mails[to])
}

// letters are the invitations that have come, in their order.
func (b *postbox) letters() []received {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.invitations)
}
