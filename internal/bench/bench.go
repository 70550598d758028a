package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
)

// bench is one run.
type bench struct {
	options
	root   string // of the repository
	folder string // what is kept between runs
	binary string
	forms  map[string]string // of the towns, by kind; see formOf
}

func (b *bench) say(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "bench: "+format+"\n", args...)
}

// median is the middle of the values, of which there is one at least.
func median[T cmp.Ordered](values []T) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}
