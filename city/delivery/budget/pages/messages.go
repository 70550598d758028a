package pages

import "embed"

// Messages is the words of this package in every language.
//
//go:embed messages.*.toml
var Messages embed.FS
