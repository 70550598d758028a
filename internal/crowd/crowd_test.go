package crowd

import (
	"bytes"
	"context"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// stageOf serves a stage in this process and gives the address of its room.
func stageOf(t *testing.T, secret string) string {
	t.Helper()
	s, err := OpenStage(t.Context(), t.TempDir(), secret)
	if err != nil {
		t.Fatal(err)
	}
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- s.Serve(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return "http://" + l.Addr().String() + s.Room()
}

func TestACrowdHearsEverythingOnceAndInOrder(t *testing.T) {
	o := Options{Participants: 20, For: time.Second, Changes: 40, Room: stageOf(t, "a secret"), Cookie: CookieOf("a secret")}
	o.Chair = &Chair{Room: o.Room, Cookie: o.Cookie}
	if err := o.Chair.learn(t.Context()); err != nil {
		t.Fatal(err)
	}
	r, err := Run(t.Context(), o, io.Discard)
	if err != nil || !r.Good() || r.Deliveries != 20*r.Changes || r.Changes < 10 {
		t.Fatalf("%+v, %v", r, err)
	}
	var said bytes.Buffer
	if err := r.Write(&said); err != nil || !strings.Contains(said.String(), "lost 0, twice 0, out of order 0") || strings.Contains(said.String(), "MiB") {
		t.Errorf("%s, %v", said.String(), err)
	}
}

func TestWhoMayNotFollowIsToldSo(t *testing.T) {
	o := Options{Participants: 2, For: time.Second, Room: stageOf(t, "a secret"), Cookie: CookieOf("another")}
	if _, err := Run(t.Context(), o, io.Discard); err == nil || !strings.Contains(err.Error(), "--cookie") {
		t.Errorf("%v", err)
	}
}

// one is a follower that heard these numbers, each a millisecond after it was made.
func one(seqs ...int64) *follower {
	f := &follower{}
	for _, s := range seqs {
		f.heard = append(f.heard, heard{seq: s, made: s * 1000, at: s*1000 + 1000})
	}
	return f
}

func TestTheReportCountsWhatWentWrong(t *testing.T) {
	all := one(1, 2, 3, 4)
	for _, c := range []struct {
		name                    string
		f                       *follower
		lost, twice, disordered int
	}{
		{"all", one(1, 2, 3, 4), 0, 0, 0},
		{"a hole", one(1, 2, 4), 1, 0, 0},
		{"the beginning", one(3, 4), 2, 0, 0},
		{"the end", one(1, 2), 2, 0, 0},
		{"nothing", one(), 4, 0, 0},
		{"twice", one(1, 2, 2, 3, 4), 0, 1, 0},
		{"out of order", one(1, 3, 2, 4), 0, 0, 1},
		{"told to read again", &follower{resyncs: 1, heard: []heard{{seq: 1, made: 1, at: 2}, {seq: 3, at: 3}, {seq: 4, made: 4, at: 5}}}, 0, 0, 0},
	} {
		r := reportOf([]*follower{all, c.f}, 0, true)
		if r.Lost != c.lost || r.Twice != c.twice || r.Disordered != c.disordered || r.Resyncs != c.f.resyncs || r.Changes != 4 {
			t.Errorf("%s: %+v", c.name, r)
		}
		if good := c.name == "all"; r.Good() != good {
			t.Errorf("%s: good is %v", c.name, r.Good())
		}
	}
}

func TestTimesCountFromTheActOrFromTheFirstWhoHeard(t *testing.T) {
	fast, slow := one(1), one(1)
	slow.heard[0].at += 40_000
	if r := reportOf([]*follower{fast, slow}, 0, true); r.Max != 41*time.Millisecond || r.P50 != time.Millisecond {
		t.Errorf("from the act: %+v", r)
	}
	if r := reportOf([]*follower{fast, slow}, 0, false); r.Max != 40*time.Millisecond || r.P50 != 0 {
		t.Errorf("from the first: %+v", r)
	}
}

func TestAStreamIsReadAsABrowserDoes(t *testing.T) {
	f := &follower{}
	long := strings.Repeat("x", 20_000)
	err := f.read(strings.NewReader("retry: 2000\n\n:\n\nid: a/b:7\nevent: change\ndata: {\"seq\":7,\"at\":55,\"parts\":\"" + long + "\"}\n\nid: a/b:9\nevent: resync\ndata: a/b:9\n\nid: a/b:10\nevent: ch"))
	if err != io.EOF || len(f.heard) != 2 || f.heard[0].seq != 7 || f.heard[0].made != 55 || f.heard[1].seq != 9 || f.resyncs != 1 || f.lastID != "a/b:10" {
		t.Errorf("%+v, %v", f, err)
	}
}
