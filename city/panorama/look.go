package panorama

import (
	"context"
	_ "embed"
	"sync"

	"ronda/platform/i18n"
	"ronda/platform/web"
)

//go:embed assets/panorama.css
var stylesheet []byte

// style is the stylesheet of these pages under its address.
var style = sync.OnceValue(func() web.Asset { return web.NewAsset("panorama.css", stylesheet) })

// t is a sentence of this package in the language of ctx.
func t(ctx context.Context, key string, args ...any) string {
	return i18n.T(ctx, "panorama."+key, args...)
}
