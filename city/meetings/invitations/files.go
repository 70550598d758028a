package invitations

import "sync"

const filesMax = 16 << 20 // bytes

// files are calendars as they were last written, by their tags: many programs
// that subscribe do not say what they have and take the whole file each hour.
type files struct {
	mu    sync.Mutex
	bytes int
	byTag map[string][]byte
}

// get is the file of a tag, or else the one that write makes.
func (f *files) get(tag string, write func() ([]byte, error)) ([]byte, error) {
	f.mu.Lock()
	raw, ok := f.byTag[tag]
	f.mu.Unlock()
	if ok {
		return raw, nil
	}
	raw, err := write()
	if err == nil {
		f.keep(tag, raw)
	}
	return raw, err
}

// keep begins anew when there is no more room: a file is quickly written.
func (f *files) keep(tag string, raw []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.byTag == nil || f.bytes+len(raw) > filesMax {
		f.byTag, f.bytes = map[string][]byte{}, 0
	}
	if _, there := f.byTag[tag]; !there {
		f.byTag[tag] = raw
		f.bytes += len(raw)
	}
}
