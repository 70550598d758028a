package app

import (
	"context"
	"log/slog"
	"sync/atomic"

	"ronda/platform/i18n"
)

// wordsOf gives the messages as the city in force says them: those of the program,
// and instead of some of them what its files say.
func (a *App) wordsOf(ours *i18n.Catalogue) func(context.Context) *i18n.Catalogue {
	if a.cfg.Demo { // nobody signs in there: everybody enters as somebody
		instead := map[i18n.Lang]string{}
		for _, lang := range i18n.Langs {
			instead[lang] = ours.Text(lang, "app.demo.no_mail")
		}
		ours = ours.Saying(map[string]map[i18n.Lang]string{"identity.no_mail": instead})
	}
	type said struct {
		charter string
		words   *i18n.Catalogue
	}
	var last atomic.Pointer[said] // the city changes its files once in a year
	return func(ctx context.Context) *i18n.Catalogue {
		ch, err := a.charters.Current(ctx)
		if err != nil {
			slog.ErrorContext(ctx, "words of the city unknown", "error", err)
			return ours
		}
		if s := last.Load(); s != nil && s.charter == ch.Version.ID {
			return s.words
		}
		other := make(map[string]map[i18n.Lang]string, len(ch.Says))
		for key, name := range ch.Says {
			other[key] = name
		}
		s := &said{ch.Version.ID, ours.Saying(other)}
		last.Store(s)
		return s.words
	}
}
