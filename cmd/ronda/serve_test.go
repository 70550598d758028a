package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ronda/platform/mail"
)

// starts runs a command that serves, long enough to say where it answers; err is
// why it did not come so far.
func starts(t *testing.T, args ...string) error {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute)
	defer stop()
	out := &announced{stop: stop}
	err := run(ctx, append(args, "--addr", "127.0.0.1:0"), IO{In: strings.NewReader(""), Out: out, Err: io.Discard})
	if strings.Contains(out.said.String(), "http://127.0.0.1:") {
		return nil // whatever was still to be said when it was stopped
	}
	if err == nil {
		t.Errorf("%v neither failed nor served: %q", args, out.said.String())
	}
	return err
}

// announced stops the program as soon as it has said something.
type announced struct {
	said bytes.Buffer
	stop func()
}

func (a *announced) Write(b []byte) (int, error) {
	a.stop()
	return a.said.Write(b)
}

// A real city is never opened to everybody, whatever folder the demonstration is
// given, and what a demonstration made opens again.
func TestTheDemonstrationOpensNoRealCity(t *testing.T) {
	real, played := filepath.Join(t.TempDir(), "real"), filepath.Join(t.TempDir(), "played")
	if err := starts(t, "serve", "--data", real); err != nil {
		t.Fatal(err)
	}
	if err := starts(t, "demo", "--data", real); err == nil || !strings.Contains(err.Error(), "not made by the demonstration") {
		t.Errorf("the demonstration over a real city: %v", err)
	}
	for range 2 {
		if err := starts(t, "demo", "--data", played); err != nil {
			t.Errorf("the demonstration over its own folder: %v", err)
		}
	}
	if err := starts(t, "serve", "--data", real); err != nil {
		t.Errorf("the city after the refusal: %v", err)
	}
	aside := filepath.Join(t.TempDir(), "elsewhere")
	t.Setenv("RONDA_DATA", aside)
	if err := starts(t, "demo"); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(aside); !os.IsNotExist(err) {
		t.Errorf("the demonstration went into RONDA_DATA: %v", err)
	}
}

// A start that fails on a setting leaves nothing behind that the next one would
// take for the city.
func TestAWrongSettingWritesNothing(t *testing.T) {
	for flag, value := range map[string]string{"--origin": "ronda.city", "--smtp": "http://mail.example", "--city": "atlantis", "--metrics": "127.0.0.1:http-no"} {
		dir := filepath.Join(t.TempDir(), "city")
		if err := starts(t, "serve", "--data", dir, flag, value); err == nil {
			t.Errorf("%s %s was taken", flag, value)
		}
		if _, err := os.Stat(dir); !os.IsNotExist(err) {
			t.Errorf("%s %s: the folder is there: %v", flag, value, err)
		}
	}
	if err := mail.Check("smtp://mail.example?from=a@b.example"); err != nil {
		t.Error(err)
	}
}

// Whoever asks for another city than the one that is there is told.
func TestAnotherCityThanTheOneThatIsThereIsRefused(t *testing.T) {
	dir := t.TempDir()
	if err := starts(t, "serve", "--data", dir, "--city", "villaflores"); err != nil {
		t.Fatal(err)
	}
	if err := starts(t, "serve", "--data", dir, "--city", "buenosaires"); err == nil || !strings.Contains(err.Error(), "another city lives here") || !strings.Contains(err.Error(), "villaflores") {
		t.Errorf("another city: %v", err)
	}
	for _, args := range [][]string{{}, {"--city", "villaflores"}} {
		if err := starts(t, append([]string{"serve", "--data", dir}, args...)...); err != nil {
			t.Errorf("%v: %v", args, err)
		}
	}
}
