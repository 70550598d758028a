// Package desk is "what I owe": every module says what it expects of a person,
// and the composition shows it on one page and in one daily mail.
package desk

import (
	"cmp"
	"context"
	"slices"
	"time"

	"ronda/platform/clock"
	"ronda/platform/event"
)

// Item is one thing expected of a person.
type Item struct {
	Due     clock.Day     // the last day on which it is in time; empty when there is none
	Title   string        // what to do, in the language of the context: "Firmar efectividad"
	Detail  string        // on what: "Capital semilla · Desarrollo Económico"
	Action  string        // the words on the button: "Revisar y firmar"
	Href    string        // where it is done
	Subject event.Subject // what it is about
}

// Days is how many days remain on the day today; negative when late. ok is
// false when the item has no due day.
func (i Item) Days(today clock.Day) (days int, ok bool) {
	if i.Due == "" {
		return 0, false
	}
	return int(i.Due.Time(time.UTC).Sub(today.Time(time.UTC)).Hours() / 24), true
}

// Source is a module that expects things of people. person is the id of whom
// the context's day and language are for.
type Source func(ctx context.Context, person string) ([]Item, error)

// Gather asks every source and puts the most urgent first; what has no due day
// comes last.
func Gather(ctx context.Context, person string, sources ...Source) ([]Item, error) {
	var all []Item
	for _, s := range sources {
		items, err := s(ctx, person)
		if err != nil {
			return nil, err
		}
		all = append(all, items...)
	}
	slices.SortStableFunc(all, func(a, b Item) int { return cmp.Compare(last(a.Due), last(b.Due)) })
	return all, nil
}

func last(d clock.Day) clock.Day {
	if d == "" {
		return "9999-12-31"
	}
	return d
}
