package pages

import "embed"

// Messages are the words of these pages in every language.
//
//go:embed messages.*.toml
var Messages embed.FS
