// Package ui is the look of the program: a page frame, a form that cannot be
// got wrong and the components pages are made of.
//
// Every component is a struct that draws itself: fill it and put it in a page.
//
//	@page.Frame {
//		@ui.Heading{Title: "Iniciativas", Lead: "..."}
//		@ui.Filters{...}
//		@ui.Cards(page.Cards)
//		@ui.Pager{Later: page.Next}
//	}
//
// A component with children must be a value or a call there (page.Frame, form),
// not a literal, which the template language cannot tell from its block.
//
// The page
//
//	Frame      document, header, navigation, demo strip, footer; children are the page
//	Heading    crumbs, small line, title, lead; children stand below (buttons, chips)
//	Hero       wide opening of a page whose Frame has Bleed; Art is drawn at the right
//	Tabs, Crumbs, Notice, Problem (page of an error), Empty (nothing in a list)
//
// Forms
//
//	Form       posts, shows the error summary, hands values and errors to its fields
//	Form.Field label, hint, control, error and their ties, for every Kind of field
//	Fieldset   groups fields; Button, Buttons; Confirm asks once more
//	Values     what was typed; ValuesOf(struct) opens a form on something stored
//	Errors     ErrorsOf(ctx, err) from a fault
//	Conflict   two versions side by side; Saved answers an autosave
//
// Things that go round the table
//
//	Ring       the seats of a thing, "sscroo"; SeatState is the tag of one seat
//	Card, Cards, Board; State (tag), Axis (chip)
//	Steps      task list; Timeline; Owes (what waits for a person; see Due)
//
// Lists and figures
//
//	Table (stacks on a phone), Facts (names and values), Filters, Pager
//	Figures, Bars, Progress, Spark, TileMap, GeoMap (both with legend and table)
//	Icon(name), CopyLink
//
// Layout classes for what is left: wrap (page width), two (two thirds and one
// third), halves, grid, chips, actions; over (small line above a title), lead,
// change (the sentence that says what changes), muted, small, num, pre, sr
// (screen readers only), ax1 to ax8 (colour of an axis for what is inside).
//
// Working pages have: part (a section of a long form), columns (boxes side by
// side; with mid or small-columns narrower ones), line2 and line3 (fields of one
// row), fold (details that open in place), rows (a list with lines), todo (a
// checklist), stay (an aside that stays in sight).
//
// The pages live under the policy default-src 'none'; script-src 'self';
// style-src 'self': no component and no page may use a style attribute, an
// inline script or an inline handler.
//
// To look at every component, draw the sample pages to a folder and serve it:
//
//	RONDA_GALLERY=/tmp/gallery go test -run Gallery ./platform/ui
package ui
