package crash

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ronda/app"
	"ronda/city/charter"
	"ronda/internal/program"
	"ronda/internal/town"
	"ronda/platform/db"
)

const (
	teams     = 3                      // officials who take initiatives through the round
	citizens  = 4                      // who write at a time
	past      = 20                     // initiatives that the town has before the first kill
	longest   = 350 * time.Millisecond // between two kills people write at most so long
	startMost = 250 * time.Millisecond // when a start is killed, it is by then
)

// city is a program that people write to, and that is killed.
type city struct {
	t      *testing.T
	seed   uint64
	r      *rand.Rand
	cfg    app.Config
	binary string
	post   *postbox

	charter *charter.Charter
	known   []known
	tender  tender
	hosts   hosts
	words   atomic.Int64 // marks so far
	people  atomic.Int64 // citizens so far
	teams   []*team
	writers []*writer

	p       *program.Process
	journal *journal
	starts  int // of the kills, how many hit a program that was starting
	lines   int // to the mail server that were open at the kills since the last look at rest
	doubted int // invitations in doubt
}

// city is one without anybody in it yet.
func (k killer) city(t *testing.T, cfg app.Config) *city {
	return &city{t: t, seed: k.seed, r: rand.New(rand.NewPCG(k.seed, 0)), cfg: cfg, binary: k.binary, post: newPostbox(t), journal: newJournal()}
}

// town puts people and their past into the city.
func (c *city) town() {
	c.t.Helper()
	to, err := town.Open(c.t.Context(), c.cfg)
	if err != nil {
		c.t.Fatal(err)
	}
	if err := errors.Join(c.settle(to), to.Close()); err != nil {
		c.t.Fatal(err)
	}
}

func (c *city) settle(to *town.Town) error {
	ctx := c.t.Context()
	cast, err := to.Settle(ctx, 0, time.Now().AddDate(-1, 0, 0))
	if err != nil {
		return err
	}
	if err := to.Live(ctx, cast, past, 0, nil); err != nil {
		return err
	}
	c.charter = to.Charter
	if c.known, err = db.Query[known](ctx, to.DB, `SELECT id, number FROM roundtable_initiative WHERE state = 'filed' ORDER BY id`); err != nil {
		return err
	}
	if err := c.ask(ctx, to, cast); err != nil {
		return err
	}
	addresses := map[string]string{}
	for n := range teams {
		who := cast.Directions[n]
		tm := &team{body: bodyOf(who), sponsor: &visitor{email: fmt.Sprintf("direccion-%d@ciudad.test", n)}, offices: map[string]*visitor{}}
		addresses[who.Person] = tm.sponsor.email
		for _, s := range to.Charter.Flow.Steps.All() {
			tm.offices[s.Office] = &visitor{email: s.Office + "@ciudad.test"}
			addresses[to.Head(cast, to.Charter.Office(s.Office)).Person] = s.Office + "@ciudad.test"
		}
		c.teams = append(c.teams, tm)
	}
	c.cast()
	c.host(to, cast)
	return to.Register(ctx, addresses)
}

// cast makes those who will write.
func (c *city) cast() {
	for n, t := range c.teams {
		c.writers = append(c.writers, &writer{r: rand.New(rand.NewPCG(c.seed, uint64(1+n))),
			begin:    func(r *rand.Rand) []step { return c.initiative(t, r) },
			visitors: func() []*visitor { return append(slices.Collect(maps.Values(t.offices)), t.sponsor) }})
	}
	for n := range citizens {
		var now *visitor
		c.writers = append(c.writers, &writer{r: rand.New(rand.NewPCG(c.seed, uint64(100+n))),
			begin: func(r *rand.Rand) []step {
				now = c.newcomer()
				return c.citizen(now, r)
			},
			visitors: func() []*visitor {
				return slices.DeleteFunc([]*visitor{now}, func(v *visitor) bool { return v == nil })
			}})
	}
}

// newcomer is a citizen whom nobody knows, from a network of its own.
func (c *city) newcomer() *visitor {
	n := c.people.Add(1)
	v := &visitor{email: fmt.Sprintf("vecina-%d@correo.test", n), Visitor: c.p.Visit()}
	v.Network = fmt.Sprintf("10.%d.%d.%d", n>>16&255, n>>8&255, n&255)
	return v
}

// start runs the program on what there is.
func (c *city) start(ctx context.Context) (err error) {
	args := []string{"serve", "--data", c.cfg.Data, "--addr", "127.0.0.1:0", "--smtp", c.post.sink.URL(), "--proxy"}
	if c.cfg.Database != "" {
		args = append(args, "--database", c.cfg.Database)
	}
	c.p, err = program.Start(ctx, c.binary, args)
	return err
}

