package charter

import "slices"

// Level says how deep in the territory a part lies.
type Level string

// The levels. A city has one territory of level city, any number of districts
// in it and of neighbourhoods in those.
const (
	LevelCity          Level = "city"
	LevelDistrict      Level = "district"
	LevelNeighbourhood Level = "neighbourhood"
)

// Levels lists the levels from the whole down.
var Levels = []Level{LevelCity, LevelDistrict, LevelNeighbourhood}

// Territory is the city or a part of it.
type Territory struct {
	Entry
	Level      Level
	Parent     string      // code of the part it lies in, empty for the city
	Short      string      // what fits on a tile, e.g. "C5"; the name where none was given
	Also       []string    // other spellings, under which maps of others know it
	Tile       *Tile       // its place on the tile map of its level, nil without one
	Population *Population // nil when not known
}

// Tile is a place on a tile map: column from the west, row from the north, both
// from 0.
type Tile struct{ Col, Row int }

// Population is a number of inhabitants and who counted them when.
type Population struct {
	Count  int
	Year   int
	Source string
}

// Whole is the territory of the whole city.
func (c *Charter) Whole() Territory { return c.AtLevel(LevelCity)[0] }

// AtLevel lists the parts of a level, in the order of the file.
func (c *Charter) AtLevel(level Level) []Territory {
	return slices.DeleteFunc(c.Territories.All(), func(t Territory) bool { return t.Level != level })
}
