package dav

import (
	"encoding/xml"
	"net/http"
	"strconv"
)

// propfind tells the properties of what is at the address and, unless the depth
// is 0, directly below.
func (v *visit) propfind(q request) error {
	list, ok, err := v.resources(v.r.Header.Get("Depth") != "0")
	if err != nil {
		return err
	}
	if !ok {
		http.NotFound(v.w, v.r)
		return nil
	}
	var out []string
	for _, res := range list {
		out = append(out, res.response(q))
	}
	return multistatus(v.w, out, "")
}

// resources are what is at the address; ok is false when there is nothing.
func (v *visit) resources(below bool) (list []resource, ok bool, err error) {
	switch v.path {
	case "":
		list = []resource{v.root()}
		if below {
			list = append(list, v.principal(), v.home())
		}
		return list, true, nil
	case principalPath:
		return []resource{v.principal()}, true, nil
	}
	objects, err := v.calendar.Objects(v.r.Context())
	if err != nil {
		return nil, false, err
	}
	switch v.path {
	case homePath:
		list = []resource{v.home()}
		if below {
			mine, err := v.mine(objects)
			return append(list, mine), true, err
		}
		return list, true, nil
	case minePath:
		mine, err := v.mine(objects)
		list = []resource{mine}
		for i := 0; below && i < len(objects); i++ {
			list = append(list, v.resource(objects[i]))
		}
		return list, true, err
	}
	name, _ := v.object()
	for _, o := range objects {
		if o.name == name {
			return []resource{v.resource(o)}, true, nil
		}
	}
	return nil, false, nil
}

// common are the properties that every address has, as clients begin anywhere.
func (v *visit) common(kind string) map[xml.Name]string {
	principal := href(v.s.Prefix + principalPath)
	return map[xml.Name]string{
		dav("resourcetype"):               kind,
		dav("current-user-principal"):     principal,
		dav("owner"):                      principal,
		dav("current-user-privilege-set"): "<d:privilege><d:read/></d:privilege><d:privilege><d:read-current-user-privilege-set/></d:privilege>",
		cal("calendar-home-set"):          href(v.s.Prefix + homePath),
	}
}

func (v *visit) root() resource { return resource{v.s.Prefix, v.common("<d:collection/>"), nil} }

func (v *visit) home() resource {
	return resource{v.s.Prefix + homePath, v.common("<d:collection/>"), nil}
}

func (v *visit) principal() resource {
	props := v.common("<d:collection/><d:principal/>")
	props[dav("principal-URL")] = href(v.s.Prefix + principalPath)
	props[dav("displayname")] = escape(v.s.Title(v.r.Context()))
	return resource{v.s.Prefix + principalPath, props, nil}
}

const reports = "<d:supported-report><d:report><c:calendar-query/></d:report></d:supported-report>" +
	"<d:supported-report><d:report><c:calendar-multiget/></d:report></d:supported-report>" +
	"<d:supported-report><d:report><d:sync-collection/></d:report></d:supported-report>"

// mine is the calendar. Its token is remembered, as the client may come back
// with it.
func (v *visit) mine(objects []Object) (resource, error) {
	members := membersOf(objects)
	token := members.token()
	props := v.common("<d:collection/><c:calendar/>")
	props[dav("displayname")] = escape(v.s.Title(v.r.Context()))
	props[cal("calendar-description")] = escape(v.s.Reason(v.r.Context()))
	props[cal("supported-calendar-component-set")] = `<c:comp name="VEVENT"/>`
	props[cal("supported-calendar-data")] = `<c:calendar-data content-type="text/calendar" version="2.0"/>`
	props[dav("supported-report-set")] = reports
	props[dav("sync-token")] = tokenSpace + token
	props[xml.Name{Space: nsServer, Local: "getctag"}] = tokenSpace + token
	return resource{v.s.Prefix + minePath, props, nil}, v.calendar.Keep(v.r.Context(), token, members)
}

func (v *visit) resource(o Object) resource {
	props := v.common("")
	delete(props, cal("calendar-home-set"))
	props[dav("getetag")] = escape(etag(o))
	props[dav("getcontenttype")] = "text/calendar; charset=utf-8; component=VEVENT"
	props[dav("getcontentlength")] = strconv.Itoa(len(o.data))
	data := map[xml.Name]string{cal("calendar-data"): escape(string(o.data))}
	return resource{v.s.Prefix + minePath + o.name, props, data}
}
