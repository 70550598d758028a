package record

import (
	"context"
	"fmt"

	"ronda/platform/i18n"
)

// FindingKind is what is wrong at one place of the record.
type FindingKind string

// The kinds of finding. Words for people are the messages "record.found.<kind>".
const (
	FoundChanged     FindingKind = "changed"      // the event says something else than its leaf; Field says where
	FoundGone        FindingKind = "gone"         // the event of a leaf is missing
	FoundHidden      FindingKind = "hidden"       // the event of a leaf is no longer public
	FoundUnrecorded  FindingKind = "unrecorded"   // a public event counts as recorded and has no leaf
	FoundMark        FindingKind = "mark"         // an event with a leaf counts as waiting
	FoundTextGone    FindingKind = "text_gone"    // a text is missing and no act says that it was erased
	FoundUnreadable  FindingKind = "unreadable"   // leaf, row or line cannot be read
	FoundOrder       FindingKind = "order"        // a leaf does not stand where its number says
	FoundMissing     FindingKind = "missing"      // acts that an export leaves out, from Index on; Detail is how many
	FoundMisfiled    FindingKind = "misfiled"     // a leaf stands under another event
	FoundHash        FindingKind = "hash"         // a stored hash is wrong, missing or too many
	FoundRoot        FindingKind = "root"         // the leaves do not give the root that was signed
	FoundUnsigned    FindingKind = "unsigned"     // acts that no checkpoint covers
	FoundCheckpoint  FindingKind = "checkpoint"   // a checkpoint that is misplaced, misdated or no checkpoint
	FoundSignature   FindingKind = "signature"    // a checkpoint that the record's key did not sign
	FoundKey         FindingKind = "key"          // the record names another key than the one it is checked with
	FoundHead        FindingKind = "head"         // the number of acts noted is not the number there is
	FoundDropped     FindingKind = "dropped"      // fewer acts than a checkpoint kept elsewhere says
	FoundRewritten   FindingKind = "rewritten"    // other acts than a checkpoint kept elsewhere signs
	FoundKept        FindingKind = "kept"         // a checkpoint kept elsewhere is not one of this key
	FoundWitnessGone FindingKind = "witness_gone" // the witness file is missing
	FoundCutOff      FindingKind = "cut_off"      // the export ends early
)

// FindingKinds lists every kind.
var FindingKinds = []FindingKind{
	FoundChanged, FoundGone, FoundHidden, FoundUnrecorded, FoundMark, FoundTextGone, FoundUnreadable, FoundOrder, FoundMissing, FoundMisfiled, FoundHash,
	FoundRoot, FoundUnsigned, FoundCheckpoint, FoundSignature, FoundKey, FoundHead, FoundDropped, FoundRewritten, FoundKept, FoundWitnessGone,
	FoundCutOff,
}

// Finding is one place where the record is not what it was.
type Finding struct {
	Kind   FindingKind `json:"kind"`
	Index  int64       `json:"index"`            // of the act from 0, or the number of acts of a checkpoint; -1 for none
	Event  string      `json:"event,omitempty"`  // id
	Field  string      `json:"field,omitempty"`  // part of the act, e.g. "text.remarks"
	Detail string      `json:"detail,omitempty"` // for technicians
}

// Say is the finding in the words of the context's language; acts are counted
// from 1, as on the pages.
func (f Finding) Say(ctx context.Context) string {
	return i18n.T(ctx, "record.found."+string(f.Kind), "index", f.Index, "act", f.Index+1, "event", f.Event, "field", f.Field, "detail", f.Detail)
}

// String is the finding for logs and tests.
func (f Finding) String() string {
	return fmt.Sprintf("%s index=%d event=%s field=%s %s", f.Kind, f.Index, f.Event, f.Field, f.Detail)
}

// maxFindings is how many findings a result lists; Found counts all.
const maxFindings = 200

// Result is what a check of the record found.
type Result struct {
	Verifier    string     `json:"verifier"`    // key it was checked with
	Given       bool       `json:"given"`       // the key was given, not taken from what is checked
	Acts        int64      `json:"acts"`        // leaves whose hashes were recomputed
	Texts       int64      `json:"texts"`       // texts compared with their digest
	Erased      int64      `json:"erased"`      // texts that an act says were erased
	Waiting     int64      `json:"waiting"`     // public events not recorded yet; only of a database
	Checkpoints int64      `json:"checkpoints"` // signatures checked
	Kept        int64      `json:"kept"`        // checkpoints kept elsewhere that the record extends
	Newest      Checkpoint `json:"-"`           // of size 0 when there is none
	Found       int64      `json:"found"`       // number of findings
	Findings    []Finding  `json:"findings"`    // the first of them
}

// OK says that nothing was found.
func (r Result) OK() bool { return r.Found == 0 }

func (r *Result) find(f Finding) {
	r.Found++
	if len(r.Findings) < maxFindings {
		r.Findings = append(r.Findings, f)
	}
}
