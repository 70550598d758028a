package impact

import "embed"

// Messages are the words of this package in every language.
//
//go:embed messages.*.toml
var Messages embed.FS
