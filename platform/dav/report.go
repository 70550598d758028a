package dav

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// report answers the three reports of a calendar.
func (v *visit) report(q request) error {
	if v.path != minePath {
		return refuse(v.w, http.StatusForbidden, "<d:supported-report/>", "")
	}
	objects, err := v.calendar.Objects(v.r.Context())
	if err != nil {
		return err
	}
	switch q.XMLName {
	case cal("calendar-query"):
		return v.query(q, objects)
	case cal("calendar-multiget"):
		return v.multiget(q, objects)
	case dav("sync-collection"):
		return v.sync(q, objects)
	}
	return refuse(v.w, http.StatusForbidden, "<d:supported-report/>", "")
}

// query tells of the objects that a filter takes.
func (v *visit) query(q request, objects []Object) error {
	pick, ok := q.Filter.picker()
	if !ok {
		return refuse(v.w, http.StatusForbidden, "<c:supported-filter/>", "")
	}
	var out []string
	for _, o := range objects {
		take, err := pick(o)
		if err != nil {
			return err
		}
		if take {
			out = append(out, v.resource(o).response(q))
		}
	}
	return multistatus(v.w, out, "")
}

// picker is the filter as a function; ok is false for one that asks for what is
// not understood: only events, their time and their UID are.
func (f *filter) picker() (pick func(Object) (bool, error), ok bool) {
	everything := func(Object) (bool, error) { return true, nil }
	nothing := func(Object) (bool, error) { return false, nil }
	if f == nil || f.Name == "VCALENDAR" && len(f.Inner) == 0 {
		return everything, true
	}
	if f.Name != "VCALENDAR" || len(f.Inner) != 1 {
		return nil, false
	}
	inner := f.Inner[0]
	if (inner.Name == "VEVENT") == (inner.NotDefined != nil) {
		return nothing, true
	}
	if inner.Name != "VEVENT" {
		return everything, true
	}
	return inner.events()
}

// events is the filter of the events themselves.
func (f filter) events() (pick func(Object) (bool, error), ok bool) {
	var uid string
	for _, p := range f.Props {
		if p.Name != "UID" || p.Match == nil || uid != "" {
			return nil, false
		}
		uid = *p.Match
	}
	byUID := func(o Object) bool { return uid == "" || o.uid == uid }
	if f.Range == nil {
		return func(o Object) (bool, error) { return byUID(o), nil }, true
	}
	from, to, err := f.Range.times()
	if err != nil {
		return nil, false
	}
	return func(o Object) (bool, error) {
		if !byUID(o) {
			return false, nil
		}
		return o.within(from, to)
	}, true
}

// multiget tells of the objects that are named.
func (v *visit) multiget(q request, objects []Object) error {
	byName := map[string]Object{}
	for _, o := range objects {
		byName[o.name] = o
	}
	var out []string
	for _, address := range q.Hrefs {
		if o, ok := byName[nameOf(address, v.s.Prefix+minePath)]; ok {
			out = append(out, v.resource(o).response(q))
		} else {
			out = append(out, gone(address))
		}
	}
	return multistatus(v.w, out, "")
}

// nameOf is the object's name in an address, which may be a full URL.
func nameOf(address, collection string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	name, _ := strings.CutPrefix(u.Path, collection)
	return name
}

// sync tells what changed since a token, members that are gone included, and the
// token of now. Without a token everything is new.
func (v *visit) sync(q request, objects []Object) error {
	ctx, before := v.r.Context(), Members{}
	if q.SyncToken != "" {
		old, _ := strings.CutPrefix(strings.TrimSpace(q.SyncToken), tokenSpace)
		kept, ok, err := v.calendar.Kept(ctx, old)
		if err != nil {
			return err
		}
		if !ok {
			return refuse(v.w, http.StatusForbidden, "<d:valid-sync-token/>", "")
		}
		before = kept
	}
	members := membersOf(objects)
	out := v.changes(q, before, members, objects)
	if q.Results > 0 && len(out) > q.Results {
		return refuse(v.w, http.StatusInsufficientStorage, "<d:number-of-matches-within-limits/>", "")
	}
	if err := v.calendar.Keep(ctx, members.token(), members); err != nil {
		return err
	}
	return multistatus(v.w, out, members.token())
}

func (v *visit) changes(q request, before, now Members, objects []Object) []string {
	var out, lost []string
	for _, o := range objects {
		if before[o.name] != now[o.name] {
			out = append(out, v.resource(o).response(q))
		}
	}
	for name := range before {
		if _, there := now[name]; !there {
			lost = append(lost, gone(v.s.Prefix+minePath+name))
		}
	}
	slices.Sort(lost)
	return append(out, lost...)
}
