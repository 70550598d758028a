package people

import (
	"context"

	"github.com/a-h/templ"
)

// Section draws what another module knows of a body, nil when that is nothing.
type Section func(ctx context.Context, body string) templ.Component
