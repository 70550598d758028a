package pages

import (
	"net/http"
	"slices"

	"ronda/city/meetings"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// choosePage are the kinds of meeting that the person may plan.
type choosePage struct {
	Heading ui.Heading
	Kinds   []kindChoice
}

type kindChoice struct{ Title, Text, Once, Series string }

// choose asks which kind of meeting is to be planned.
func (p *Pages) choose(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	once, series := say.plans(ctx, meetings.PlanMeeting), say.plans(ctx, meetings.PlanSeries)
	view := choosePage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/reuniones", Text: t(ctx, "list")}}, Title: t(ctx, "choose"), Lead: t(ctx, "choose.lead")}}
	for _, k := range meetings.Kinds {
		c := kindChoice{Title: kindName(ctx, k), Text: t(ctx, "about."+string(k))}
		if slices.Contains(once, k) {
			c.Once = "/reuniones/nueva?tipo=" + string(k)
		}
		if slices.Contains(series, k) && k != meetings.Collaborative {
			c.Series = "/series/nueva?tipo=" + string(k)
		}
		if c.Once != "" || c.Series != "" {
			view.Kinds = append(view.Kinds, c)
		}
	}
	if len(view.Kinds) == 0 {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return web.Render(w, r, working(view.Heading.Title, chooseBody(view)))
}
