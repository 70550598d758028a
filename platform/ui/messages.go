package ui

import "embed"

// Messages are the words of the components (keys "ui.*") and of the kinds of
// error (keys "fault.*") in every language of the program.
//
//go:embed messages.*.toml
var Messages embed.FS
