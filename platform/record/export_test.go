package record_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/record"
)

// lines unpacks an export; packed is the way back.
func lines(t testing.TB, export []byte) []string {
	t.Helper()
	zip, err := gzip.NewReader(bytes.NewReader(export))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(zip)
	if err != nil {
		t.Fatal(err)
	}
	all := strings.SplitAfter(string(text), "\n")
	return all[:len(all)-1] // after the last line end there is nothing
}

func packed(lines ...string) []byte {
	var b bytes.Buffer
	zip := gzip.NewWriter(&b)
	_, _ = io.WriteString(zip, strings.Join(lines, ""))
	_ = zip.Close() // into memory
	return b.Bytes()
}

func verifyExport(t testing.TB, export []byte, check record.Check) record.Result {
	t.Helper()
	res, err := record.VerifyExport(t.Context(), bytes.NewReader(export), check)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func TestAnExportVerifiesByItself(t *testing.T) {
	both(t, func(t *testing.T, c *city) {
		c.acts(10)
		kept := c.checkpoint()
		c.write(func(ctx context.Context) error {
			return c.events.Erase(ctx, c.ids[2], "remarks", "personal_data", event.Actor{Post: "dpo"})
		})
		c.sequence()
		check := record.Check{Verifier: c.record.Verifier(), Since: []string{kept.Note}}
		res := verifyExport(t, c.export(), check)
		if !res.OK() || res.Acts != 11 || res.Texts != 19 || res.Erased != 1 || res.Kept != 1 || res.Checkpoints != 5 || !res.Given {
			t.Errorf("%+v", res)
		}
		if res := verifyExport(t, c.export(), record.Check{}); !res.OK() || res.Given || res.Verifier != check.Verifier {
			t.Errorf("without a key: %+v", res)
		}
	})
}

// The export says what was public and nothing else.
func TestAnExportHoldsNoPerson(t *testing.T) {
	c := newCity(t, dbtest.SQLite(t, tables...))
	c.acts(4)
	text := strings.Join(lines(t, c.export()), "")
	for _, secret := range []string{"person-1", "relative-1"} {
		if strings.Contains(text, secret) {
			t.Errorf("the export holds %s", secret)
		}
	}
	held, err := c.events.Held(t.Context(), c.ids[:1])
	if err != nil || strings.Contains(text, held[c.ids[0]].Salt) {
		t.Errorf("the export gives the event's own salt away, %v", err)
	}
}

func TestAnEmptyRecordExports(t *testing.T) {
	c := newCity(t, dbtest.SQLite(t, tables...))
	if res := verifyExport(t, c.export(), c.check()); !res.OK() || res.Acts != 0 {
		t.Errorf("%+v", res)
	}
}

func TestForgedExportsAreFound(t *testing.T) {
	c := newCity(t, dbtest.SQLite(t, tables...))
	c.acts(8)
	honest := lines(t, c.export()) // header, 3 acts and checkpoint twice, 2 acts and checkpoint, end
	forger := newCity(t, dbtest.SQLite(t, tables...))
	forger.acts(8)
	last := len(honest) - 1
	for name, f := range map[string]struct {
		want  record.FindingKind
		forge func(l []string) []string
	}{
		"a changed act":          {record.FoundRoot, func(l []string) []string { l[2] = strings.Replace(l[2], "mayor", "joker", 1); return l }},
		"a changed text":         {record.FoundChanged, func(l []string) []string { l[2] = strings.Replace(l[2], "más luz", "menos luz", 1); return l }},
		"a removed text":         {record.FoundTextGone, func(l []string) []string { l[2] = l[2][:strings.Index(l[2], `,"texts"`)] + "}}\n"; return l }},
		"a dropped act":          {record.FoundMissing, func(l []string) []string { return slices.Delete(l, 2, 3) }},
		"the last acts dropped":  {record.FoundCutOff, func(l []string) []string { return append(l[:9], `{"final":`+l[8][len(`{"checkpoint":`):]) }},
		"swapped acts":           {record.FoundOrder, func(l []string) []string { l[2], l[3] = l[3], l[2]; return l }},
		"a dropped checkpoint":   {record.FoundUnsigned, func(l []string) []string { return slices.Delete(l, 4, 5) }},
		"no end":                 {record.FoundCutOff, func(l []string) []string { return l[:last] }},
		"another end":            {record.FoundCheckpoint, func(l []string) []string { l[last] = `{"final":` + l[4][len(`{"checkpoint":`):]; return l }},
		"more after the end":     {record.FoundOrder, func(l []string) []string { return append(l, l[2]) }},
		"a line that is no line": {record.FoundUnreadable, func(l []string) []string { l[3] = "x\n"; return l }},
		"an empty line":          {record.FoundUnreadable, func(l []string) []string { l[3] = "{}\n"; return l }},
		"another city's record":  {record.FoundKey, func([]string) []string { return lines(t, forger.export()) }},
		"another city's key":     {record.FoundSignature, func([]string) []string { l := lines(t, forger.export()); l[0] = honest[0]; return l }},
	} {
		t.Run(name, func(t *testing.T) {
			l := f.forge(slices.Clone(honest))
			if res := verifyExport(t, packed(l...), record.Check{Verifier: c.record.Verifier()}); !has(res, f.want) {
				t.Errorf("want %s, found %v", f.want, res.Findings)
			}
		})
	}
}

// One act that is left out is one finding, with its number, wherever it stood;
// what follows is still compared.
func TestAMissingActIsFoundOnceWithItsNumber(t *testing.T) {
	c := newCity(t, dbtest.SQLite(t, tables...))
	c.acts(8)
	honest := lines(t, c.export()) // header, 3 acts and checkpoint twice, 2 acts and checkpoint, end
	check := record.Check{Verifier: c.record.Verifier(), Since: []string{c.checkpoint().Note}}
	for line, number := range map[int]int64{1: 0, 2: 1, 3: 2, 6: 4, 10: 7} {
		res := verifyExport(t, packed(slices.Delete(slices.Clone(honest), line, line+1)...), check)
		if res.Found != 1 || res.Findings[0].Kind != record.FoundMissing || res.Findings[0].Index != number || res.Findings[0].Detail != "1" {
			t.Errorf("without act %d: %v", number, res.Findings)
		}
	}
	both := slices.Clone(honest)
	both[6] = strings.Replace(both[6], "más luz", "menos luz", 1)
	if res := verifyExport(t, packed(slices.Delete(both, 2, 3)...), check); res.Found != 2 || !has(res, record.FoundChanged) {
		t.Errorf("one missing and a later text changed: %v", res.Findings)
	}
}

func TestAnExportCutOffIsFound(t *testing.T) {
	c := newCity(t, dbtest.SQLite(t, tables...))
	c.acts(8)
	export := c.export()
	plain := []byte(strings.Join(lines(t, export), ""))
	if res := verifyExport(t, plain, c.check()); !res.OK() || res.Acts != 8 {
		t.Errorf("unpacked: %+v", res)
	}
	for _, cut := range [][]byte{export[:len(export)-20], plain[:len(plain)-20], plain[:len(plain)/2]} {
		if res := verifyExport(t, cut, c.check()); !has(res, record.FoundCutOff) {
			t.Errorf("found %v", res.Findings)
		}
	}
}

func TestWhatIsNoExportIsRefused(t *testing.T) {
	for name, text := range map[string][]byte{
		"nothing": nil, "a page": []byte("<!doctype html>"), "another file": packed("{}\n"), "another format": packed(`{"header":{"format":"other/1"}}` + "\n"),
	} {
		if _, err := record.VerifyExport(t.Context(), bytes.NewReader(text), record.Check{}); !errors.Is(err, record.ErrFormat) {
			t.Errorf("%s is %v", name, err)
		}
	}
}

// site serves what a forger's or an honest city's site would.
func site(t testing.TB, checkpoint string, export []byte) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v1/record/checkpoint", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, checkpoint) })
	mux.HandleFunc("GET /registro/exportar", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(export) })
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

