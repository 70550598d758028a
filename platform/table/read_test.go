package table_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/table"
)

func TestCSVAsPeopleSendIt(t *testing.T) {
	want := table.Sheet{Head: []string{"Título", "Año"}, Line: 1, Rows: []table.Row{{Line: 2, Cells: []string{"Ñandú", "2013"}}}}
	for name, text := range map[string]string{
		"commas":        "Título,Año\nÑandú,2013\n",
		"semicolons":    "Título;Año\r\nÑandú;2013\r\n",
		"tabs":          "Título\tAño\nÑandú\t2013",
		"a mark":        "\uFEFFTítulo,Año\nÑandú,2013\n",
		"quotes":        "\"Título\",\"Año\"\n\"Ñandú\",\"2013\"\n",
		"Latin-1":       "T\xedtulo;A\xf1o\n\xd1and\xfa;2013\n",
		"UTF-16":        "\xff\xfeT\x00\xed\x00t\x00u\x00l\x00o\x00;\x00A\x00\xf1\x00o\x00\n\x00\xd1\x00a\x00n\x00d\x00\xfa\x00;\x002\x000\x001\x003\x00",
		"spaces":        " Título , Año ,,\n Ñandú,2013,, \n,,\n\n",
		"commas inside": "\"Título\";Año\nÑandú;2013\n",
		"a short row":   "Título,Año\nÑandú,2013\n\n\n",
	} {
		got, err := table.Read(strings.NewReader(text), table.Usual)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %s %v", name, diff, err)
		}
	}
	got, err := table.Read(strings.NewReader("sep=|\nTítulo|Año\n\n\"dos\nlíneas\"|1\nx\n"), table.Usual)
	want = table.Sheet{Head: []string{"Título", "Año"}, Line: 2, Rows: []table.Row{{4, []string{"dos\nlíneas", "1"}}, {6, []string{"x", ""}}}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestColumnsAreFoundByTheirNames(t *testing.T) {
	s, err := table.Read(strings.NewReader("Código, TÍTULO de la iniciativa ,x\n1,2,3\n"), table.Usual)
	if err != nil {
		t.Fatal(err)
	}
	if i := s.Column("title", "titulo_de_la_iniciativa"); i != 1 || s.Rows[0].Cell(i) != "2" {
		t.Errorf("found at %d", i)
	}
	if i := s.Column("none"); i != -1 || s.Rows[0].Cell(i) != "" {
		t.Errorf("found at %d", i)
	}
}

func TestWhatIsNoListIsSaidSo(t *testing.T) {
	small := table.Limits{Bytes: 2000, Rows: 2, Columns: 3, Cell: 50, Cells: 20, Unpacked: 1 << 20, Entries: 20, Ratio: 100}
	for name, c := range map[string]struct {
		text, key string
		line      int
	}{
		"nothing":           {"", "table.empty", 0},
		"only blanks":       {" \n,,,\n\n", "table.empty", 0},
		"a page":            {"\uFEFF \n<!DOCTYPE html><html><body>Ingresá", "table.page", 0},
		"a table of a page": {"<table><tr><td>1", "table.page", 0},
		"an open quote":     {"a,b\n1,2\n\"x,y\n", "table.quotes", 3},
		"a bare quote":      {"a,b\n5\" caño,2\n", "table.quotes", 2},
		"a wide row":        {"a,b\n1,2\n1,2,3\n", "table.wide", 3},
		"many columns":      {"a,b,c,d\n", "table.columns", 1},
		"many rows":         {"a\n1\n2\n3\n", "table.rows", 0},
		"many cells":        {strings.Repeat(",", 21), "table.cells", 0},
		"a long cell":       {"a\n" + strings.Repeat("x", 51), "table.cell", 2},
		"a big file":        {strings.Repeat("x", 2001), "table.too_big", 0},
		"bytes":             {"a\x00b", "table.not_a_list", 0},
		"control":           {"a\nx\x07", "table.encoding", 2},
		"no letter":         {"a\n\x81", "table.encoding", 2},
		"a PDF":             {"%PDF-1.7", "table.not_a_list", 0},
		"an old book":       {"\xD0\xCF\x11\xE0\xA1\xB1", "table.old_excel", 0},
		"an archive":        {zipped(t, map[string]string{"a.txt": "x"}), "table.not_a_list", 0},
		"half an archive":   {zipped(t, map[string]string{"a.txt": "x"})[:40], "table.broken", 0},
		"an empty book":     {zipped(t, map[string]string{"[Content_Types].xml": "<x/>"}), "table.broken", 0},
	} {
		_, err := table.Read(strings.NewReader(c.text), small)
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Invalid || f.Key != c.key {
			t.Errorf("%s is %v, want %s", name, err, c.key)
			continue
		}
		if line := fmt.Sprint(f.Args...); c.line > 0 && !strings.HasPrefix(line, fmt.Sprint("line", c.line)) {
			t.Errorf("%s is at %s, want line %d", name, line, c.line)
		}
		said := words(t).Text(i18n.Spanish, f.Key, f.Args...)
		if strings.HasPrefix(said, "table.") || strings.Contains(said, "no value") {
			t.Errorf("%s reads %q", name, said)
		}
	}
}

func words(t *testing.T) *i18n.Catalogue {
	t.Helper()
	c, err := i18n.New(table.Messages)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestXLSXAsPeopleSendIt(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	day := "dd/mm/yyyy"
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &day})
	usual, err2 := f.NewStyle(&excelize.Style{NumFmt: 14})
	_, err3 := f.NewSheet("Datos")
	err = errors.Join(err, err2, err3, f.SetSheetVisible("Sheet1", true), f.SetSheetRow("Datos", "B2", &[]any{"Título", "Fecha", "Otra", "Suma"}),
		f.SetSheetRow("Datos", "B5", &[]any{"Ñandú", 46105, 46105, nil}), f.SetCellStyle("Datos", "C5", "C5", style), f.SetCellStyle("Datos", "D5", "D5", usual),
		f.SetCellFormula("Datos", "E5", "1/0"))
	f.SetActiveSheet(1)
	err = errors.Join(err, f.SetSheetVisible("Sheet1", false))
	var b bytes.Buffer
	if err := errors.Join(err, f.Write(&b)); err != nil {
		t.Fatal(err)
	}
	got, err := table.Read(&b, table.Usual)
	want := table.Sheet{Head: []string{"", "Título", "Fecha", "Otra", "Suma"}, Line: 2,
		Rows: []table.Row{{Line: 5, Cells: []string{"", "Ñandú", "24/03/2026", "2026-03-24", ""}}}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// zipped is an archive with the files.
func zipped(t testing.TB, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// liar is an archive whose one big file says that it is small.
func liar(t testing.TB, size int) string {
	t.Helper()
	big := strings.Repeat("a", size)
	honest := zipped(t, map[string]string{"[Content_Types].xml": big})
	said := []byte{byte(size), byte(size >> 8), byte(size >> 16), byte(size >> 24)}
	lie := strings.ReplaceAll(honest, string(said), "\x10\x00\x00\x00")
	if lie == honest {
		t.Fatal("the archive tells the truth")
	}
	return lie
}

func TestBombsAreNotOpened(t *testing.T) {
	many := map[string]string{"[Content_Types].xml": "<x/>"}
	for i := range 600 {
		many[fmt.Sprint("xl/", i, ".xml")] = "x"
	}
	for name, c := range map[string]struct{ file, key string }{
		"a big file inside": {zipped(t, map[string]string{"[Content_Types].xml": strings.Repeat("a", 20<<20)}), "table.bomb"},
		"a liar":            {liar(t, 20<<20), "table.broken"},
		"many files":        {zipped(t, many), "table.bomb"},
	} {
		_, err := table.Read(strings.NewReader(c.file), table.Usual)
		var f *fault.Error
		if !errors.As(err, &f) || f.Key != c.key {
			t.Errorf("%s (%d bytes) is %v", name, len(c.file), err)
		}
	}
}

// A row far down and a cell far right cost nothing for what lies between.
func TestASparseSheetIsCheap(t *testing.T) {
	var b bytes.Buffer
	if err := table.WriteXLSX(t.Context(), &b, "x", columns[:1], rows()); err != nil {
		t.Fatal(err)
	}
	parts := unzipped(t, b.Bytes())
	sheet := func(ref, row string) string {
		return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="` +
			row + `"><c r="` + ref + `"><v>7</v></c></row></sheetData></worksheet>`
	}
	parts["xl/worksheets/sheet1.xml"] = sheet("A1048576", "1048576")
	got, err := table.Read(strings.NewReader(zipped(t, parts)), table.Usual)
	if err != nil || len(got.Rows) != 1 || got.Rows[0].Line != 1048576 {
		t.Errorf("%d rows, %v", len(got.Rows), err)
	}
	parts["xl/worksheets/sheet1.xml"] = sheet("XFD2", "2")
	if _, err := table.Read(strings.NewReader(zipped(t, parts)), table.Usual); !fault.Is(err, fault.Invalid) {
		t.Errorf("16384 columns are %v", err)
	}
}

func TestNothingIsLeftOnDisk(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	var b bytes.Buffer
	noise := rand.New(rand.NewPCG(1, 2))
	line := func() string { // packs badly, as a real text does
		text := make([]byte, 4000)
		for i := range text {
			text[i] = byte('a' + noise.IntN(26))
		}
		return string(text)
	}
	big := func(yield func([]any, error) bool) {
		for range 5000 {
			if !yield([]any{line()}, nil) {
				return
			}
		}
	}
	if err := table.WriteXLSX(t.Context(), &b, "x", columns[:1], big); err != nil {
		t.Fatal(err)
	}
	limits := table.Usual
	limits.Bytes = 30 << 20
	if s, err := table.Read(&b, limits); err != nil || len(s.Rows) != 5000 {
		t.Errorf("%d rows, %v", len(s.Rows), err)
	}
	left, err := os.ReadDir(os.TempDir())
	if err != nil || len(left) != 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}

var fuzzLimits = table.Limits{Bytes: 1 << 20, Rows: 1000, Columns: 50, Cell: 4 << 10, Cells: 10_000, Unpacked: 8 << 20, Entries: 50, Ratio: 100}

// sound says whether what was read keeps its promises.
func sound(t *testing.T, s table.Sheet, err error) {
	t.Helper()
	if err != nil {
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("not a fault: %v", err)
		}
		return
	}
	last := s.Line
	for _, r := range s.Rows {
		if len(r.Cells) != len(s.Head) || r.Line < last {
			t.Errorf("row %+v under %q", r, s.Head)
		}
		last = r.Line
	}
}

func FuzzReadCSV(f *testing.F) {
	for _, text := range []string{"a,b\n1,2\n", "sep=;\na;b\n\"x\ny\";2", "\uFEFFa\tb\n", "a\xff,b", "\xff\xfea\x00", "<html>", "\"", "'=a\n'=b"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := table.Read(bytes.NewReader(data), fuzzLimits)
		sound(t, s, err)
	})
}

func FuzzReadXLSX(f *testing.F) {
	var b bytes.Buffer
	if err := table.WriteXLSX(f.Context(), &b, "x", columns, rows(sample, sample)); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte(zipped(f, map[string]string{"[Content_Types].xml": "<x/>"})))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := table.Read(bytes.NewReader(append([]byte("PK\x03\x04"), data[min(4, len(data)):]...)), fuzzLimits)
		sound(t, s, err)
	})
}

