package bring

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"ronda/platform/fault"
)

// entry takes the name of a file of Decidim's open data apart:
// "<host>-open-data-proposals.csv". kind is empty for what is no list.
func entry(name string) (site, kind string) {
	kind, list := strings.CutSuffix(path.Base(name), ".csv")
	if !list || strings.HasPrefix(kind, "._") {
		return "", ""
	}
	if host, rest, ok := strings.Cut(kind, "-open-data-"); ok {
		return strings.ToLower(host), rest
	}
	return "", kind
}

// kinds of list that hold ideas, and those that say what came of them.
var (
	ofIdeas   = []string{"proposals", "ideas", "solutions"}
	ofResults = []string{"results", "projects"}
)

// readZIP reads the lists of ideas in the open data of an instance, and before
// them what became of ideas. All other files stay closed, accounts among them.
func (s *session) readZIP(in io.Reader) error {
	data, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	files, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return fault.New(fault.Invalid, "ideas.bring.packed")
	}
	if len(files.File) > s.Limits.Entries {
		return bomb()
	}
	left := min(s.Limits.Unpacked, max(free, s.Limits.Ratio*int64(len(data))))
	if err := s.entries(files.File, ofResults, &left, s.readResults); err != nil {
		return err
	}
	found := s.rows
	if err := s.entries(files.File, ofIdeas, &left, s.readDecidim); err != nil {
		return err
	}
	for _, f := range files.File {
		if _, kind := entry(f.Name); !slices.Contains(ofIdeas, kind) && !slices.Contains(ofResults, kind) && !f.FileInfo().IsDir() {
			s.left = append(s.left, f.Name)
		}
	}
	if s.rows == found && !slices.ContainsFunc(files.File, holdsIdeas) {
		return fault.New(fault.Invalid, "ideas.bring.nothing")
	}
	return nil
}

func holdsIdeas(f *zip.File) bool {
	_, kind := entry(f.Name)
	return slices.Contains(ofIdeas, kind)
}

// entries reads the files of some kinds one after the other. An empty file is a
// list without rows, as Decidim writes it.
func (s *session) entries(files []*zip.File, kinds []string, left *int64, read func(*bufio.Reader) error) error {
	for _, f := range files {
		site, kind := entry(f.Name)
		if !slices.Contains(kinds, kind) {
			continue
		}
		s.file = f.Name
		s.source = cmp.Or(s.source, site)
		if err := s.entry(f, left, read); err != nil {
			return err
		}
	}
	s.file = ""
	return nil
}

func (s *session) entry(f *zip.File, left *int64, read func(*bufio.Reader) error) error {
	inside, err := f.Open()
	if err != nil {
		return fault.New(fault.Invalid, "ideas.bring.packed")
	}
	defer inside.Close()
	list := bufio.NewReaderSize(bounded{whole{inside}, left, bomb()}, peekSize)
	if _, err := list.Peek(1); errors.Is(err, io.EOF) {
		return nil
	}
	if _, err := look(list); err != nil {
		return err
	}
	return read(list)
}

// whole reads a file of an archive and says in words when it is damaged.
type whole struct{ from io.Reader }

// Read implements io.Reader.
func (m whole) Read(p []byte) (int, error) {
	n, err := m.from.Read(p)
	return n, damaged(err)
}

// readResults notes what came of ideas: the results of an accountability and the
// projects of a budget name them by their addresses.
func (s *session) readResults(in *bufio.Reader) error {
	rows, head, err := s.open(in)
	if err != nil {
		return err
	}
	title, ideas := field(head.columns("title")), field(head.columns("proposal_urls", "related_proposal_urls"))
	status, progress, where := field(head.columns("status/name", "status/key")), field(head.columns("progress")), field(head.columns("url"))
	for {
		rec, err := rows.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if rec.broken {
			continue
		}
		came := came(title.of(rec), status.of(rec), progress.of(rec), where.of(rec))
		for _, idea := range strings.Split(ideas.of(rec), ",") {
			if at := address(idea); at != "" && came != "" {
				s.after[at] = strings.TrimSpace(s.after[at] + "\n" + came)
			}
		}
	}
}

// came is a line about a result, the same in every language.
func came(title, status, progress, where string) string {
	if progress != "" {
		progress = strings.TrimSuffix(progress, "%") + " %"
	}
	parts := slices.DeleteFunc([]string{title, status, progress, address(where)}, func(p string) bool { return p == "" })
	if len(parts) == 0 {
		return ""
	}
	return "→ " + strings.Join(parts, " · ")
}
