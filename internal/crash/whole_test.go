package crash

import (
	"context"
	"slices"

	"ronda/platform/db"
)

// rule is something that holds between rows at every moment; the query finds
// where it does not.
type rule struct{ says, query string }

// rules are true of any city, whoever wrote to it.
var rules = []rule{
	{"a counter of a filter is not the number of its tags", `SELECT c.area || '/' || c.kind || '/' || c.code FROM roundtable_count c
		WHERE c.n <> (SELECT count(*) FROM roundtable_tag t WHERE t.area = c.area AND t.kind = c.kind AND t.code = c.code)`},
	{"a tag has no counter", `SELECT t.area || '/' || t.kind || '/' || t.code FROM roundtable_tag t
		WHERE NOT EXISTS (SELECT 1 FROM roundtable_count c WHERE t.area = c.area AND t.kind = c.kind AND t.code = c.code)`},
	{"the tag of the state is another", `SELECT i.number FROM roundtable_initiative i WHERE i.state <> coalesce((SELECT min(t.code)
		FROM roundtable_tag t WHERE t.initiative = i.id AND t.kind = 'state' HAVING count(*) = 1), '')`},
	{"the tag of the step is another", `SELECT i.number FROM roundtable_initiative i WHERE i.state = 'filed' AND i.current > 0
		AND CAST(i.current AS TEXT) <> coalesce((SELECT min(t.code) FROM roundtable_tag t WHERE t.initiative = i.id AND t.kind = 'step' HAVING count(*) = 1), '')`},
	{"the tag of the axis is missing", `SELECT i.number FROM roundtable_initiative i WHERE i.axis <> ''
		AND NOT EXISTS (SELECT 1 FROM roundtable_tag t WHERE t.initiative = i.id AND t.kind = 'axis' AND t.code = i.axis)`},
	{"a goal of the dossier has no tag", `SELECT c.initiative || ' ' || c.code FROM roundtable_choice c WHERE c.kind = 'goal'
		AND NOT EXISTS (SELECT 1 FROM roundtable_tag t WHERE t.initiative = c.initiative AND t.kind = 'goal' AND t.code = c.code)`},
	{"the number of followers is not that of those who follow", `SELECT c.subject_id FROM notices_count c
		WHERE c.n <> (SELECT count(*) FROM notices_follow f WHERE f.subject_kind = c.subject_kind AND f.subject_id = c.subject_id)`},
	{"the number of open questions is not that of the questions", `SELECT i.number FROM roundtable_initiative i
		WHERE i.questions <> (SELECT count(*) FROM roundtable_question q WHERE q.initiative = i.id AND q.answered_at = 0 AND q.hidden = '')`},
	{"a number was skipped or given twice", `SELECT c.name FROM roundtable_counter c
		WHERE c.n <> (SELECT count(*) FROM roundtable_initiative i WHERE i.number LIKE c.name || '-%')`},
	{"an initiative cannot be searched for", `SELECT i.number FROM roundtable_initiative i
		WHERE (SELECT count(*) FROM search_doc s WHERE s.name = 'initiative' AND s.id = i.id) <> 1`},
	{"an event is missing from the history of its subject", `SELECT e.id FROM event_event e
		WHERE NOT EXISTS (SELECT 1 FROM event_about a WHERE a.event_id = e.id AND a.subject_kind = e.subject_kind AND a.subject_id = e.subject_id)`},

	{"not proposed once", events(`1`, `'roundtable.proposed'`)},
	{"filings without their event, or the other way round", events(`CASE WHEN i.filed_at > 0 THEN 1 ELSE 0 END`, `'roundtable.filed'`)},
	{"signatures without their events, or the other way round", events(`(SELECT count(*) FROM roundtable_signature x WHERE x.initiative = i.id)`, `'roundtable.signed'`)},
	{"evidence without its events, or the other way round", events(`(SELECT count(*) FROM roundtable_evidence x WHERE x.initiative = i.id)`, `'roundtable.evidence'`)},
	{"questions without their events, or the other way round", events(`(SELECT count(*) FROM roundtable_question x WHERE x.initiative = i.id)`, `'roundtable.asked'`)},
	{"comments without their events, or the other way round", events(`(SELECT count(*) FROM roundtable_comment x WHERE x.initiative = i.id)`, `'roundtable.discussed', 'roundtable.opinion'`)},
	{"returns without their events, or the other way round", events(`i.returns`, `'roundtable.returned'`)},
	{"returns of steps are not those of the initiative", `SELECT i.number FROM roundtable_initiative i WHERE i.filed_at > 0
		AND i.returns <> (SELECT sum(s.returns) FROM roundtable_step s WHERE s.initiative = i.id)`},
	{"edits without their events, or the other way round", events(`i.version - 1`, `'roundtable.edited'`)},
	{"a signed step without a signature that stands, or the other way round", `SELECT s.initiative || ' ' || s.code FROM roundtable_step s
		WHERE (s.state = 'signed') <> EXISTS (SELECT 1 FROM roundtable_signature x WHERE x.initiative = s.initiative AND x.step = s.code AND x.reopened_at = 0)`},

	{"an account without its event, or the other way round", `SELECT a.person FROM identity_account a
		WHERE 1 <> ` + told("person", "a.person", `'identity.registered'`)},
	{"sessions without their events, or the other way round", `SELECT a.person FROM identity_account a
		WHERE (SELECT count(*) FROM identity_session s WHERE s.person = a.person) <> ` +
		told("person", "a.person", `'identity.signed_in'`)},
	{"a code that was used by nobody", `SELECT c.email FROM identity_code c WHERE c.proved > 0
		AND NOT EXISTS (SELECT 1 FROM identity_account a WHERE a.email = c.email)`},

	// A call to send invitations may be given up after many deaths: a schedule sends them too.
	{"a job was given up", `SELECT name || ' ' || error FROM jobs_job WHERE state = 'dead' AND name <> 'invitations.deliver'`},
	{"a schedule fails", `SELECT name || ' ' || error FROM jobs_schedule WHERE error <> ''`},
	{"two mails of one day to one person", `SELECT key FROM jobs_job WHERE key <> '' GROUP BY name, key HAVING count(*) > 1`},
	{"a daily mail noted and not written, or the other way round", `SELECT p.person FROM notices_person p
		WHERE (SELECT count(*) FROM jobs_job j WHERE j.key = 'digest-' || p.last_day || '-' || p.person) <> 1`},
}

