// Package app composes the program out of its modules.
package app

// Borders says which modules of city each module of city may import, beside
// platform and method, which all may. A module that is not listed here, or an
// edge that is not, fails a test (internal/house); so does a cycle. To ask a
// module that is not listed, let the asking one declare a small interface and
// hand it the answer here in app.
//
// The table is read from the source: keep it a plain literal.
var Borders = map[string][]string{
	"charter":    {},
	"places":     {"charter"},
	"people":     {"charter", "places"},
	"identity":   {"charter", "people"},
	"delivery":   {"charter", "identity", "meetings", "notices", "people", "places", "roundtable"},
	"ideas":      {"charter", "identity", "notices", "people", "places", "roundtable"},
	"indicators": {"charter", "delivery", "identity", "meetings", "notices", "people", "places", "roundtable"},
	"meetings":   {"charter", "identity", "notices", "people", "places", "roundtable"},
	"notices":    {"charter", "people"},
	"opendata":   {"charter", "delivery", "ideas", "indicators", "meetings", "people", "places", "roundtable"},
	"panorama":   {"charter", "delivery", "ideas", "indicators", "meetings", "people", "places", "roundtable"},
	"roundtable": {"charter", "identity", "people", "places"},
}
