package bring_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"ronda/city/ideas/bring"
	"ronda/platform/fault"
)

// lines are two proposals with everything that goes wrong on the way: accents,
// quotes, a separator and a line end inside of a cell.
const (
	headLine  = `id;title;description;cached_votes_up;created_at;retired_at`
	benches   = `7;Más bancos en la plaza;"Dice ""sentarse""; y hablar.` + "\n" + `Nada más.";12;31/12/2024;`
	lanes     = `8;Señales para bicis;Pintarlas;3;01/02/2025 10;`
	wellMade  = headLine + "\n" + benches + "\n" + lanes + "\n"
	benchText = "Dice \"sentarse\"; y hablar.\nNada más."
)

// whole checks that both proposals were read as they were written.
func whole(t *testing.T, rows []bring.Row) {
	t.Helper()
	var fit []bring.Row
	for _, r := range rows {
		if r.Why == "" {
			fit = append(fit, r)
		}
	}
	if len(fit) != 2 {
		t.Fatalf("%d of %d rows are fit: %+v", len(fit), len(rows), rows)
	}
	a, b := fit[0], fit[1]
	if a.ID != "proposals/7" || a.Title != "Más bancos en la plaza" || a.Text != benchText || a.Supports != 12 {
		t.Errorf("the first is %+v", a)
	}
	if b.ID != "proposals/8" || b.Title != "Señales para bicis" || b.Text != "Pintarlas" || b.Created.Format("2006-01-02T15") != "2025-02-01T10" {
		t.Errorf("the second is %+v", b)
	}
}

func latin1(text string) string {
	var b strings.Builder
	for _, r := range text {
		b.WriteByte(byte(r))
	}
	return b.String()
}

func wide(text string) string {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(text)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return string(out)
}

