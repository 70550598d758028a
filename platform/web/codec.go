package web

import (
	"encoding/json"
	"fmt"
	"time"
)

// codec stores what a session holds, names and texts, in a form that is read on
// every request of everybody who is signed in. It implements scs.Codec.
type codec struct{}

// kept is a session as it is stored.
type kept struct {
	Deadline time.Time         `json:"deadline"`
	Texts    map[string]string `json:"texts"`
}

// Encode refuses values that are no texts: whoever puts one there is told at
// once.
func (codec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	k := kept{deadline.UTC(), make(map[string]string, len(values))}
	for name, v := range values {
		text, ok := v.(string)
		if !ok {
			return nil, fmt.Errorf("session: %s is a %T, not a text", name, v)
		}
		k.Texts[name] = text
	}
	return json.Marshal(k)
}

// Decode is the way back.
func (codec) Decode(stored []byte) (time.Time, map[string]any, error) {
	var k kept
	if err := json.Unmarshal(stored, &k); err != nil {
		return time.Time{}, nil, fmt.Errorf("session: %w", err)
	}
	values := make(map[string]any, len(k.Texts))
	for name, text := range k.Texts {
		values[name] = text
	}
	return k.Deadline, values, nil
}
