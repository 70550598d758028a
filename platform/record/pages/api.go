package pages

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"golang.org/x/mod/sumdb/tlog"

	"ronda/platform/fault"
	"ronda/platform/record"
)

// APIPaths are the patterns under which the composition mounts what API adds.
var APIPaths = []string{
	"GET /api/v1/record/checkpoint", "GET /api/v1/record/key", "GET /api/v1/record/entries",
	"GET /api/v1/record/proof/{event}", "GET /api/v1/record/consistency",
}

// API adds the record's operations to the document.
func (p *Pages) API(api huma.API) {
	add := func(id, path, summary, description string) huma.Operation {
		return huma.Operation{OperationID: id, Method: http.MethodGet, Path: "/api/v1/record/" + path, Tags: []string{"record"},
			Summary: summary, Description: description, Errors: []int{http.StatusNotFound}}
	}
	huma.Register(api, add("get-checkpoint", "checkpoint", "The newest signed checkpoint",
		"A signed note in the form of c2sp.org/tlog-checkpoint: origin, number of acts, root. Keep one: with it you can prove later that no act before it was changed or dropped."), p.apiCheckpoint)
	huma.Register(api, add("get-record-key", "key", "The public key that signs checkpoints",
		"In the form name+hash+base64 of signed notes."), p.apiKey)
	huma.Register(api, add("list-record-entries", "entries", "The acts in the order in which they were recorded",
		"The leaf is the exact text that is hashed (RFC 6962). Pass next as start for the page after."), p.apiEntries)
	huma.Register(api, add("get-inclusion-proof", "proof/{event}", "The proof that an act is in the record",
		"The hashes from the leaf's neighbour up to the root of the checkpoint, also as one text in the form of c2sp.org/tlog-proof."), p.apiProof)
	huma.Register(api, add("get-consistency-proof", "consistency", "The proof that one size of the record extends another",
		"In the form of RFC 6962, section 2.1.2."), p.apiConsistency)
}

type textOutput struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

func text(s string) *textOutput { return &textOutput{"text/plain; charset=utf-8", []byte(s)} }

func (p *Pages) apiCheckpoint(ctx context.Context, _ *struct{}) (*textOutput, error) {
	cp, err := p.record.Checkpoint(ctx)
	if err != nil {
		return nil, problem(err)
	}
	return text(cp.Note), nil
}

func (p *Pages) apiKey(context.Context, *struct{}) (*textOutput, error) {
	return text(p.record.Verifier() + "\n"), nil
}

// Entry is one act of the record.
type Entry struct {
	Index int64       `json:"index" doc:"place in the record, from 0"`
	Event string      `json:"event" doc:"id of the act"`
	Leaf  string      `json:"leaf" doc:"the exact text that is hashed, JSON itself"`
	Texts []EntryText `json:"texts,omitempty" doc:"the texts that are public now"`
}

// EntryText is a text of an act with what shows that it is the one recorded.
type EntryText struct {
	Name string `json:"name"`
	Text string `json:"text"`
	Salt string `json:"salt" doc:"hex SHA-256 of salt, a zero byte and text is in the leaf"`
}

type entriesInput struct {
	Start int64 `query:"start" minimum:"0" doc:"index of the first act"`
	Limit int64 `query:"limit" default:"100" minimum:"1" maximum:"250"`
}

type entriesOutput struct {
	Body struct {
		Entries []Entry `json:"entries"`
		Next    *int64  `json:"next,omitempty" doc:"pass as start for the next page; absent at the end"`
		Size    int64   `json:"size" doc:"acts in the record"`
	}
}

func (p *Pages) apiEntries(ctx context.Context, in *entriesInput) (*entriesOutput, error) {
	size, _, err := p.record.Head(ctx)
	if err != nil {
		return nil, err
	}
	end := min(size, in.Start+in.Limit)
	out := &entriesOutput{}
	out.Body.Entries, out.Body.Size = []Entry{}, size
	if in.Start >= size {
		return out, nil
	}
	acts, err := p.record.Acts(ctx, in.Start, end)
	if err != nil {
		return nil, err
	}
	for _, a := range acts {
		out.Body.Entries = append(out.Body.Entries, entry(a))
	}
	if end < size {
		out.Body.Next = &end
	}
	return out, nil
}

func entry(a record.Act) Entry {
	e := Entry{Index: a.Index, Event: a.Leaf.ID, Leaf: a.Text}
	for _, t := range a.Texts {
		if !t.Erased {
			e.Texts = append(e.Texts, EntryText{t.Name, t.Text, t.Salt})
		}
	}
	return e
}

type proofInput struct {
	Event string `path:"event" maxLength:"64" doc:"id of the act"`
}

type proofOutput struct {
	Body struct {
		Index      int64       `json:"index" doc:"place in the record, from 0"`
		Recorded   time.Time   `json:"recorded" doc:"when the act entered the record"`
		Leaf       string      `json:"leaf" doc:"the exact text that is hashed"`
		Hashes     []tlog.Hash `json:"hashes" doc:"base64, from the leaf's neighbour up"`
		Checkpoint string      `json:"checkpoint" doc:"signed note that the proof leads to"`
		Proof      string      `json:"proof" doc:"all of it in the form of c2sp.org/tlog-proof"`
	}
}

func (p *Pages) apiProof(ctx context.Context, in *proofInput) (*proofOutput, error) {
	proof, err := p.record.Proof(ctx, in.Event)
	if err != nil {
		return nil, problem(err)
	}
	act, err := p.record.Act(ctx, proof.Index)
	if err != nil {
		return nil, problem(err)
	}
	out := &proofOutput{}
	out.Body.Index, out.Body.Recorded, out.Body.Leaf = proof.Index, act.Leaf.Recorded, proof.Leaf
	out.Body.Hashes = append([]tlog.Hash{}, proof.Hashes...)
	out.Body.Checkpoint, out.Body.Proof = proof.Checkpoint.Note, proof.String()
	return out, nil
}

type consistencyInput struct {
	From int64 `query:"from" required:"true" minimum:"1" doc:"number of acts then"`
	To   int64 `query:"to" required:"true" minimum:"1" doc:"number of acts later"`
}

type consistencyOutput struct {
	Body struct {
		From   int64       `json:"from"`
		To     int64       `json:"to"`
		Hashes []tlog.Hash `json:"hashes" doc:"base64"`
	}
}

func (p *Pages) apiConsistency(ctx context.Context, in *consistencyInput) (*consistencyOutput, error) {
	proof, err := p.record.Consistency(ctx, in.From, in.To)
	if err != nil {
		return nil, problem(err)
	}
	out := &consistencyOutput{}
	out.Body.From, out.Body.To, out.Body.Hashes = in.From, in.To, append([]tlog.Hash{}, proof...)
	return out, nil
}

// problem gives the faults of these operations their status; anything else is
// for the edge to log.
func problem(err error) error {
	switch fault.KindOf(err) {
	case fault.NotFound:
		return huma.Error404NotFound("not in the record")
	case fault.Invalid:
		return huma.Error422UnprocessableEntity("the record never had these sizes")
	}
	return err
}
