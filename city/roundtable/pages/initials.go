package pages

import "strings"

// initials are the two or three letters of a place's name that fit on a tile:
// "VLu" for Villa Lugano, "Flo" for Flores.
func initials(name string) string {
	parts := strings.Fields(name)
	if len(parts) == 1 {
		return cut(parts[0], 3)
	}
	first := cut(parts[0], 1)
	return first + cut(parts[len(parts)-1], 2)
}

func cut(s string, n int) string {
	r := []rune(s)
	return string(r[:min(n, len(r))])
}
