package identity

import (
	"strconv"
	"strings"
)

// listMax is how many values one query asks for.
const listMax = 128

// list is "$1, $2, ..." for values and the values as arguments. The last value is
// repeated up to a power of two, so that few texts of a query exist.
func list(values []string) (marks string, args []any) {
	size := 1
	for size < len(values) {
		size *= 2
	}
	parts := make([]string, size)
	for i := range size {
		parts[i] = "$" + strconv.Itoa(i+1)
		args = append(args, values[min(i, len(values)-1)])
	}
	return strings.Join(parts, ", "), args
}
