package workplan

import "embed"

// Messages are the words of this module.
//
//go:embed messages.*.toml
var Messages embed.FS
