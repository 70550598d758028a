package program

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Process is the program, running.
type Process struct {
	URL string // where it answers, without a final slash

	cmd  *exec.Cmd
	said *tail
	end  chan struct{} // closed when the process has ended
	err  error         // what Wait said; read it after end
}

// Start runs the program at path and waits until it has printed the address at
// which it answers. The process is killed when the one that started it ends, and
// when ctx does. env is added to the environment, "NAME=value".
func Start(ctx context.Context, path string, args []string, env ...string) (*Process, error) {
	p := &Process{cmd: exec.CommandContext(ctx, path, args...), said: &tail{}, end: make(chan struct{})}
	p.cmd.Env = append(p.cmd.Environ(), env...)
	p.cmd.Stderr = p.said
	p.cmd.SysProcAttr = dieTogether()
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	started := make(chan error, 1)
	go p.hold(out, started)
	if err := <-started; err != nil {
		return nil, err
	}
	if p.URL == "" {
		<-p.end
		return nil, fmt.Errorf("%s ended before it answered: %w\n%s", path, errors.Join(p.err, ctx.Err()), p.said)
	}
	return p, nil
}

// hold starts the process and waits for its end on one thread of the operating
// system: the kernel kills the process when the thread that started it ends.
func (p *Process) hold(out io.Reader, started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := p.cmd.Start(); err != nil {
		started <- err
		return
	}
	lines := bufio.NewScanner(out)
	for p.URL == "" && lines.Scan() {
		if _, address, ok := strings.Cut(lines.Text(), "http://"); ok {
			p.URL = "http://" + strings.TrimRight(address, "/. ")
		}
	}
	started <- nil
	_, _ = io.Copy(io.Discard, out)
	p.err = p.cmd.Wait()
	close(p.end)
}

// PID is the number of the process.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Said is the end of what the process wrote to its log.
func (p *Process) Said() string { return p.said.String() }

// Kill ends the process at once, as a power cut would, and waits until it is
// gone.
func (p *Process) Kill() {
	_ = p.cmd.Process.Signal(syscall.SIGKILL) // it may be gone already
	<-p.end
}

// patience is how long a process that was asked to stop may take.
const patience = 20 * time.Second

// Stop asks the process to end and waits; one that does not is killed.
func (p *Process) Stop() error {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.end:
	case <-time.After(patience):
		p.Kill()
		return fmt.Errorf("it did not stop within %v\n%s", patience, p.said)
	}
	if p.err != nil {
		return fmt.Errorf("it stopped badly: %w\n%s", p.err, p.said)
	}
	return nil
}

// tailMax is how many bytes of a log are kept.
const tailMax = 16 << 10

// tail keeps the end of what is written.
type tail struct {
	mu   sync.Mutex
	text []byte
}

// Write keeps b and forgets what is long past.
func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, b...)
	if over := len(t.text) - tailMax; over > 0 {
		t.text = append(t.text[:0], t.text[over:]...)
	}
	return len(b), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.text)
}
