package app

import (
	"context"
	"fmt"
	"io"

	"ronda/platform/i18n"
	"ronda/platform/web"
)

// RouteList is every address the program answers with Get and Post.
func (a *App) RouteList() []web.Route { return a.site.Mux().Routes() }

// Announce says where the program answers and what an operator still has to do:
// set a mail server, open the first administrator's link.
func (a *App) Announce(ctx context.Context, w io.Writer, name string) error {
	if _, err := fmt.Fprintf(w, "%s: %s\n", name, a.cfg.Origin); err != nil || a.cfg.Demo {
		return err
	}
	say := func(key string, args ...any) error {
		for _, lang := range i18n.Langs {
			if _, err := fmt.Fprintln(w, a.site.Catalogue.Text(lang, key, args...)); err != nil {
				return err
			}
		}
		return nil
	}
	if a.mailer.Disabled() {
		if err := say("app.serve.mail"); err != nil {
			return err
		}
	}
	url, needed, err := a.identity.FirstAdminLink(ctx)
	if err != nil || !needed {
		return err
	}
	return say("app.serve.first", "url", url)
}