// FuzzReadSheet changes what is inside the archive, which changing the archive
// itself rarely reaches.
func FuzzReadSheet(f *testing.F) {
	var b bytes.Buffer
	if err := table.WriteXLSX(f.Context(), &b, "x", columns, rows(sample)); err != nil {
		f.Fatal(err)
	}
	parts := unzipped(f, b.Bytes())
	f.Add(parts["xl/worksheets/sheet1.xml"], parts["xl/styles.xml"], "")
	f.Add(`<worksheet><sheetData><row r="2"><c r="B1" t="s"><v>7</v></c></row></sheetData></worksheet>`, "", `<sst><si><t>x</t></si></sst>`)
	f.Fuzz(func(t *testing.T, sheet, styles, shared string) {
		parts["xl/worksheets/sheet1.xml"], parts["xl/styles.xml"], parts["xl/sharedStrings.xml"] = sheet, styles, shared
		s, err := table.Read(strings.NewReader(zipped(t, parts)), fuzzLimits)
		if err == nil || fault.Is(err, fault.Invalid) {
			return
		}
		t.Errorf("%v: %v", s, err)
	})
}

func unzipped(t testing.TB, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, file := range z.File {
		var b bytes.Buffer
		r, err := file.Open()
		if err == nil {
			_, err = b.ReadFrom(r)
		}
		if err != nil {
			t.Fatal(err)
		}
		out[file.Name] = b.String()
	}
	return out
}
