package roundtable

import "embed"

// Messages are what this module and its pages say.
//
//go:embed messages.*.toml
var Messages embed.FS