// open starts the program for the first time, signs the officials in and has
// guests called to a meeting.
func (c *city) open() {
	if err := c.start(c.t.Context()); err != nil {
		c.t.Fatal(err)
	}
	times := map[string]int{}
	officials := []*visitor{c.hosts.organiser, c.hosts.secretary}
	for _, t := range c.teams {
		officials = append(append(officials, t.sponsor), slices.Collect(maps.Values(t.offices))...)
	}
	for _, v := range officials {
		v.Visitor = c.p.Visit()
		times[v.email]++
		w := &writer{life: c.official(v, times[v.email])}
		for len(w.life) > 0 {
			if err := w.one(c.t.Context(), c.journal, new(atomic.Bool)); err != nil {
				c.t.Fatal(err)
			}
		}
	}
	for range untilCalled { // so that the first kill finds invitations on their way
		if err := c.hosts.calling.one(c.t.Context(), c.journal, new(atomic.Bool)); err != nil {
			c.t.Fatal(err)
		}
	}
}

// kill lets everybody write for a while and kills the program.
func (c *city) kill() {
	ctx, cancel := context.WithCancel(c.t.Context())
	defer cancel()
	var down atomic.Bool
	failed := make(chan error, len(c.writers))
	var wg sync.WaitGroup
	for _, w := range c.writers {
		wg.Go(func() {
			if err := w.work(ctx, c.journal, &down); err != nil {
				failed <- err
			}
		})
	}
	wait := time.NewTimer(time.Duration(c.r.Int64N(int64(longest))))
	defer wait.Stop()
	select {
	case <-wait.C:
	case err := <-failed:
		failed <- err
	}
	down.Store(true)
	c.p.Kill()
	cancel()
	wg.Wait()
	c.killed()
	close(failed)
	for err := range failed {
		c.fail(fmt.Sprintf("%v\n%s", err, c.said()))
	}
}

// said is what the program logged last, without the requests that went well.
func (c *city) said() string {
	lines := strings.Split(c.p.Said(), "\n")
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return strings.Contains(l, `"status":303`) || strings.Contains(l, `"status":200`) }), "\n")
}

// killStart kills the program while it starts.
func (c *city) killStart() {
	ctx, cancel := context.WithTimeout(c.t.Context(), time.Duration(c.r.Int64N(int64(startMost))))
	defer cancel()
	if err := c.start(ctx); err == nil {
		c.p.Kill()
	} else if ctx.Err() == nil {
		c.fail(err.Error())
	}
	c.killed()
	c.starts++
}

// killed counts a kill, and the mails that it may have left in doubt.
func (c *city) killed() {
	c.journal.kills++
	c.lines += c.post.sink.MostOpen()
}

// fail ends the test with what is wrong, and when.
func (c *city) fail(wrong ...string) {
	c.t.Helper()
	if len(wrong) == 0 {
		return
	}
	const most = 20
	for _, w := range wrong[:min(most, len(wrong))] {
		c.t.Errorf("kill %d: %s", c.journal.kills, w)
	}
	c.t.Fatalf("kill %d: %d findings; %s=%d makes the same choices", c.journal.kills, len(wrong), seedVariable, c.seed)
}

// round is a kill, sometimes a second one while the program starts again, and a
// look at what is left: at rest, or when the program has recovered by itself.
func (c *city) round() {
	c.kill()
	if c.r.IntN(8) == 0 {
		c.killStart()
	}
	rest := c.cfg.Database != "" || c.r.IntN(2) == 0
	if rest {
		c.look(true)
	}
	if err := c.start(c.t.Context()); err != nil {
		c.fail(err.Error())
	}
	if !rest {
		c.look(false)
	}
	for _, w := range c.writers {
		w.resume(c.p)
	}
}

// finish lets the program do what it still owes, stops it as an operator would,
// and looks a last time.
func (c *city) finish() {
	c.kill()
	c.look(true)
	if err := c.start(c.t.Context()); err != nil {
		c.fail(err.Error())
	}
	c.quiet()
	c.fail(c.listed()...)
	if err := c.p.Stop(); err != nil {
		c.fail(err.Error())
	}
	c.look(true)
	c.owedNothing()
	j := c.journal
	c.t.Logf("%d kills, %d of them while it started; %d acknowledged writes are there; of %d that were on their way %d are there, whole; %d mails, %d of them twice; %d invitations, %d in doubt",
		j.kills, c.starts, j.acknowledged, j.unanswered, j.landed, len(c.post.ids)+c.post.again, c.post.again, len(c.post.invitations), c.doubted)
}

// database opens the city's database as the program left it.
func (c *city) database() *db.DB {
	c.t.Helper()
	d, err := db.Open(c.t.Context(), c.cfg.Target())
	if err != nil {
		c.fail(err.Error())
	}
	return d
}

// witness is the file that holds the record's newest seal.
func (c *city) witness() string { return filepath.Join(c.cfg.Data, "checkpoint") }
