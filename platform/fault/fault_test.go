package fault_test

import (
	"errors"
	"strings"
	"testing"

	"ronda/platform/fault"
)

// TestATextIsThereWhenSomebodyCanSeeIt whatever characters it is made of.
func TestATextIsThereWhenSomebodyCanSeeIt(t *testing.T) {
	for value, want := range map[string]string{
		"":                        "fault.required",
		" \t":                     "fault.required",
		"\u200b\u200d\ufeff":      "fault.required", // nothing wide, joiner, mark of order
		"\u2060\u00ad\u202e":      "fault.required",
		"\u3164 \uffa0\u115f":     "fault.required", // letters that are blank
		"\u2800\u2800":            "fault.required", // braille without a dot
		"\ufe0f\u034f":            "fault.required",
		"Huerta":                  "",
		"?":                       "",
		"👩\u200d🌾":                "",
		"\u202bשלום\u202c":        "",
		"नमस्ते":                  "",
		"roto \x00":               "fault.encoding",
		strings.Repeat("a", 1000): "fault.too_long",
	} {
		var c fault.Check
		c.Text("title", value, true, 100)
		var f *fault.Error
		got := ""
		if errors.As(c.Err(), &f) {
			got = f.Fields[0].Key
		}
		if got != want {
			t.Errorf("%.20q: %q, want %q", value, got, want)
		}
	}
}

// TestAnErrorDoesNotGiveBackEverything that somebody sent.
func TestAnErrorDoesNotGiveBackEverything(t *testing.T) {
	long := strings.Repeat("ñ", 100_000)
	var c fault.Check
	c.Fail("guests", "fault.choice", "guest", long, "n", 7)
	f := c.Err().(*fault.Error).Fields[0]
	for _, args := range [][]any{f.Args[:2], fault.New(fault.Conflict, "x", "guest", long).Args} {
		if s := args[1].(string); len(s) > 500 || !strings.HasPrefix(s, "ññ") || !strings.HasSuffix(s, "ñ…") {
			t.Errorf("%d bytes: %.20q", len(s), s)
		}
	}
	if f.Args[3] != 7 {
		t.Errorf("%v", f.Args[3])
	}
	short := []any{"guest", "Ana"}
	if got := fault.New(fault.Conflict, "x", short...).Args; got[1] != "Ana" {
		t.Errorf("%v", got)
	}
}
