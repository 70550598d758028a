package house

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
)

var (
	mdLink   = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	codeSpan = regexp.MustCompile("`([^`]+)`")
	testName = regexp.MustCompile(`^(Test|Fuzz|Benchmark)[A-Z]\w*$`)
	treePath = regexp.MustCompile(`^[\w.-]+(/[\w.-]+)+/?$`)
)

// missionPath is the page that says where each requirement lives and which test
// shows it.
const missionPath = "docs/mission.md"

// Docs finds links of the documentation that lead nowhere, and places and tests
// named in the mission that do not exist. fsys is the tree with all its files.
func Docs(t *Tree, fsys fs.FS) []Finding {
	var out []Finding
	tests := testNames(t)
	for _, f := range t.Files {
		if path.Ext(f.Path) != ".md" {
			continue
		}
		for i, line := range strings.Split(string(f.Text), "\n") {
			for _, gone := range deadLinks(f, line, fsys) {
				out = append(out, Finding{Path: f.Path, Line: i + 1, Says: "links to " + gone + ", which is not there"})
			}
			if f.Path == missionPath {
				for _, gone := range deadNames(line, fsys, tests) {
					out = append(out, Finding{Path: f.Path, Line: i + 1, Says: "names " + gone + ", which is not there"})
				}
			}
		}
	}
	return out
}

// testNames is the set of Go test functions.
func testNames(t *Tree) map[string]bool {
	names := map[string]bool{}
	declared := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Benchmark)\w+)\(`)
	for _, f := range t.Files {
		if strings.HasSuffix(f.Path, "_test.go") {
			for _, m := range declared.FindAllStringSubmatch(string(f.Text), -1) {
				names[m[1]] = true
			}
		}
	}
	return names
}

// deadLinks are the relative links of a line that lead nowhere.
func deadLinks(f *File, line string, fsys fs.FS) []string {
	var gone []string
	for _, m := range mdLink.FindAllStringSubmatch(line, -1) {
		target, _, _ := strings.Cut(m[1], "#")
		if target == "" || strings.Contains(target, ":") {
			continue
		}
		if !exists(fsys, path.Join(f.dir(), target)) {
			gone = append(gone, m[1])
		}
	}
	return gone
}

// deadNames are the paths and tests that a line names in code type and that do
// not exist.
func deadNames(line string, fsys fs.FS, tests map[string]bool) []string {
	var gone []string
	for _, m := range codeSpan.FindAllStringSubmatch(line, -1) {
		name := m[1]
		switch {
		case testName.MatchString(name) && !tests[name],
			treePath.MatchString(name) && !exists(fsys, strings.TrimSuffix(name, "/")):
			gone = append(gone, name)
		}
	}
	return gone
}

func exists(fsys fs.FS, name string) bool {
	_, err := fs.Stat(fsys, name)
	return err == nil
}
