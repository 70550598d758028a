package panorama

import "embed"

// Messages are what the pages say.
//
//go:embed messages.*.toml
var Messages embed.FS