// rulesOfIdeas are the same of the City of Ideas: what is counted is what is there.
var rulesOfIdeas = []rule{
	{"the supports of an idea are not those that were given", `SELECT i.number FROM ideas_idea i
		WHERE i.supports <> (SELECT count(*) FROM ideas_support s WHERE s.idea = i.id)`},
	{"a list is ordered by another number of supports", `SELECT i.number FROM ideas_idea i JOIN ideas_tag t ON t.idea = i.id WHERE t.supports <> i.supports AND i.id NOT IN (SELECT idea FROM ideas_moved)`},
	{"the comments of an idea are not those in sight", `SELECT i.number FROM ideas_idea i
		WHERE i.comments <> (SELECT count(*) FROM ideas_comment c WHERE c.idea = i.id AND c.hidden = '')`},
	{"the voices of a conversation are not those who spoke", `SELECT i.number FROM ideas_idea i
		WHERE i.voices <> (SELECT count(DISTINCT c.person) FROM ideas_comment c WHERE c.idea = i.id)`},
	{"comments without their events, or the other way round", `SELECT i.number FROM ideas_idea i
		WHERE (SELECT count(*) FROM ideas_comment c WHERE c.idea = i.id) <> ` + told("idea", "i.id", `'ideas.commented'`)},
	{"the supporters of a family are not the distinct ones of its ideas", `SELECT f.id FROM ideas_family f WHERE f.supporters <> (SELECT count(DISTINCT s.person)
		FROM ideas_support s JOIN ideas_idea i ON i.id = s.idea WHERE i.family = f.id)`},
	{"a voice in a family is not what the person supports of it", `SELECT v.family || ' ' || v.person FROM ideas_voice v WHERE v.n <> (SELECT count(*)
		FROM ideas_support s JOIN ideas_idea i ON i.id = s.idea WHERE i.family = v.family AND s.person = v.person)`},
	{"the ideas of a challenge are not those published", `SELECT c.number FROM ideas_challenge c
		WHERE c.ideas <> (SELECT count(*) FROM ideas_idea i WHERE i.challenge = c.id AND i.state = 'published')`},
	{"a counter of a filter of ideas is not the number of its tags", `SELECT c.kind || '/' || c.code FROM ideas_count c
		WHERE c.n <> (SELECT count(*) FROM ideas_tag t WHERE t.kind = c.kind AND t.code = c.code)`},
	{"a number of an idea or a challenge was skipped or given twice", `SELECT c.name FROM ideas_counter c WHERE c.n <>
		(SELECT count(*) FROM ideas_idea i WHERE i.number LIKE c.name || '-%') + (SELECT count(*) FROM ideas_challenge x WHERE x.number LIKE c.name || '-%')`},
	{"an idea was neither sent nor published, or twice", `SELECT i.number FROM ideas_idea i WHERE 1 <> ` + told("idea", "i.id", `'ideas.sent', 'ideas.published'`)},
	{"an idea that nobody has read waits for nobody, or twice", `SELECT i.number FROM ideas_idea i WHERE i.state = 'held'
		AND (SELECT count(*) FROM ideas_matter m WHERE m.idea = i.id AND m.kind = 'held' AND m.closed_at = 0) <> 1`},
	{"a published idea cannot be searched for", `SELECT i.number FROM ideas_idea i WHERE i.state = 'published'
		AND (SELECT count(*) FROM search_doc s WHERE s.name = 'idea' AND s.id = i.id) <> 1`},
	{"a draft was sent and is still there", `SELECT d.id FROM ideas_draft d JOIN ideas_idea i ON i.draft = d.id`},
	{"the voters of a poll are not those with a ballot", `SELECT p.number FROM ballot_poll p
		WHERE p.voters <> (SELECT count(*) FROM ballot_voter v WHERE v.challenge = p.challenge)
		OR p.voters <> (SELECT count(DISTINCT v.person) FROM ballot_voice v WHERE v.challenge = p.challenge)`},
	{"a statement that was answered may still be reworded, or the other way round", `SELECT s.id FROM opinions_statement s
		WHERE s.voted <> EXISTS (SELECT 1 FROM opinions_vote v WHERE v.challenge = s.challenge AND v.no = s.no)`},
	{"an answer to no statement", `SELECT v.person FROM opinions_vote v
		WHERE NOT EXISTS (SELECT 1 FROM opinions_statement s WHERE s.challenge = v.challenge AND s.no = v.no)`},
}

