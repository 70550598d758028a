package app

import "embed"

// Messages are what the composition says: navigation, home, desk.
//
//go:embed messages.*.toml
var Messages embed.FS
