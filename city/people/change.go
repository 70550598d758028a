package people

import "context"

// ChangeKind is something that takes two administrators.
type ChangeKind struct {
	Kind string // "module.what", e.g. "people.grant"

	// Check says what is wrong with the data before anybody is asked to
	// confirm; nil checks nothing.
	Check func(ctx context.Context, data map[string]string) error
	// Title says in the language of the context what will happen.
	Title func(ctx context.Context, data map[string]string) (string, error)
	// Apply makes the change in the running transaction.
	Apply func(ctx context.Context, data map[string]string) error
}