func packed(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// wrapped puts each record in quotes as a whole, with its quotes doubled.
func wrapped(records ...string) string {
	var b strings.Builder
	for _, r := range records {
		fmt.Fprintf(&b, "\"%s\"\n", strings.ReplaceAll(r, `"`, `""`))
	}
	return b.String()
}

func TestListsThatAreWrittenBadly(t *testing.T) {
	commas := `id,title,description,cached_votes_up,created_at,retired_at` + "\n" +
		`7,Más bancos en la plaza,"Dice ""sentarse""; y hablar.` + "\n" + `Nada más.",12,31/12/2024,` + "\n" + `8,Señales para bicis,Pintarlas,3,2025-02-01 10:00,` + "\n"
	for name, text := range map[string]string{
		"as it should be":            wellMade,
		"a byte order mark":          "\ufeff" + wellMade,
		"a sep= line":                "sep=;\r\n" + wellMade,
		"a mark and a sep= line":     "\ufeff" + `"sep=;"` + "\n" + wellMade,
		"commas":                     commas,
		"tabs":                       strings.NewReplacer(";", "\t").Replace(headLine+"\n"+`7;Más bancos en la plaza;"Dice ""sentarse""`) + "; y hablar.\nNada más.\"\t12\t31/12/2024\t\n" + strings.ReplaceAll(lanes, ";", "\t"),
		"carriage returns":           strings.ReplaceAll(wellMade, "\n", "\r\n"),
		"an old Macintosh":           strings.ReplaceAll(wellMade, "\n", "\r"),
		"UTF-16":                     wide(wellMade),
		"Latin-1":                    latin1(wellMade),
		"Latin-1 in one row":         headLine + "\n" + latin1(benches) + "\n" + lanes,
		"rows quoted as a whole":     wrapped(headLine, benches, lanes),
		"some rows quoted whole":     headLine + "\n" + wrapped(benches) + lanes,
		"blank lines":                "\n\n" + headLine + "\n\n" + benches + "\n\n  \n" + lanes + "\n\n",
		"no line end at the end":     strings.TrimSuffix(wellMade, "\n"),
		"cells nobody asked for":     strings.Replace(wellMade, lanes, lanes+";;;", 1),
		"a quote never closed":       strings.Replace(wellMade, lanes, `9;"Sin cerrar;texto;1;01/01/2025;`+"\n"+lanes, 1),
		"a quote never closed last":  wellMade + `9;Título;"sin cerrar;1;01/01/2025;`,
		"a quote in the wrong place": strings.Replace(wellMade, lanes, `9;"a;b";c;"d";"e`+"\n"+lanes, 1),
		"a row with few cells":       strings.Replace(wellMade, lanes, "9;Corta\n"+lanes, 1),
		"a row with many cells":      strings.Replace(wellMade, lanes, "9;Larga;a;1;01/01/2025;;x;y\n"+lanes, 1),
		"headings in capitals":       strings.Replace(wellMade, headLine, strings.ToUpper(headLine), 1),
		"columns in another order":   "created_at;description;id;title;cached_votes_up\n31/12/2024;\"Dice \"\"sentarse\"\"; y hablar.\nNada más.\";7;Más bancos en la plaza;12\n01/02/2025 10:00:00;Pintarlas;8;Señales para bicis;3",
		"packed":                     packed(t, wellMade),
		"markup":                     strings.Replace(wellMade, "Pintarlas", "<p>Pintarlas</p><style>p{}</style>", 1),
	} {
		t.Run(name, func(t *testing.T) { whole(t, read(t, bring.ConsulMadrid, text, bring.Options{})) })
	}
}

// TestBrokenRowsAreSaid sees that a row that cannot be read is listed with its
// lines, and that the lines after it keep theirs.
func TestBrokenRowsAreSaid(t *testing.T) {
	rows := read(t, bring.ConsulMadrid, headLine+"\n"+`9;"Sin cerrar;texto;1;01/01/2025;`+"\n"+benches+"\n"+lanes, bring.Options{})
	if len(rows) != 3 || rows[0].Why != bring.WhyBroken || rows[0].Line != 2 || rows[0].Last != 2 {
		t.Fatalf("%+v", rows)
	}
	if rows[1].Line != 3 || rows[1].Last != 4 || rows[2].Line != 5 {
		t.Errorf("the lines are %d to %d and %d", rows[1].Line, rows[1].Last, rows[2].Line)
	}
}

// refusal is the message key with which a file is refused.
func refusal(t *testing.T, f bring.Format, text string, o bring.Options) string {
	t.Helper()
	var refused *fault.Error
	err := bring.Read(f, strings.NewReader(text), o, func(bring.Row) error { return nil })
	if err == nil {
		return ""
	}
	if !errors.As(err, &refused) || refused.Kind != fault.Invalid {
		t.Fatalf("not a fault of the file: %v", err)
	}
	return refused.Key
}

func TestFilesThatAreSomethingElse(t *testing.T) {
	for _, c := range []struct {
		name, text, key string
		format          bring.Format
	}{
		{"nothing", "", "empty", bring.ConsulMadrid},
		{"blanks", " \r\n \n", "empty", bring.ConsulMadrid},
		{"a mark alone", "\ufeff", "empty", bring.Fider},
		{"a page that denies", "\n<HTML><HEAD>\n<TITLE>Access Denied</TITLE></HEAD><BODY>You don't have permission</BODY></HTML>", "denied", bring.ConsulMadrid},
		{"a page", "<!doctype html><title>Ingresar</title>", "page", bring.Decidim},
		{"a workbook", "PK\x03\x04[Content_Types].xml", "zip", bring.ConsulMadrid},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00", "binary", bring.Fider},
		{"JSON", `{"data":{}}`, "json", bring.ConsulMadrid},
		{"JSON of something else", `{"data":{"users":{"edges":[]}}}`, "graph", bring.Consul},
		{"JSON that says no", `{"errors":[{"message":"Field 'x' doesn't exist"}]}`, "graph_errors", bring.Consul},
		{"JSON that is cut off", `{"data":{"proposals":{"edges":[{"node":{"id":"1","title":"A`, "json_broken", bring.Consul},
		{"accounts", "id;name;nickname;avatar_url\n1;Ana;ana;", "users", bring.Decidim},
		{"other columns", "a;b;c\n1;2;3", "column", bring.ConsulMadrid},
		{"a ZIP that is none", "PK\x03\x04 and nothing else", "packed", bring.Decidim},
		{"half a gzip", packed(t, wellMade)[:40], "packed", bring.ConsulMadrid},
		{"statements", "comment-id,comment-body\n1,Hola", "format", bring.Polis},
	} {
		t.Run(c.name, func(t *testing.T) {
			if key := refusal(t, c.format, c.text, bring.Options{}); key != "ideas.bring."+c.key {
				t.Errorf("refused with %q", key)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	small := bring.Limits{Bytes: 4 << 10, Unpacked: 1 << 20, Ratio: 20, Entries: 10, Rows: 3, Row: 1 << 10, Broken: 2}
	o := bring.Options{Limits: small}
	if key := refusal(t, bring.ConsulMadrid, wellMade+strings.Repeat("x", 5<<10), o); key != "ideas.bring.too_big" {
		t.Errorf("a big file: %q", key)
	}
	if key := refusal(t, bring.ConsulMadrid, packed(t, wellMade+strings.Repeat("\n", 2<<20)), o); key != "ideas.bring.bomb" {
		t.Errorf("a bomb: %q", key)
	}
	if key := refusal(t, bring.ConsulMadrid, headLine+strings.Repeat("\n9;a;b;c;d;e", 4), o); key != "ideas.bring.rows" {
		t.Errorf("too many rows: %q", key)
	}
	if key := refusal(t, bring.ConsulMadrid, headLine+strings.Repeat("\n9;a", 4), o); key != "ideas.bring.broken" {
		t.Errorf("nothing but broken rows: %q", key)
	}
	o.Limits.Bytes = 1 << 20
	rows := read(t, bring.ConsulMadrid, headLine+"\n9;"+strings.Repeat("x", 200<<10)+"\n"+lanes, o)
	if len(rows) != 2 || rows[0].Why != bring.WhyBroken || rows[1].Why != "" {
		t.Errorf("a row longer than any: %d rows", len(rows))
	}
}

// TestTheLimitOfARatioIsKept packs far more than a file may hold, though less
// than may be unpacked at all.
func TestTheLimitOfARatioIsKept(t *testing.T) {
	text := packed(t, wellMade+strings.Repeat("\n", 40<<20))
	if key := refusal(t, bring.ConsulMadrid, text, bring.Options{}); key != "ideas.bring.bomb" {
		t.Errorf("40 MiB of blanks in %d kB: %q", len(text)>>10, key)
	}
}
