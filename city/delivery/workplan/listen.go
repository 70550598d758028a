package workplan

import (
	"context"
	"slices"
	"strings"

	"ronda/city/charter"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// showing are the events after which a plan may show something of a step.
var showing = []string{EventEdited, EventFrozen, EventImported,
	roundtable.EventFiled, roundtable.EventResubmitted, roundtable.EventResumed, roundtable.EventReopened}

// Listen tells the steps of initiatives what plans show. It says all of it each
// time, so that hearing of it twice or late does no harm.
func (m *Module) Listen(l *event.Log) {
	l.Listen("delivery.workplan.steps", func(ctx context.Context, e event.Event) error {
		if e.Subject.Kind != roundtable.SubjectKind || !slices.Contains(showing, e.Kind) {
			return nil
		}
		return m.show(ctx, e.Subject.ID, e.Actor)
	})
}

// show tells the items of the objectives and of the schedule what the plan says.
func (m *Module) show(ctx context.Context, initiative string, by event.Actor) error {
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return err
	}
	d, found, err := m.load(ctx, roundtable.Initiative{ID: initiative}, "")
	if err != nil || !found {
		return err
	}
	cal, err := m.calendars.get(ch)
	if err != nil {
		return err
	}
	c, err := d.compute("", cal, day(ch.Today(clock.Now(ctx))))
	if fault.Is(err, fault.Invalid) {
		return nil
	}
	if err != nil {
		return err
	}
	told := roundtable.Told{Person: by.Person, Post: by.Post, Body: by.Body, Kind: charter.EvidenceList, Day: ch.Today(clock.Now(ctx))}
	if err := m.proof(ctx, ch, charter.ProofObjectives, d, told, "/plan/objetivos", d.objectiveLines(ctx)); err != nil {
		return err
	}
	return m.proof(ctx, ch, charter.ProofSchedule, d, told, "/plan", d.scheduleLines(c))
}

// proof tells one item; without lines it takes back what was told.
func (m *Module) proof(ctx context.Context, ch *charter.Charter, proof charter.Proof, d *draft, told roundtable.Told, path string, lines []string) error {
	told.Item = ch.Flow.ShownBy(proof)
	if told.Item == "" {
		return nil
	}
	told.Source = event.Subject{Kind: "delivery.workplan." + string(proof), ID: d.Initiative}
	told.URL, told.Text, told.Withdrawn = "/iniciativas/"+d.Number+path, strings.Join(lines, "\n"), len(lines) == 0
	return m.Roundtable.Tell(ctx, d.Initiative, told)
}

// objectiveLines are the objectives: what, how much, by when.
func (d *draft) objectiveLines(ctx context.Context) []string {
	var out []string
	for _, o := range d.objectives {
		figure := o.Target.Say(ctx)
		if o.Known {
			figure = o.From.Say(ctx) + " → " + figure
		}
		out = append(out, o.Title+": "+figure+" "+o.Unit+", "+string(o.Due))
	}
	return out
}

// maxShown is how many milestones evidence names.
const maxShown = 30

// scheduleLines are the days of the plan and its milestones, none without tasks.
func (d *draft) scheduleLines(c computed) []string {
	if len(d.tasks) == 0 {
		return nil
	}
	out := []string{c.Start.String() + " → " + c.Finish.String()}
	for n, t := range d.tasks {
		if c.Tasks[n].Milestone && len(out) <= maxShown {
			out = append(out, c.Tasks[n].Finish.String()+" · "+t.Name)
		}
	}
	return out
}
