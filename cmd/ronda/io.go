package main

import (
	"bufio"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/gzip"
)

// IO is where a command reads and writes: the standard streams in the program,
// buffers in a test.
type IO struct {
	In       io.Reader
	Out, Err io.Writer
}

// Open reads the file name, standard input when name is "-", and unpacks gzip,
// which it knows by the first two bytes and not by the name.
func (s IO) Open(name string) (io.ReadCloser, error) {
	source := io.NopCloser(s.In)
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		source = file
	}
	buffered := bufio.NewReaderSize(source, 1<<16)
	if magic, _ := buffered.Peek(2); string(magic) != "\x1f\x8b" {
		return input{buffered, source}, nil
	}
	unpacked, err := gzip.NewReader(buffered)
	if err != nil {
		source.Close()
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return input{unpacked, source}, nil
}

// Progress is where a command may draw progress: Err when that is a terminal,
// otherwise nowhere.
func (s IO) Progress() io.Writer {
	if file, ok := s.Err.(*os.File); ok {
		if info, err := file.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return file
		}
	}
	return io.Discard
}

// input is what Open gives: the text, and the file to close after it.
type input struct {
	io.Reader
	io.Closer
}