func TestASiteIsVerified(t *testing.T) {
	c := newCity(t, dbtest.SQLite(t, tables...))
	c.acts(5)
	older := c.export()
	check := record.Check{Verifier: c.record.Verifier()}
	res, err := record.VerifyURL(t.Context(), site(t, c.checkpoint().Note, older)+"/", check)
	if err != nil || !res.OK() || res.Kept != 1 {
		t.Errorf("%+v, %v", res, err)
	}
	c.acts(3)
	if res, err := record.VerifyURL(t.Context(), site(t, c.checkpoint().Note, older), check); err != nil || !has(res, record.FoundDropped) {
		t.Errorf("an export behind the shown checkpoint: %v, %v", res.Findings, err)
	}
	away := httptest.NewServer(http.RedirectHandler(site(t, c.checkpoint().Note, c.export()), http.StatusFound))
	t.Cleanup(away.Close)
	for _, address := range []string{"ftp://example", "example", "", away.URL} {
		if _, err := record.VerifyURL(t.Context(), address, check); err == nil {
			t.Errorf("%q was accepted", address)
		}
	}
}

// FuzzVerifyExport: no file makes the reader fail other than by saying so, and
// none verifies but the true one.
func FuzzVerifyExport(f *testing.F) {
	c := newCity(f, dbtest.SQLite(f, tables...))
	c.acts(3)
	honest := strings.Join(lines(f, c.export()), "")
	verifier := c.record.Verifier()
	f.Add(honest)
	f.Add(`{"header":{"format":"ronda-record/1","size":1}}` + "\n" + `{"act":{"index":0,"leaf":"{}"}}` + "\n")
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		res, err := record.VerifyExport(t.Context(), bytes.NewReader(packed(text)), record.Check{Verifier: verifier})
		if err == nil && res.OK() && res.Acts > 0 && res.Newest.Size != res.Acts {
			t.Errorf("%d acts verify, %d are signed", res.Acts, res.Newest.Size)
		}
	})
}

// FuzzCheckpoint: whatever is pasted as a checkpoint is read or refused.
func FuzzCheckpoint(f *testing.F) {
	c := newCity(f, dbtest.SQLite(f, tables...))
	c.acts(1)
	proof, err := c.record.Proof(f.Context(), c.ids[0])
	if err != nil {
		f.Fatal(err)
	}
	root, verifier := c.checkpoint().Root, c.record.Verifier()
	f.Add(c.checkpoint().Note)
	f.Add(proof.String())
	f.Add("a\n-1\nb\n\n— a b\n")
	f.Fuzz(func(t *testing.T, text string) {
		if cp, err := record.OpenCheckpoint(text, verifier); err == nil && cp.Root != root {
			t.Errorf("a checkpoint nobody signed: %q", text)
		}
		if p, err := record.ParseProof(text, verifier); err == nil && p.Checkpoint.Size != 1 {
			t.Errorf("a proof nobody signed: %q", text)
		}
	})
}

func TestTheWitnessIsNotForEveryEye(t *testing.T) {
	c := newCity(t, dbtest.SQLite(t, tables...))
	c.acts(1)
	if info, err := os.Stat(c.witness); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}
