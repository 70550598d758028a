package pages

import (
	"context"
	_ "embed"
	"sync"

	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

//go:embed assets/delivery.css
var stylesheet []byte

//go:embed assets/gantt.js
var ganttScript []byte

// style is the stylesheet of these pages under its address.
var style = sync.OnceValue(func() web.Asset { return web.NewAsset("delivery.css", stylesheet) })

// script is what lets a chart be dragged, under its address.
var script = sync.OnceValue(func() web.Asset { return web.NewAsset("gantt.js", ganttScript) })

// t is a sentence of this package in the language of ctx.
func t(ctx context.Context, key string, args ...any) string {
	return i18n.T(ctx, "delivery.pages."+key, args...)
}

// scriptWords are the sentences of the script, by the end of their key.
var scriptWords = []string{"move", "link", "from", "wait", "failed", "undone"}

// toneName is the class of a tone, after "t-".
func toneName(tone ui.Tone) string {
	if tone == ui.Plain {
		return "plain"
	}
	return string(tone)
}
