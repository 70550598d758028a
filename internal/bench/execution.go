package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"ronda/app"
	"ronda/internal/town"
)

// linesIn is how many lines the budget law of the large town has; the small one
// has its share.
const linesIn = 10_000

// ofExecution is a town of initiatives in which all of them are carried out.
var ofExecution = kind{"execution", append([]string{"city/delivery", "city/delivery/workplan", "city/delivery/budget", "city/indicators", "city/indicators/impact"}, everywhere...),
	fillExecution, func(b *bench, n int) string { return fmt.Sprintf("%d-%d", n*b.events, b.persons) }, &ofInitiatives}

func fillExecution(ctx context.Context, b *bench, t *town.Town, n int) error {
	c, err := t.Known(ctx)
	if err != nil {
		return err
	}
	return t.Execute(ctx, c, b.share(linesIn, n))
}

// carriedOut are the figures of what is carried out, as whoever heads a direction
// sees them.
func carriedOut() []figure {
	return []figure{
		{"execution: portfolio with money", 1.5, 1500, pageOf("lists")},
		{"execution: initiative page", 0, 1500, pageOf("initiatives")},
		{"execution: plan of an initiative", 0, 600, pageOf("plans")},
		{"execution: schedule of all", 0, 300, pageOf("schedule")},
		{"execution: indicators", 0, 300, pageOf("indicators")},
		{"execution: budget", 0, 300, pageOf("budget")},
		{"execution: panorama", 0, 300, pageOf("panorama")},
	}
}

// execution measures pages over a town that carries everything out, its indices
// and its open data.
func (b *bench) execution(ctx context.Context, t *table) error {
	if err := b.requests(ctx, t, ofExecution, "direction", carriedOut(), "execution: memory after the load"); err != nil {
		return err
	}
	if err := b.indices(ctx, t); err != nil {
		return err
	}
	return b.export(ctx, t)
}

// indices computes both indices of all years from the database.
func (b *bench) indices(ctx context.Context, t *table) (err error) {
	l := line{name: "execution: indices recomputed", unit: "s", bar: 1}
	if !b.wants(l.name) {
		return nil
	}
	if err := b.seed(ctx, ofExecution); err != nil {
		return err
	}
	home, err := town.Open(ctx, app.Config{Data: b.town(ofExecution, b.large)})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, home.Close()) }()
	for range b.rounds {
		d, err := took(func() error { return home.Recompute(ctx) })
		if err != nil {
			return err
		}
		l.large = append(l.large, d.Seconds())
	}
	b.say("%s: %.2f s", l.name, l.large)
	t.add(l)
	return nil
}

// export has the whole of the open data leave as one file, and looks at the time
// and at the most memory that the program ever held.
func (b *bench) export(ctx context.Context, t *table) error {
	span, memory := line{name: "execution: open data as a whole", unit: "s", bar: 20}, line{name: "execution: open data, most memory", unit: "MiB", bar: 200}
	if !b.wants(span.name) && !b.wants(memory.name) {
		return nil
	}
	if err := b.seed(ctx, ofExecution); err != nil {
		return err
	}
	for range b.rounds {
		s, most, size, err := b.exportOnce(ctx)
		if err != nil {
			return fmt.Errorf("open data: %w", err)
		}
		b.say("open data: %d MiB in %.1f s, %.0f MiB held", size>>20, s, most)
		span.large, memory.large = append(span.large, s), append(memory.large, most)
	}
	t.add(span)
	t.add(memory)
	return nil
}

func (b *bench) exportOnce(ctx context.Context) (seconds, most float64, size int, err error) {
	p, err := b.serve(ctx, b.town(ofExecution, b.large))
	if err != nil {
		return 0, 0, 0, err
	}
	defer func() { err = errors.Join(err, p.Stop()) }()
	v := p.Visit()
	defer v.Leave()
	begin := time.Now()
	a, err := v.Get(ctx, "/datos/todo.zip")
	if err == nil && a.Status != http.StatusOK {
		err = fmt.Errorf("status %d", a.Status)
	}
	if err != nil {
		return 0, 0, 0, err
	}
	seconds = time.Since(begin).Seconds()
	_, held, err := p.Memory()
	return seconds, float64(held) / (1 << 20), len(a.Body), err
}
