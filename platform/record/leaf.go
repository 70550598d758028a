package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"ronda/platform/event"
)

// leafVersion is the form of the leaves written today. A later form keeps the
// code of the earlier ones, because old leaves are compared with their events.
const leafVersion = 1

// personKind is the kind of the subjects that are persons; their ids are sealed.
const personKind = "person"

// Leaf is one act as the record holds it.
type Leaf struct {
	Version  int               `json:"v"`
	ID       string            `json:"id"`       // of the event
	At       time.Time         `json:"at"`       // when it happened, as the event says
	Recorded time.Time         `json:"recorded"` // when it entered the record; the same for a whole batch
	Kind     string            `json:"kind"`
	Subject  Subject           `json:"subject"`
	Related  []Subject         `json:"related,omitempty"`
	Post     string            `json:"post,omitempty"` // code
	Body     string            `json:"body,omitempty"` // code
	Actor    string            `json:"actor"`          // seal of the person, or of nobody
	Data     map[string]string `json:"data,omitempty"` // codes and figures
	Text     map[string]string `json:"text,omitempty"` // digests of the texts by name
}

// Subject is what an act is about.
type Subject struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

// leafOf is the leaf of an event that enters the record at a time.
func leafOf(e event.Event, recorded time.Time) Leaf {
	l := Leaf{
		Version: leafVersion, ID: e.ID, At: e.At.UTC(), Recorded: recorded.UTC(), Kind: e.Kind, Subject: subjectOf(e, e.Subject),
		Post: e.Actor.Post, Body: e.Actor.Body, Actor: e.Seal("person", e.Actor.Person), Data: e.Data,
	}
	for _, s := range e.Related {
		l.Related = append(l.Related, subjectOf(e, s))
	}
	if len(e.Text) > 0 {
		l.Text = make(map[string]string, len(e.Text))
		for name := range e.Text {
			l.Text[name] = e.Digest(name)
		}
	}
	return l
}

func subjectOf(e event.Event, s event.Subject) Subject {
	if s.Kind == personKind || (s.ID == e.Actor.Person && s.ID != "") {
		return Subject{s.Kind, "sealed:" + e.Seal("subject", s.ID)}
	}
	return Subject{s.Kind, s.ID}
}

// encode is the canonical form, the bytes that are hashed: one line of JSON, the
// fields in the order of Leaf, names of maps sorted, nothing escaped that need
// not be.
func (l Leaf) encode() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(l); err != nil {
		return nil, fmt.Errorf("leaf of %s: %w", l.ID, err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

func parseLeaf(text []byte) (Leaf, error) {
	var l Leaf
	if err := json.Unmarshal(text, &l); err != nil {
		return l, fmt.Errorf("leaf: %w", err)
	}
	return l, nil
}

// differences names the parts in which two leaves differ, e.g. "kind" or
// "data.step"; texts are compared with their digests elsewhere.
func differences(a, b Leaf) []string {
	var out []string
	add := func(same bool, name string) {
		if !same {
			out = append(out, name)
		}
	}
	add(a.Version == b.Version, "v")
	add(a.ID == b.ID, "id")
	add(a.At.Equal(b.At), "at")
	add(a.Kind == b.Kind, "kind")
	add(a.Subject == b.Subject, "subject")
	add(slices.Equal(a.Related, b.Related), "related")
	add(a.Post == b.Post, "post")
	add(a.Body == b.Body, "body")
	add(a.Actor == b.Actor, "actor")
	for name := range mergedKeys(a.Data, b.Data) {
		other, ok := b.Data[name]
		value, had := a.Data[name]
		add(ok && had && value == other, "data."+name)
	}
	return out
}

// mergedKeys is the keys of both maps in order.
func mergedKeys(a, b map[string]string) iter.Seq[string] {
	keys := maps.Clone(a)
	if keys == nil {
		keys = map[string]string{}
	}
	maps.Copy(keys, b)
	return slices.Values(slices.Sorted(maps.Keys(keys)))
}
