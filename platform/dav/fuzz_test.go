package dav

import (
	"strings"
	"testing"
	"time"
)

func FuzzRequest(f *testing.F) {
	for _, s := range []string{"", "<", `<d:sync-collection xmlns:d="DAV:"><d:sync-token/></d:sync-collection>`,
		`<c:calendar-query xmlns:c="urn:ietf:params:xml:ns:caldav"><c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range start="20260311T000000Z"/></c:comp-filter></c:comp-filter></c:filter></c:calendar-query>`,
		`<propfind xmlns="DAV:"><prop><a:b xmlns:a="&lt;"/></prop></propfind>`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		q, err := readRequest(strings.NewReader(body))
		if err != nil {
			return
		}
		if pick, ok := q.Filter.picker(); ok {
			if _, err := pick(Object{within: func(from, to time.Time) (bool, error) { return true, nil }}); err != nil {
				t.Error(err)
			}
		}
		again, err := readRequest(strings.NewReader("<d:multistatus " + spaces + ">" + resource{address: body}.response(q) + "</d:multistatus>"))
		if err != nil {
			t.Errorf("%q is answered with what is no XML: %v, %v", body, err, again)
		}
	})
}
