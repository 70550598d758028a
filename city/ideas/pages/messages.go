package pages

import "embed"

// Messages are the words of this package, keys "ideas.pages.*".
//
//go:embed messages.*.toml
var Messages embed.FS
