package table_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/table"
)

var columns = []table.Column{
	{Key: "title", Label: "Título", Kind: table.Text}, // without a catalogue a key is its own text
	{Key: "money", Label: "Monto", Kind: table.Number},
	{Key: "share", Label: "Parte", Kind: table.Number},
	{Key: "day", Label: "Día", Kind: table.Day},
	{Key: "at", Label: "Momento", Kind: table.Time},
	{Key: "page", Label: "Página", Kind: table.Link},
}

var moment = time.Date(2026, 3, 24, 13, 40, 5, 0, time.FixedZone("", -3*3600))

func rows(all ...[]any) table.Rows {
	return func(yield func([]any, error) bool) {
		for _, r := range all {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func broken(good int, err error) table.Rows {
	return func(yield func([]any, error) bool) {
		for range good {
			if !yield(sample, nil) {
				return
			}
		}
		yield(nil, err)
	}
}

var sample = []any{`Ñandú "grande", sí`, -15, 0.25, clock.Day("2026-03-24"), moment, "/iniciativas/INI-2026-0001"}

func serve(t *testing.T, address string, list table.Rows) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	if err := table.Serve(w, httptest.NewRequest("GET", address, nil), "iniciativas", columns, list); err != nil {
		t.Fatal(err)
	}
	return w
}

func TestAListIsServedInEveryFormat(t *testing.T) {
	empty := []any{nil, nil, nil, clock.Day(""), time.Time{}, nil}
	list := rows(sample, empty)
	w := serve(t, "/x?formato=csv", list)
	want := "Título,Monto,Parte,Día,Momento,Página\r\n" +
		"\"Ñandú \"\"grande\"\", sí\",-15,0.25,2026-03-24,2026-03-24 16:40:05,/iniciativas/INI-2026-0001\r\n,,,,,\r\n"
	if diff := cmp.Diff(want, w.Body.String()); diff != "" {
		t.Error(diff)
	}
	if got := w.Header().Get("Content-Disposition"); got != `attachment; filename="iniciativas.csv"` {
		t.Error(got)
	}
	if w := serve(t, "/x?formato=csv&bom=1", list); w.Body.String() != "\uFEFF"+want {
		t.Errorf("with a mark: %q", w.Body.String())
	}
	w = serve(t, "/x?formato=json", list)
	var got []map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err, w.Body.String())
	}
	wantJSON := []map[string]any{
		{"title": `Ñandú "grande", sí`, "money": -15.0, "share": 0.25, "day": "2026-03-24", "at": "2026-03-24T16:40:05Z", "page": "/iniciativas/INI-2026-0001"},
		{"title": nil, "money": nil, "share": nil, "day": nil, "at": nil, "page": nil},
	}
	if diff := cmp.Diff(wantJSON, got); diff != "" {
		t.Error(diff)
	}
	w = serve(t, "/x?formato=xlsx", list)
	sheet, err := table.Read(w.Body, table.Usual)
	if err != nil {
		t.Fatal(err)
	}
	wantRow := []string{`Ñandú "grande", sí`, "-15", "0.25", "2026-03-24", "2026-03-24 16:40:05", "/iniciativas/INI-2026-0001"}
	if diff := cmp.Diff(wantRow, sheet.Rows[0].Cells); diff != "" || len(sheet.Rows) != 1 || sheet.Head[0] != "Título" {
		t.Error(diff, sheet)
	}
}

func TestAnEmptyListIsAList(t *testing.T) {
	if got := serve(t, "/x?formato=json", rows()).Body.String(); got != "[\n]\n" {
		t.Errorf("%q", got)
	}
	if got := serve(t, "/x?formato=csv", rows()).Body.String(); !strings.HasPrefix(got, "Título,") || strings.Count(got, "\n") != 1 {
		t.Errorf("%q", got)
	}
	if _, err := table.Read(serve(t, "/x?formato=xlsx", rows()).Body, table.Usual); err != nil {
		t.Error(err)
	}
}

func TestAnUnknownFormatIsInvalid(t *testing.T) {
	for _, address := range []string{"/x", "/x?formato=", "/x?formato=exe"} {
		err := table.Serve(httptest.NewRecorder(), httptest.NewRequest("GET", address, nil), "x", columns, rows())
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s is %v", address, err)
		}
	}
	r := httptest.NewRequest("GET", "/lista?eje=2&antes=9&formato=json", nil)
	if got := table.Address(r, table.CSV, "antes"); got != "/lista?eje=2&formato=csv" {
		t.Error(got)
	}
}

