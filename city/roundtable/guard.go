package roundtable

import (
	"context"
	"errors"

	"ronda/city/charter"
	"ronda/platform/fault"
)

// Guard is what another module asks before a step is signed, inside the
// transaction of the signature. Invalid, with fields "item-<code>", keeps the step
// from being signed; what the guard writes belongs to the signature.
type Guard func(ctx context.Context, i Initiative, step charter.Step) error

// GuardSignature makes every signature ask fn too, after the roundtable's own
// check. It is called before the first request.
func (m *Module) GuardSignature(fn Guard) { m.guards = append(m.guards, fn) }

// guarded asks every guard, so that whoever signs reads all that is missing at
// once. What is no Invalid ends it.
func (w *work) guarded(ctx context.Context) error {
	step, _ := w.Charter.Flow.Steps.Get(w.Step.Code)
	var c fault.Check
	for _, ask := range w.m.guards {
		err := ask(ctx, w.Initiative, step)
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Invalid || len(f.Fields) == 0 {
			if err != nil {
				return err
			}
			continue
		}
		for _, field := range f.Fields {
			c.Fail(field.Name, field.Key, field.Args...)
		}
	}
	return c.Err()
}
