package crash

import (
	"context"
	"regexp"
	"strings"

	"ronda/platform/db"
)

// fact is something that the database shows or not: what kind of thing, and the
// words it is known by.
type fact struct {
	Kind string `db:"kind"`
	Key  string `db:"key"`
}

// facts is how many times the database shows each.
type facts map[fact]int

// places is where facts show, a query for each, with the kind of the fact and a
// text. A text with a mark in it is known by the mark.
var places = []string{
	`SELECT kind, text AS key FROM event_event`, // the kind of an event is the kind of the fact
	`SELECT 'thought' AS kind, title AS key FROM roundtable_initiative`,
	`SELECT 'change' AS kind, change AS key FROM roundtable_initiative`,
	`SELECT 'draft' AS kind, data AS key FROM roundtable_draft`,
	`SELECT 'filed' AS kind, number AS key FROM roundtable_initiative WHERE filed_at > 0`,
	`SELECT 'evidence' AS kind, i.number || ' ' || e.step || ' ' || e.item AS key FROM roundtable_evidence e
		JOIN roundtable_initiative i ON i.id = e.initiative WHERE e.removed_at = 0`,
	`SELECT 'signature' AS kind, note AS key FROM roundtable_signature`,
	`SELECT 'comment' AS kind, text AS key FROM roundtable_comment`,
	`SELECT 'question' AS kind, text AS key FROM roundtable_question`,
	`SELECT 'follow' AS kind, a.email || ' ' || i.number AS key FROM notices_follow f
		JOIN identity_account a ON a.person = f.person JOIN roundtable_initiative i ON i.id = f.subject_id`,
	`SELECT 'idea' AS kind, title AS key FROM ideas_idea`,
	`SELECT 'remark' AS kind, text AS key FROM ideas_comment`,
	`SELECT 'support' AS kind, a.email || ' ' || i.number AS key FROM ideas_support s
		JOIN identity_account a ON a.person = s.person JOIN ideas_idea i ON i.id = s.idea`,
	`SELECT 'tap' AS kind, a.email || ' ' || v.idea AS key FROM ballot_voice v JOIN identity_account a ON a.person = v.person`,
	`SELECT 'answer' AS kind, a.email || ' ' || CAST(v.no AS TEXT) || ' ' || CAST(v.answer AS TEXT) AS key FROM opinions_vote v
		JOIN identity_account a ON a.person = v.person WHERE v.answer <> 2`,
	`SELECT 'meeting' AS kind, title AS key FROM meetings_meeting`,
	`SELECT 'why' AS kind, why AS key FROM meetings_meeting`,
	`SELECT 'called' AS kind, number AS key FROM meetings_meeting WHERE called_at > 0`,
	`SELECT 'began' AS kind, number AS key FROM meetings_meeting WHERE began_at > 0`,
	`SELECT 'held' AS kind, number AS key FROM meetings_meeting WHERE ended_at > 0`,
	`SELECT 'guest' AS kind, m.number || ' ' || g.key AS key FROM meetings_guest g JOIN meetings_meeting m ON m.id = g.owner WHERE g.role <> 'out'`,
	`SELECT 'note' AS kind, text AS key FROM meetings_note`, // a fact for each line
	`SELECT 'decision' AS kind, text AS key FROM meetings_decision`,
	`SELECT 'task' AS kind, what AS key FROM meetings_commitment`,
	`SELECT 'code' AS kind, email AS key FROM identity_code`,
	`SELECT 'account' AS kind, email AS key FROM identity_account`,
	`SELECT 'session' AS kind, a.email AS key FROM identity_session s JOIN identity_account a ON a.person = s.person`,
}

// voices are the kinds of fact that are nobody's but a citizen's: each is there
// because somebody asked for it.
var voices = map[string]bool{"support": true, "tap": true, "answer": true}

// mark is a word that one write of the test carries and no other.
var mark = regexp.MustCompile(`\bk[0-9]{7}\b`)

// shown reads every fact of the database.
func shown(ctx context.Context, d *db.DB) (facts, error) {
	out := facts{}
	for _, query := range places {
		err := db.Each(ctx, d, query, nil, func(f fact) error {
			if f.Kind == "note" {
				for line := range strings.Lines(f.Key) {
					out.show(fact{f.Kind, line})
				}
				return nil
			}
			out.show(f)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// show counts a fact, known by its mark if it has one.
func (f facts) show(x fact) {
	if m := mark.FindString(x.Key); m != "" {
		x.Key = m
	}
	f[x]++
}
