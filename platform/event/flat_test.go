package event

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzReadFlat holds what is read in short against what the library reads.
func FuzzReadFlat(f *testing.F) {
	for _, text := range []string{`null`, `{}`, `{"a":"b"}`, `{"a":"b","c":"d"}`, `{"a":"b","a":"c"}`, `{"":""}`, `{"a":"b",}`, `{"a":"b"}}`, `{"a" : "b"}`,
		`{"a":"\u00e1"}`, `{"a":"á ñ 🙂"}`, `{"a":"x\"y"}`, `{"a":1}`, `{"a":"b"`, `{"a":"b":"c"}`, "{\"a\":\"\n\"}", "{\"a\":\"\xff\"}", `["a"]`, ``} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var want map[string]string
		bad := json.Unmarshal([]byte(text), &want)
		got, err := readFlat(text)
		if (err != nil) != (bad != nil) {
			t.Fatalf("%q: %v, the library says %v", text, err, bad)
		}
		if diff := cmp.Diff(want, got); err == nil && diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	})
}
