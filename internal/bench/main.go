// Bench measures what a request to Ronda costs, how much memory it takes, how
// soon it answers after its start and what group commit gives, and prints one
// table: figure, bar, ratio. Run it with make bench.
//
// The figure of a request is the processor time of the server's process, for
// itself and in the kernel, from before the first request to after the last one
// and what it left to do: on a busy machine nothing else can be compared. Two
// servers run, over a small and a large town; they are measured in turn, round
// after round, and the median of the rounds counts. Rounds that write begin with
// a fresh copy of the town. Requests are those of a person who is signed in and
// takes compressed pages; the load comes from this process, the server is
// another one. The methods of analysts are measured in this process, on the
// files of ../shared/data where they are there.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"ronda/internal/program"
)

// options are what the command line says.
type options struct {
	rounds, large, small, events, persons int
	supports, comments, citizens          int
	only                                  string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var o options
	flag.IntVar(&o.rounds, "rounds", 3, "rounds of each measurement, of which the median counts")
	flag.IntVar(&o.large, "large", 20_000, "initiatives, or ideas, of the large towns")
	flag.IntVar(&o.small, "small", 200, "initiatives, or ideas, of the small towns")
	flag.IntVar(&o.events, "events", 15, "events for each initiative")
	flag.IntVar(&o.persons, "persons", 2000, "persons of each town of initiatives")
	flag.IntVar(&o.supports, "supports", 100_000, "supports in the large town of ideas; the small one has its share")
	flag.IntVar(&o.comments, "comments", 30_000, "comments in the large town of ideas; the small one has its share")
	flag.IntVar(&o.citizens, "citizens", 5000, "persons of each town of ideas")
	flag.StringVar(&o.only, "only", "", "measure only the figures whose name holds this, or one of several with | between")
	flag.Parse()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	root, err := program.Root()
	if err != nil {
		return err
	}
	b := &bench{options: o, root: root, folder: filepath.Join(root, "build", "bench"), binary: filepath.Join(root, "build", "ronda-bench"), forms: map[string]string{}}
	if err := os.MkdirAll(b.folder, 0o755); err != nil {
		return err
	}
	for _, k := range kinds {
		if b.forms[k.name], err = formOf(root, k); err != nil {
			return err
		}
	}
	b.say("building the program")
	if err := program.Build(ctx, root, b.binary); err != nil {
		return err
	}
	var t table
	for _, part := range []func(context.Context, *table) error{b.initiatives, b.execution, b.ideas, b.meetings, b.methods, b.starts, b.durable} {
		if err := part(ctx, &t); err != nil {
			return err
		}
	}
	return t.print(os.Stdout, b)
}

// wants says whether a figure is to be measured.
func (b *bench) wants(name string) bool {
	return slices.ContainsFunc(strings.Split(b.only, "|"), func(part string) bool { return strings.Contains(name, part) })
}
