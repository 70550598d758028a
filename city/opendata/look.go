package opendata

import (
	_ "embed"
	"sync"

	"ronda/platform/web"
)

//go:embed assets/opendata.css
var stylesheet []byte

// style is the stylesheet of the page under its address.
var style = sync.OnceValue(func() web.Asset { return web.NewAsset("opendata.css", stylesheet) })
