package record

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/klauspost/compress/gzip"
)

// maxLine bounds one line of an export in bytes.
const maxLine = 16 << 20

// ErrFormat says that what was given is no export of a record.
var ErrFormat = errors.New("this is not an export of a public record")

// VerifyExport checks an export without the program that made it: every leaf,
// text and checkpoint. Without check.Verifier the key named in the file is
// used, which shows only that the file agrees with itself; Result.Given says so.
// It may be unpacked already. The error is ErrFormat, or that of ctx.
func VerifyExport(ctx context.Context, r io.Reader, check Check) (Result, error) {
	text, err := unpacked(r)
	if err != nil {
		return Result{}, err
	}
	lines := bufio.NewScanner(text)
	lines.Buffer(make([]byte, 0, 1<<16), maxLine)
	first, err := readLine(lines)
	if err != nil || first.Header == nil || first.Header.Format != exportFormat {
		return Result{}, ErrFormat
	}
	x, err := newExportCheck(*first.Header, check)
	if err != nil {
		return Result{}, err
	}
	if err := x.walk(ctx, lines, check.Progress); err != nil {
		return Result{}, err
	}
	return x.finish(), nil
}

// unpacked is the text of an export, which is known to be packed by its first
// bytes.
func unpacked(r io.Reader) (io.Reader, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	if magic, _ := in.Peek(2); string(magic) != "\x1f\x8b" { // too short is no export, as the first line will show
		return in, nil
	}
	zip, err := gzip.NewReader(in)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	return zip, nil
}

type exportCheck struct {
	*checker
	size  int64 // acts that the header promises
	final string
}

func newExportCheck(h exportHeader, check Check) (*exportCheck, error) {
	verifier := check.Verifier
	if verifier == "" {
		verifier = h.Verifier
	}
	c, err := newChecker(verifier, check.Since)
	if err != nil {
		return nil, err
	}
	c.result.Given = check.Verifier != ""
	if h.Verifier != verifier {
		c.result.find(Finding{Kind: FoundKey, Index: -1, Detail: h.Verifier})
	}
	return &exportCheck{checker: c, size: h.Size}, nil
}

// walk takes line after line. A line that cannot be read is a finding and ends
// the walk, because what follows cannot be placed.
func (x *exportCheck) walk(ctx context.Context, lines *bufio.Scanner, progress func(done, total int64)) error {
	for ctx.Err() == nil {
		l, err := readLine(lines)
		switch {
		case errors.Is(err, io.EOF):
			return x.end()
		case errors.Is(err, errLine) && lines.Scan():
			x.result.find(Finding{Kind: FoundUnreadable, Index: x.at(), Detail: err.Error()})
			return nil
		case err != nil: // the file ends inside a line or inside its compression
			x.result.find(Finding{Kind: FoundCutOff, Index: x.at(), Detail: err.Error()})
			return nil
		}
		x.line(l)
		if progress != nil && x.at()%verifyPage == 0 {
			progress(x.at(), x.size)
		}
	}
	return ctx.Err()
}

func (x *exportCheck) line(l line) {
	if x.final != "" {
		x.result.find(Finding{Kind: FoundOrder, Index: x.at(), Detail: "after the end"})
	}
	switch {
	case l.Leaf != nil:
		x.act(*l.Leaf)
	case l.Checkpoint != "":
		x.seal(l.Checkpoint)
	case l.Final != "":
		x.final = l.Final
	default:
		x.result.find(Finding{Kind: FoundUnreadable, Index: x.at()})
	}
}

// seal takes a checkpoint; the acts before it may be what is missing.
func (x *exportCheck) seal(text string) {
	if cp, err := openCheckpoint(text, x.verifier); err == nil && cp.Size > x.at() && cp.Size <= x.size {
		x.skip(cp.Size)
	}
	x.checkpoint(text, x.at(), time.Time{})
}

func (x *exportCheck) act(act exportLeaf) {
	if act.Index > x.at() && act.Index < x.size {
		x.skip(act.Index)
	}
	leaf, _, ok := x.leaf(act.Index, act.Leaf)
	if !ok {
		return
	}
	if text, err := leaf.encode(); err != nil || string(text) != act.Leaf {
		x.result.find(Finding{Kind: FoundChanged, Index: act.Index, Event: leaf.ID, Field: "leaf"})
	}
	texts := make(map[string]string, len(act.Texts))
	for name, t := range act.Texts {
		texts[name] = t.Text
	}
	x.texts(act.Index, leaf, texts, func(name string) string { return act.Texts[name].Salt })
}

// end finds an export that lacks its end, or an end that is not its last
// checkpoint.
func (x *exportCheck) end() error {
	if x.final == "" && (x.size > 0 || x.at() > 0) || x.at() < x.size {
		x.result.find(Finding{Kind: FoundCutOff, Index: x.at(), Detail: fmt.Sprintf("%d promised", x.size)})
		return nil
	}
	if x.final != "" && x.final != x.result.Newest.Note {
		x.result.find(Finding{Kind: FoundCheckpoint, Index: x.at(), Detail: "the final checkpoint is not the last"})
	}
	return nil
}

// errLine says that a line is there and cannot be read.
var errLine = errors.New("unreadable line")

// readLine gives the next line, io.EOF after the last.
func readLine(lines *bufio.Scanner) (line, error) {
	var l line
	if !lines.Scan() {
		if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
			return l, fmt.Errorf("%w: longer than %d bytes", errLine, maxLine)
		} else if err != nil {
			return l, err
		}
		return l, io.EOF
	}
	if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
		return l, fmt.Errorf("%w: %w", errLine, err)
	}
	return l, nil
}
