package ideas

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"testing"
	"time"

	"ronda/platform/event"
	"ronda/platform/fault"
)

// TestRulesAreFrozenAndHashed: drafts are nobody else's, the hash of the published
// bytes stands in the record, and a change is a public act with a reason.
func TestRulesAreFrozenAndHashed(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		r := w.rules()
		c, err := w.CreateChallenge(w.as(director), r)
		w.must(err)
		if c.Number != "DES-2026-0001" {
			t.Errorf("number %s", c.Number)
		}
		if _, err := w.Challenge(w.as(), c.Number); !fault.Is(err, fault.NotFound) {
			t.Errorf("a draft is seen: %v", err)
		}
		r.Title = "Plazas con más sombra"
		w.must(w.EditChallenge(w.as(director), c.Number, 1, r))
		if err := w.EditChallenge(w.as(director), c.Number, 1, r); !is(err, "ideas.fault.edited") {
			t.Errorf("an older version: %v", err)
		}
		w.must(w.Open(w.as(director), c.Number))
		c, err = w.Challenge(w.as(), c.Number)
		w.must(err)
		versions, err := w.RuleVersions(w.as(), c.ID)
		w.must(err)
		sum := sha256.Sum256([]byte(versions[0].JSON))
		events, err := w.log.Timeline(w.as(), c.Subject(), event.Page{PublicOnly: true})
		w.must(err)
		if hash := hex.EncodeToString(sum[:]); len(versions) != 1 || hash != c.RulesHash || events[0].Data["hash"] != hash {
			t.Errorf("hash %s, challenge %s, record %v", hash, c.RulesHash, events[0].Data)
		}
		if err := w.EditChallenge(w.as(director), c.Number, 2, r); !is(err, "ideas.fault.frozen") {
			t.Errorf("edited while open: %v", err)
		}
		r = c.Rules
		r.Prize = "Se hace en 2027"
		if err := w.ChangeRules(w.as(director), c.Number, r, "porque"); !is(err, "ideas.fault.reason") {
			t.Errorf("no reason: %v", err)
		}
		w.must(w.ChangeRules(w.as(director), c.Number, r, "La Legislatura aprobó el premio"))
		if err := w.ChangeRules(w.as(director), c.Number, r, "La Legislatura aprobó el premio"); !is(err, "ideas.fault.same_rules") {
			t.Errorf("nothing changed: %v", err)
		}
		if now := w.challenge(c.Number); now.RulesVersion != 2 || now.RulesHash == c.RulesHash {
			t.Errorf("changed: %+v", now)
		}
		if got := w.kinds(LogSubject); got != "rules_changed" {
			t.Errorf("the public log: %s", got)
		}
		w.now = c.VoteOpens
		r.Budget *= 2
		if err := w.ChangeRules(w.as(director), c.Number, r, "Hay más presupuesto"); !is(err, "ideas.fault.voting") {
			t.Errorf("the budget while people vote: %v", err)
		}
	})
}

// TestTheHashIsOfCanonicalRules: names in order, the jury as it is known, the same
// bytes for the same rules.
func TestTheHashIsOfCanonicalRules(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		w.citizen("ana")
		r := w.rules()
		r.Jury = []string{w.made["ana"]}
		one, hash, err := w.canonical(w.as(), "DES-2026-0001", r)
		w.must(err)
		two, _, err := w.canonical(w.as(), "DES-2026-0001", r)
		w.must(err)
		var back map[string]any
		w.must(json.Unmarshal([]byte(one), &back))
		again, err := json.Marshal(back)
		w.must(err)
		if one != two || len(hash) != 64 || len(again) != len(one) || one[:8] != `{"answer` {
			t.Errorf("not canonical: %s", one)
		}
		if jury := back["jury"].([]any)[0].(map[string]any); jury["name"] != "Vecina ana" {
			t.Errorf("jury: %v", jury)
		}
	})
}

// TestAChallengeTakesIdeasByTheClock, closes by it, and is answered when its last
// idea is.
func TestAChallengeTakesIdeasByTheClock(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		w.published("ana", "Para no ser la primera")
		c := w.opened()
		i := w.answering("ana", "Sombra en Flores", c.ID)
		late := w.draft(w.citizen("ana"), "Tarde", c.ID)
		if i.Axis != c.Axis || i.Body != directorOf || i.AnswerDue != "2026-05-03" {
			t.Errorf("an idea of the challenge: %+v", i)
		}
		w.now = c.Closes
		if _, err := w.Send(w.citizen("ana"), late.ID); !is(err, "ideas.fault.closed") {
			t.Errorf("sent after the closing: %v", err)
		}
		w.must(w.Tick(w.as()))
		if now := w.challenge(c.Number); now.Phase != PhaseEvaluating || now.Ideas != 1 || now.Answered != 0 || !now.Sealed() {
			t.Errorf("closed: %+v", now)
		}
		w.must(w.Answer(w.as(director), i.Number, "La evaluamos y es posible hacerla.", Answered))
		if now := w.challenge(c.Number); now.Phase != PhaseAnswered || now.Answered != 1 || !now.Evaluated.Equal(w.now) {
			t.Errorf("answered: %+v", now)
		}
		if got := w.kinds(c.Subject()); got != "answered phase phase published challenge_opened" && got != "phase answered phase published challenge_opened" {
			t.Errorf("told: %s", got)
		}
	})
}

