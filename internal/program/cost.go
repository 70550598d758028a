package program

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// tick is the unit in which Linux counts the time of processes.
const tick = 10 * time.Millisecond

// CPU is the time that all threads of the process have computed, for itself and
// in the kernel. Linux only.
func (p *Process) CPU() (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.PID()))
	if err != nil {
		return 0, err
	}
	// The name, in brackets, may hold anything; what follows are numbers.
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
	const user, kernel = 11, 12 // fields 14 and 15 of the line
	if len(fields) <= kernel {
		return 0, fmt.Errorf("/proc/%d/stat reads %q", p.PID(), text)
	}
	var sum int64
	for _, f := range []string{fields[user], fields[kernel]} {
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return time.Duration(sum) * tick, nil
}

// Memory is how many bytes of the process lie in the machine's memory now, and
// the most there ever were. Linux only.
func (p *Process) Memory() (now, most int64, err error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.PID()))
	if err != nil {
		return 0, 0, err
	}
	for line := range strings.Lines(string(text)) {
		var to *int64
		switch {
		case strings.HasPrefix(line, "VmRSS:"):
			to = &now
		case strings.HasPrefix(line, "VmHWM:"):
			to = &most
		default:
			continue
		}
		if _, err := fmt.Sscanf(line[6:], "%d kB", to); err != nil {
			return 0, 0, fmt.Errorf("%q: %w", line, err)
		}
		*to <<= 10
	}
	return now, most, nil
}

// Rest waits until the process has nothing left to do of itself, so that what is
// measured next is the cost of requests and not of the start. It fails when the
// process is still at work after a minute.
func (p *Process) Rest(ctx context.Context) error {
	const look, still, most = 200 * time.Millisecond, 3, 300
	before, err := p.CPU()
	for quiet, n := 0, 0; err == nil && quiet < still; n++ {
		if n == most {
			return fmt.Errorf("process %d does not come to rest", p.PID())
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(look):
		}
		var now time.Duration
		if now, err = p.CPU(); now-before <= look/20 {
			quiet++
		} else {
			quiet = 0
		}
		before = now
	}
	return err
}
