package crowd

import (
	"fmt"
	"io"
	"slices"
	"time"
)

// Report is what a crowd heard.
type Report struct {
	Followers  int           `json:"followers"`
	Changes    int           `json:"changes"`    // different ones that somebody heard
	Deliveries int           `json:"deliveries"` // together
	Took       time.Duration `json:"took"`       // from the first change to the last
	Lost       int           `json:"lost"`       // deliveries that should have been
	Twice      int           `json:"twice"`
	Disordered int           `json:"disordered"`
	Resyncs    int           `json:"resyncs"`  // how often somebody was told to read the page again
	Cuts       int           `json:"cuts"`     // how often a stream ended and was opened again
	FromAct    bool          `json:"from_act"` // times count from the act; else from the first who heard of it
	P50        time.Duration `json:"p50"`
	P90        time.Duration `json:"p90"`
	P99        time.Duration `json:"p99"`
	Max        time.Duration `json:"max"`

	Memory int64         `json:"memory,omitempty"` // most bytes of the own server in the machine's memory
	CPU    time.Duration `json:"cpu,omitempty"`    // of the own server while it was followed
}

// reportOf counts what the followers heard after the number from.
func reportOf(followers []*follower, from int64, act bool) Report {
	r := Report{Followers: len(followers), FromAct: act}
	first := map[int64]int64{} // when each change reached anybody
	var last, begin, end int64
	for _, f := range followers {
		r.Resyncs, r.Cuts = r.Resyncs+f.resyncs, r.Cuts+f.cuts
		for _, h := range f.heard {
			last = max(last, h.seq)
			if t, known := first[h.seq]; !known || h.at < t {
				first[h.seq] = h.at
			}
		}
	}
	var took []int64
	for _, f := range followers {
		r.count(f, from, last)
		for _, h := range f.heard {
			if h.made == 0 {
				continue
			}
			since := first[h.seq]
			if act {
				since = h.made
			}
			took = append(took, max(0, h.at-since))
		}
	}
	for _, t := range first {
		if begin == 0 || t < begin {
			begin = t
		}
		end = max(end, t)
	}
	r.Changes, r.Deliveries, r.Took = len(first), len(took), micro(end-begin)
	slices.Sort(took)
	r.P50, r.P90, r.P99, r.Max = at(took, 50), at(took, 90), at(took, 99), at(took, 100)
	return r
}

// count adds what one follower missed, heard twice or in the wrong order. What
// it was told to read anew is not lost.
func (r *Report) count(f *follower, from, last int64) {
	seen := map[int64]bool{}
	at := from
	for _, h := range f.heard {
		switch {
		case h.made == 0: // a resync
		case seen[h.seq]:
			r.Twice++
			continue
		case h.seq <= at:
			r.Disordered++
			r.Lost-- // it was counted when it was passed over
			seen[h.seq] = true
			continue
		default:
			r.Lost += int(h.seq - at - 1)
		}
		seen[h.seq], at = true, h.seq
	}
	r.Lost += int(max(0, last-at))
}

// at is a percentile of sorted microseconds.
func at(sorted []int64, percent int) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return micro(sorted[max(0, (len(sorted)*percent+99)/100-1)])
}

func micro(n int64) time.Duration { return time.Duration(n) * time.Microsecond }

// Good says whether nothing was lost, doubled or out of order, and nobody had to
// read the page again.
func (r Report) Good() bool {
	return r.Changes > 0 && r.Lost == 0 && r.Twice == 0 && r.Disordered == 0 && r.Resyncs == 0 && r.Cuts == 0
}

// Write says the report to people.
func (r Report) Write(w io.Writer) error {
	rate := 0.0
	if r.Took > 0 {
		rate = float64(r.Changes-1) / r.Took.Seconds()
	}
	since := "the first who heard of it"
	if r.FromAct {
		since = "the act, its way into the database included"
	}
	_, err := fmt.Fprintf(w, `%d followers, %d changes, %.1f a second, %d deliveries
delivery, from %s:
  half within %v, 90 %% within %v, 99 %% within %v, the slowest %v
lost %d, twice %d, out of order %d, told to read again %d, cut off %d
`, r.Followers, r.Changes, rate, r.Deliveries, since, round(r.P50), round(r.P90), round(r.P99), round(r.Max), r.Lost, r.Twice, r.Disordered, r.Resyncs, r.Cuts)
	if err == nil && r.Memory > 0 {
		_, err = fmt.Fprintf(w, "the server: %d MiB of memory at most, %v of processor time\n", r.Memory>>20, r.CPU.Round(10*time.Millisecond))
	}
	return err
}

func round(d time.Duration) time.Duration { return d.Round(100 * time.Microsecond) }