// rulesOfMeetings are the same of meetings and of those who are told of them.
var rulesOfMeetings = []rule{
	{"what happened in a room is not numbered without gaps", `SELECT m.number FROM meetings_meeting m WHERE m.seq <> (SELECT count(*) FROM meetings_change c WHERE c.meeting = m.id)
		OR m.seq <> (SELECT coalesce(max(c.seq), 0) FROM meetings_change c WHERE c.meeting = m.id)`},
	{"a number of a meeting was skipped or given twice", `SELECT c.name FROM meetings_counter c WHERE c.name LIKE 'REU-%' AND c.n <>
		(SELECT count(*) FROM meetings_meeting m WHERE m.number LIKE c.name || '-%')`},
	{"a meeting was called and its event is missing, or the other way round", `SELECT m.number FROM meetings_meeting m
		WHERE CASE WHEN m.called_at > 0 THEN 1 ELSE 0 END <> ` + told("meeting", "m.id", `'meetings.called'`)},
	{"changes of a calendar without their events, or the other way round", `SELECT m.number FROM meetings_meeting m
		WHERE m.sequence <> ` + told("meeting", "m.id", `'meetings.moved', 'meetings.cancelled'`)},
	{"decisions without their events, or the other way round", `SELECT m.number FROM meetings_meeting m
		WHERE (SELECT count(*) FROM meetings_decision x WHERE x.meeting = m.id) <> ` + told("meeting", "m.id", `'meetings.decided'`)},
	{"the notes are not their last version", `SELECT n.meeting FROM meetings_note n WHERE NOT EXISTS (SELECT 1 FROM meetings_note_version v
		WHERE v.meeting = n.meeting AND v.item = n.item AND v.version = n.version AND v.text = n.text)`},
}

// events finds initiatives that have another number of events of these kinds
// than their rows say.
func events(rows, kinds string) string {
	return `SELECT i.number FROM roundtable_initiative i WHERE ` + rows + ` <> ` + told("initiative", "i.id", kinds)
}

// told is the number of events of these kinds about a subject.
func told(subject, id, kinds string) string {
	return `(SELECT count(*) FROM event_about b JOIN event_event e ON e.id = b.event_id
		WHERE b.subject_kind = '` + subject + `' AND b.subject_id = ` + id + ` AND e.subject_id = ` + id + ` AND e.kind IN (` + kinds + `))`
}

// whole finds what breaks a rule.
func (c *city) whole(ctx context.Context, d *db.DB) ([]string, error) {
	var wrong []string
	for _, r := range slices.Concat(rules, rulesOfIdeas, rulesOfMeetings) {
		found, err := db.Query[string](ctx, d, r.query)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			wrong = append(wrong, r.says+": "+f)
		}
	}
	return wrong, nil
}
