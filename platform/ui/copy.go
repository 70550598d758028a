package ui

import (
	"context"
	"io"
)

// CopyLink offers to copy an address. It shows itself only where the browser
// can, and says when it is done.
type CopyLink struct {
	Href string // of this site, or absolute
}

// Render draws the button.
func (c CopyLink) Render(ctx context.Context, w io.Writer) error { return copyLink(c).Render(ctx, w) }
