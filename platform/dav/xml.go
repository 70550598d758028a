package dav

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

// The name spaces of the protocol, with the prefixes under which answers write
// them.
const (
	nsDAV    = "DAV:"
	nsCal    = "urn:ietf:params:xml:ns:caldav"
	nsServer = "http://calendarserver.org/ns/"
	spaces   = `xmlns:d="` + nsDAV + `" xmlns:c="` + nsCal + `" xmlns:s="` + nsServer + `"`
)

var prefixes = map[string]string{nsDAV: "d:", nsCal: "c:", nsServer: "s:"}

const requestMax = 1 << 20 // bytes

// request is the body of a PROPFIND or a REPORT.
type request struct {
	XMLName   xml.Name
	Prop      *names    `xml:"DAV: prop"`
	PropName  *struct{} `xml:"DAV: propname"`
	Hrefs     []string  `xml:"DAV: href"`
	SyncToken string    `xml:"DAV: sync-token"`
	Results   int       `xml:"DAV: limit>nresults"` // 0: no limit
	Filter    *filter   `xml:"urn:ietf:params:xml:ns:caldav filter>comp-filter"`
}

type names struct {
	List []struct{ XMLName xml.Name } `xml:",any"`
}

// filter is a comp-filter of calendar-query.
type filter struct {
	Name       string       `xml:"name,attr"`
	Inner      []filter     `xml:"urn:ietf:params:xml:ns:caldav comp-filter"`
	Range      *span        `xml:"urn:ietf:params:xml:ns:caldav time-range"`
	Props      []propFilter `xml:"urn:ietf:params:xml:ns:caldav prop-filter"`
	NotDefined *struct{}    `xml:"urn:ietf:params:xml:ns:caldav is-not-defined"`
}

type propFilter struct {
	Name  string  `xml:"name,attr"`
	Match *string `xml:"urn:ietf:params:xml:ns:caldav text-match"`
}

type span struct {
	Start string `xml:"start,attr"`
	End   string `xml:"end,attr"`
}

// times are the bounds of a time-range; a missing one is zero.
func (s span) times() (from, to time.Time, err error) {
	if from, err = bound(s.Start); err != nil {
		return from, to, err
	}
	to, err = bound(s.End)
	return from, to, err
}

func bound(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return time.Parse("20060102T150405Z", s)
}

// readRequest reads a body; an empty one asks for everything.
func readRequest(r io.Reader) (request, error) {
	var q request
	raw, err := io.ReadAll(r)
	if err != nil || len(bytes.TrimSpace(raw)) == 0 {
		return q, err
	}
	err = xml.Unmarshal(raw, &q)
	return q, err
}

// wants says which properties are asked for; all is true when none is named.
func (q request) wants() (list []xml.Name, all bool) {
	if q.Prop == nil {
		return nil, true
	}
	for _, n := range q.Prop.List {
		list = append(list, n.XMLName)
	}
	return list, false
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder does not fail
	return b.String()
}

func dav(local string) xml.Name  { return xml.Name{Space: nsDAV, Local: local} }
func cal(local string) xml.Name  { return xml.Name{Space: nsCal, Local: local} }
func href(address string) string { return "<d:href>" + escape(address) + "</d:href>" }

// element writes a property; inner is XML. Names of other name spaces come from
// the client and are written with their own.
func element(name xml.Name, inner string) string {
	prefix, known := prefixes[name.Space]
	tag, attr := prefix+name.Local, ""
	if !known {
		tag, attr = "x:"+name.Local, ` xmlns:x="`+escape(name.Space)+`"`
		if name.Space == "" {
			tag, attr = name.Local, ""
		}
	}
	if inner == "" {
		return "<" + tag + attr + "/>"
	}
	return "<" + tag + attr + ">" + inner + "</" + tag + ">"
}

// resource is something with an address and properties, as XML.
type resource struct {
	address string
	props   map[xml.Name]string
	hidden  map[xml.Name]string // given only when asked for by name
}

// response is what is told of a resource.
func (res resource) response(q request) string {
	list, all := q.wants()
	if all {
		list = slices.SortedFunc(mapKeys(res.props), func(a, b xml.Name) int { return strings.Compare(a.Space+a.Local, b.Space+b.Local) })
	}
	var found, missing strings.Builder
	for _, name := range list {
		inner, ok := res.props[name]
		if !ok {
			inner, ok = res.hidden[name]
		}
		switch {
		case !ok:
			missing.WriteString(element(name, ""))
		case q.PropName != nil:
			found.WriteString(element(name, ""))
		default:
			found.WriteString(element(name, inner))
		}
	}
	return "<d:response>" + href(res.address) + propstat(found.String(), http.StatusOK, list) + propstat(missing.String(), http.StatusNotFound, nil) + "</d:response>\n"
}

func mapKeys(m map[xml.Name]string) func(yield func(xml.Name) bool) {
	return func(yield func(xml.Name) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// propstat is a group of properties with its status; without any it is left out
// unless nothing was asked for, as a response needs one.
func propstat(props string, status int, asked []xml.Name) string {
	if props == "" && (status != http.StatusOK || len(asked) > 0) {
		return ""
	}
	return "<d:propstat><d:prop>" + props + "</d:prop><d:status>" + statusLine(status) + "</d:status></d:propstat>"
}

func statusLine(code int) string { return fmt.Sprintf("HTTP/1.1 %d %s", code, http.StatusText(code)) }

// gone tells that there is nothing at an address.
func gone(address string) string {
	return "<d:response>" + href(address) + "<d:status>" + statusLine(http.StatusNotFound) + "</d:status></d:response>\n"
}

func writeXML(w http.ResponseWriter, status int, body string) error {
	w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	w.WriteHeader(status)
	_, err := io.WriteString(w, `<?xml version="1.0" encoding="utf-8"?>`+"\n"+body+"\n")
	return err
}

func multistatus(w http.ResponseWriter, responses []string, token string) error {
	if token != "" {
		token = "<d:sync-token>" + tokenSpace + token + "</d:sync-token>"
	}
	return writeXML(w, http.StatusMultiStatus, "<d:multistatus "+spaces+">\n"+strings.Join(responses, "")+token+"</d:multistatus>")
}

// refuse is an answer with a precondition of the protocol, as XML, and words.
func refuse(w http.ResponseWriter, status int, condition, words string) error {
	if words != "" {
		words = "<d:responsedescription>" + escape(words) + "</d:responsedescription>"
	}
	return writeXML(w, status, "<d:error "+spaces+">"+condition+words+"</d:error>")
}
