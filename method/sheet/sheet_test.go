package sheet

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

// read returns the cells of columns id and title of every row.
func read(t *testing.T, text string) [][2]string {
	t.Helper()
	s, err := Open(iotest.OneByteReader(strings.NewReader(text)))
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	var rows [][2]string
	id, title := s.Column("ID"), s.Column("título", "title")
	for {
		row, err := s.Next()
		if err == io.EOF {
			return rows
		}
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		rows = append(rows, [2]string{Cell(row, id), Cell(row, title)})
	}
}

func TestTheSameTableInManyCoats(t *testing.T) {
	want := [][2]string{{"1", "Más sol"}, {"2", "a;b, c"}}
	for name, text := range map[string]string{
		"plain":         "id,title\n1,Más sol\n2,\"a;b, c\"\n",
		"mark and CRLF": "\ufeffid,title\r\n1,Más sol\r\n2,\"a;b, c\"\r\n",
		"semicolons":    "id;title\n1;Más sol\n2;\"a;b, c\"",
		"tabs":          "ID\tTitle\n1\tMás sol\n2\ta;b, c",
		"sep line":      "sep=;\r\nid;title\r\n1;Más sol\r\n2;\"a;b, c\"\r\n",
		"other order":   "title,x,id\nMás sol,,1\n\"a;b, c\",9,2",
		"quoted rows":   "\"id;title\"\n\"1;Más sol\"\n\"2;\"\"a;b, c\"\"\"\n",
		"old encoding":  "id,title\n1,M\xe1s sol\n2,\"a;b, c\"\n",
		"blanks":        " id , title \n 1 , Más sol\n\n2,\"a;b, c\"",
	} {
		if got := read(t, text); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestWhatIsNoTable(t *testing.T) {
	for _, page := range []string{"\n <html><body>Access Denied", "\ufeff<!doctype html>\n"} {
		if _, err := Open(strings.NewReader(page)); !errors.Is(err, ErrNotTable) {
			t.Errorf("%q: %v", page, err)
		}
	}
	for _, text := range []string{"", "\ufeff", "\n\n", "sep=;\n"} {
		if _, err := Open(strings.NewReader(text)); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%q: %v", text, err)
		}
	}
	broken := errors.New("cable cut")
	if _, err := Open(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("broken reader: %v", err)
	}
}

func FuzzSheet(f *testing.F) {
	f.Add("id,title\n1,x")
	f.Add("sep=;\n\"a;b\"\n\"c;\"\"d\"\"\"")
	f.Add("\ufeff\xff;\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Open(strings.NewReader(text))
		if err != nil {
			return
		}
		for {
			row, err := s.Next()
			if err != nil {
				return
			}
			for i := range row {
				if !utf8.ValidString(Cell(row, i)) {
					t.Fatalf("cell %q", row[i])
				}
			}
		}
	})
}
