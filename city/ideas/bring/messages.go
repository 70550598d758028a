package bring

import "embed"

//go:embed messages.*.toml
var messages embed.FS

// Messages are the words of this package.
var Messages = messages
