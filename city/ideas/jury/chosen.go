package jury

import (
	"context"
	"encoding/json"

	"ronda/city/ideas"
	"ronda/platform/event"
)

// chosen are the numbers of the ideas that the conclusion of a challenge chose, as
// its act says them: what becomes of an idea later, e.g. that a body takes it up,
// changes nothing of who was chosen.
func (m *Module) chosen(ctx context.Context, c ideas.Challenge) ([]string, error) {
	const size = 50
	before := ""
	for {
		events, err := m.Log.Timeline(ctx, c.Subject(), event.Page{Before: before, Limit: size, PublicOnly: true})
		if err != nil {
			return nil, err
		}
		for _, e := range events {
			if e.Kind == ideas.EventConcluded {
				var out []string
				err := json.Unmarshal([]byte(e.Data["chosen"]), &out)
				return out, err
			}
		}
		if len(events) < size {
			return nil, nil
		}
		before = events[size-1].ID
	}
}