// TestADeskWaitsForTheVote: whoever asked owes the answers; that there is a result
// to publish is said by the vote, once it has ended.
func TestADeskWaitsForTheVote(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		w.published("ana", "Para no ser la primera")
		c := w.opened()
		i := w.answering("ana", "Sombra en Flores", c.ID)
		owed := func() int {
			t.Helper()
			ch, err := w.charters.Current(w.as())
			w.must(err)
			items, err := w.oweChallenges(w.as(director), ch, w.standing(director))
			w.must(err)
			n := 0
			for _, item := range items {
				if item.Subject == c.Subject() {
					n++
				}
			}
			return n
		}
		w.now = c.Closes
		w.must(w.Tick(w.as()))
		if owed() != 1 {
			t.Error("being evaluated, and not on the desk")
		}
		w.must(w.Answer(w.as(director), i.Number, "La evaluamos y es posible hacerla.", Answered))
		if owed() != 0 {
			t.Error("the vote is open, and the desk wants its result")
		}
	})
}

// TestAResultIsPublishedOnce: after the vote, with a reason when it departs from
// the method, and every idea's author hears of it.
func TestAResultIsPublishedOnce(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		w.published("ana", "Para no ser la primera")
		c := w.opened()
		a, b := w.answering("ana", "Sombra en Flores", c.ID), w.answering("ana", "Sombra en Caballito", c.ID)
		w.now = c.VoteCloses.Add(-time.Minute)
		w.must(w.Tick(w.as()))
		how := Conclusion{Digest: "abc"}
		if err := w.Conclude(w.as(director), c.Number, []string{a.Number}, how); !is(err, "ideas.fault.voting") {
			t.Errorf("while people vote: %v", err)
		}
		w.now = c.VoteCloses
		if err := w.Conclude(w.as(director), c.Number, []string{"IDEA-2026-00001"}, how); !is(err, "ideas.fault.unseen") {
			t.Errorf("an idea of the door: %v", err)
		}
		if err := w.Conclude(w.as(director), c.Number, []string{a.Number}, Conclusion{Override: true}); !fault.Is(err, fault.Invalid) {
			t.Errorf("an override without a reason: %v", err)
		}
		w.must(w.Conclude(w.as(director), c.Number, []string{a.Number}, how))
		if x, y := w.read(a.Number), w.read(b.Number); x.Outcome != Chosen || y.Outcome != NotChosen {
			t.Errorf("outcomes: %s, %s", x.Outcome, y.Outcome)
		}
		now := w.challenge(c.Number)
		if now.Phase != PhaseChosen || now.Sealed() || now.Conclusion.Method != MethodEqualShares || now.Conclusion.Digest != "abc" {
			t.Errorf("concluded: %+v", now)
		}
		if err := w.Conclude(w.as(director), c.Number, nil, how); !is(err, "ideas.fault.state") {
			t.Errorf("twice: %v", err)
		}
		if err := w.Support(w.citizen("bruno"), a.Number); !is(err, "ideas.fault.closed") {
			t.Errorf("a voice after the result: %v", err)
		}
		w.must(w.log.Dispatch(w.as()))
		news, err := w.notices.Notices(w.as(), w.made["ana"], 50)
		w.must(err)
		heard := 0
		for _, e := range news {
			if e.Kind == EventChosen {
				heard++
			}
		}
		if heard != 2 {
			t.Errorf("the author heard of %d results", heard)
		}
	})
}

// TestRulesThatCannotOpen lists what a draft may lack and an opening may not.
func TestRulesThatCannotOpen(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		for name, spoil := range map[string]func(*Rules){
			"question":     func(r *Rules) { r.Question = "" },
			"terms":        func(r *Rules) { r.Terms = "" },
			"closes":       func(r *Rules) { r.Closes = w.now },
			"answer_days":  func(r *Rules) { r.AnswerDays = 0 },
			"vote_closes":  func(r *Rules) { r.VoteCloses = r.VoteOpens },
			"budget":       func(r *Rules) { r.Budget = 0 },
			"jury":         func(r *Rules) { r.Method = MethodJury },
			"hold_hours":   func(r *Rules) { r.HoldHours = 0 },
			"ballot_kind":  func(r *Rules) { r.BallotKind = "" },
			"a draft's ok": func(*Rules) {},
		} {
			r := w.rules()
			spoil(&r)
			c, err := w.CreateChallenge(w.as(director), r)
			w.must(err)
			if err := w.Open(w.as(director), c.Number); (err == nil) != (name == "a draft's ok") || err != nil && !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		r := w.rules()
		r.Criteria = []Criterion{{Code: "impacto", Name: "Impacto", Weight: 90, Words: [5]string{"nulo", "poco", "algo", "mucho", "todo"}}}
		if _, err := w.CreateChallenge(w.as(director), r); !is(err, "ideas.fault.weights") {
			t.Errorf("weights: %v", err)
		}
		c, err := w.CreateChallenge(w.as(director), w.rules())
		w.must(err)
		w.must(w.CancelChallenge(w.as(director), c.Number, "No se va a hacer"))
		if _, err := w.Challenge(w.as(), c.Number); !fault.Is(err, fault.NotFound) {
			t.Errorf("a draft that was cancelled is seen: %v", err)
		}
	})
}
