package opinions

import "embed"

// Messages are what this package and its pages say.
//
//go:embed messages.*.toml
var Messages embed.FS
