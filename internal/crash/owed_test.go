package crash

import (
	"fmt"
	"os"
	"time"

	"ronda/platform/db"
)

const patience = time.Minute // for what is done beside the requests

// quiet waits until the program has nothing left to do.
func (c *city) quiet() {
	c.t.Helper()
	ctx, d := c.t.Context(), c.database()
	defer d.Close()
	type left struct {
		Untold     int `db:"untold"`
		Unrecorded int `db:"unrecorded"`
		Jobs       int `db:"jobs"`
		Mail       int `db:"mail"`
		Letters    int `db:"letters"`
	}
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		l, err := db.One[left](ctx, d, `SELECT (SELECT count(*) FROM event_event WHERE pending) + (SELECT count(*) FROM event_retry) AS untold,
			(SELECT count(*) FROM event_event WHERE unrecorded) AS unrecorded,
			(SELECT count(*) FROM jobs_job WHERE state = 'waiting') AS jobs,
			(SELECT count(*) FROM jobs_schedule WHERE name = 'notices.digest' AND (next_at = 0 OR holder <> '')) AS mail,
			(SELECT count(*) FROM invitations_mail WHERE state IN ('waiting', 'sending')) AS letters`)
		if err != nil {
			c.fail(err.Error())
		}
		if l == (left{}) {
			return
		}
		if time.Now().After(end) {
			c.fail(fmt.Sprintf("after %v there is still to do: %+v\n%s", patience, l, c.said()))
		}
	}
}

// sealed waits for the first seal beside the database, which a killed start may
// have left to the next.
func (c *city) sealed() {
	c.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		_, err := os.Stat(c.witness())
		if err == nil {
			return
		}
		if time.Now().After(end) {
			c.fail(err.Error() + "\n" + c.said())
		}
	}
}

// owedNothing finds what the program should have done beside the requests, once
// in effect: mails by their Message-ID, notices by person and act.
func (c *city) owedNothing() {
	c.t.Helper()
	ctx, d := c.t.Context(), c.database()
	defer d.Close()
	type due struct {
		Email string `db:"email"`
		Codes int    `db:"codes"`
		Daily int    `db:"daily"`
	}
	all, err := db.Query[due](ctx, d, `SELECT m.email, (SELECT count(*) FROM identity_code c WHERE c.email = m.email) AS codes,
		(SELECT count(*) FROM jobs_job j JOIN identity_account a ON j.key = 'digest-' || substr(j.key, 8, 10) || '-' || a.person WHERE a.email = m.email AND j.state = 'done') AS daily
		FROM (SELECT email FROM identity_code UNION SELECT email FROM identity_account) m`)
	if err != nil {
		c.fail(err.Error())
	}
	var wrong []string
	daily := 0
	for _, x := range all {
		daily += x.Daily
		if got := c.post.count(x.Email); got != x.Codes+x.Daily {
			wrong = append(wrong, fmt.Sprintf("%s got %d different mails and was sent %d codes and %d daily mails", x.Email, got, x.Codes, x.Daily))
		}
	}
	if daily == 0 {
		wrong = append(wrong, "no daily mail went out, so nothing was shown")
	}
	missed, err := db.Query[string](ctx, d, `SELECT f.person || ' ' || e.id FROM notices_follow f
		JOIN event_event e ON e.subject_kind = f.subject_kind AND e.subject_id = f.subject_id AND e.public AND e.person <> f.person AND e.at > f.at + 1000000
		WHERE NOT EXISTS (SELECT 1 FROM notices_notice n WHERE n.person = f.person AND n.event_id = e.id)`)
	if err != nil {
		c.fail(err.Error())
	}
	for _, m := range missed {
		wrong = append(wrong, "who follows was not told: "+m)
	}
	letters, err := c.lettersRight(d, true)
	if err != nil {
		c.fail(err.Error())
	}
	if len(c.post.letters()) == 0 {
		wrong = append(wrong, "no invitation went out, so nothing was shown")
	}
	c.fail(append(wrong, letters...)...)
}
