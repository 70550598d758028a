package roundtable

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// Random people do random things to one initiative. Whatever they try: it is
// never adopted with an open step save by an override of who may, no signature
// is by the proposer's side, history and signatures never shrink, what is
// refused changes nothing, and the counters of the filters stay true.
func TestWhateverPeopleTry(t *testing.T) {
	r := newRoom(t, dbtest.SQLite(t, tablesOf(db.SQLite)...))
	rapid.Check(t, func(rt *rapid.T) {
		number := r.filed()
		r.now = start
		var before trace
		for range rapid.IntRange(5, 40).Draw(rt, "length") {
			r.now = r.now.Add(time.Duration(rapid.IntRange(1, 5000).Draw(rt, "minutes")) * time.Minute)
			posts := rapid.SampledFrom(crowd).Draw(rt, "who")
			step := rapid.SampledFrom(r.ch.Flow.Steps.All()).Draw(rt, "step").Code
			act := rapid.SampledFrom(attempts).Draw(rt, "act")
			was := r.trace(rt, number)
			err := act.do(r, r.as(posts...), number, step)
			before = r.trace(rt, number)
			r.checkTrace(rt, act.name, posts, err, was, before)
		}
		r.checkCounts(rt)
	})
}

// crowd are those who try; some hold two posts, one of them the proposer's.
var crowd = [][]string{{proposer}, {proposer}, {planning}, {planning}, {coordinator}, {coordinator}, {speaker}, {mayor}, {chief}, {""}, {"citizen"},
	{"ministro-educacion"}, {planning, proposer}, {coordinator, proposer}, {"equipo-mesa"}}

type attempt struct {
	name string
	do   func(r *room, ctx context.Context, number, step string) error
}

const because = "Porque hace falta que así sea."

var attempts = []attempt{
	{"prove", func(r *room, ctx context.Context, number, step string) error { return r.proveAs(ctx, number, step) }},
	{"prove", func(r *room, ctx context.Context, number, step string) error { return r.proveAs(ctx, number, step) }},
	{"sign", func(r *room, ctx context.Context, n, s string) error { return r.SignStep(ctx, n, s, "") }},
	{"sign", func(r *room, ctx context.Context, n, s string) error { return r.SignStep(ctx, n, s, "") }},
	{"sign", func(r *room, ctx context.Context, n, s string) error { return r.SignStep(ctx, n, s, "") }},
	{"attend", func(r *room, ctx context.Context, n, s string) error { return r.RecordAttendance(ctx, n, s, because) }},
	{"return", func(r *room, ctx context.Context, n, s string) error { return r.ReturnStep(ctx, n, s, because) }},
	{"resubmit", func(r *room, ctx context.Context, n, s string) error { return r.Resubmit(ctx, n, s, because) }},
	{"reopen", func(r *room, ctx context.Context, n, s string) error { return r.ReopenStep(ctx, n, s, because) }},
	{"adopt", func(r *room, ctx context.Context, n, _ string) error { return r.Adopt(ctx, n, because) }},
	{"overrule", func(r *room, ctx context.Context, n, _ string) error { return r.Overrule(ctx, n, because) }},
	{"defer", func(r *room, ctx context.Context, n, _ string) error { return r.Defer(ctx, n, "2099-01-01", because) }},
	{"resume", func(r *room, ctx context.Context, n, _ string) error { return r.Resume(ctx, n, because) }},
	{"decline", func(r *room, ctx context.Context, n, _ string) error {
		if n[len(n)-1]%5 != 0 { // not too often: nothing happens after it
			return fault.New(fault.Forbidden, "skip")
		}
		return r.Decline(ctx, n, because)
	}},
}

// proveAs gives the items of a step their evidence, as whoever tries.
func (r *room) proveAs(ctx context.Context, number, code string) error {
	step, _ := r.ch.Flow.Steps.Get(code)
	for _, item := range step.Items.All() {
		e := Evidence{Step: code, Item: item.Code, Kind: item.Evidence[0], Text: because, URL: "https://example.org/a"}
		switch {
		case item.Threshold != nil:
			e.Kind, e.Figure = "figure", int64(item.Threshold.Min)
		case e.Kind == "document":
			e.Kind = item.Evidence[1]
		case e.Kind == "presence":
			continue
		}
		if err := r.AddEvidence(ctx, number, e); err != nil {
			return err
		}
	}
	return nil
}

// trace is what must not shrink, and the state it belongs to.
type trace struct {
	i          Initiative
	steps      []Step
	signatures []Signature
	events     []event.Event
}

func (r *room) trace(rt *rapid.T, number string) trace {
	ctx := context.Background()
	i, err := r.byNumber(ctx, number)
	fatal(rt, err)
	round, err := r.round(ctx, r.ch, i.ID)
	fatal(rt, err)
	signatures, err := r.Signatures(ctx, i.ID)
	fatal(rt, err)
	events, err := r.log.Timeline(ctx, i.Subject(), event.Page{Limit: 2000})
	fatal(rt, err)
	return trace{i, round.Steps, signatures, events}
}

func fatal(rt *rapid.T, err error) {
	if err != nil {
		rt.Fatal(err)
	}
}

func (r *room) checkTrace(rt *rapid.T, act string, posts []string, err error, was, now trace) {
	who := fmt.Sprintf("%s by %v", act, posts)
	if err != nil && act != "prove" && (len(now.events) != len(was.events) || !slices.Equal(now.steps, was.steps) || now.i != was.i) {
		rt.Fatalf("%s was refused (%v) and changed something", who, err)
	}
	if err == nil && len(now.events) == len(was.events) {
		rt.Fatalf("%s left no event", who)
	}
	if len(now.events) < len(was.events) || len(now.signatures) < len(was.signatures) {
		rt.Fatalf("after %s the history shrank", who)
	}
	for n, s := range was.signatures {
		if !s.Reopened.IsZero() && now.signatures[n] != s {
			rt.Fatalf("%s rewrote a signature", who)
		}
	}
	for _, s := range now.signatures {
		if h := r.standing(proposer); s.Person == h.Person || s.Body == proposerOf {
			rt.Fatalf("%s: signed by the proposer's side: %+v", who, s)
		}
	}
	whole := !slices.ContainsFunc(now.steps, func(s Step) bool { return !s.Whole() })
	if now.i.State == Adopted && !whole && !now.i.Override {
		rt.Fatalf("%s: adopted with an open step", who)
	}
	if now.i.Override != slices.ContainsFunc(now.events, func(e event.Event) bool {
		return e.Kind == EventOverridden && e.Public && e.Actor.Post == chief && e.Text["reason"] != ""
	}) {
		rt.Fatalf("%s: an override without its public act", who)
	}
}

// checkCounts recounts every filter.
func (r *room) checkCounts(rt *rapid.T) {
	type row struct {
		Area string `db:"area"`
		Kind string `db:"kind"`
		Code string `db:"code"`
		N    int    `db:"n"`
	}
	wrong, err := db.Query[row](context.Background(), r.db, `SELECT c.area, c.kind, c.code, c.n FROM roundtable_count c WHERE c.n <>
		(SELECT count(*) FROM roundtable_tag t WHERE t.area = c.area AND t.kind = c.kind AND t.code = c.code)`)
	fatal(rt, err)
	if len(wrong) > 0 {
		rt.Fatalf("counters drifted: %+v", wrong)
	}
}
