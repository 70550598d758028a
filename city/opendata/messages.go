package opendata

import "embed"

// Messages are what the open data say of themselves.
//
//go:embed messages.*.toml
var Messages embed.FS
