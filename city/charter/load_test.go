package charter_test

import (
	"testing"

	"ronda/cities"
	"ronda/city/charter"
)

func load(t testing.TB, city string) *charter.Charter {
	t.Helper()
	fsys, err := cities.Open(city)
	if err != nil {
		t.Fatal(err)
	}
	c, err := charter.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestLoad(t *testing.T) {
	for _, n := range cities.Names() {
		c := load(t, n)
		t.Log(n, c.Bodies.Len(), c.Posts.Len(), c.Territories.Len())
	}
}
