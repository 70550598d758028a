package app

import (
	"context"
	"fmt"
	"io"

	"ronda/platform/web"
)

// RouteList is every address the program answers with Get and Post.
func (a *App) RouteList() []web.Route { return a.site.Mux().Routes() }

// Announce says where the program answers and what an operator still has to do.
func (a *App) Announce(_ context.Context, w io.Writer, name string) {
	fmt.Fprintf(w, "%s: %s\n", name, a.cfg.Origin)
}
