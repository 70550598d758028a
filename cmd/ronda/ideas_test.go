package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ronda/app"
)

const someIdeas = "\ufeffsep=;\r\n\"id\";\"title\";\"description\";\"cached_votes_up\";\"created_at\"\r\n" +
	"\"1\";\"Más bancos\";\"<p>En la plaza.</p>\";\"3\";\"01/02/2024\"\r\n\"2\";\"Test\";\"test\";\"0\";\"01/02/2024\"\r\n"

// importIdeas runs the command and gives what it says on both streams.
func importIdeas(t *testing.T, in string, args ...string) (out, errs string, err error) {
	t.Helper()
	var o, e bytes.Buffer
	err = run(t.Context(), append([]string{"import", "ideas"}, args...), IO{In: strings.NewReader(in), Out: &o, Err: &e})
	return o.String(), e.String(), err
}

// TestIdeasAreTriedWithoutACity sees that a file can be looked at before there is
// a city, and that looking makes none.
func TestIdeasAreTriedWithoutACity(t *testing.T) {
	data := filepath.Join(t.TempDir(), "none")
	out, errs, err := importIdeas(t, someIdeas, "--format", "consul-madrid", "--data", data, "--report", "-", "--lang", "es", "-")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out, "proposals/1,Más bancos,entra") || !strings.Contains(out, "proposals/2,Test,apartada") || !strings.Contains(errs, "1 entraría") {
		t.Errorf("out %s\nerr %s", out, errs)
	}
	if _, err := os.Stat(data); err == nil {
		t.Error("a trial began a city")
	}
	if _, _, err := importIdeas(t, someIdeas, "--format", "consul-madrid", "--data", data, "--keep", "-"); err == nil {
		t.Error("ideas are kept where there is no city")
	}
}

func TestIdeasComeInOnce(t *testing.T) {
	data := t.TempDir()
	a, err := app.Open(t.Context(), app.Config{Data: data, City: "buenosaires", Log: logger(&bytes.Buffer{})})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"1 came in", "0 came in\n1 was here already"} {
		out, _, err := importIdeas(t, someIdeas, "--format", "consul-madrid", "--data", data, "--keep", "-")
		if err != nil || !strings.Contains(out, want) || !strings.Contains(out, "1 set aside") {
			t.Errorf("%v, %s", err, out)
		}
	}
	var out bytes.Buffer
	if err := run(t.Context(), []string{"export", "ideas", "--data", data}, IO{Out: &out, Err: &bytes.Buffer{}}); err != nil || !strings.Contains(out.String(), "decide.madrid.es:proposals/1") {
		t.Errorf("%v, %s", err, out.String())
	}
}
