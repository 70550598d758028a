package crash

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"ronda/platform/db"
	"ronda/platform/mail/mailtest"
)

// letter is what a person is told of a meeting by one mail.
type letter struct {
	to, method string
	meeting    string // mark of its title
	sequence   int
	start      string // on the city's wall, "20270301T090000"
}

// mails is how many of each there are.
type mails map[letter]int

// received is a letter as it came, with the name under which calendars know the
// meeting.
type received struct {
	letter
	id, uid string
}

// whenLine is the line of an event that says when it starts, with its zone.
var whenLine = regexp.MustCompile(`^DTSTART;TZID=[^:]+:(\S+)$`)

// readLetter reads the calendar part of a mail.
func readLetter(m mailtest.Mail) received {
	r := received{letter: letter{to: m.To}, id: m.ID()}
	_, event, _ := strings.Cut(strings.ReplaceAll(m.Calendar, "\n ", ""), "BEGIN:VEVENT\n")
	for line := range strings.Lines(event) {
		line = strings.TrimRight(line, "\r\n")
		name, value, _ := strings.Cut(line, ":")
		switch name {
		case "UID":
			r.uid = value
		case "SEQUENCE":
			r.sequence, _ = strconv.Atoi(value)
		case "SUMMARY":
			r.meeting = mark.FindString(value)
		}
		if found := whenLine.FindStringSubmatch(line); found != nil {
			r.start = found[1]
		}
	}
	for line := range strings.Lines(m.Calendar) {
		if method, ok := strings.CutPrefix(strings.TrimRight(line, "\r\n"), "METHOD:"); ok {
			r.method = method
		}
	}
	return r
}

// lettersRight holds the mails that came against what people should have been
// told. While the program still has some to send, done is false.
func (c *city) lettersRight(d *db.DB, done bool) (wrong []string, err error) {
	got, owed := c.post.letters(), c.journal.letters()
	doubts, err := c.doubts(d)
	if err != nil {
		return nil, err
	}
	came := mails{}
	for _, r := range got {
		came[r.letter]++
	}
	for l, n := range came {
		if n > owed[l] {
			wrong = append(wrong, fmt.Sprintf("%+v came %d times and was owed %d times", l, n, owed[l]))
		}
	}
	for l, n := range owed {
		plain := l
		plain.start = ""
		for missing := n - came[l]; done && missing > 0; missing-- {
			if doubts[plain]--; doubts[plain] < 0 {
				wrong = append(wrong, fmt.Sprintf("%+v never came and is not listed as in doubt", l))
			}
		}
	}
	return append(wrong, inOrder(got)...), nil
}

// inOrder finds mails that came under a name they had before, meetings under two
// names, and people who were told of an older state after a newer one.
func inOrder(got []received) (wrong []string) {
	ids, names := map[string]bool{}, map[string]string{}
	last := map[string]received{}
	for _, r := range got {
		if ids[r.id] {
			wrong = append(wrong, "the same mail twice: "+r.id)
		}
		ids[r.id] = true
		if uid, known := names[r.meeting]; known && uid != r.uid || r.uid == "" {
			wrong = append(wrong, fmt.Sprintf("meeting %s is %q in one calendar and %q in another", r.meeting, uid, r.uid))
		}
		names[r.meeting] = r.uid
		key := r.to + " " + r.meeting
		if before, ok := last[key]; ok && before.sequence > r.sequence {
			wrong = append(wrong, fmt.Sprintf("%+v came after %+v", r, before))
		}
		last[key] = r
	}
	if uids := slices.Sorted(maps.Values(names)); len(slices.Compact(uids)) != len(names) {
		wrong = append(wrong, "two meetings have one name in calendars")
	}
	return wrong
}

// doubts are the mails that the program says may have arrived, without when.
func (c *city) doubts(d *db.DB) (mails, error) {
	type row struct {
		Address  string `db:"address"`
		Method   string `db:"method"`
		Title    string `db:"title"`
		Sequence int    `db:"sequence"`
	}
	rows, err := db.Query[row](c.t.Context(), d, `SELECT address, method, title, sequence FROM invitations_mail WHERE state = 'doubt'`)
	out := mails{}
	for _, r := range rows {
		out[letter{to: r.Address, method: r.Method, meeting: mark.FindString(r.Title), sequence: r.Sequence}]++
	}
	return out, err
}

// fewDoubts finds out whether more mails came to be in doubt than lines to the
// mail server were open when the program died. No program may be running.
func (c *city) fewDoubts(d *db.DB) (wrong []string, err error) {
	n, err := db.One[int](c.t.Context(), d, `SELECT count(*) FROM invitations_mail WHERE state IN ('sending', 'doubt')`)
	if fresh := n - c.doubted; fresh > c.lines {
		wrong = append(wrong, fmt.Sprintf("%d mails are in doubt and %d lines were open", fresh, c.lines))
	}
	c.doubted, c.lines = n, 0
	return wrong, err
}

// listed finds mails in doubt that the coordination is not shown.
func (c *city) listed() (wrong []string) {
	c.t.Helper()
	d := c.database()
	defer d.Close()
	ids, err := db.Query[string](c.t.Context(), d, `SELECT id FROM invitations_mail WHERE state = 'doubt' ORDER BY id DESC LIMIT 200`)
	if err != nil {
		c.fail(err.Error())
	}
	v := c.hosts.organiser
	v.Return(c.p)
	a, err := v.Get(c.t.Context(), "/invitaciones")
	if err != nil || a.Status != 200 {
		c.fail(fmt.Sprintf("the page of mails in doubt: %d %v", a.Status, err))
	}
	page := a.Body
	if z, err := gzip.NewReader(bytes.NewReader(page)); err == nil {
		if page, err = io.ReadAll(z); err != nil {
			c.fail(err.Error())
		}
	}
	for _, id := range ids {
		if !bytes.Contains(page, []byte(id)) {
			wrong = append(wrong, "a mail in doubt is not listed: "+id)
		}
	}
	return wrong
}
