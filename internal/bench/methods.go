package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"runtime"
	"slices"
	"syscall"
	"time"

	"ronda/method/choice/budget"
	"ronda/method/choice/review"
	"ronda/method/opinion"
	"ronda/method/similar"
)

// method is a computation of the analysts, measured in this process.
type method struct {
	name, unit string
	bar        float64
	other      string
	run        func(b *bench) (float64, error)
}

// The instances that have bars.
const (
	conversation = "polis/american-assembly.bowling-green/participants-votes.csv.gz" // 2,031 x 896, 225,524 votes
	wroclaw      = "pabulib/Poland_Wroclaw_2015_150_-_500.pb.gz"                     // 131,778 ballots
	budapest     = "pabulib/Hungary_Budapest_2024.pb.gz"
	proposals    = "ideas/decide-madrid-proposals.csv.gz" // 2,598 of them are clean
)

func methods() []method {
	equalShares := budget.Options{Ties: budget.Ties("id")}
	raised := budget.Options{Ties: budget.Ties("id"), Raise: true}
	return []method{
		{"critical path of 5,000 tasks, 10,000 links", "ms", 10, "", criticalPath},
		{"Gantt of 500 bars as SVG", "ms", 5, "", ganttChart},
		{"opinion map 2,031 x 896 from CSV", "s", 0.5, "", mapFromFile},
		{"opinion map 2,031 x 896 from memory", "s", 0.2, "red-dwarf 1.14 s", mapFromMemory},
		{"equal shares, 131,778 ballots from file", "s", 0.2, "", sharesOf(wroclaw, equalShares)},
		{"equal shares add1, 131,778 ballots from file", "s", 1, "", sharesOf(wroclaw, raised)},
		{"equal shares, Budapest from file", "s", 0, "pabutools 11 s, compute tool 0.67 s", sharesOf(budapest, equalShares)},
		{"equal shares add1, Budapest from file", "s", 3, "", sharesOf(budapest, raised)},
		{"ranking of 5,000 ideas x 3 reviews", "s", 1, "", ranking},
		{"similar while typing, p99 at 2,598", "ms", 20, "", typingAt(1)},
		{"similar while typing, p99 at 25,980", "ms", 60, "", typingAt(10)},
	}
}

// methods measures what analysts compute.
func (b *bench) methods(ctx context.Context, t *table) error {
	for _, m := range methods() {
		if !b.wants(m.name) {
			continue
		}
		l := line{name: m.name, unit: m.unit, bar: m.bar, other: m.other}
		for range b.rounds {
			figure, err := m.run(b)
			if errors.Is(err, fs.ErrNotExist) {
				l.gone = "no data"
				break
			}
			if err := errors.Join(err, ctx.Err()); err != nil {
				return fmt.Errorf("%s: %w", m.name, err)
			}
			l.large = append(l.large, figure)
		}
		b.say("%s: %v", m.name, l.large)
		t.add(l)
	}
	return nil
}

// took is the processor time that fn takes in this process, all its threads and
// what it leaves to collect included.
func took(fn func() error) (time.Duration, error) {
	runtime.GC()
	before, err := used(syscall.RUSAGE_SELF)
	if err != nil {
		return 0, err
	}
	if err := fn(); err != nil {
		return 0, err
	}
	after, err := used(syscall.RUSAGE_SELF)
	return after - before, err
}

// used is the processor time so far of the process or of a thread.
func used(who int) (time.Duration, error) {
	var u syscall.Rusage
	err := syscall.Getrusage(who, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), err
}

func seconds(fn func() error) (float64, error) {
	d, err := took(fn)
	return d.Seconds(), err
}

func mapFromFile(b *bench) (float64, error) {
	return seconds(func() error {
		v, err := readData(b, conversation, opinion.Read)
		if err == nil {
			opinion.Draw(v, opinion.State{})
		}
		return err
	})
}

func mapFromMemory(b *bench) (float64, error) {
	v, err := readData(b, conversation, opinion.Read)
	if err != nil {
		return 0, err
	}
	return seconds(func() error {
		opinion.Draw(v, opinion.State{})
		return nil
	})
}

func sharesOf(file string, o budget.Options) func(*bench) (float64, error) {
	return func(b *bench) (float64, error) {
		return seconds(func() error {
			in, err := readData(b, file, budget.Read)
			if err == nil {
				_, err = budget.EqualShares(in, o)
			}
			return err
		})
	}
}

// ranking ranks a panel twice, which must give the same bytes.
func ranking(*bench) (float64, error) {
	p := panel(5000, 3, 150, 5)
	var texts [2][]byte
	var first float64
	for i := range texts {
		var r *review.Ranking
		cost, err := seconds(func() (err error) { r, err = review.Rank(p, review.Options{Places: 100}); return err })
		if err != nil {
			return 0, err
		}
		if first == 0 {
			first = cost
		}
		if texts[i], err = json.Marshal(r); err != nil {
			return 0, err
		}
	}
	if !bytes.Equal(texts[0], texts[1]) {
		return 0, errors.New("the ranking differs between two runs")
	}
	return first, nil
}

// panel is a jury of which each idea was read by some.
func panel(ideas, each, reviewers, criteria int) *review.Panel {
	const best = 4
	r := rand.New(rand.NewPCG(1, 2))
	p := &review.Panel{Best: best}
	for range criteria {
		p.Weights = append(p.Weights, 1+r.Float64())
	}
	for i := range ideas {
		quality := r.IntN(best - 1)
		for _, who := range r.Perm(reviewers)[:each] {
			grades := make([]int, criteria)
			for c := range grades {
				grades[c] = min(best, quality+r.IntN(2)+who%2)
			}
			p.Reviews = append(p.Reviews, review.Review{Reviewer: fmt.Sprint("r", who), Idea: fmt.Sprintf("i%05d", i), Grades: grades})
		}
	}
	return p
}

// The titles are asked for as they grow, so many times.
const (
	typedOften = 2000
	typedShown = 5
	typedLeast = 0.2
)

// typingAt is what the hundredth most expensive letter costs, of a title typed
// while the proposals are there so many times over, in ms.
func typingAt(times int) func(*bench) (float64, error) {
	return func(b *bench) (float64, error) {
		texts, err := readData(b, proposals, cleanProposals)
		if err != nil {
			return 0, err
		}
		x := similar.NewIndex()
		for n := range times {
			for _, row := range texts {
				x.Add(fmt.Sprint(n, "/", row[0]), fmt.Sprint(row[1], " zona", n), row[2])
			}
		}
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		costs := make([]float64, typedOften)
		for i := range costs {
			title := []rune(texts[i%len(texts)][1])
			before, err := used(rusageThread)
			if err != nil {
				return 0, err
			}
			x.Typing(string(title[:min(len(title), 3+i%40)]), typedLeast, typedShown)
			after, err := used(rusageThread)
			if err != nil {
				return 0, err
			}
			costs[i] = per(after-before, 1)
		}
		slices.Sort(costs)
		return costs[len(costs)*99/100], nil
	}
}

// rusageThread is RUSAGE_THREAD of Linux, the calling thread alone.
const rusageThread = 1