// A fault before the first row becomes a page; one in the middle breaks the
// download off, so that nobody takes half a list for the whole.
func TestAListThatFailsIsNotServedAsWhole(t *testing.T) {
	boom := errors.New("boom")
	for _, f := range table.Formats {
		w := httptest.NewRecorder()
		err := table.Serve(w, httptest.NewRequest("GET", "/x?formato="+string(f), nil), "x", columns, broken(0, boom))
		if !errors.Is(err, boom) || w.Body.Len() > 0 || w.Header().Get("Content-Disposition") != "" {
			t.Errorf("%s: %v, %q", f, err, w.Body)
		}
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := table.Serve(w, r, "x", columns, broken(5000, boom)); err != nil {
			w.WriteHeader(http.StatusInternalServerError)
		}
	}))
	defer server.Close()
	for _, f := range table.Formats {
		res, err := http.Get(server.URL + "?formato=" + string(f))
		if err != nil {
			continue // broken off before anything came
		}
		_, err = io.ReadAll(res.Body)
		if err = errors.Join(err, res.Body.Close()); err == nil && res.StatusCode == http.StatusOK {
			t.Errorf("%s looks whole", f)
		}
	}
}

func TestFormulasAreHarmless(t *testing.T) {
	for text, want := range map[string]string{
		`=cmd|' /C calc'!A0`: `'=cmd|' /C calc'!A0`, "+1": "'+1", "-1+1": "'-1+1", "@SUM(A1)": "'@SUM(A1)",
		"\t=1": "'\t=1", "\r=1": "'\r=1", "'=1": "''=1", "plain": "plain", "": "", "'tis": "'tis", "a=b": "a=b",
	} {
		if got := table.Harmless(text); got != want || table.Restored(got) != text {
			t.Errorf("%q becomes %q and then %q", text, got, table.Restored(got))
		}
	}
	got := serve(t, "/x?formato=csv", rows([]any{"=1+1", -5, nil, nil, nil, "=HYPERLINK(1)"})).Body.String()
	if !strings.Contains(got, "\r\n'=1+1,-5,,,,'=HYPERLINK(1)\r\n") {
		t.Errorf("%q", got)
	}
	f, err := excelize.OpenReader(serve(t, "/x?formato=xlsx", rows([]any{"=1+1", -5, nil, nil, nil, nil})).Body)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	name := f.GetSheetName(0)
	if formula, err := f.GetCellFormula(name, "A2"); formula != "" || err != nil {
		t.Errorf("the text became the formula %q, %v", formula, err)
	}
	if kind, err := f.GetCellType(name, "A2"); kind != excelize.CellTypeInlineString || err != nil {
		t.Errorf("the text is stored as %v, %v", kind, err)
	}
	if text, err := f.GetCellValue(name, "A2"); text != "=1+1" || err != nil {
		t.Errorf("the text reads %q, %v", text, err)
	}
}

// What is written is read again, whatever people have typed.
func TestWhatIsWrittenIsRead(t *testing.T) {
	cell := rapid.StringMatching(`['=+@-]{0,2}[a-zA-Zñáé€ ,;"=\n-]{0,20}[a-zñ]`)
	two := []table.Column{{Key: "a", Label: "Uno"}, {Key: "b", Label: "Dos"}}
	rapid.Check(t, func(rt *rapid.T) {
		var want [][]string
		var list [][]any
		for range rapid.IntRange(1, 5).Draw(rt, "rows") {
			a, b := strings.TrimSpace(cell.Draw(rt, "a")), strings.TrimSpace(cell.Draw(rt, "b"))
			want, list = append(want, []string{a, b}), append(list, []any{a, b})
		}
		var text, book bytes.Buffer
		if err := errors.Join(table.WriteCSV(context.Background(), &text, two, rows(list...), rapid.Bool().Draw(rt, "mark")),
			table.WriteXLSX(context.Background(), &book, "x", two, rows(list...))); err != nil {
			rt.Fatal(err)
		}
		for name, file := range map[string]io.Reader{"csv": &text, "xlsx": &book} {
			sheet, err := table.Read(file, table.Usual)
			if err != nil {
				rt.Fatal(name, err)
			}
			var got [][]string
			for _, r := range sheet.Rows {
				got = append(got, r.Cells)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				rt.Fatal(name, diff)
			}
		}
	})
}

func TestLongTextsFitACell(t *testing.T) {
	var b bytes.Buffer
	long := strings.Repeat("ñ", 40_000)
	if err := table.WriteXLSX(t.Context(), &b, "a/b:'c'*", columns[:1], rows([]any{long})); err != nil {
		t.Fatal(err)
	}
	limits := table.Usual
	limits.Cell = 1 << 20
	sheet, err := table.Read(&b, limits)
	if err != nil || !strings.HasSuffix(sheet.Rows[0].Cells[0], "ñ…") {
		t.Errorf("%v", err)
	}
}
