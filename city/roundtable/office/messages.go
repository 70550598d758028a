package office

import "embed"

// Messages are the words of this package, keys "roundtable.office.*".
//
//go:embed messages.*.toml
var Messages embed.FS
